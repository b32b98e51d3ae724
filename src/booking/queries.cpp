// What is true: what is free, what is booked, who should be reminded, what an offer has no place for.
#include <algorithm>

#include "booking/bookings.hpp"
#include "booking/members.hpp"
#include "journal/codec.hpp"
#include "model/serving.hpp"

namespace balcao::booking {
namespace {

// How far ahead bookings are looked for that an offer has no place for: it may have been another once.
constexpr std::chrono::days looked_ahead{400};

// Those of whom nobody has been reminded.
void add_due(const Day& day, Instant from, Instant to, std::vector<std::pair<BookingKey, Record>>& due) {
    for (const auto& one : day.records) {
        const Record& record = one.second;
        if (std::holds_alternative<Confirmed>(record.state) && !record.is_reminded &&
            record.what.start >= from && record.what.start < to)
            due.push_back(one);
    }
}

}  // namespace

Result<std::vector<FreeAt>> Bookings::free_starts(const Search& search) {
    std::vector<Calendar*> asked;
    for (const auto& site : search.sites) {
        Calendar* there = calendar(site);
        if (there == nullptr) return Error{Errc::not_found, "There is no site " + site.text() + ".", "site"};
        asked.push_back(there);
    }
    if (search.sites.empty()) asked = calendars();
    const Instant now = clock_.now();
    const Date today = zone_.at(now).date;
    int ahead = 0;
    for (const Calendar* there : asked)
        ahead = std::max(ahead, there->last_day_ahead());
    const Date first = std::max(search.first, today);
    const Date last = std::min(search.last, today + std::chrono::days{ahead});
    const rules::LocalDays days{zone_, first, last};
    std::vector<FreeAt> found;
    const Readers::Stay stay{readers_};
    for (Calendar* there : asked) {
        if (auto read = there->read_new_days(store_, first, last); !read) return read.error();
        const auto looking = there->look();
        found.push_back(
            {there->site(), rules::free_starts(there->plan(), days, there->taken(),
                                               {search.who, search.channel, search.services, now, 0})});
    }
    return found;
}

Answer<Appointment> Bookings::show(const BookingKey& booking,
                                   const Record& record,
                                   const model::SiteKey& site,
                                   People people) const {
    Appointment shown;
    const auto& what = record.what;
    shown.booking = booking;
    shown.site = site;
    shown.start = what.start;
    shown.minutes = what.minutes;
    shown.offset_minutes = zone_.offset_minutes(what.start);
    shown.window = what.window;
    shown.channel = what.channel;
    shown.services = what.services;
    shown.code = what.code;
    shown.is_staff = what.is_staff;
    shown.state = record.state;
    shown.made = record.made;
    shown.is_reminded = record.is_reminded;
    shown.epoch = what.epoch;
    shown.moves = record.moves;
    if (people == People::left_out) return shown;
    if (people == People::with_links && stands(record, clock_.now()) && !until_of(record.state))
        shown.link = links_.write({booking, Right::keep, what.epoch});
    if (people == People::with_links && stands(record, clock_.now()) &&
        std::holds_alternative<Preconfirmed>(record.state))
        shown.confirmation = links_.write({booking, Right::confirmation, what.epoch});
    if (!what.person.empty()) {
        const auto text = persons_.open(what.person.text(), "contact", what.contact);
        if (!text) return Refusal{Reason::unavailable};
        if (*text) {
            auto contact = journal::read_members<Contact>(**text, "contact");
            if (!contact) return Refusal{Reason::unavailable};
            shown.contact = *std::move(contact);
        }
    }
    if (!record.note_person.empty()) {
        auto note = persons_.open(record.note_person.text(), "note", record.note);
        if (!note) return Refusal{Reason::unavailable};
        shown.note = std::move(*note).value_or("");
    }
    return shown;
}

Answer<std::vector<Appointment>> Bookings::show_all(std::vector<std::pair<BookingKey, Record>> found,
                                                    const model::SiteKey& site,
                                                    People people) const {
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
        const Instant start = a.second.what.start;
        const Instant other = b.second.what.start;
        return start != other ? start < other : a.second.number < b.second.number;
    });
    std::vector<Appointment> all;
    for (const auto& [booking, record] : found) {
        auto shown = show(booking, record, site, people);
        if (const auto* refusal = std::get_if<Refusal>(&shown)) return *refusal;
        all.push_back(std::get<Appointment>(std::move(shown)));
    }
    return all;
}

