// Looking at who a booking is for: the look is an event before anything is opened. And all that is kept of a
// booking, for its person.
#include <algorithm>
#include <set>

#include "booking/bookings.hpp"
#include "booking/members.hpp"
#include "journal/codec.hpp"
#include "journal/settle.hpp"

namespace balcao::booking {

// What the command of a look was answered: whom it opens, and since when.
struct LookTold {
    Instant at{};
    std::vector<BookingKey> bookings;
};

template <class Part, class Value>
requires std::same_as<std::remove_const_t<Value>, LookTold>

void members(Part& part, Value& told) {
    part("at", told.at);
    part.may_lack("bookings", told.bookings);
}

namespace {

// How long one look lasts: a form sent again within it (a lost line, a page loaded anew) is the same look.
constexpr std::chrono::minutes look_lasts{2};

bool is_named(const Record& record) { return !record.what.person.empty() || !record.note_person.empty(); }

struct LooksRead {
    std::vector<Look> looks;
    journal::StreamEnd end;
};

Result<LooksRead> looks_of(const journal::Store& store, const BookingKey& booking) {
    BALCAO_TRY(const auto events, store.read(stream_of_looks(booking), 0));
    LooksRead read;
    for (const auto& event : events) {
        BALCAO_TRY(const auto decoded, decode_look(event));
        read.looks.push_back({event.at, std::get<PersonSeen>(decoded)});
        read.end = {event.version, event.salt};
    }
    return read;
}

}  // namespace

// Adds the look at one booking to what is written; never before an earlier look at it.
std::optional<Refusal> Bookings::add_look(journal::Commit& commit,
                                          const PersonSeen& seen,
                                          Instant& at) const {
    const auto before = looks_of(store_, seen.booking);
    if (!before) return Refusal{Reason::unavailable};
    if (!before->looks.empty()) at = std::max(at, before->looks.back().at);
    journal::append(commit, stream_of_looks(seen.booking), before->end, encode(LookEvent{seen}), at);
    return std::nullopt;
}

// Writes the looks at these bookings and says whom they open.
Answer<std::vector<BookingKey>> Bookings::write_looks(
    const std::string& command, const std::function<Answer<std::vector<PersonSeen>>()>& find) {
    const auto made = journal::settle(store_, command, Refusal{Reason::unavailable},
                                      [&]() -> std::variant<journal::Commit, Refusal> {
                                          auto found = find();
                                          if (const auto* refusal = std::get_if<Refusal>(&found))
                                              return *refusal;
                                          journal::Commit commit;
                                          LookTold told{clock_.now(), {}};
                                          for (const auto& seen : std::get<0>(found)) {
                                              if (auto refusal = add_look(commit, seen, told.at))
                                                  return *refusal;
                                              told.bookings.push_back(seen.booking);
                                          }
                                          commit.answer = journal::write_members(told);
                                          return commit;
                                      });
    if (const auto* refusal = std::get_if<Refusal>(&made)) return *refusal;
    auto told = journal::read_members<LookTold>(std::get<Made>(made).answer, "answer");
    if (!told) return Refusal{Reason::unavailable};
    if (std::get<Made>(made).is_repeated && clock_.now() > told->at + look_lasts)
        return Refusal{Reason::look_over, {}, told->at};
    return std::move(told->bookings);
}

Answer<Appointment> Bookings::look(const BookingKey& booking,
                                   const Onlooker& by,
                                   LookReason why,
                                   const std::string& key) {
    auto opened = write_looks(
        key.empty() ? "" : "booking/look/" + by.clerk.text() + "/" + booking.text() + "/" + key,
        [&]() -> Answer<std::vector<PersonSeen>> {
            auto found = find_record(booking);
            if (const auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
            const auto& [where, record] = std::get<0>(found);
            if (where.site != by.site) return Refusal{Reason::no_such_booking};
            if (!is_named(record)) return Refusal{Reason::nobody_named, record.what.start};
            return std::vector{PersonSeen{booking, why, by.role, by.site, by.desk, false, by.clerk}};
        });
    if (const auto* refusal = std::get_if<Refusal>(&opened)) return *refusal;
    return find(booking, People::opened);
}

Answer<std::vector<Appointment>> Bookings::look_all(Date date,
                                                    const Onlooker& by,
                                                    LookReason why,
                                                    const std::string& key) {
    const DayName day{by.site, date};
    if (calendar(by.site) == nullptr) return Refusal{Reason::no_such_site};
    auto opened = write_looks(
        key.empty() ? "" : "booking/look-all/" + by.clerk.text() + "/" + stream_of(day) + "/" + key,
        [&]() -> Answer<std::vector<PersonSeen>> {
            const Readers::Stay stay{readers_};
            if (auto refusal = read_on(day)) return *refusal;
            std::vector<PersonSeen> seen;
            const auto looking = calendar(by.site)->look();
            for (const auto& [booking, record] : calendar(by.site)->day(date)->records)
                if (is_named(record) && !is_lapsed(record.state, clock_.now()))
                    seen.push_back({booking, why, by.role, by.site, by.desk, true, by.clerk});
            return seen;
        });
    if (const auto* refusal = std::get_if<Refusal>(&opened)) return *refusal;
    std::vector<Appointment> all;
    for (const auto& booking : std::get<0>(opened)) {
        auto found = find(booking, People::opened);
        if (const auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
        all.push_back(std::get<Appointment>(std::move(found)));
    }
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.start < b.start; });
    return all;
}

Answer<std::vector<Look>> Bookings::looks(const BookingKey& booking) const {
    auto read = looks_of(store_, booking);
    if (!read) return Refusal{Reason::unavailable};
    return std::move(read->looks);
}

// What the books of the days say of it on which it was, from the day in its name on.
Answer<std::vector<Happening>> Bookings::happenings(const BookingKey& booking) const {
    std::vector<Happening> all;
    std::vector<DayName> days;
    if (const auto first = first_day_of(booking)) days.push_back(*first);
    for (std::size_t next = 0; next < days.size(); ++next) {
        const DayName day = days[next];
        const auto events = store_.read(stream_of(day), 0);
        if (!events) return Refusal{Reason::unavailable};
        for (const auto& event : *events) {
            auto decoded = decode_book(event);
            if (!decoded) return Refusal{Reason::unavailable};
            if (booking_of(*decoded) != booking) continue;
            if (const auto* away = std::get_if<BookingMovedAway>(&*decoded)) {
                const DayName to{away->site, zone_.at(away->start).date};
                if (std::find(days.begin(), days.end(), to) == days.end()) days.push_back(to);
            }
            all.push_back({day.site, day.date, event.at, *std::move(decoded)});
        }
    }
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
    return all;
}

Answer<Story> Bookings::story(const std::string& link) {
    auto seen = see(link);
    if (const auto* refusal = std::get_if<Refusal>(&seen)) return *refusal;
    Story story;
    story.appointment = std::get<Appointment>(std::move(seen));
    const BookingKey booking = story.appointment.booking;
    if (story.appointment.contact) {
        auto whole = find(booking, People::opened);
        if (const auto* refusal = std::get_if<Refusal>(&whole)) return *refusal;
        story.appointment.note = std::get<Appointment>(whole).note;
    }
    auto happened = happenings(booking);
    if (const auto* refusal = std::get_if<Refusal>(&happened)) return *refusal;
    story.happenings = std::get<0>(std::move(happened));
    auto looked = looks(booking);
    if (const auto* refusal = std::get_if<Refusal>(&looked)) return *refusal;
    story.looks = std::get<0>(std::move(looked));
    return story;
}

}  // namespace balcao::booking
