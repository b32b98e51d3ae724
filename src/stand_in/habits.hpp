#pragma once
// The five entities that a stand-in plays, and how each behaves: what it promises of keys, lookups and
// undoing, and how badly its line goes. Used by the books, which keep what it took, and by the server.
#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace balcao::stand_in {

enum class Kind : std::uint8_t {
    keys,     // does nothing twice under one key
    no_keys,  // knows no keys, cannot be asked what it has, takes nothing back
    slow,     // takes its time, loses answers, is busy; knows no keys but can be asked what it has
    mail,     // has a mailbox and nothing else
    club,     // private: takes events, by their ids
};

inline constexpr std::array<Kind, 5> all_kinds{Kind::keys, Kind::no_keys, Kind::slow, Kind::mail, Kind::club};

// "no-keys": the first segment of its addresses.
std::string_view name_of(Kind kind);
std::optional<Kind> parse_kind(std::string_view name);

struct Habits {
    bool knows_keys = false;
    bool can_be_asked = false;  // what it has: by key, or all of it
    bool takes_back = false;
    bool takes_events = false;
    double loses_answers = 0;  // the share of requests that it does and does not answer
    double is_busy = 0;        // the share that it puts off
    std::chrono::milliseconds slowest{};
};

Habits usual_habits(Kind kind);

}  // namespace balcao::stand_in
