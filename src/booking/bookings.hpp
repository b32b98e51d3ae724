#pragma once
// Appointments as they live: who has which, at all sites of a city, and what is free. The pages use it; any
// number of threads may, and any number of server processes may share one journal. It knows no page and no
// protocol. A command takes the key by which its caller may repeat it: the same key again changes nothing
// more and gets the same answer. Every command waits until it is durable, so it belongs on a worker's thread;
// what is free is answered from memory once its days have been read. A command is decided on what the journal
// says then, and written with the versions of all streams that it looked at: nobody gets a place that another
// has, nor more bookings than one may have, whoever asks wherever at the same time.
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "booking/appointment.hpp"
#include "booking/booking_event.hpp"
#include "booking/calendar.hpp"
#include "booking/links.hpp"
#include "booking/look.hpp"
#include "booking/readers.hpp"
#include "booking/refusal.hpp"
#include "booking/settings.hpp"
#include "booking/turns.hpp"
#include "journal/persons.hpp"
#include "journal/store.hpp"
#include "model/model.hpp"

namespace balcao::booking {

class Draft;
struct Told;

// A wish for an appointment.
struct Wanted {
    model::SiteKey site;
    std::vector<model::ServiceKey> services;
    model::ChannelKey channel{"counter"};
    Instant start{};
    model::WindowKey window;  // empty: any
    ClerkKey by;              // empty: the person, with the public's places, days and limits
};

// Where a booking is to go.
struct Place {
    model::SiteKey site;
    Instant start{};
    model::WindowKey window;  // empty: any
};

// Who acts on a booking: whoever has its link; who stands at the site and says its code; or somebody who
// works there, whose right the caller has checked.
struct ByLink {
    std::string link;
};

struct ByCode {
    model::SiteKey site;
    std::string code;
};

struct ByClerk {
    BookingKey booking;
    ClerkKey clerk;
};

using Hand = std::variant<ByLink, ByCode, ByClerk>;

// What may be free: at these sites (all where none is named), on these days of their clocks.
struct Search {
    std::vector<model::SiteKey> sites;
    std::vector<model::ServiceKey> services;
    model::ChannelKey channel{"counter"};
    rules::Who who = rules::Who::citizen;
    Date first{};
    Date last{};
};

struct FreeAt {
    model::SiteKey site;
    std::vector<rules::FreeStart> starts;  // in order
};

// A booking that what is offered now has no place for, and where it could go.
struct Clash {
    Appointment appointment;
    rules::ConflictKind kind = rules::ConflictKind::outside_hours;
    std::vector<rules::FreeStart> offers;  // at its site, the nearest first
};

// How bookings of days gone by went: how long after the appointment who came was here (before it: below
// zero), in order, and how many never came.
struct Attendance {
    std::vector<std::chrono::milliseconds> came;
    std::size_t missed = 0;
};

// Whether who a booking is for is opened, and the link that the person has is told.
enum class People : std::uint8_t { left_out, opened, with_links };

class Bookings {
public:
    // `installation` is the key that journal::Persons is given. Error: not_found for a time zone that is not
    // known, unavailable or invalid as rules::make_slot_plan. Store and clock must outlive it.
    static Result<std::unique_ptr<Bookings>> open(journal::Store& store,
                                                  const Clock& clock,
                                                  const crypto::SecretKey& installation,
                                                  const model::Model& model,
                                                  Settings settings = {});

    // Another offer from here on; bookings stay, `clashes` says which it has no place for. Error: as `open`,
    // and invalid for another time zone.
    Result<void> adopt(const model::Model& model);

    // Whether a model could be adopted by any city of its time zone; to be asked before it is published.
    // Error: invalid, with the site's window, for what rules::make_slot_plan refuses.
    static Result<void> can_offer(const model::Model& model);

    // The sites that were in a model since this process began, in no model any more included.
    [[nodiscard]] std::vector<model::SiteKey> sites() const;

    // Making one.

