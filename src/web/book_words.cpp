#include "web/book_words.hpp"

#include <array>

#include <fmt/format.h>

namespace balcao::web {
namespace {

using booking::Reason;

std::string english_of(Reason reason) {
    switch (reason) {
        case Reason::unavailable:
            return "This cannot be done right now. Nothing was lost; try again in a moment.";
        case Reason::no_such_site:
        case Reason::no_such_booking:
            return "There is no such appointment. It may have been cancelled, or the address is not whole.";
        case Reason::name_missing:
            return "Write your name.";
        case Reason::name_unfit:
            return "A name has at most 100 letters.";
        case Reason::contact_missing:
            return "Write your mail address, so that we can send you the confirmation.";
        case Reason::mail_unfit:
            return "This is no mail address. Write it as in ana@example.org.";
        case Reason::phone_unfit:
            return "This is no phone number. Write digits, with the country's code if it is not Portuguese.";
        case Reason::note_unfit:
            return "The note is too long: at most 500 letters.";
        case Reason::hold_over:
            return "The time to confirm was over, and the place was given back. Choose another time.";
        case Reason::not_confirmed:
            return "This appointment was not confirmed.";
        case Reason::no_contact_yet:
            return "Write first who the appointment is for.";
        case Reason::already_arrived:
            return "This person is here already, since {when}.";
        case Reason::not_arrived:
            return "This person has not arrived.";
        case Reason::already_reminded:
            return "The reminder was sent already.";
        case Reason::is_over:
            return "The time of this appointment has come or gone; it can no longer be changed.";
        case Reason::not_today:
            return "This appointment is not today but on {start}.";
        case Reason::too_early:
            return "It is too early: come in from {when} on.";
        case Reason::too_late:
            return "It is too late for this appointment: one could come in until {when}. Take a ticket.";
        case Reason::not_offered:
            return "These services cannot be booked together here.";
        case Reason::too_many_open:
            return "This person has as many appointments as one may have.";
        case Reason::too_many_that_day:
            return "This person has as many appointments on that day as one may have.";
        case Reason::no_such_slot:
            return "No appointment begins at that time.";
        case Reason::past:
            return "That time is past.";
        case Reason::too_many_slots:
            return "This is too long for one appointment. Choose fewer services.";
        case Reason::too_soon:
            return "That is too soon to book. Choose a later day.";
        case Reason::not_yet_released:
            return "That day cannot be booked yet. Choose an earlier one.";
        case Reason::does_not_fit:
            return "The appointment would not end in time. Choose an earlier one.";
        case Reason::full:
        case Reason::following_full:
            return "Somebody else was faster: that time is taken. Choose another one.";
    }
    return "";
}

}  // namespace

std::string day_text(Date date, const Words& words) {
    constexpr std::array<const char*, 7> days{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                              "Friday", "Saturday", "Sunday"};
    constexpr std::array<const char*, 12> months{"January",   "February", "March",    "April",
                                                 "May",       "June",     "July",     "August",
                                                 "September", "October",  "November", "December"};
    const std::chrono::year_month_day parts{date};
    return words("{weekday}, {day} {month} {year}",
                 {{"weekday", words(days.at(static_cast<std::size_t>(weekday_index(date))))},
                  {"day", std::to_string(static_cast<unsigned>(parts.day()))},
                  {"month", words(months.at(static_cast<unsigned>(parts.month()) - 1))},
                  {"year", std::to_string(static_cast<int>(parts.year()))}});
}

std::string time_text(const Zone& zone, Instant at) {
    const CivilTime civil = zone.at(at);
    const auto whole = std::chrono::duration_cast<std::chrono::minutes>(civil.since_midnight).count();
    std::string text = fmt::format("{:02}:{:02}", whole / 60, whole % 60);
    if (zone.instants_of(civil).size() < 2) return text;
    const auto ahead = std::chrono::duration_cast<std::chrono::minutes>(
        civil.date.time_since_epoch() + civil.since_midnight - at.time_since_epoch());
    return text + fmt::format(" (UTC{:+d})", ahead.count() / 60);
}

std::string refusal_text(const booking::Refusal& refusal, const Zone& zone, const Words& words) {
    const std::string english = english_of(refusal.reason);
    const auto moment = [&](Instant at) {
        return day_text(zone.at(at).date, words) + ", " + time_text(zone, at);
    };
    std::string text = english;
    if (english.find("{when}") != std::string::npos && refusal.when)
        text = words(english, {{"when", time_text(zone, *refusal.when)}});
    else if (english.find("{start}") != std::string::npos && refusal.start)
        text = words(english, {{"start", moment(*refusal.start)}});
    else
        text = words(english);
    if (refusal.next)
        text += " " + words("The next one that is free: {time}.", {{"time", moment(refusal.next->start)}});
    return text;
}

int status_of(const booking::Refusal& refusal) {
    switch (refusal.reason) {
        case Reason::unavailable:
            return 503;
        case Reason::no_such_site:
        case Reason::no_such_booking:
            return 404;
        case Reason::name_missing:
        case Reason::name_unfit:
        case Reason::contact_missing:
        case Reason::mail_unfit:
        case Reason::phone_unfit:
        case Reason::note_unfit:
        case Reason::not_offered:
        case Reason::no_such_slot:
        case Reason::too_many_slots:
            return 422;
        default:
            return 409;
    }
}

std::string line_of(const booking::Appointment& appointment, const Shared& shared, const Words& words) {
    const auto& city = shared.office.model();
    std::string services;
    for (const auto& key : appointment.services) {
        const auto* service = city.find(key);
        services += (services.empty() ? "" : ", ") +
                    (service != nullptr ? model::name_of(*service, words.code()) : key.text());
    }
    const auto* site = city.find(appointment.site);
    const auto& zone = shared.office.zone();
    return words("{services} at {site}, {day}, {time}",
                 {{"services", services},
                  {"site", site != nullptr ? model::name_of(*site, words.code()) : appointment.site.text()},
                  {"day", day_text(zone.at(appointment.start).date, words)},
                  {"time", time_text(zone, appointment.start)}});
}

Letter confirmation_letter(const booking::Appointment& appointment,
                           const std::string& address,
                           const Shared& shared,
                           const Words& words) {
    const auto until = booking::until_of(appointment.state);
    Letter letter{.to = appointment.contact ? appointment.contact->mail : "",
                  .subject = words("Confirm your appointment"),
                  .text = line_of(appointment, shared, words) + "\n\n"};
    letter.text += words("Confirm it here until {time}:",
                         {{"time", until ? time_text(shared.office.zone(), *until) : ""}});
    letter.text += "\n" + address + "\n\n";
    letter.text +=
        words("Whoever did not ask for this need do nothing: the place is given back by itself.") + "\n";
    return letter;
}

}  // namespace balcao::web
