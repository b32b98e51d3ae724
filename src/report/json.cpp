#include "report/json.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <chrono>

#include "report/json_rows.hpp"
#include "report/rows.hpp"
#include "text/json.hpp"

namespace balcao::report {

namespace {

using text::JsonLines;
using text::JsonWriter;

constexpr int format_version = 1;

template <class T>
void member_if(JsonWriter& json, std::string_view name, const std::optional<T>& value) {
    if (value) json.member(name, *value);
}

void write_or_null(JsonWriter& json, std::string_view name, const std::optional<double>& value) {
    json.key(name);
    if (value)
        json.value(rounded(*value));
    else
        json.null();
}

bool is_written(const sim::Breakdown& of, JsonDetail detail) {
    const unsigned parts = parts_of(of);
    return detail == JsonDetail::full || std::has_single_bit(parts) || parts == part_none ||
           parts == (part_site | part_desk);
}

std::int64_t rows_left_out(const sim::Comparison& comparison, JsonDetail detail) {
    const auto is_left_out = [&](const auto& row) { return !is_written(row.of, detail); };
    std::int64_t count = std::ranges::count_if(comparison.differences, is_left_out);
    count += std::ranges::count_if(comparison.base.rows, is_left_out);
    for (const sim::Results& results : comparison.scenarios)
        count += std::ranges::count_if(results.rows, is_left_out);
    return count;
}

// The members of a run's object, from its model to its rows.
void write_results(JsonWriter& json, const sim::Results& results, JsonDetail detail) {
    json.member("model", results.model);
    if (!results.scenario.empty()) json.member("scenario", results.scenario);
    json.member("seed", results.seed)
        .member("days", results.days)
        .member("replications", results.replications);
    if (results.is_steady_state) json.member("warm_up_days", rounded(results.warm_up_days));
    json.member("confidence", results.confidence)
        .member("interval_over", results.unit_of_interval)
        .member("interval_units", results.units)
        .member("customers", results.customers);
    json.key("notes").begin_array();
    for (const std::string& note : results.notes)
        json.value(note);
    json.end();
    json.key("targets").begin_array(JsonLines::each);
    for (const sim::TargetOutcome& outcome : results.targets)
        write_target(json, outcome);
    json.end();
    json.key("measures").begin_array(JsonLines::each);
    for (const sim::Row& row : results.rows)
        if (is_written(row.of, detail)) write_row(json, row);
    json.end();
}

void write_difference(JsonWriter& json, const sim::Difference& row) {
    json.begin_object()
        .member("scenario", row.scenario)
        .member("measure", sim::name_of(row.measure))
        .member("unit", sim::unit_of(row.measure));
    member_if(json, "limit", row.limit_minutes);
    write_breakdown(json, row.of);
    json.member("model_mean", rounded(row.base_mean))
        .member("scenario_mean", rounded(row.scenario_mean))
        .member("difference", rounded(row.difference));
    write_or_null(json, "half_width", row.half_width);
    json.member("better", row.better);
    if (row.correlation) json.member("correlation", rounded(*row.correlation));
    json.end();
}

void write_ranking(JsonWriter& json, const sim::Ranking& ranking) {
    json.begin_object()
        .member("measure", sim::name_of(ranking.measure))
        .member("indifference", rounded(ranking.indifference))
        .member("confidence", ranking.confidence)
        .member("decided", ranking.is_decided)
        .member("best", ranking.best)
        .member("replications", ranking.replications);
    json.key("ruled_out").begin_array();
    for (const sim::Ranking::Fallen& fallen : ranking.fallen)
        json.begin_object()
            .member("scenario", fallen.scenario)
            .member("at_replication", fallen.at_replication)
            .end();
    json.end().end();
}

}  // namespace

void write_breakdown(JsonWriter& json, const sim::Breakdown& of) {
    member_if(json, "site", of.site);
    member_if(json, "service", of.service);
    member_if(json, "desk", of.desk);
    member_if(json, "step", of.step);
    member_if(json, "group", of.group);
    member_if(json, "channel", of.channel);
    member_if(json, "hour", of.hour);
}

void write_row(JsonWriter& json, const sim::Row& row) {
    json.begin_object()
        .member("measure", sim::name_of(row.measure))
        .member("unit", sim::unit_of(row.measure));
    member_if(json, "limit", row.limit_minutes);
    write_breakdown(json, row.of);
    json.member("mean", rounded(row.mean));
    write_or_null(json, "half_width", row.half_width);
    if (row.quantiles)
        json.member("p50", rounded(row.quantiles->p50))
            .member("p90", rounded(row.quantiles->p90))
            .member("p99", rounded(row.quantiles->p99));
    json.member("count", row.count).end();
}

void write_target(JsonWriter& json, const sim::TargetOutcome& outcome) {
    const model::Target& target = outcome.target;
    const auto key = [&](std::string_view name, const auto& maybe) {
        if (maybe) json.member(name, maybe->text());
    };
    json.begin_object().member("measure", target.measure);
    member_if(json, "limit", minutes_of(target.limit));
    key("site", target.site);
    key("service", target.service);
    key("group", target.group);
    key("channel", target.channel);
    member_if(json, "at_least", target.at_least);
    member_if(json, "at_most", target.at_most);
    write_or_null(json, "mean", outcome.mean);
    write_or_null(json, "half_width", outcome.half_width);
    json.member("verdict", name_of(outcome.verdict)).end();
}

double rounded(double value) {
    std::array<char, 32> buffer{};
    const auto [end, error] =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific, 7);
    double read = value;
    if (error == std::errc{}) std::from_chars(buffer.data(), end, read);
    return read;
}

const char* name_of(sim::Verdict verdict) {
    switch (verdict) {
        case sim::Verdict::met:
            return "met";
        case sim::Verdict::missed:
            return "missed";
        case sim::Verdict::undecided:
            break;
    }
    return "undecided";
}

std::optional<double> minutes_of(const std::optional<Duration>& limit) {
    if (!limit) return std::nullopt;
    return std::chrono::duration<double, std::ratio<60>>(*limit).count();
}

std::string results_json(const sim::Results& results) {
    std::string out;
    JsonWriter json{out};
    json.begin_object().member("balcao", format_version);
    write_results(json, results, JsonDetail::full);
    json.end();
    return out + "\n";
}

std::string comparison_json(const sim::Comparison& comparison, JsonDetail detail) {
    std::string out;
    JsonWriter json{out};
    json.begin_object().member("balcao", format_version);
    json.member("rows_left_out", rows_left_out(comparison, detail));
    write_results(json, comparison.base, detail);
    json.key("differences").begin_array(JsonLines::each);
    for (const sim::Difference& row : comparison.differences)
        if (is_written(row.of, detail)) write_difference(json, row);
    json.end();
    if (comparison.ranking) {
        json.key("ranking");
        write_ranking(json, *comparison.ranking);
    }
    json.key("scenarios").begin_array(JsonLines::each);
    for (const sim::Results& results : comparison.scenarios) {
        json.begin_object();
        write_results(json, results, detail);
        json.end();
    }
    json.end().end();
    return out + "\n";
}

}  // namespace balcao::report
