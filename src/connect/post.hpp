#pragma once
// The ways out of the house as one: a letter goes by mail where it has a mail address and there is a mail
// server, else to the phone. Joined to the outbox by `main`. A way on which nobody was reached rests for a
// while, so that what goes the other way does not wait for it.
#include <memory>

#include "base/instant.hpp"
#include "letters/letter.hpp"

namespace balcao::connect {

class Post final : public letters::Carrier {
public:
    static constexpr std::chrono::seconds rest{20};

    // Null: that way is not there. The clock must outlive it.
    Post(std::unique_ptr<letters::Carrier> mail, std::unique_ptr<letters::Carrier> phone, const Clock& clock)
        : clock_{clock}, mail_{std::move(mail), {}}, phone_{std::move(phone), {}} {}

    [[nodiscard]] bool is_open_for(const letters::Message& message) const override;
    letters::Delivery carry(const letters::Message& message) override;

private:
    struct Way {
        std::unique_ptr<letters::Carrier> carrier;
        Instant rests_until{};
    };

    // Null where there is none for that letter.
    [[nodiscard]] const Way* way_of(const letters::Message& message) const;

    const Clock& clock_;
    Way mail_;
    Way phone_;
};

}  // namespace balcao::connect
