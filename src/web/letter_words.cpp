#include "web/letter_words.hpp"

#include <algorithm>

#include "front/appointment_words.hpp"
#include "front/case_words.hpp"
#include "front/moment.hpp"
#include "web/agenda.hpp"
#include "web/case_pages.hpp"
#include "web/ways.hpp"

namespace balcao::web {
namespace {

using booking::Appointment;
using letters::Kind;
using letters::Message;
using letters::Owed;
using letters::Written;

Words words_for(const std::string& language, const Shared& shared) {
    auto found = text::parse_language(language);
    if (!found) found = text::parse_language(shared.office.model().languages.front());
    return Words{found.value_or(text::Language::pt)};
}

// An empty letter to somebody.
Message begun(const Owed& owed, const booking::Contact& to, const Shared& shared, const Words& words) {
    Message message;
    message.id = owed.id;
    message.at = owed.at;
    message.mail = to.mail;
    message.phone = shared.bookings.phone_of(to.phone);
    message.language = words.code();
    return message;
}

std::string city_of(const Shared& shared, const Words& words) {
    return shared.office.model().name.in(words.code(), shared.office.model().key);
}

// Puts the lines into the letter: those for mail one under the other, and what fits a phone.
void fill(Message& message,
          const std::string& city,
          const std::vector<std::string>& lines,
          const std::string& brief) {
    for (const auto& line : lines)
        message.text += line + "\n\n";
    message.text += "-- \n" + city + "\n";
    message.short_text = city + ": " + brief;
}

std::string host_of(std::string_view address) {
    const auto begin = address.find("//");
    auto host = begin == std::string_view::npos ? address : address.substr(begin + 2);
    host = host.substr(0, host.find('/'));
    return std::string{host.substr(0, host.rfind(':'))};
}

std::string service_names(const Appointment& appointment, const Shared& shared, const Words& words) {
    std::string services;
    for (const auto& key : appointment.services) {
        const auto* service = shared.office.model().find(key);
        services += (services.empty() ? "" : ", ") +
                    (service != nullptr ? model::name_of(*service, words.code()) : key.text());
    }
    return services;
}

std::string calendar_file(const Appointment& appointment, const Shared& shared, const Words& words) {
    const bool is_cancelled = std::holds_alternative<booking::Cancelled>(appointment.state);
    return connect::write_calendar({{}, is_cancelled ? "CANCEL" : "PUBLISH"},
                                   {entry_of(appointment, appointment.link, shared, words)},
                                   shared.office.zone());
}

Written confirm_letter(const Owed& owed, const Appointment& appointment, const Shared& shared) {
    if (appointment.confirmation.empty() || appointment.epoch != owed.epoch) return letters::Unneeded{};
    const Words words = words_for(appointment.contact->language, shared);
    Message message = begun(owed, *appointment.contact, shared, words);
    message.subject = words("Confirm your appointment");
    const auto until = booking::until_of(appointment.state);
    const std::string line = line_of(appointment, shared, words);
    const std::string ask = words("Confirm it here until {time}:",
                                  {{"time", until ? time_text(shared.office.zone(), *until) : ""}});
    const std::string address = whole_address(shared, url(words, {"confirm", appointment.confirmation}));
    fill(message, city_of(shared, words),
         {line, ask + "\n" + address,
          words("Whoever did not ask for this need do nothing: the place is given back by itself.")},
         line + ". " + ask + " " + address);
    return message;
}

std::string subject_of(Kind kind, const Words& words) {
    if (kind == Kind::moved) return words("Your appointment was moved");
    if (kind == Kind::cancelled) return words("Your appointment was cancelled");
    if (kind == Kind::reminder) return words("Do not forget your appointment");
    return words("Your appointment is confirmed");
}

std::string code_line(const Appointment& appointment, const Words& words) {
    return is_remote(appointment)
               ? words("Your code, when you ask us about it: {code}", {{"code", appointment.code}})
               : words("Your code at the site: {code}", {{"code", appointment.code}});
}

// What somebody is told who did not move the appointment.
std::vector<std::string> how_it_moved(const Owed& owed, const Shared& shared, const Words& words) {
    if (owed.kind != Kind::moved || !owed.before) return {};
    const std::string before =
        words("It was to be on {time}.", {{"time", moment_text(shared.office.zone(), *owed.before, words)}});
    return {owed.is_by_staff ? words("We moved your appointment to another time.") + " " + before : before,
            words("Now it is:")};
}

// Of one that stands: confirmed, moved, to be remembered.
Written standing_letter(const Owed& owed, const Appointment& appointment, const Shared& shared) {
    const bool is_of_another_time = owed.kind == Kind::moved && appointment.moves != owed.moves;
    const bool has_begun = appointment.start <= shared.clock.now();
    if (appointment.link.empty() || is_of_another_time || has_begun) return letters::Unneeded{};
    const Words words = words_for(appointment.contact->language, shared);
    Message message = begun(owed, *appointment.contact, shared, words);
    message.subject = subject_of(owed.kind, words);
    const std::string line = line_of(appointment, shared, words);
    const std::string address = whole_address(shared, url(words, {"appointments", appointment.link}));
    std::vector<std::string> lines = how_it_moved(owed, shared, words);
    lines.push_back(line);
    if (is_remote(appointment)) lines.push_back(what_happens(appointment, shared, words));
    const auto meeting = meeting_of(appointment, shared);
    if (meeting) lines.push_back(words("You meet by video here:") + "\n" + *meeting);
    lines.push_back(code_line(appointment, words));
    lines.push_back((owed.is_by_staff
                         ? words("If the new time does not suit you, choose another one or cancel it here:")
                         : words("To see it, move it or cancel it:")) +
                    "\n" + address);
    const auto feed = shared.bookings.calendar_link(message.mail);
    if (!feed.empty())
        lines.push_back(words("All your appointments, for your calendar to follow:") + "\n" +
                        whole_address(shared, url(words, {"calendars", feed, "appointments.ics"})));
    fill(message, city_of(shared, words), lines,
         message.subject + ". " + line + ". " + (meeting ? *meeting + " " : "") + address);
    message.calendar = calendar_file(appointment, shared, words);
    message.method = "PUBLISH";
    return message;
}

Written cancelled_letter(const Owed& owed,
                         const Appointment& appointment,
                         const booking::Contact& to,
                         const Shared& shared) {
    const Words words = words_for(to.language, shared);
    Message message = begun(owed, to, shared, words);
    message.subject = subject_of(owed.kind, words);
    const std::string line = line_of(appointment, shared, words);
    std::vector<std::string> lines{message.subject + ".", line};
    std::string brief = message.subject + ". " + line;
    if (owed.is_by_staff) {
        if (owed.reason != booking::CancelReason::person_asked)
            lines.push_back(
                words("Why: {reason}.", {{"reason", front::cancel_reason_text(owed.reason, words)}}));
        const std::string address =
            whole_address(shared, url(words, {"sites", appointment.site.text(), "book"}));
        lines.push_back(words("To book another time:") + "\n" + address);
        brief += ". " + address;
    }
    fill(message, city_of(shared, words), lines, brief);
    message.calendar = calendar_file(appointment, shared, words);
    message.method = "CANCEL";
    return message;
}

Written links_letter(const Owed& owed, const booking::Contact& to, const Shared& shared) {
    const auto found = shared.bookings.of_person(to.mail.empty() ? to.phone : to.mail);
    const auto* appointments = std::get_if<std::vector<Appointment>>(&found);
    if (appointments == nullptr) return letters::NotNow{};
    if (appointments->empty()) return letters::Unneeded{};
    const Words words = words_for(to.language, shared);
    Message message = begun(owed, to, shared, words);
    message.subject = words("Your appointments");
    std::vector<std::string> lines;
    std::string brief = message.subject + ".";
    for (const auto& appointment : *appointments) {
        const std::string line = line_of(appointment, shared, words);
        const std::string address = whole_address(shared, url(words, {"appointments", appointment.link}));
        lines.push_back(line + "\n" + address);
        brief += " " + line + ": " + address;
    }
    fill(message, city_of(shared, words), lines, brief);
    return message;
}

Written notice_letter(const Owed& owed, const booking::Contact& to, const Shared& shared) {
    const auto* site = shared.office.model().find(owed.site);
    const TicketName name{owed.ticket.site, owed.ticket.date, {owed.ticket.number}};
    const auto ticket_now = site == nullptr ? std::nullopt : shared.ticket(name);
    if (site == nullptr) return letters::Unneeded{};
    if (!ticket_now || ticket_now->state == "parked") return letters::NotNow{};
    if (ticket_now->state != "waiting") return letters::Unneeded{};
    const auto before = ticket_now->ahead;
    const Words words = words_for(to.language, shared);
    Message message = begun(owed, to, shared, words);
    message.subject = words("Your turn is near");
    const std::string ahead =
        before == 0   ? words("You are next.")
        : before == 1 ? words("One person is ahead of you.")
                      : words("{count} people are ahead of you.", {{"count", std::to_string(before)}});
    const std::string ticket = words("Ticket {number}", {{"number", std::to_string(owed.ticket.number)}}) +
                               ", " + model::name_of(*site, words.code());
    const std::string address = whole_address(shared, url(words, {"tickets", shared.links.write(name)}));
    fill(message, city_of(shared, words), {ticket, ahead, address}, ticket + ". " + ahead + " " + address);
    return message;
}

std::string services_of(const cases::CaseView& view, const Shared& shared, const Words& words) {
    std::vector<std::string> names;
    for (const auto& step : view.steps)
        names.push_back(front::name_of(step.service, shared.office.model(), words));
    return model::listed_in(words.code(), names);
}

// Of a request: it came in, or something is wanted for it. What is asked stands on its page and not in the
// letter.
Written case_letter(const Owed& owed, const Shared& shared) {
    const auto seen = shared.cases.see(owed.request);
    const auto opened = shared.cases.open(owed.request);
    for (const auto* refusal : {std::get_if<cases::Refusal>(&seen), std::get_if<cases::Refusal>(&opened)})
        if (refusal != nullptr) {
            if (refusal->reason == cases::Reason::unavailable) return letters::NotNow{};
            return letters::Unneeded{};  // the person was erased, say
        }
    const auto& view = std::get<cases::CaseView>(seen);
    const auto& to = std::get<cases::HandedOver>(opened).contact;
    if (to.mail.empty() && to.phone.empty()) return letters::Unneeded{};
    const Words words = words_for(to.language, shared);
    Message message = begun(owed, {to.name, to.mail, to.phone, {}, to.language}, shared, words);
    const std::string number = to_text(owed.request);
    const std::string address = whole_address(shared, case_url(shared, words, owed.request));
    if (owed.kind == Kind::case_opened) {
        message.subject = words("Your request {number}", {{"number", number}});
        fill(message, city_of(shared, words),
             {words("You asked for: {services}.", {{"services", services_of(view, shared, words)}}),
              words("Its page says at any time how it stands, and what is wanted of you:") + "\n" + address,
              words("By telephone or at a counter, say the number {number} and this code: {code}",
                    {{"number", number}, {"code", shared.case_links.code_of(owed.request)}})},
             message.subject + ". " + address);
        return message;
    }
    const auto step = std::ranges::find(view.steps, owed.step, &cases::StepView::step);
    if (step == view.steps.end() || step->progress != cases::Progress::waits_for_you ||
        step->since != owed.at)
        return letters::Unneeded{};
    message.subject = words("Something is wanted for your request {number}", {{"number", number}});
    std::vector<std::string> lines{
        words("{entity} wants something of you for this: {service}.",
              {{"entity", front::name_of(step->entity, shared.office.model(), words)},
               {"service", front::name_of(step->service, shared.office.model(), words)}})};
    const std::string answer =
        step->by_when ? words("Read and answer it until {day}:",
                              {{"day", front::deadline_text(shared.office.zone(), *step->by_when, words)}})
                      : words("Read and answer it:");
    lines.push_back(answer + "\n" + address);
    fill(message, city_of(shared, words), lines, message.subject + ". " + address);
    return message;
}

}  // namespace

std::string whole_address(const Shared& shared, const html::Url& url) { return shared.address + url.text(); }

connect::CalendarEntry entry_without_rights(const Appointment& appointment,
                                            const Shared& shared,
                                            const Words& words) {
    connect::CalendarEntry entry;
    entry.uid = appointment.booking.text() + "@" + host_of(shared.address);
    entry.is_cancelled = std::holds_alternative<booking::Cancelled>(appointment.state);
    entry.sequence = appointment.moves + (entry.is_cancelled ? 1 : 0);
    entry.stamp = shared.clock.now();
    entry.start = appointment.start;
    entry.minutes = appointment.minutes;
    entry.summary = service_names(appointment, shared, words);
    const auto* site = shared.office.model().find(appointment.site);
    if (is_remote(appointment))
        entry.location = way_text(appointment.channel, words);
    else if (site != nullptr)
        entry.location = model::name_of(*site, words.code());
    return entry;
}

connect::CalendarEntry entry_of(const Appointment& appointment,
                                const std::string& link,
                                const Shared& shared,
                                const Words& words) {
    constexpr std::chrono::minutes alarm{60};
    auto entry = entry_without_rights(appointment, shared, words);
    if (link.empty()) {
        entry.summary += " · " + appointment.code;
        return entry;
    }
    entry.description = code_line(appointment, words);
    if (is_remote(appointment)) entry.description += "\n" + what_happens(appointment, shared, words);
    if (const auto meeting = meeting_of(appointment, shared)) {
        entry.description += "\n" + *meeting;
        entry.location = *meeting;
    }
    entry.url = whole_address(shared, url(words, {"appointments", link}));
    entry.alarm = alarm;
    return entry;
}

std::optional<std::string> meeting_of(const Appointment& appointment, const Shared& shared) {
    const bool stands = std::holds_alternative<booking::Confirmed>(appointment.state) ||
                        std::holds_alternative<booking::Arrived>(appointment.state);
    if (shared.meetings == nullptr || !stands || appointment.channel.text() != "video") return std::nullopt;
    return shared.meetings->address_of(appointment);
}

void write_meeting(html::Content& into,
                   const Appointment& appointment,
                   const Shared& shared,
                   const Words& words) {
    const auto meeting = meeting_of(appointment, shared);
    const auto address = meeting ? html::Url::web(*meeting) : std::nullopt;
    if (!address) return;
    into.element<"p">([&](html::Content& line) {
        line.element<"a">({html::with<"class">("step main"), html::with<"href">(*address),
                           html::with<"rel">("noreferrer noopener")},
                          words("Meet by video"));
    });
}

Written write_letter(const Owed& owed, const std::optional<booking::Contact>& contact, const Shared& shared) {
    if (letters::is_of_case(owed)) return case_letter(owed, shared);
    if (owed.kind == Kind::links || owed.kind == Kind::notice) {
        if (!contact) return letters::Unneeded{};
        return owed.kind == Kind::links ? links_letter(owed, *contact, shared)
                                        : notice_letter(owed, *contact, shared);
    }
    const auto found = shared.bookings.find(owed.booking, booking::People::with_links);
    if (const auto* refusal = std::get_if<booking::Refusal>(&found)) {
        if (refusal->reason == booking::Reason::unavailable) return letters::NotNow{};
        return letters::Unneeded{};
    }
    const auto& appointment = std::get<Appointment>(found);
    if (owed.kind == Kind::cancelled)
        return contact ? cancelled_letter(owed, appointment, *contact, shared) : Written{letters::Unneeded{}};
    // Staff may book for somebody who leaves no address.
    if (!appointment.contact || (appointment.contact->mail.empty() && appointment.contact->phone.empty()))
        return letters::Unneeded{};
    if (owed.kind == Kind::confirm) return confirm_letter(owed, appointment, shared);
    return standing_letter(owed, appointment, shared);
}

}  // namespace balcao::web