Answer<Appointment> Bookings::see(const std::string& link) {
    const auto good = links_.read(link);
    if (!good || good->right == Right::confirmation) return Refusal{Reason::no_such_booking};
    auto found = find_record(good->booking);
    if (const auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
    const auto& [where, record] = std::get<0>(found);
    if (std::holds_alternative<Cancelled>(record.state)) return Refusal{Reason::no_such_booking};
    if (good->right == Right::keep && good->epoch != record.what.epoch)
        return Refusal{Reason::no_such_booking};
    const bool is_own = good->right == Right::keep || until_of(record.state);
    auto shown = show(good->booking, record, where.site, is_own ? People::opened : People::left_out);
    if (auto* appointment = std::get_if<Appointment>(&shown)) appointment->note.clear();  // of staff
    return shown;
}

Answer<Appointment> Bookings::find(const BookingKey& booking, People people) {
    auto found = find_record(booking);
    if (const auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
    const auto& [where, record] = std::get<0>(found);
    return show(booking, record, where.site, people);
}

Answer<BookingKey> Bookings::with_code(const ByCode& by) {
    auto asking = who_says(by);
    if (const auto* refusal = std::get_if<Refusal>(&asking)) return *refusal;
    return std::get<Asking>(asking).booking;
}

// The booking as the journal has it now.
Answer<Bookings::Located> Bookings::find_record(const BookingKey& booking) {
    constexpr int tries_most = 20;
    const Readers::Stay stay{readers_};
    for (int tries = 0; tries < tries_most; ++tries) {
        auto located = locate(booking);
        if (const auto* refusal = std::get_if<Refusal>(&located)) return *refusal;
        const auto& where = std::get<Located>(located).first;
        if (auto refusal = read_on(where)) return *refusal;
        const Calendar& there = *calendar(where.site);
        const auto looking = there.look();
        // It may have moved elsewhere since.
        if (const Record* record = there.day(where.date)->find(booking)) return Located{where, *record};
    }
    return Refusal{Reason::unavailable};
}

Answer<std::vector<Appointment>> Bookings::on_day(const model::SiteKey& site, Date date, People people) {
    const Readers::Stay stay{readers_};
    if (auto refusal = read_on({site, date})) return *refusal;
    const Instant now = clock_.now();
    std::vector<std::pair<BookingKey, Record>> found;
    {
        const Calendar& there = *calendar(site);
        const auto looking = there.look();
        for (const auto& one : there.day(date)->records)
            if (!is_lapsed(one.second.state, now) && !std::holds_alternative<Moved>(one.second.state))
                found.push_back(one);
    }
    return show_all(std::move(found), site, people);
}

std::string Bookings::mark_of(const std::string& mail_or_phone) const {
    const bool is_mail = mail_or_phone.find('@') != std::string::npos;
    return is_mail ? links_.mark_of_mail(mail_or_phone)
                   : links_.mark_of_phone(mail_or_phone, settings_.phone_prefix);
}

std::string Bookings::address_mark_of(const std::string& mail_or_phone) const {
    const bool is_mail = mail_or_phone.find('@') != std::string::npos;
    return is_mail ? links_.mark_of_address(mail_or_phone) : mark_of(mail_or_phone);
}

bool Bookings::is_of(const Appointment& appointment, const std::string& address) const {
    return appointment.contact && (address_mark_of(appointment.contact->mail) == address ||
                                   address_mark_of(appointment.contact->phone) == address);
}

std::string Bookings::phone_of(const std::string& phone) const {
    return folded_phone(phone, settings_.phone_prefix);
}

std::string Bookings::calendar_link(const std::string& mail_or_phone) const {
    const std::string mark = mark_of(mail_or_phone);
    return mark.empty() ? "" : links_.write_calendar({mark, address_mark_of(mail_or_phone)});
}

Answer<std::vector<Appointment>> Bookings::of_calendar(const std::string& link) {
    const auto marks = links_.read_calendar(link);
    if (!marks) return Refusal{Reason::no_such_booking};
    return of_address(*marks);
}

Answer<std::vector<Appointment>> Bookings::of_person(const std::string& mail_or_phone) {
    return of_address({mark_of(mail_or_phone), address_mark_of(mail_or_phone)});
}

Answer<std::vector<Appointment>> Bookings::of_address(const CalendarMarks& marks) {
    std::vector<Appointment> all;
    if (marks.mark.empty()) return all;
    const auto person = booker(marks.mark);
    if (!person) return Refusal{Reason::unavailable};
    const Instant now = clock_.now();
    for (const auto& [booking, taken] : person->bookings) {
        if (taken.until != Instant{} || taken.start < now) continue;
        auto found = find_record(booking);
        if (const auto* refusal = std::get_if<Refusal>(&found)) {
            // One that cannot be found, at a site that is no longer there, hides no other.
            if (refusal->reason != Reason::unavailable) continue;
            return *refusal;
        }
        const auto& [where, record] = std::get<0>(found);
        if (!std::holds_alternative<Confirmed>(record.state)) continue;
        auto shown = show(booking, record, where.site, People::with_links);
        if (const auto* refusal = std::get_if<Refusal>(&shown)) return *refusal;
        if (is_of(std::get<Appointment>(shown), marks.address))
            all.emplace_back(std::get<Appointment>(std::move(shown))).note.clear();
    }
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.start < b.start; });
    return all;
}

