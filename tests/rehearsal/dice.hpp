#pragma once
// Chance by a seed, and the count of what it struck with. All that a rehearsal does is drawn from one of
// these, so that a seed is a day that can be lived again.
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace balcao::rehearsal {

class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_{seed} {}

    // SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
    std::uint64_t draw() {
        state_ += 0x9E3779B97F4A7C15U;
        std::uint64_t word = state_;
        word = (word ^ (word >> 30U)) * 0xBF58476D1CE4E5B9U;
        word = (word ^ (word >> 27U)) * 0x94D049BB133111EBU;
        return word ^ (word >> 31U);
    }

    // 0 to count - 1; a count of 0 gives 0.
    std::size_t below(std::size_t count) { return count == 0 ? 0 : static_cast<std::size_t>(draw() % count); }

    bool once_in(std::size_t count) { return below(count) == 0; }

    template <class T>
    const T& one_of(const std::vector<T>& things) {
        return things[below(things.size())];
    }

private:
    std::uint64_t state_;
};

enum class Fault : std::uint8_t {
    reply_lost,        // the answer never came: the same is asked again, here or at the other server
    request_doubled,   // the same form arrives twice at once
    form_kept,         // a form of a page that is long out of date is sent
    storage_slow,      // commits wait, others are decided on top of them
    storage_refuses,   // a commit is not written
    storage_silent,    // a commit is written, and the server is told that it was not
    reading_fails,     // the journal cannot be read for a moment
    server_killed,     // amid commits: some were written, nobody hears of it
    server_restarted,  // stopped and begun again
    clock_jumps,       // of one server, forward or back
    news_late,         // a server does not hear for long what the other wrote
    day_passes,        // hours pass at once, over closing time or into another day
};

inline constexpr std::array<std::string_view, 12> fault_names{
    "reply lost",       "request doubled", "form kept",     "storage slow",
    "storage refuses",  "storage silent",  "reading fails", "server killed",
    "server restarted", "clock jumps",     "news late",     "day passes"};

// How often each fault struck.
struct Tally {
    std::array<std::uint64_t, fault_names.size()> struck{};
    std::uint64_t steps = 0;
    std::uint64_t requests = 0;
    std::uint64_t tickets = 0;
    std::uint64_t calls = 0;
    std::uint64_t bookings = 0;

    void count(Fault fault) { ++struck[static_cast<std::size_t>(fault)]; }

    void add(const Tally& other) {
        for (std::size_t fault = 0; fault < struck.size(); ++fault)
            struck[fault] += other.struck[fault];
        steps += other.steps;
        requests += other.requests;
        tickets += other.tickets;
        calls += other.calls;
        bookings += other.bookings;
    }
};

}  // namespace balcao::rehearsal
