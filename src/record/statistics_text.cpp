#include "record/statistics_text.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "report/aligned.hpp"
#include "report/json.hpp"
#include "report/json_rows.hpp"
#include "report/rows.hpp"
#include "report/terminal.hpp"
#include "text/json.hpp"

namespace balcao::record {
namespace {

using report::Texts;
using text::JsonLines;
using text::JsonWriter;

std::string measure_title(const std::string& name, const std::string& unit) {
    return unit == "share" ? name : name + " (" + unit + ")";
}

std::string own_table(const Statistics& statistics) {
    std::vector<Texts> rows{{"", "mean ± half-width", "half below", "9 in 10 below"}};
    std::vector<Texts> ways{{"", "tickets per day", "wait (min)"}};
    for (const OwnRow& row : statistics.own) {
        const std::string mean = report::plain_text_of({row.mean, row.half_width}, row.unit);
        if (row.taken_by) {
            auto way = std::ranges::find(ways, *row.taken_by, [](const Texts& one) { return one.front(); });
            if (way == ways.end()) way = ways.insert(way, {*row.taken_by, "", ""});
            (*way)[row.measure == "wait" ? 2 : 1] = mean;
            continue;
        }
        if (report::parts_of(row.of) != report::part_none) continue;
        const auto quantile = [&](double sim::Quantiles::*which) {
            return row.quantiles && row.half_width ? fmt::format("{:.1f}", (*row.quantiles).*which) : "";
        };
        rows.push_back({measure_title(row.measure, row.unit), mean, quantile(&sim::Quantiles::p50),
                        quantile(&sim::Quantiles::p90)});
    }
    std::string text;
    if (rows.size() > 1) text += "\nAt the desks, and what was promised\n" + report::aligned(rows);
    if (ways.size() > 1) text += "\nBy how the ticket was taken\n" + report::aligned(ways);
    return text;
}

// Of one day: what happened, for the whole city and the waits of its sites. It says nothing of other days.
std::string one_day_table(const sim::Results& results) {
    std::vector<Texts> rows;
    for (const sim::Row& row : results.rows) {
        const unsigned parts = report::parts_of(row.of);
        const bool is_wait_of_site = parts == report::part_site && row.measure == sim::Measure::wait;
        if (parts != report::part_none && !is_wait_of_site) continue;
        const std::string unit = sim::unit_of(row.measure);
        std::string name = sim::name_of(row.measure);
        if (row.limit_minutes) name += fmt::format(" {:g} min", *row.limit_minutes);
        if (row.of.site) name += ", " + *row.of.site;
        rows.push_back({measure_title(name, unit), unit == "share" ? fmt::format("{:.1f}%", row.mean * 100)
                                                                   : fmt::format("{:.1f}", row.mean)});
    }
    return rows.empty() ? "" : "What happened on that day\n" + report::aligned(rows);
}

// Measured and simulated, line by line.
std::string beside_table(const Statistics& statistics) {
    if (!statistics.beside) return {};
    std::vector<Texts> rows{{"", "measured", "simulated"}};
    for (const sim::Row& row : statistics.results.rows) {
        const unsigned parts = report::parts_of(row.of);
        const bool is_wait_of_part = (parts == report::part_site || parts == report::part_service) &&
                                     row.measure == sim::Measure::wait;
        if (parts != report::part_none && !is_wait_of_part) continue;
        const sim::Row* other = report::row_of(*statistics.beside, {row.measure, row.limit_minutes}, row.of);
        if (other == nullptr) continue;
        const std::string unit = sim::unit_of(row.measure);
        std::string name = sim::name_of(row.measure);
        if (row.limit_minutes) name += fmt::format(" {:g} min", *row.limit_minutes);
        if (row.of.site) name += ", " + *row.of.site;
        if (row.of.service) name += ", " + *row.of.service;
        rows.push_back({measure_title(name, unit), report::plain_text_of({row.mean, row.half_width}, unit),
                        report::plain_text_of({other->mean, other->half_width}, unit)});
    }
    if (rows.size() == 1) return {};
    return "\nBeside the simulation\n" + report::aligned(rows);
}

std::string notes_of(const Statistics& statistics) {
    std::string text;
    if (statistics.left_out > 0)
        text += fmt::format(
            "note: {} of the tickets ended on another day than their own, or by nobody's hand: their times "
            "are in no average.\n",
            statistics.left_out);
    if (statistics.is_today_in_it)
        text += fmt::format("note: the last day is not over; {} tickets are still open.\n",
                            statistics.still_open);
    if (statistics.results.days < 2)
        text +=
            "note: this is what happened on one day. It has no interval, and says nothing of other days; "
            "targets "
            "and a simulation stand beside two days and more.\n";
    return text.empty() ? text : "\n" + text;
}

void write_own(JsonWriter& json, const OwnRow& row) {
    json.begin_object().member("measure", row.measure).member("unit", row.unit);
    report::write_breakdown(json, row.of);
    if (row.taken_by) json.member("taken_by", *row.taken_by);
    json.member("mean", report::rounded(row.mean)).key("half_width");
    if (row.half_width)
        json.value(report::rounded(*row.half_width));
    else
        json.null();
    if (row.quantiles)
        json.member("p50", report::rounded(row.quantiles->p50))
            .member("p90", report::rounded(row.quantiles->p90))
            .member("p99", report::rounded(row.quantiles->p99));
    json.member("count", row.count).end();
}

template <class T>
std::optional<std::string> text_in(text::JsonView row, T name) {
    const auto value = row[name].as_text();
    return value ? std::optional<std::string>{*value} : std::nullopt;
}

}  // namespace

std::string statistics_table(const Statistics& statistics) {
    std::string text = fmt::format("{}{}: {} to {}, {} {}, {} {}, from the journal alone\n",
                                   statistics.results.model, statistics.site ? ", " + *statistics.site : "",
                                   format_date(statistics.from), format_date(statistics.to),
                                   statistics.results.days, statistics.results.days == 1 ? "day" : "days",
                                   report::count(statistics.tickets, report::Language::en),
                                   statistics.tickets == 1 ? "ticket" : "tickets");
    if (statistics.results.days < 2)
        return text + "\n" + one_day_table(statistics.results) + notes_of(statistics);
    text += fmt::format("± is half of the {:g}% interval, over batches of days.\n\n",
                        statistics.results.confidence * 100);
    return text + report::results_body(statistics.results) + own_table(statistics) +
           beside_table(statistics) + notes_of(statistics);
}

std::string statistics_json(const Statistics& statistics) {
    std::string out;
    {
        JsonWriter json{out};
        json.begin_object().member("balcao", 1).member("model", statistics.results.model);
        if (statistics.site) json.member("site", *statistics.site);
        json.member("from", format_date(statistics.from))
            .member("to", format_date(statistics.to))
            .member("days", statistics.results.days)
            .member("confidence", statistics.results.confidence)
            .member("interval_over", statistics.results.unit_of_interval)
            .member("tickets", statistics.tickets)
            .member("left_out_of_averages", statistics.left_out)
            .member("still_open", statistics.still_open)
            .member("last_day_is_over", !statistics.is_today_in_it);
        json.key("targets").begin_array(JsonLines::each);
        for (const sim::TargetOutcome& outcome : statistics.results.targets)
            report::write_target(json, outcome);
        json.end().key("measures").begin_array(JsonLines::each);
        for (const sim::Row& row : statistics.results.rows)
            report::write_row(json, row);
        json.end().key("office").begin_array(JsonLines::each);
        for (const OwnRow& row : statistics.own)
            write_own(json, row);
        json.end();
        if (statistics.beside) {
            json.key("simulated").begin_array(JsonLines::each);
            for (const sim::Row& row : statistics.results.rows)
                if (const auto* other =
                        report::row_of(*statistics.beside, {row.measure, row.limit_minutes}, row.of))
                    report::write_row(json, *other);
            json.end();
        }
        json.end();
    }
    return out + "\n";
}

Result<sim::Results> results_of_json(const std::string& content, const std::string& name) {
    BALCAO_TRY(const auto json, text::Json::parse(content, name));
    const auto measures = json.root()["measures"];
    if (json.root()["balcao"].as_whole_number() != 1 || !measures.is_array())
        return Error{Errc::invalid, name + " is not what balcao simulate --json writes"};
    sim::Results results;
    results.model = text_in(json.root(), "model").value_or("");
    for (std::size_t place = 0; place < measures.size(); ++place) {
        const auto view = measures.at(place);
        const auto measure = sim::parse_measure(view["measure"].as_text().value_or(""));
        const auto mean = view["mean"].as_number();
        if (!measure || !mean) return Error{Errc::invalid, name + " has a row without measure or mean"};
        sim::Row row;
        row.measure = *measure;
        row.limit_minutes = view["limit"].as_number();
        row.of = {.site = text_in(view, "site"),
                  .service = text_in(view, "service"),
                  .desk = text_in(view, "desk")};
        row.of.step = text_in(view, "step");
        row.of.group = text_in(view, "group");
        row.of.channel = text_in(view, "channel");
        if (const auto hour = view["hour"].as_whole_number()) row.of.hour = static_cast<int>(*hour);
        row.mean = *mean;
        row.half_width = view["half_width"].as_number();
        if (const auto p50 = view["p50"].as_number())
            row.quantiles = sim::Quantiles{*p50, view["p90"].as_number().value_or(*p50),
                                           view["p99"].as_number().value_or(*p50)};
        row.count = view["count"].as_whole_number().value_or(0);
        results.rows.push_back(std::move(row));
    }
    return results;
}

}  // namespace balcao::record
