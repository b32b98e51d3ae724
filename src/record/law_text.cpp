#include "record/law_text.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "record/period_table.hpp"
#include "report/json.hpp"
#include "text/json.hpp"

namespace balcao::record {
namespace {

using text::JsonLines;
using text::JsonWriter;

std::string clock_text(const Zone& zone, Instant at) {
    const auto minute = std::chrono::floor<std::chrono::minutes>(zone.at(at).since_midnight).count();
    return format_time_of_day(static_cast<int>(minute));
}

double minutes_of(milliseconds length) { return static_cast<double>(length.count()) / 60'000; }

const char* word_of(Kept kept) {
    constexpr const char* words[] = {"kept", "NOT KEPT", "to be looked at", "nothing recorded"};
    return words[static_cast<std::size_t>(kept)];
}

std::string_view name_of(office::CalledBy called_by) {
    constexpr std::string_view names[] = {"unknown", "rule", "hand", "sending"};
    return names[static_cast<std::size_t>(called_by)];
}

const char* word_of(office::CalledBy called_by) {
    constexpr const char* words[] = {"how is not recorded", "by the order of the site", "by number, by hand",
                                     "sent on to that desk"};
    return words[static_cast<std::size_t>(called_by)];
}

std::string share_text(const std::optional<double>& share) {
    return share ? fmt::format("{:.0f}%", *share * 100) : "not known";
}

std::string sentence_of(const WalkInHours& found, const Zone& zone) {
    std::string text = fmt::format("{} tickets without an appointment", found.tickets);
    if (found.first)
        text += fmt::format(", from {} to {}", clock_text(zone, *found.first), clock_text(zone, *found.last));
    if (!found.is_offered) text += "; nothing here is for who comes without one";
    if (found.numbers_gone)
        text += "; the numbers were given out at " + clock_text(zone, *found.numbers_gone);
    if (found.ended) text += "; the day was ended at " + clock_text(zone, *found.ended);
    return text + fmt::format("; {} of {} minutes of opening lost", found.minutes_lost, found.minutes_asked);
}

std::string sentence_of(const WaitShown& found) {
    return fmt::format(
        "{} tickets: {} told a forecast, {} the length of the queue, {} nothing ({} of them waited a minute "
        "or more)",
        found.tickets, found.by_forecast, found.by_queue, found.without, found.long_without);
}

std::string sentence_of(const PriorityGiven& found) {
    if (found.cases.empty())
        return fmt::format("{} tickets with priority; nobody was called before them", found.tickets);
    return fmt::format(
        "{} tickets with priority; {} calls passed some of them over, who waited on for up to {:.1f} min",
        found.tickets, found.cases.size(), minutes_of(found.longest));
}

std::string sentence_of(const Capacity& found, double at_least) {
    return fmt::format(
        "left to who comes without an appointment: {} by the plan, {} as it was; asked: {:.0f}%",
        share_text(found.planned_left()), share_text(found.left()), at_least * 100);
}

std::string sentence_of(const DropOff& found) {
    if (found.offered.empty()) return "none of the services can be had here without an appointment";
    return fmt::format("{} handed in without an appointment, each with a receipt; {} with one",
                       found.documents.size(), found.with_appointment);
}

std::string sentence_of(const DutyFound& found, const Zone& zone) {
    if (found.walk_in_hours) return sentence_of(*found.walk_in_hours, zone);
    if (found.wait_shown) return sentence_of(*found.wait_shown);
    if (found.priority) return sentence_of(*found.priority);
    if (found.capacity) return sentence_of(*found.capacity, found.duty.at_least);
    if (found.drop_off) return sentence_of(*found.drop_off);
    if (found.untranslated.empty()) return "every name is there";
    return fmt::format("{} names are missing: {}", found.untranslated.size(),
                       fmt::join(found.untranslated, ", "));
}

std::string cases_of(const PriorityGiven& found, const Zone& zone) {
    std::string text;
    for (const PassedOver& one : found.cases)
        for (const Passed& passed : one.passed) {
            const auto on = waited_on(one, passed);
            text += fmt::format(
                "      {} number {} was called to {} ({}) while {} had waited {:.1f} min; {}\n",
                clock_text(zone, one.at), one.called.value, office::to_string(one.desk),
                word_of(one.called_by), passed.number.value, minutes_of(passed.waited),
                on ? fmt::format("called {:.1f} min later", minutes_of(*on)) : "never called after that");
        }
    return text;
}

std::string documents_of(const DropOff& found, const Zone& zone) {
    std::string text;
    for (const HandedIn& one : found.documents)
        text += fmt::format("      {} number {}: {}\n", clock_text(zone, one.at), one.number.value,
                            one.service.text());
    return text;
}

void member_if(JsonWriter& json, std::string_view name, const std::optional<double>& share) {
    json.key(name);
    if (share)
        json.value(report::rounded(*share));
    else
        json.null();
}

void write(JsonWriter& json, const WalkInHours& found, const Zone& zone) {
    const auto time = [&](std::string_view name, const std::optional<Instant>& at) {
        if (at) json.member(name, time_text(zone, *at));
    };
    json.key("hours").begin_array();
    for (const TimeRange& range : found.hours)
        json.value(format_time_range(range));
    json.end().member("offered", found.is_offered).member("tickets", found.tickets);
    time("first", found.first);
    time("last", found.last);
    time("numbers_gone", found.numbers_gone);
    time("ended", found.ended);
    json.member("minutes_asked", found.minutes_asked).member("minutes_lost", found.minutes_lost);
}

void write(JsonWriter& json, const WaitShown& found) {
    json.member("tickets", found.tickets)
        .member("by_forecast", found.by_forecast)
        .member("by_queue_length", found.by_queue)
        .member("without", found.without)
        .member("long_without", found.long_without);
}

void write(JsonWriter& json, const PriorityGiven& found, const Zone& zone) {
    json.member("tickets", found.tickets)
        .member("longest_minutes", report::rounded(minutes_of(found.longest)))
        .key("cases")
        .begin_array();
    for (const PassedOver& one : found.cases) {
        json.begin_object()
            .member("called", one.called.value)
            .member("desk", office::to_string(one.desk))
            .member("at", time_text(zone, one.at))
            .member("called_by", name_of(one.called_by))
            .member("appointment_was_due", one.has_appointment)
            .key("passed_over")
            .begin_array();
        for (const Passed& passed : one.passed) {
            json.begin_object()
                .member("number", passed.number.value)
                .member("waited_minutes", report::rounded(minutes_of(passed.waited)));
            const auto on = waited_on(one, passed);
            member_if(json, "called_minutes_later", on ? std::optional{minutes_of(*on)} : std::nullopt);
            json.end();
        }
        json.end().end();
    }
    json.end();
}

void write(JsonWriter& json, const Capacity& found, double at_least) {
    json.member("at_least", at_least);
    member_if(json, "planned", found.planned_left());
    member_if(json, "left", found.left());
}

void write(JsonWriter& json, const DropOff& found, const LawDay& day, const Zone& zone) {
    json.key("offered").begin_array();
    for (const auto& service : found.offered)
        json.value(service.text());
    json.end().member("with_appointment", found.with_appointment).key("documents").begin_array();
    for (const HandedIn& one : found.documents)
        json.begin_object()
            .member("number", one.number.value)
            .member("service", one.service.text())
            .member("at", time_text(zone, one.at))
            .member("receipt",
                    fmt::format("{}/{}/{}", day.site.text(), format_date(day.date), one.number.value))
            .end();
    json.end();
}

void write(JsonWriter& json, const DutyFound& found, const LawDay& day, const Zone& zone) {
    json.begin_object()
        .member("duty", found.duty.key.text())
        .member("kind", model::name_of(found.duty.kind))
        .member("kept", name_of(found.kept));
    if (found.walk_in_hours) write(json, *found.walk_in_hours, zone);
    if (found.wait_shown) write(json, *found.wait_shown);
    if (found.priority) write(json, *found.priority, zone);
    if (found.capacity) write(json, *found.capacity, found.duty.at_least);
    if (found.drop_off) write(json, *found.drop_off, day, zone);
    if (found.duty.kind == model::DutyKind::screen_languages) {
        json.key("missing").begin_array();
        for (const std::string& name : found.untranslated)
            json.value(name);
        json.end();
    }
    json.end();
}

std::string title_of(const model::Source& source) {
    return source.url.empty() ? source.title : source.title + " <" + source.url + ">";
}

std::string origins_of(const model::Model& model) {
    std::string text = "\nWhat asks for it, and what was read of that text\n";
    for (const model::Duty& duty : model.duties) {
        const auto source = std::ranges::find(model.sources, duty.source, &model::Source::key);
        text += fmt::format("  {}: {} ({})\n", duty.key.text(),
                            source == model.sources.end() ? duty.source : title_of(*source),
                            model::name_of(duty.known_from));
    }
    return text;
}

}  // namespace

std::string law_table(const std::vector<LawDay>& days, const model::Model& model, const Zone& zone) {
    std::string text;
    for (const LawDay& day : days) {
        text += fmt::format("{}{}, {}: {} tickets{}\n", text.empty() ? "" : "\n", day.site.text(),
                            format_date(day.date), day.tickets, day.is_over ? "" : "; the day is not over");
        for (const DutyFound& found : day.duties) {
            text += fmt::format("  {}: {}\n      {}\n", found.duty.key.text(), word_of(found.kept),
                                sentence_of(found, zone));
            if (found.priority) text += cases_of(*found.priority, zone);
            if (found.drop_off) text += documents_of(*found.drop_off, zone);
        }
    }
    return text + origins_of(model);
}

std::string law_json(const std::vector<LawDay>& days, const model::Model& model, const Zone& zone) {
    std::string out;
    {
        JsonWriter json{out};
        json.begin_object().member("balcao", 1).member("model", model.key);
        json.key("duties").begin_array(JsonLines::each);
        for (const model::Duty& duty : model.duties) {
            const auto source = std::ranges::find(model.sources, duty.source, &model::Source::key);
            json.begin_object()
                .member("duty", duty.key.text())
                .member("kind", model::name_of(duty.kind))
                .member("source", source == model.sources.end() ? duty.source : source->title)
                .member("known_from", model::name_of(duty.known_from));
            if (source != model.sources.end() && !source->url.empty()) json.member("url", source->url);
            json.end();
        }
        json.end().key("days").begin_array(JsonLines::each);
        for (const LawDay& day : days) {
            json.begin_object()
                .member("site", day.site.text())
                .member("date", format_date(day.date))
                .member("open_day", day.is_open_day)
                .member("over", day.is_over)
                .member("tickets", day.tickets)
                .key("found")
                .begin_array();
            for (const DutyFound& found : day.duties)
                write(json, found, day, zone);
            json.end().end();
        }
        json.end().end();
    }
    return out + "\n";
}

}  // namespace balcao::record
