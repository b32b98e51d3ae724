#pragma once
// The letters of a demonstration: it sends none and shows them on a page instead.
#include <deque>
#include <mutex>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "letters/letter.hpp"

namespace balcao::web {

// The ways in which people outside can be written to.
struct Ways {
    bool mail = false;
    bool phone = false;
};

struct Letter {
    std::string to;  // a mail address, or a phone number
    std::string subject;
    std::string text;  // plain, lines end in \n
};

// The letters of a demonstration: the last ones are kept for its page, and go nowhere.
class Mailbox {
public:
    struct Kept {
        Instant at{};
        Letter letter;
    };

    void put(Instant at, const Letter& letter);

    // The last first.
    [[nodiscard]] std::vector<Kept> all() const;

private:
    static constexpr std::size_t kept_most = 50;
    mutable std::mutex mutex_;
    std::deque<Kept> kept_;
};

// Carries letters there.
class Shown final : public letters::Carrier {
public:
    Shown(Mailbox& mailbox, const Clock& clock) : mailbox_{mailbox}, clock_{clock} {}

    letters::Delivery carry(const letters::Message& message) override;

private:
    Mailbox& mailbox_;
    const Clock& clock_;
};

}  // namespace balcao::web