Answer<std::vector<Appointment>> Bookings::due_reminders(Instant from, Instant to) {
    std::vector<Appointment> all;
    if (to <= from) return all;
    const Readers::Stay stay{readers_};
    const Date first = zone_.at(from).date;
    const Date last = zone_.at(to - std::chrono::milliseconds{1}).date;
    for (Calendar* there : calendars()) {
        std::vector<std::pair<BookingKey, Record>> due;
        for (Date date = first; date <= last; date += std::chrono::days{1}) {
            if (auto refusal = read_on({there->site(), date})) return *refusal;
            const auto looking = there->look();
            add_due(*there->day(date), from, to, due);
        }
        auto shown = show_all(std::move(due), there->site(), People::with_links);
        if (const auto* refusal = std::get_if<Refusal>(&shown)) return *refusal;
        for (auto& one : std::get<0>(shown))
            all.push_back(std::move(one));
    }
    return all;
}

Answer<std::vector<Clash>> Bookings::clashes(const model::SiteKey& site, std::size_t offers) {
    const Readers::Stay stay{readers_};
    Calendar* there = calendar(site);
    if (there == nullptr) return Refusal{Reason::no_such_site};
    const Date today = zone_.at(clock_.now()).date;
    if (!there->read_new_days(store_, today, today + looked_ahead)) return Refusal{Reason::unavailable};
    const auto looking = there->look();
    return clashes_of(*there, there->plan(), there->taken(), offers);
}

Answer<std::vector<Clash>> Bookings::clashes_under(const model::Model& offered,
                                                   const model::SiteKey& site,
                                                   std::size_t offers) {
    Calendar* there = calendar(site);
    if (there == nullptr) return std::vector<Clash>{};
    const Readers::Stay stay{readers_};
    rules::SlotPlan plan;
    if (const auto* wanted = offered.find(site)) {
        auto made = rules::make_slot_plan(offered, *wanted);
        if (!made) return Refusal{Reason::unavailable};
        plan = *std::move(made);
    }
    const Date today = zone_.at(clock_.now()).date;
    if (!there->read_new_days(store_, today, today + looked_ahead)) return Refusal{Reason::unavailable};
    const auto looking = there->look();
    const auto taken = there->taken_under(plan);
    return clashes_of(*there, plan, taken, offers);
}

// While the calendar is looked at.
Answer<std::vector<Clash>> Bookings::clashes_of(const Calendar& there,
                                                const rules::SlotPlan& plan,
                                                std::span<const rules::Booking> taken,
                                                std::size_t offers) const {
    const Instant now = clock_.now();
    const Date today = zone_.at(now).date;
    // A booking was made for a day within some offer; one that is in force no longer may have gone further.
    const rules::LocalDays days{zone_, today, today + looked_ahead};
    std::vector<Clash> found;
    // What is free is the same for all who want the same in the same way.
    std::map<std::pair<model::ChannelKey, std::vector<model::ServiceKey>>, std::vector<rules::FreeStart>>
        free;
    for (const auto& conflict : rules::conflicts(plan, days, taken, now)) {
        const auto& place = taken[conflict.booking];
        const Day* day = there.day(zone_.at(place.start).date);
        if (day == nullptr) continue;
        const auto record = std::find_if(day->records.begin(), day->records.end(), [&](const auto& one) {
            return one.second.number == place.number && one.second.what.start == place.start;
        });
        if (record == day->records.end()) continue;
        auto shown = show(record->first, record->second, there.site(), People::left_out);
        if (const auto* refusal = std::get_if<Refusal>(&shown)) return *refusal;
        const auto& what = record->second.what;
        const auto [starts, is_new] = free.try_emplace({what.channel, what.services});
        if (is_new)
            starts->second = rules::free_starts(plan, days, taken,
                                                {rules::Who::staff, what.channel, what.services, now, 0});
        found.push_back({std::get<0>(std::move(shown)), conflict.kind,
                         rules::nearest_free(starts->second, place.start, offers)});
    }
    return found;
}

// Read beside the calendar, which lets go of such days.
Answer<Attendance> Bookings::attendance(const model::SiteKey& site, Date first, Date last) const {
    if (calendar(site) == nullptr) return Refusal{Reason::no_such_site};
    const Date over = std::min(last, zone_.at(clock_.now()).date - std::chrono::days{1});
    Attendance found;
    for (Date date = first; date <= over; date += std::chrono::days{1}) {
        const auto events = store_.read(stream_of({site, date}), 0);
        if (!events) return Refusal{Reason::unavailable};
        Day day;
        for (const auto& event : *events) {
            const auto decoded = decode_book(event);
            if (!decoded) return Refusal{Reason::unavailable};
            day.apply(*decoded, event, zone_);
        }
        for (const auto& [booking, record] : day.records) {
            if (model::is_remote(record.what.channel)) continue;
            if (const auto* arrived = std::get_if<Arrived>(&record.state))
                found.came.push_back(arrived->at - record.what.start);
            if (std::holds_alternative<Missed>(record.state)) ++found.missed;
        }
    }
    std::sort(found.came.begin(), found.came.end());
    return found;
}

Answer<Day> Bookings::day(const model::SiteKey& site, Date date) {
    const Readers::Stay stay{readers_};
    if (auto refusal = read_on({site, date})) return *refusal;
    const Calendar& there = *calendar(site);
    const auto looking = there.look();
    return *there.day(date);
}

}  // namespace balcao::booking
