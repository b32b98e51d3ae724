// How a command of `booking` becomes durable: in turn with its neighbours in this process, decided on what
// the journal says now, written with the versions of all that it looked at, decided again when another
// process was first.
#include "booking/bookings.hpp"
#include "booking/draft.hpp"

namespace balcao::booking {
namespace {

constexpr int tries_most = 20;

}  // namespace

std::string Bookings::name_of_command(std::string_view verb,
                                      const BookingKey& booking,
                                      const std::string& key) {
    if (key.empty()) return {};
    return "booking/" + std::string{verb} + "/" + booking.text() + "/" + key;
}

Answer<Bookings::Made> Bookings::run(const std::string& command,
                                     const FindScope& find_scope,
                                     const Decide& decide) {
    const Readers::Stay stay{readers_};
    Turns::Held turns;
    Scope scope;
    auto made = journal::settle(store_, command, Refusal{Reason::unavailable},
                                [&]() -> std::variant<journal::Commit, Refusal> {
                                    if (auto refusal = take_turns(find_scope, turns, scope)) return *refusal;
                                    return attempt(scope, decide);
                                });
    // It is durable in any case; what cannot be read back now is read before the next decision.
    if (std::holds_alternative<Made>(made))
        for (const auto& day : scope.days)
            static_cast<void>(read_on(day).has_value());
    return made;
}

// Decides once, on days that have just been read.
Answer<journal::Commit> Bookings::attempt(const Scope& scope, const Decide& decide) {
    Draft::Calendars calendars;
    for (const auto& day : scope.days)
        calendars[day.site] = calendar(day.site);
    std::map<std::string, Booker> bookers;
    for (const auto& mark : scope.marks) {
        auto read = booker(mark);
        if (!read) return Refusal{Reason::unavailable};
        bookers[mark] = *std::move(read);
    }
    Draft draft{calendars, std::move(bookers)};
    draft.set_time(clock_.now(), scope.days);
    if (auto refusal = decide(draft)) return *refusal;
    return std::move(draft.commit);
}

// A booking may move elsewhere while its turn is waited for; then the wait begins anew.
std::optional<Refusal> Bookings::take_turns(const FindScope& find_scope, Turns::Held& turns, Scope& scope) {
    for (int tries = 0; tries < tries_most; ++tries) {
        turns.clear();
        auto found = find_scope();
        if (const auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
        scope = std::get<Scope>(std::move(found));
        std::vector<std::string> streams;
        for (const auto& day : scope.days)
            streams.push_back(stream_of(day));
        for (const auto& mark : scope.marks)
            streams.push_back(stream_of_booker(mark));
        turns = turns_.take(streams);
        if (auto refusal = read_on(scope.days)) return refusal;
        auto again = find_scope();
        if (const auto* refusal = std::get_if<Refusal>(&again)) return *refusal;
        if (std::get<Scope>(again) == scope) return std::nullopt;
    }
    return Refusal{Reason::unavailable};
}

Answer<Bookings::Made> Bookings::on_booking(const Command& command, const Order& order) {
    const BookingKey& booking = command.by.booking;
    DayName where;
    const auto find_scope = [&]() -> Answer<Scope> {
        auto located = locate(booking);
        if (const auto* refusal = std::get_if<Refusal>(&located)) return *refusal;
        where = std::get<Located>(located).first;
        Scope scope = command.also;
        if (std::find(scope.days.begin(), scope.days.end(), where) == scope.days.end())
            scope.days.push_back(where);
        for (const auto& mark : std::get<Located>(located).second.what.marks)
            if (std::find(scope.marks.begin(), scope.marks.end(), mark) == scope.marks.end())
                scope.marks.push_back(mark);
        return scope;
    };
    return run(name_of_command(command.verb, booking, command.key), find_scope,
               [&](Draft& draft) -> std::optional<Refusal> {
                   const Record* record = draft.day(where).find(booking);
                   if (record == nullptr || !may(command.by, *record))
                       return Refusal{Reason::no_such_booking};
                   return order(draft, {booking, *record, where});
               });
}

// Follows a booking from the day in its name to where it is now. For who stays (Readers).
Answer<Bookings::Located> Bookings::locate(const BookingKey& booking) {
    constexpr int moves_most = 1000;
    auto where = first_day_of(booking);
    for (int moves = 0; where && moves < moves_most; ++moves) {
        const Calendar* there = calendar(where->site);
        if (there == nullptr) break;
        {
            const auto looking = there->look();
            const Day* day = there->day(where->date);
            const Record* record = day == nullptr ? nullptr : day->find(booking);
            if (record != nullptr) return Located{*where, *record};
        }
        if (auto refusal = read_on(*where)) return *refusal;
        const auto looking = there->look();
        const Day* day = there->day(where->date);
        if (const Record* record = day->find(booking)) return Located{*where, *record};
        const auto moved = day->moved.find(booking);
        if (moved == day->moved.end()) break;
        where = moved->second;
    }
    return Refusal{Reason::no_such_booking};
}

std::optional<Refusal> Bookings::read_on(const DayName& day) {
    Calendar* there = calendar(day.site);
    if (there == nullptr) return Refusal{Reason::no_such_site};
    if (!there->read_on(store_, day.date)) return Refusal{Reason::unavailable};
    return std::nullopt;
}

std::optional<Refusal> Bookings::read_on(const std::vector<DayName>& days) {
    for (const auto& day : days)
        if (auto refusal = read_on(day)) return refusal;
    return std::nullopt;
}

Result<Booker> Bookings::booker(const std::string& mark) const {
    BALCAO_TRY(const auto events, store_.read(stream_of_booker(mark), 0));
    Booker booker;
    for (const auto& event : events) {
        BALCAO_TRY(const auto decoded, decode_booker(event));
        booker.apply(decoded, event);
    }
    return booker;
}

Answer<Bookings::Asking> Bookings::who_asks(const Hand& hand) {
    if (const auto* clerk = std::get_if<ByClerk>(&hand))
        return Asking{clerk->booking, std::nullopt, clerk->clerk, true, false};
    if (const auto* code = std::get_if<ByCode>(&hand)) return who_says(*code);
    auto link = links_.read(std::get<ByLink>(hand).link);
    if (!link) return Refusal{Reason::no_such_booking};
    BookingKey booking = link->booking;
    return Asking{std::move(booking), *std::move(link), {}, false, false};
}

// A code opens nothing but the door (check_in), and what is sent to be confirmed only confirms.
Answer<Bookings::Asking> Bookings::who_changes(const Hand& hand) {
    auto asking = who_asks(hand);
    const auto* found = std::get_if<Asking>(&asking);
    if (found != nullptr && (found->is_at_door || (found->link && found->link->right == Right::confirmation)))
        return Refusal{Reason::no_such_booking};
    return asking;
}

// A code is one of today's; or else of the next day that has it, so that who comes on a wrong day is told so.
Answer<Bookings::Asking> Bookings::who_says(const ByCode& by) {
    const Readers::Stay stay{readers_};
    Calendar* there = calendar(by.site);
    if (there == nullptr) return Refusal{Reason::no_such_site};
    std::string code;
    for (const char letter : by.code)
        if (letter != ' ' && letter != '-')
            code.push_back(letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter);
    const Date today = zone_.at(clock_.now()).date;
    if (auto refusal = read_on({by.site, today})) return *refusal;
    if (auto booking = there->with_code(code, today, today)) return Asking{*booking, {}, {}, false, true};
    const Date last = today + std::chrono::days{there->last_day_ahead()};
    if (!there->read_new_days(store_, today, last)) return Refusal{Reason::unavailable};
    if (auto booking = there->with_code(code, today, last)) return Asking{*booking, {}, {}, false, true};
    return Refusal{Reason::no_such_booking};
}

bool Bookings::may(const Asking& by, const Record& record) {
    if (by.is_clerk || by.is_at_door) return true;
    if (!by.link) return false;
    if (std::holds_alternative<Cancelled>(record.state)) return false;
    if (by.link->right == Right::hold) return until_of(record.state).has_value();
    return by.link->epoch == record.what.epoch;
}

}  // namespace balcao::booking
