#pragma once
// A small shop for tests: its model, a hall under the test's clock, and commands that must be accepted or
// refused.
#include <memory>
#include <string>
#include <string_view>

#include "office/decide.hpp"

namespace balcao::office {

inline const model::SiteKey shop{"shop"};

// Nine o'clock of the shop's day.
Instant morning();

// Two desks a (identity, transport), one desk b (tax, deeds), one desk photo; passport goes through photo,
// then a. Open 09:00 to 17:00, numbers 1 to 999, two calls, five minutes of pause.
std::shared_ptr<const model::Model> shop_model(std::string_view tickets = "calls: 2");

// "a-1" as a desk; "identity" as a service. The test stops when the text is no desk.
DeskId at(std::string_view desk);
ServiceKey service(std::string_view name);

class Shop {
public:
    explicit Shop(std::shared_ptr<const model::Model> model = shop_model());

    // Minutes pass.
    void pass(double minutes);

    // Must be accepted; what it led to has been applied, after a walk through the journal's form of it.
    std::vector<HallEvent> accept(const Command& command);

    // Must be refused.
    Refusal refuse(const Command& command);

    Number take(std::string_view service_name, Standing standing = Standing::ordinary);
    Number take(const TakeTicket& command);
    void open(std::string_view desk);

    // Calls by the rule and hears who came; the number must be there.
    Number call(std::string_view desk);
    // Calls by the rule, starts.
    Number serve(std::string_view desk);

    [[nodiscard]] const Visit& visit(Number number) const;

    // "waiting", …
    [[nodiscard]] std::string state(Number number) const;

    Hall hall;
    Now now;
};

}  // namespace balcao::office
