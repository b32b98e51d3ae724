#include "outcomes/case_log.hpp"

#include <algorithm>
#include <utility>

#include "record/period_table.hpp"

namespace balcao::outcomes {
namespace {

using namespace balcao::cases;
using record::time_text;

constexpr std::size_t events_at_once = 4'096;

const std::vector<record::OcelLog::Attribute>& of_events() {
    static const std::vector<record::OcelLog::Attribute> all{
        {"actor", "string"}, {"service", "string"}, {"entity", "string"}};
    return all;
}

template <std::size_t... Places>
std::vector<record::OcelLog::Type> types_of_events(std::index_sequence<Places...>) {
    return {{std::string{std::variant_alternative_t<Places, CaseEvent>::type}, of_events()}...};
}

// The step of which an event is; empty for one of the whole case.
StepKey step_of(const CaseEvent& event) {
    return std::visit(
        [](const auto& one) {
            if constexpr (requires { one.step; })
                return one.step;
            else
                return StepKey{};
        },
        event);
}

// Only keys of the model and words of ours come here; still, nothing breaks out of its attribute.
std::string escaped(std::string_view text) {
    std::string out;
    for (const char letter : text) {
        if (letter == '&')
            out += "&amp;";
        else if (letter == '<')
            out += "&lt;";
        else if (letter == '>')
            out += "&gt;";
        else if (letter == '"')
            out += "&quot;";
        else
            out += letter;
    }
    return out;
}

std::string attribute(std::string_view kind, std::string_view key, std::string_view value) {
    std::string out{"<"};
    out.append(kind)
        .append(" key=\"")
        .append(key)
        .append("\" value=\"")
        .append(escaped(value))
        .append("\"/>");
    return out;
}

Trail trail_of(const std::vector<CaseLog::Happened>& events) {
    Trail trail;
    for (const auto& one : events)
        trail.hear(one.event, one.at);
    return trail;
}

}  // namespace

std::string_view actor_of(const CaseEvent& event) {
    return std::visit(
        [](const auto& one) -> std::string_view {
            using Event = std::decay_t<decltype(one)>;
            constexpr bool is_of_citizen = std::is_same_v<Event, CaseOpened> ||
                                           std::is_same_v<Event, CancelAsked> ||
                                           std::is_same_v<Event, CitizenAnswered>;
            if constexpr (requires { one.by; })
                if (!one.by.empty()) return "staff";
            if constexpr (is_of_citizen)
                return "citizen";
            else
                return "system";
        },
        event);
}

OcelOfCases::OcelOfCases(record::Sink sink, const Zone& zone)
    : log_{std::move(sink),
           {{"case", {{"life_event", "string"}}},
            {"step", {{"fate", "string"}}},
            {"service", {}},
            {"entity", {}}},
           types_of_events(std::make_index_sequence<std::variant_size_v<CaseEvent>>{})},
      zone_{zone} {}

// A thing of the model once.
void OcelOfCases::name(const std::string& kind, const std::string& key) {
    const std::string id = kind + ":" + key;
    const auto place = std::ranges::lower_bound(named_, id);
    if (place != named_.end() && *place == id) return;
    named_.insert(place, id);
    log_.object({id, kind}, {});
}

void OcelOfCases::add(const std::string& name_of_case, const std::vector<Happened>& events) {
    const std::string id = "case:" + name_of_case;
    const Trail trail = trail_of(events);
    const std::string opened = time_text(zone_, trail.opened);
    record::OcelLog::Relations of_case;
    for (const auto& step : trail.steps) {
        const std::string one = "step:" + name_of_case + "/" + step.step.text();
        name("service", step.service.text());
        name("entity", step.entity.text());
        log_.object({one,
                     "step",
                     {{id, "of"},
                      {"service:" + step.service.text(), "asks-for"},
                      {"entity:" + step.entity.text(), "asked-of"}}},
                    {opened, {{"fate", std::string{name_of(step.fate)}}}});
        of_case.emplace_back(one, "has");
    }
    log_.object({id, "case", of_case}, {opened, {{"life_event", trail.life_event.text()}}});
    for (const auto& happened : events) {
        record::OcelLog::Values values{{"actor", std::string{actor_of(happened.event)}}};
        record::OcelLog::Relations relations{{id, "case"}};
        const StepKey step = step_of(happened.event);
        if (const auto* of = trail.find(step)) {
            values.emplace_back("service", of->service.text());
            values.emplace_back("entity", of->entity.text());
            relations.emplace_back("step:" + name_of_case + "/" + step.text(), "step");
        }
        log_.event(happened.type, time_text(zone_, happened.at), values, relations);
    }
}

XesOfCases::XesOfCases(record::Sink sink, const Zone& zone) : write_{std::move(sink)}, zone_{zone} {
    write_(R"(<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<global scope="trace"><string key="concept:name" value=""/></global>
<global scope="event"><string key="concept:name" value=""/><date key="time:timestamp" value="1970-01-01T00:00:00.000+00:00"/><string key="org:group" value=""/></global>
<classifier name="What happened" scope="event" keys="concept:name"/>
)");
}

void XesOfCases::add(const std::string& name, const std::vector<Happened>& events) {
    const Trail trail = trail_of(events);
    std::string out = "<trace>" + attribute("string", "concept:name", name);
    if (!trail.life_event.empty()) out += attribute("string", "life_event", trail.life_event.text());
    for (const auto& happened : events) {
        out += "\n<event>" + attribute("string", "concept:name", happened.type) +
               attribute("date", "time:timestamp", time_text(zone_, happened.at)) +
               attribute("string", "org:group", actor_of(happened.event));
        if (const auto* of = trail.find(step_of(happened.event)))
            out += attribute("string", "step", of->step.text()) +
                   attribute("string", "service", of->service.text()) +
                   attribute("string", "entity", of->entity.text());
        out += "</event>";
    }
    write_(out + "\n</trace>\n");
}

void XesOfCases::finish() { write_("</log>\n"); }

Result<Counted> write_cases(
    const journal::Store& store,
    const Zone& zone,
    const OpenedOn& days,
    const std::function<void(const CaseNumber&, const std::vector<CaseLog::Happened>&)>& write,
    const std::function<bool()>& goes_on) {
    const Error stopped{Errc::unavailable, "stopped"};
    std::vector<CaseNumber> numbers;
    for (journal::Cursor cursor;;) {
        BALCAO_TRY(auto news, store.follow(cursor, events_at_once));
        if (news.events.empty()) break;
        if (!goes_on()) return stopped;
        for (const auto& event : news.events) {
            const auto number = event.version == 1 ? case_of_stream(event.stream) : std::nullopt;
            if (!number) continue;
            const Date day = zone.at(event.at).date;
            if ((!days.from || day >= *days.from) && (!days.to || day <= *days.to))
                numbers.push_back(*number);
        }
        cursor = std::move(news.next);
    }
    Counted counted;
    for (const auto& number : numbers) {
        if (!goes_on()) return stopped;
        BALCAO_TRY(const auto events, store.read(stream_of(number), 0));
        std::vector<CaseLog::Happened> happened;
        for (const auto& event : events) {
            BALCAO_TRY(auto decoded, decode_case(event));
            happened.push_back({event.at, event.type, std::move(decoded)});
        }
        write(number, happened);
        ++counted.cases;
        counted.events += happened.size();
    }
    return counted;
}

}  // namespace balcao::outcomes
