#pragma once
// A city whose cases go to entities over a real line on this machine: the cases on a set clock and a journal
// in memory, the connectors of the house, and the stand-in's five entities. What goes wrong is the line.
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/temporary_folder.hpp"
#include "cases/stage_test.hpp"
#include "connect/entity_ways.hpp"
#include "stand_in/stand_in.hpp"

namespace balcao::entities {

using stand_in::Kind;

// The entities of the city, each reached as its kind is.
inline const std::vector<std::pair<model::EntityKey, Kind>> all_entities{
    {model::EntityKey{"registry"}, Kind::keys},
    {model::EntityKey{"transport"}, Kind::slow},
    {model::EntityKey{"automobile-club"}, Kind::club},
    {model::EntityKey{"library"}, Kind::no_keys},
};

struct Weather {
    double loses_answers = 0;
    double is_busy = 0;
    std::chrono::milliseconds gives_up{150};
    std::uint64_t seed = 1;
    std::optional<std::chrono::milliseconds> concludes_after{0};
    std::string token{};     // by which the entities know the city
    std::string callback{};  // where they report
};

class Town {
public:
    explicit Town(const Weather& weather);

    // A person asks each of the four for something.
    enum class Order : std::uint8_t { all_at_once, registry_first };
    cases::CaseNumber hand_in(Order order = Order::registry_first);

    // The process of the server ends, and another begins on the same journal.
    void restart();

    // Does what is due, and lets time pass to what is due next, for so long. `after_each` is called after
    // each piece of work.
    void run_for(std::chrono::milliseconds length, const std::function<void()>& after_each = {});

    // What somebody does who is told of an incident: asks over there, and says what is there and that it is
    // done; or that it is not there.
    void settle_incidents();

    [[nodiscard]] cases::Case find(const cases::CaseNumber& number) const;

    [[nodiscard]] cases::Cases& cases() { return *server_->cases; }

    [[nodiscard]] stand_in::StandIn& entities() { return *entities_; }

    [[nodiscard]] connect::EntityHttp& line_to(const model::EntityKey& entity) { return *lines_.at(entity); }

    [[nodiscard]] Instant now() const { return server_->clock.now(); }

private:
    [[nodiscard]] std::optional<std::string> reference_there(const std::string& key) const;

    SystemClock clock_;
    std::unique_ptr<stand_in::StandIn> entities_;
    TemporaryFolder folder_;
    connect::EntitySecrets secrets_;
    std::map<model::EntityKey, std::unique_ptr<connect::EntityHttp>> lines_;
    cases::Connectors connectors_;
    cases::stage::World world_{1};
    cases::Settings settings_{*Zone::find("Europe/Lisbon")};
    std::unique_ptr<cases::stage::Server> server_;
    int commands_ = 0;
};

}  // namespace balcao::entities
