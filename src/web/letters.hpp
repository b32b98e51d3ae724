#pragma once
// Letters to people outside (mail): what the pages write, and where they go. An installation hands in how
// they are sent; a demonstration sends none and shows them on a page instead.
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "base/instant.hpp"

namespace balcao::web {

struct Letter {
    std::string to;  // a mail address
    std::string subject;
    std::string text;  // plain, lines end in \n
};

// Takes a letter for sending; returns at once and may be called from any thread.
using Post = std::function<void(const Letter&)>;

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

}  // namespace balcao::web