    // Keeps a place for as long as the model says. Nobody's yet.
    Answer<Slip> hold(const Wanted& wanted, const std::string& key);
    // Who it is for: of a hold, which then waits to be confirmed (its time begins once more, the first time);
    // or other data in a confirmed one, by the person at most five times. Refused where it would be one too
    // many for that address or number.
    Answer<Slip> give_contact(const Hand& hand, const Contact& contact, const std::string& key);
    // By the link that was sent, or by a clerk. What is confirmed already is so.
    Answer<Slip> confirm(const Hand& hand, const std::string& key);
    // By a clerk (`wanted.by`), at once; a name is enough.
    Answer<Slip> book(const Wanted& wanted, const Contact& contact, const std::string& key);

    // Changing one.

    // A confirmed one that is still to come, for a person; whole or not at all, also to another site. The old
    // place comes back to the public as a cancelled one does.
    Answer<Slip> move(const Hand& hand, const Place& place, const std::string& key);
    // Lets go of a hold at once; a booking's place comes back to the public after a while that nobody can
    // foresee. Who it was for is erased, its links end.
    Answer<Slip> cancel(const Hand& hand, CancelReason reason, const std::string& key);
    // A new link; earlier ones end.
    Answer<Slip> renew_link(const Hand& hand, const std::string& key);
    // For staff; may be personal, so it is sealed and goes with the booking. Empty: none any more.
    Answer<Slip> write_note(const ByClerk& by, const std::string& note, const std::string& key);

    // On the day.

    // A person, from a while before until a while after the appointment (settings); a clerk all that day.
    Answer<Arrival> check_in(const Hand& hand, const std::string& key);
    // By telephone or video: who serves the person calls, or opens the meeting; that day. It counts as having
    // come.
    Answer<Arrival> begin(const ByClerk& by, const std::string& key);
    // The arrival that was none: its ticket is to be given up.
    Answer<Arrival> undo_check_in(const ByClerk& by, const std::string& key);
    // Those of that day who did not come and are too late now are missed; how many. May be said again.
    Answer<int> end_day(const model::SiteKey& site, Date date);
    // Erases who the bookings of a day that is over were for; how many.
    Answer<int> forget_people(const model::SiteKey& site, Date date);

    // Reminding.

    // Confirmed ones that begin in [from, to) and of which nobody was reminded, people opened.
    Answer<std::vector<Appointment>> due_reminders(Instant from, Instant to);
    // To be said before the reminder is sent: refused when somebody did so before.
    Answer<Slip> remind(const BookingKey& booking, const std::string& key);

    // What is true.

    // Error: unavailable, when days that have not been read cannot be; not_found for a site.
    Result<std::vector<FreeAt>> free_starts(const Search& search);
    // What a link may see; who it is for as well, unless the link is that of a hold and somebody has
    // confirmed.
    Answer<Appointment> see(const std::string& link);
    // For staff.
    Answer<Appointment> find(const BookingKey& booking, People people);
    // The booking of that code, of today or else of the next day that has it. For staff.
    Answer<BookingKey> with_code(const ByCode& by);
    // In order of time, without what lapsed or moved away.
    Answer<std::vector<Appointment>> on_day(const model::SiteKey& site, Date date, People people);
    // Those still to come of this very mail address or phone number, with links and people: for a message to
    // the contact that is in them, never for whoever asks. One of ana@ is none of ana+eve@.
    Answer<std::vector<Appointment>> of_person(const std::string& mail_or_phone);
    // The address of a calendar with the appointments of who is reached there, and what is in it for whoever
    // has that address; nothing for what we did not write.
    [[nodiscard]] std::string calendar_link(const std::string& mail_or_phone) const;
    Answer<std::vector<Appointment>> of_calendar(const std::string& link);
    // What stands for a mail address or phone number where limits count; the same for some that reach
    // different people. Empty for an empty one.
    [[nodiscard]] std::string mark_of(const std::string& mail_or_phone) const;
    // What stands for this very address or number, to which something goes; empty for an empty one.
    [[nodiscard]] std::string address_mark_of(const std::string& mail_or_phone) const;
    // "912 345 678" as "+351912345678"; empty for an empty one.
    [[nodiscard]] std::string phone_of(const std::string& phone) const;

    // What is wrong with a contact that is to be written to; nothing when letters may go there.
    [[nodiscard]] std::optional<Reason> fault_of(const Contact& contact) const {
        return fault_of(contact, false);
    }

