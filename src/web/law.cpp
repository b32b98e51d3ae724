// The day's report on the law for who manages a site: each duty, what was found, every case by its numbers.
// To be printed from the browser.
#include <chrono>

#include "text/number.hpp"
#include "web/forms.hpp"
#include "web/people.hpp"
#include "web/record_pages.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;
using record::milliseconds;

// What every sentence of a report needs.
struct Telling {
    const Shared& shared;
    const Words& words;
    const model::Site& site;

    [[nodiscard]] std::string time(Instant at) const {
        const auto since = shared.office.zone().at(at).since_midnight;
        return format_time_of_day(static_cast<int>(std::chrono::floor<std::chrono::minutes>(since).count()));
    }

    [[nodiscard]] std::string minutes(milliseconds length) const {
        return text::format_number(static_cast<double>(length.count()) / 60'000, words.code(), 1);
    }

    [[nodiscard]] std::string share(const std::optional<double>& value) const {
        return value ? text::format_number(100 * *value, words.code(), 0) + " %" : words("not known");
    }

    [[nodiscard]] std::string desk(const office::DeskId& id) const {
        return desk_name(*shared.office.layout(site.key), id, words.code());
    }

    [[nodiscard]] std::string service(const model::ServiceKey& key) const {
        const auto* found = shared.office.model().find(key);
        return found != nullptr ? model::name_of(*found, words.code()) : key.text();
    }
};

void write(Content& into, const Telling& tell, const record::WalkInHours& found) {
    const Words& words = tell.words;
    std::string hours;
    for (const TimeRange& range : found.hours)
        hours += (hours.empty() ? "" : ", ") + format_time_of_day(range.begin_minute) + "–" +
                 format_time_of_day(range.end_minute);
    into.element<"p">(
        hours.empty() ? words("Closed on this day by the hours of the site.")
                      : words("Hours: {hours}. Minutes in which no ticket could be had: {lost} of {asked}.",
                              {{"hours", hours},
                               {"lost", std::to_string(found.minutes_lost)},
                               {"asked", std::to_string(found.minutes_asked)}}));
    if (found.first)
        into.element<"p">(words("Tickets without an appointment: {count}, from {first} to {last}.",
                                {{"count", std::to_string(found.tickets)},
                                 {"first", tell.time(*found.first)},
                                 {"last", tell.time(*found.last)}}));
    if (!found.is_offered) into.element<"p">(words("Nothing here is for who comes without an appointment."));
    if (found.numbers_gone)
        into.element<"p">(words("All numbers of the day were given out at {time}.",
                                {{"time", tell.time(*found.numbers_gone)}}));
    if (found.ended)
        into.element<"p">(
            words("The day was ended at {time}, before closing.", {{"time", tell.time(*found.ended)}}));
}

void write(Content& into, const Telling& tell, const record::WaitShown& found) {
    into.element<"p">(
        tell.words("Tickets: {count}. Told a forecast: {forecast}; told the length of the queue: {queue}; "
                   "told nothing: {none}.",
                   {{"count", std::to_string(found.tickets)},
                    {"forecast", std::to_string(found.by_forecast)},
                    {"queue", std::to_string(found.by_queue)},
                    {"none", std::to_string(found.without)}}));
    if (found.long_without > 0)
        into.element<"p">(tell.words("Of those told nothing, {count} waited a minute or more.",
                                     {{"count", std::to_string(found.long_without)}}));
}

std::string why(const Words& words, const record::PassedOver& one) {
    switch (one.called_by) {
        case office::CalledBy::hand:
            return words("called by number, by hand");
        case office::CalledBy::sending:
            return words("sent on to that desk");
        case office::CalledBy::unknown:
            return words("how is not recorded");
        case office::CalledBy::rule:
            break;
    }
    return one.has_appointment ? words("by the order of the site: the appointment was due")
                               : words("by the order of the site");
}

void write(Content& into, const Telling& tell, const record::PriorityGiven& found) {
    const Words& words = tell.words;
    into.element<"p">(
        words("Tickets with priority: {count}. Calls that passed one of them over: {cases}.",
              {{"count", std::to_string(found.tickets)}, {"cases", std::to_string(found.cases.size())}}));
    if (found.cases.empty()) return;
    into.element<"ul">({with<"class">("days")}, [&](Content& list) {
        for (const record::PassedOver& one : found.cases)
            for (const record::Passed& passed : one.passed)
                list.element<"li">([&](Content& item) {
                    item.text(words(
                        "{time}: number {called} was called to {desk} ({why}) while number {passed} with "
                        "priority had waited {waited} min.",
                        {{"time", tell.time(one.at)},
                         {"called", std::to_string(one.called.value)},
                         {"desk", tell.desk(one.desk)},
                         {"why", why(words, one)},
                         {"passed", std::to_string(passed.number.value)},
                         {"waited", tell.minutes(passed.waited)}}));
                    item.text(" ");
                    const auto on = record::waited_on(one, passed);
                    item.text(
                        on ? words("It was called {minutes} min later.", {{"minutes", tell.minutes(*on)}})
                           : words("It was not called after that."));
                });
    });
}

void write(Content& into, const Telling& tell, const record::Capacity& found, double at_least) {
    into.element<"p">(tell.words(
        "Of the time of the desks left to who comes without an appointment: {planned} by the plan, {left} as "
        "it was. Asked for: {asked}.",
        {{"planned", tell.share(found.planned_left())},
         {"left", tell.share(found.left())},
         {"asked", tell.share(at_least)}}));
}

void write(Content& into, const Telling& tell, const record::DropOff& found) {
    const Words& words = tell.words;
    if (found.offered.empty()) {
        into.element<"p">(words("None of these services can be had here without an appointment."));
        return;
    }
    into.element<"p">(
        words("Handed in without an appointment: {count}; with one: {booked}. The receipt is that of the "
              "ticket: its page hands it out, and so does balcao receipt.",
              {{"count", std::to_string(found.documents.size())},
               {"booked", std::to_string(found.with_appointment)}}));
    if (found.documents.empty()) return;
    into.element<"ul">([&](Content& list) {
        for (const record::HandedIn& one : found.documents)
            list.element<"li">(
                words("{time}: number {number}, {service}", {{"time", tell.time(one.at)},
                                                             {"number", std::to_string(one.number.value)},
                                                             {"service", tell.service(one.service)}}));
    });
}

void write_duty(Content& main, const Telling& tell, const record::DutyFound& found) {
    const Words& words = tell.words;
    main.element<"section">({with<"class">("letter")}, [&](Content& into) {
        into.element<"h2">(model::name_of(found.duty, words.code()));
        write_verdict(into, words, found.kept);
        if (found.walk_in_hours) write(into, tell, *found.walk_in_hours);
        if (found.wait_shown) write(into, tell, *found.wait_shown);
        if (found.priority) write(into, tell, *found.priority);
        if (found.capacity) {
            if (found.kept == record::Kept::broken)
                into.element<"p">({with<"class">("complaint"), with<"role">("alert")},
                                  words("Too little is left to who comes without an appointment."));
            write(into, tell, *found.capacity, found.duty.at_least);
        }
        if (found.drop_off) write(into, tell, *found.drop_off);
        if (found.duty.kind == model::DutyKind::screen_languages)
            into.element<"p">(found.untranslated.empty()
                                  ? words("Every name on the screens is there in the languages asked for.")
                                  : words("Names that are missing on the screens: {count}.",
                                          {{"count", std::to_string(found.untranslated.size())}}));
        if (!found.untranslated.empty())
            into.element<"ul">([&](Content& list) {
                for (const std::string& name : found.untranslated)
                    list.element<"li">(name);
            });
        write_origin(into, words, tell.shared.office.model(), found.duty);
    });
}

http::Response report_page(const http::Request& request, const Shared& shared, const model::Site& site) {
    const Words words = shared.words_of(request);
    const std::string_view typed = request.query.text("date");
    const auto named = typed.empty() ? std::optional{shared.now().date} : parse_date(typed);
    const Date date = named.value_or(shared.now().date);
    const auto law = shared.records->law(site.key, date);
    if (!law) return shared.failure(request, 503);
    const Frame frame{
        .words = words,
        .title = words("Report on the law: {site}, {date}",
                       {{"site", model::name_of(site, words.code())}, {"date", format_date(date)}}),
        .path = "/hall/" + site.key.text() + "/report"};
    const Telling tell{shared, words, site};
    return http::Response::html(
        page(shared.city(words), frame,
             [&](Content& main) {
                 main.element<"p">({with<"class">("who")}, [&](Content& line) {
                     line.element<"a">(
                         {with<"href">(url(words, {"hall", site.key.text()}))},
                         words("The hall of {site}", {{"site", model::name_of(site, words.code())}}));
                     line.text(" · ").element<"a">(
                         {with<"href">(url(words, {"sites", site.key.text(), "record"}))},
                         words("How {site} kept its word", {{"site", model::name_of(site, words.code())}}));
                 });
                 main.element<"h1">(frame.title);
                 // Paper has no frame around it.
                 if (shared.is_demonstration)
                     main.element<"p">({with<"class">("paper-only")}, shared.city(words).notice);
                 if (!named)
                     write_complaint(main,
                                     words("\"{date}\" is no date; write it like 2026-11-24. This is today.",
                                           {{"date", std::string{typed}}}));
                 main.element<"form">(
                     {with<"class">("sheet"), with<"method">("get"),
                      with<"action">(url(words, {"hall", site.key.text(), "report"}))},
                     [&](Content& form) {
                         form.element<"label">([&](Content& label) {
                             label.text(words("Day")).text(" ");
                             label.empty<"input">({with<"type">("date"), with<"name">("date"),
                                                   with<"value">(format_date(date))});
                         });
                         form.element<"button">(words("Show"));
                     });
                 main.element<"p">(words("Tickets: {count}.", {{"count", std::to_string(law->tickets)}}));
                 if (!law->is_over) main.element<"p">(words("The day is not over."));
                 if (law->duties.empty())
                     main.element<"p">(words("The model names no duties for this site."));
                 for (const record::DutyFound& found : law->duties)
                     write_duty(main, tell, found);
             }),
        named ? 200 : 422);
}

}  // namespace

void add_law_routes(http::Router& router, Shared& shared) {
    router.add(http::Method::get, "/{language}/hall/{site}/report",
               for_staff(shared, [&shared](const http::Request& request, const staff::Session& session) {
                   const auto* site = site_in(request, shared);
                   const auto layout = site != nullptr ? shared.office.layout(site->key) : nullptr;
                   if (layout == nullptr || layout->services().empty() || shared.records == nullptr)
                       return shared.failure(request, 404);
                   const Words words = shared.words_of(request);
                   if (!shared.staff.may(session.account, staff::Permission::see_statistics, site->key))
                       return shared.failure(
                           words, 403, refusal_text({.reason = staff::Reason::not_allowed}, shared, words));
                   return report_page(request, shared, *site);
               }));
}

}  // namespace balcao::web
