// What the journal shows of days gone by: how a site kept its word, for everybody; the report on the law,
// statistics and exports, for who sees them. It finds no figure of its own.
#include <algorithm>

#include "api/shapes.hpp"
#include "api/table.hpp"
#include "record/law_text.hpp"
#include "record/office_log.hpp"
#include "record/period_table.hpp"
#include "record/statistics_text.hpp"

namespace balcao::api {
namespace {

constexpr int weeks_most = 8;
constexpr int days_of_statistics = 31;
constexpr int days_of_export = 7;

void write_mean(text::JsonWriter& json, std::string_view name, const std::optional<record::Mean>& mean) {
    if (!mean) return;
    json.key(name).begin_object().member("mean", mean->mean);
    if (mean->half_width) json.member("half_width", *mean->half_width);
    json.end();
}

void write_week(text::JsonWriter& json, const record::Week& week) {
    json.begin_object().member("monday", format_date(week.monday)).member("days", week.days);
    json.member("tickets", week.sums.arrivals);
    json.member("promises_made", week.sums.promises_due).member("promises_kept", week.sums.promises_kept);
    write_mean(json, "wait_minutes", week.wait);
    write_mean(json, "within_limit", week.within);
    write_mean(json, "left_unserved", week.left_share);
    json.key("duties").begin_array();
    for (const auto& duty : week.duties)
        json.begin_object()
            .member("duty", duty.duty.text())
            .member("kept", duty.kept)
            .member("broken", duty.broken)
            .member("to_be_looked_at", duty.look)
            .end();
    json.end().end();
}

// The records; answers with 404 where there are none.
const record::SiteRecords* records_of(const CallRef& call) {
    const auto* records = call->rooms().settings.records;
    if (records == nullptr) call->refuse(404);
    return records;
}

void weeks(const CallRef& call) {
    const auto* records = records_of(call);
    if (records == nullptr) return;
    const auto typed = call->request().query.text("weeks");
    const int count = typed.empty() ? weeks_most : std::atoi(std::string{typed}.c_str());
    const auto found = records->weeks(call->site().key, count);
    if (!found) return call->refuse(503);
    call->answer(json_of([&](text::JsonWriter& json) {
        json.begin_object().member("site", call->site().key.text());
        json.member("limit_minutes", records->limit_minutes(call->site().key)).key("weeks").begin_array();
        for (const auto& week : *found)
            write_week(json, week);
        json.end().end();
    }));
}

void law(const CallRef& call) {
    const auto* records = records_of(call);
    if (records == nullptr) return;
    const Date day = parse_date(call->request().query.text("date")).value_or(call->rooms().now().date);
    const auto found = records->law(call->site().key, day);
    if (!found) return call->refuse(503);
    const auto model = records->reader().model();
    call->answer(record::law_json({*found}, *model, records->reader().zone()));
}

// The days of the query, at most so many; answers with what is wrong with them.
std::optional<record::Wanted> wanted(const CallRef& call, int days_most) {
    const auto& query = call->request().query;
    const Date today = call->rooms().now().date;
    const Date to = parse_date(query.text("to")).value_or(today);
    const Date from = parse_date(query.text("from")).value_or(to);
    if (to >= from && to - from < std::chrono::days{days_most})
        return record::Wanted{.from = from, .to = to, .site = call->site().key};
    auto problem = problem_of_faults(
        {{"?to", Fault::Kind::said, nullptr,
          call->words()("Give a last day that is not before the first, at most {days} days in all.",
                        {{"days", std::to_string(days_most)}})}},
        call->words());
    call->refuse(problem);
    return std::nullopt;
}

// Hands each of those days to `visit`; false: it was answered with why not. No days are no mistake.
bool each_day(const CallRef& call,
              const record::SiteRecords& records,
              const record::Wanted& of,
              const std::function<void(const record::HallDay&)>& visit) {
    const auto span = records.reader().each(of, [&](const record::HallDay& day) {
        visit(day);
        return true;
    });
    if (span) return true;
    call->refuse(span.error().code == Errc::not_found ? 404 : 503);
    return false;
}

void statistics(const CallRef& call) {
    const auto* records = records_of(call);
    if (records == nullptr) return;
    const auto of = wanted(call, days_of_statistics);
    if (!of) return;
    const auto model = records->reader().model();
    record::Tally tally{*model, records->reader().zone(), of->from};
    if (!each_day(call, *records, *of, [&](const record::HallDay& day) { tally.add(day); })) return;
    auto found = tally.finish(*of->to);
    found.site = call->site().key.text();
    call->answer(record::statistics_json(found));
}

void hand_out(const CallRef& call, std::string text, const char* type, const std::string& name) {
    auto response = http::Response::text(std::move(text));
    response.headers.set("Content-Type", type);
    response.headers.set("Content-Disposition", "attachment; filename=\"" + name + "\"");
    call->answer(std::move(response));
}

void periods(const CallRef& call) {
    const auto* records = records_of(call);
    if (records == nullptr) return;
    const auto of = wanted(call, days_of_export);
    if (!of) return;
    std::string csv = record::period_columns();
    const bool is_read = each_day(call, *records, *of, [&](const record::HallDay& day) {
        csv += record::period_lines(day, records->reader().zone());
    });
    if (is_read) hand_out(call, std::move(csv), "text/csv; charset=utf-8", "periods.csv");
}

void events(const CallRef& call) {
    const auto* records = records_of(call);
    if (records == nullptr) return;
    const auto of = wanted(call, days_of_export);
    if (!of) return;
    std::string json;
    const auto model = records->reader().model();
    record::OfficeLog log{[&](std::string_view piece) { json += piece; }, *model, records->reader().zone()};
    if (!each_day(call, *records, *of, [&](const record::HallDay& day) { log.add(day); })) return;
    log.finish();
    hand_out(call, std::move(json), "application/json", "events.json");
}

SchemaRef figure(std::string about) {
    return object("", std::move(about),
                  {needed("mean", number_of("The mean.")),
                   maybe("half_width", number_of("Half of the range in which the true mean lies in 95 of 100 "
                                                 "cases; missing where it cannot be told."))});
}

SchemaRef record_shape() {
    static const SchemaRef duty =
        object("DutyInWeek", "A duty, and on how many days it was kept.",
               {needed("duty", text("Its key in the model.", {.example = "priority"})),
                needed("kept", whole("Days.", 0, 7, 6)), needed("broken", whole("Days.", 0, 7, 0)),
                needed("to_be_looked_at", whole("Days.", 0, 7, 1))});
    static const SchemaRef week = object(
        "RecordOfWeek", "How a site kept its word in a week.",
        {needed("monday", date("Its first day.")), needed("days", whole("Days with tickets.", 0, 7, 5)),
         needed("tickets", whole("Tickets.", 0, 10'000'000, 1200)),
         needed("promises_made", whole("Promises that came due.", 0, 10'000'000, 1100)),
         needed("promises_kept", whole("Of them, kept.", 0, 10'000'000, 880)),
         maybe("wait_minutes", figure("Of who was served.")),
         maybe("within_limit", figure("The share served within the limit.")),
         maybe("left_unserved", figure("The share that left without being served.")),
         needed("duties", list(duty, "Those that bind the site."))});
    static const SchemaRef shape =
        object("SiteRecord", "How a site kept its word, week by week, from the journal alone.",
               {needed("site", shape::site_key("The site.")),
                needed("limit_minutes", number_of("The limit of `within_limit`.")),
                needed("weeks", list(week, "This one first."))});
    return shape;
}

std::vector<Member> days_of(const char* most) {
    return {maybe("from", date("The first day; without it the last.")), maybe("to", date(most))};
}

}  // namespace

void add_record(Table& table) {
    const auto add = [&](Operation operation) {
        operation.tag = "Record";
        operation.where = Where::worker;
        if (operation.who == Who::staff) operation.permission = staff::Permission::see_statistics;
        operation.also.push_back({503, "The journal cannot be read now."});
        operation.also.push_back({404, "There is no such site, or nothing is recorded of those days."});
        table.push_back(std::move(operation));
    };
    add({.path = "/sites/{site}/record",
         .id = "getRecord",
         .summary = "How a site kept its word, week by week",
         .query = {maybe("weeks", whole("How many; without it 8.", 1, weeks_most, weeks_most))},
         .answer = record_shape(),
         .work = weeks});
    add({.path = "/sites/{site}/law",
         .id = "getLaw",
         .summary = "The report on the law of a day",
         .who = Who::staff,
         .query = {maybe("date", date("The day; without it today."))},
         .answer = open_object("LawReport",
                               "As docs/law.schema.json has it: each duty, what was found, every "
                               "case by its numbers."),
         .work = law});
    add({.path = "/sites/{site}/statistics",
         .id = "getStatistics",
         .summary = "Statistics of a site",
         .who = Who::staff,
         .query = days_of("The last day, at most 31 in all; without it today."),
         .answer = open_object("Statistics",
                               "As docs/statistics.schema.json has it, by the measures of a "
                               "simulated run."),
         .work = statistics});
    add({.path = "/sites/{site}/periods",
         .id = "exportPeriods",
         .summary = "Every interval of every visit, as CSV",
         .who = Who::staff,
         .query = days_of("The last day, at most 7 in all; without it today."),
         .answer =
             text("A line a period; no name, no account of whoever served.", {.example = "site,date,number"}),
         .answer_type = "text/csv",
         .work = periods});
    add({.path = "/sites/{site}/events",
         .id = "exportEvents",
         .summary = "Every visit and what happened to it, as OCEL 2.0",
         .who = Who::staff,
         .query = days_of("The last day, at most 7 in all; without it today."),
         .answer = open_object("EventLog", "An object-centric event log (OCEL 2.0, JSON)."),
         .work = events});
}

}  // namespace balcao::api