    // How those at a site (not by telephone or video) went whose day is one of these and is over: for who
    // learns from it.
    Answer<Attendance> attendance(const model::SiteKey& site, Date first, Date last) const;

    // Looking at who a booking is for (seeing.cpp). A look is an event that its person can see, durable
    // before anything is opened; the caller has checked the right to it at `by.site`. Under the same key it
    // is the same look for two minutes, then refused (look_over).

    // Refused for a booking of another site, and where nobody is known (any more).
    Answer<Appointment> look(const BookingKey& booking,
                             const Onlooker& by,
                             LookReason why,
                             const std::string& key);
    // Everybody of that day at `by.site`, a look at each; in order of time.
    Answer<std::vector<Appointment>> look_all(Date date,
                                              const Onlooker& by,
                                              LookReason why,
                                              const std::string& key);
    // In order of time; also of a booking whose person is erased. For staff who see the journal.
    Answer<std::vector<Look>> looks(const BookingKey& booking) const;
    // All that is kept of a booking, for who has its link.
    Answer<Story> story(const std::string& link);

    // The bookings at a site, not over yet, that the offer in force has no place for. Nothing is cancelled.
    Answer<std::vector<Clash>> clashes(const model::SiteKey& site, std::size_t offers);
    // The same for an offer that is not in force: those that it would have no place for; all where it does
    // not have the site, and then without offers. An offer that cannot be in force is unavailable.
    Answer<std::vector<Clash>> clashes_under(const model::Model& offered,
                                             const model::SiteKey& site,
                                             std::size_t offers);

    // Takes what other processes wrote, at most `limit` events at a time, and lets go of days gone by; to be
    // called every few seconds until it returns 0. The first calls walk through the whole journal. Error:
    // unavailable, invalid.
    Result<std::size_t> catch_up(std::size_t limit);

    // The fold as it is known here, for tests: equal to that of a process that starts now.
    Answer<Day> day(const model::SiteKey& site, Date date);

    [[nodiscard]] const Zone& zone() const { return zone_; }

private:
    using Made = journal::Made;

    // The streams that a command looks at.
    struct Scope {
        std::vector<DayName> days;
        std::vector<std::string> marks;
        friend bool operator==(const Scope&, const Scope&) = default;
    };

    using FindScope = std::function<Answer<Scope>()>;
    using Decide = std::function<std::optional<Refusal>(Draft&)>;

    // Who asks, when a link was good or a code found.
    struct Asking {
        BookingKey booking;
        std::optional<Link> link;
        ClerkKey clerk;
        bool is_clerk = false;
        bool is_at_door = false;  // with nothing but a code, to come in
    };

    struct Command {
        std::string_view verb;
        Asking by;
        std::string key;
        Scope also{};
    };

    // A booking where it is now, as a decision sees it.
    struct Found {
        const BookingKey& booking;
        const Record& record;
        const DayName& where;
    };

    using Located = std::pair<DayName, Record>;

    using Order = std::function<std::optional<Refusal>(Draft&, const Found&)>;

    // Who a booking is for, sealed by a key that is not written yet.
    struct Given {
        PersonName person;
        std::string contact;
        std::vector<std::string> marks;
        bool is_exempt = false;
        bool has_phone = false;
        std::vector<journal::PersonKey> keys;
    };

    Bookings(journal::Store& store,
             const Clock& clock,
             const crypto::SecretKey& installation,
             const Zone& zone,
             Settings settings);

    // How commands are made (commit.cpp).
    Answer<Made> run(const std::string& command, const FindScope& find_scope, const Decide& decide);
    Answer<journal::Commit> attempt(const Scope& scope, const Decide& decide);
    std::optional<Refusal> take_turns(const FindScope& find_scope, Turns::Held& turns, Scope& scope);
    Answer<Made> on_booking(const Command& command, const Order& order);
    Answer<Located> locate(const BookingKey& booking);
    Result<Booker> booker(const std::string& mark) const;
    std::optional<Refusal> read_on(const DayName& day);
    std::optional<Refusal> read_on(const std::vector<DayName>& days);
    [[nodiscard]] Calendar* calendar(const model::SiteKey& site) const;
    [[nodiscard]] std::vector<Calendar*> calendars() const;
    [[nodiscard]] static std::string name_of_command(std::string_view verb,
                                                     const BookingKey& booking,
                                                     const std::string& key);

    // Who may what.
    Answer<Asking> who_asks(const Hand& hand);
    Answer<Asking> who_says(const ByCode& by);
    Answer<Asking> who_changes(const Hand& hand);
    [[nodiscard]] static bool may(const Asking& by, const Record& record);

    // Pieces of commands (place.cpp, contact.cpp).
    Answer<Slip> make(const Wanted& wanted, const std::optional<Given>& given, const std::string& key);
    std::optional<Refusal> put(Draft& draft,
                               const Wanted& wanted,
                               const DayName& day,
                               const std::optional<Given>& given);
    Answer<rules::FreeStart> judge(const Draft& draft,
                                   const Wanted& wanted,
                                   const std::vector<std::vector<rules::OwnBooking>>& owns,
                                   std::uint64_t instead_of) const;
    std::optional<rules::FreeStart> next_free(const Wanted& wanted);
    Answer<Made> with_next(Answer<Made> made, const Wanted& wanted);
    [[nodiscard]] std::vector<std::vector<rules::OwnBooking>> on_that_day(const Draft& draft,
                                                                          const Found& found,
                                                                          const DayName& to) const;
    std::optional<Refusal> bring(Draft& draft, const Found& found, const Wanted& wanted) const;
    [[nodiscard]] std::optional<Reason> fault_of(const Contact& contact, bool is_clerk) const;
    Answer<Given> seal(const Contact& contact);
    [[nodiscard]] bool is_exempt(const Contact& contact) const;
    std::optional<Refusal> name_person(Draft& draft,
                                       const Found& found,
                                       const Asking& by,
                                       const Given& given) const;
    std::optional<Refusal> keep_for_letter(Draft& draft, const Record& record, BookingCancelled& event);
    [[nodiscard]] Instant blocked_until(const Draft& draft, const Found& found) const;
    [[nodiscard]] std::optional<Refusal> may_come(const Record& record, Instant now) const;
    [[nodiscard]] std::optional<Refusal> door(const Asking& by, const Record& record, Instant now) const;
    Answer<Arrival> arrive(const Asking& by, const std::string& key);
    static Answer<Arrival> arrival(const Answer<Made>& made);
    Answer<int> close(const DayName& day, const std::function<void(Draft&, int&)>& each);
    [[nodiscard]] Slip slip_of(const Told& told) const;
    std::optional<Refusal> too_many(const Draft& draft, const Found& found, const std::string& mark) const;
    Answer<Slip> slip(const Answer<Made>& made) const;
    Answer<Slip> told(const Command& command, const Order& order);

    // Pieces of looks (seeing.cpp).
    std::optional<Refusal> add_look(journal::Commit& commit, const PersonSeen& seen, Instant& at) const;
    Answer<std::vector<BookingKey>> write_looks(const std::string& command,
                                                const std::function<Answer<std::vector<PersonSeen>>()>& find);
    Answer<std::vector<Happening>> happenings(const BookingKey& booking) const;

    // What is shown (queries.cpp).
    Answer<std::vector<Clash>> clashes_of(const Calendar& there,
                                          const rules::SlotPlan& plan,
                                          std::span<const rules::Booking> taken,
                                          std::size_t offers) const;
    Answer<Located> find_record(const BookingKey& booking);
    Answer<std::vector<Appointment>> of_address(const CalendarMarks& marks);
    [[nodiscard]] bool is_of(const Appointment& appointment, const std::string& address) const;
    Answer<Appointment> show(const BookingKey& booking,
                             const Record& record,
                             const model::SiteKey& site,
                             People people) const;
    Answer<std::vector<Appointment>> show_all(std::vector<std::pair<BookingKey, Record>> found,
                                              const model::SiteKey& site,
                                              People people) const;

    journal::Store& store_;
    const Clock& clock_;
    journal::Persons persons_;
    const Zone zone_;
    const Settings settings_;
    Links links_;
    Turns turns_;
    Readers readers_;
    mutable std::shared_mutex sites_mutex_;  // of the map; calendars stay once they are there
    std::map<model::SiteKey, std::unique_ptr<Calendar>> sites_;
    std::mutex following_;
    journal::Cursor cursor_;
};

}  // namespace balcao::booking
