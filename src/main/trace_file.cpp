#include "main/trace_file.hpp"

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <optional>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "main/streamed_file.hpp"
#include "record/ocel_log.hpp"
#include "text/file.hpp"

namespace balcao::cli {

using record::OcelLog;

namespace {

// Local time of the model, as ISO 8601 without a zone.
std::string instant(Date first_day, des::Time time) {
    const auto days = time / des::day;
    const auto rest = time % des::day;
    return fmt::format("{}T{:02}:{:02}:{:02}.{:06}", format_date(first_day + std::chrono::days{days}),
                       rest / des::hour, rest / des::minute % 60, rest / des::second % 60,
                       rest % des::second);
}

// "+01:00": how far the local time of a zone is ahead of UTC, by the rules that this machine has. Simulated
// days have 24 hours, so the hour that the clock leaves out in spring is written like those before it.
class UtcOffsets {
public:
    static Result<UtcOffsets> of(const std::string& zone, Date first_day) {
        const char* named = std::getenv("TZDIR");  // NOLINT(concurrency-mt-unsafe): before any thread
        const std::filesystem::path rules = named != nullptr ? named : "/usr/share/zoneinfo";
        std::error_code ignored;
        if (zone != "UTC" && !std::filesystem::is_regular_file(rules / zone, ignored))
            return Error{
                Errc::invalid,
                fmt::format("this machine does not know the time zone {}, which an OCEL log needs to "
                            "tell its times; install tzdata, or write a .csv, which has local times",
                            zone),
                "--trace"};
        setenv("TZ", (":" + (rules / zone).string()).c_str(), 1);  // NOLINT(concurrency-mt-unsafe): likewise
        if (zone == "UTC") setenv("TZ", "UTC0", 1);                // NOLINT(concurrency-mt-unsafe): likewise
        tzset();
        return UtcOffsets{first_day};
    }

    // One for each hour, kept: events come nearly in order.
    const std::string& at(des::Time time) {
        const auto hour = time / des::hour;
        if (hour == hour_) return offset_;
        hour_ = hour;
        const std::chrono::year_month_day date{first_day_ + std::chrono::days{hour / 24}};
        std::tm local{};
        local.tm_year = static_cast<int>(date.year()) - 1900;
        local.tm_mon = static_cast<int>(static_cast<unsigned>(date.month())) - 1;
        local.tm_mday = static_cast<int>(static_cast<unsigned>(date.day()));
        local.tm_hour = static_cast<int>(hour % 24);
        local.tm_isdst = -1;
        std::mktime(&local);
        const long minutes = local.tm_gmtoff / 60;
        offset_ = fmt::format("{}{:02}:{:02}", minutes < 0 ? '-' : '+', std::labs(minutes) / 60,
                              std::labs(minutes) % 60);
        return offset_;
    }

private:
    explicit UtcOffsets(Date first_day) : first_day_{first_day} {}

    Date first_day_;
    des::Time hour_ = -1;
    std::string offset_;
};

class CsvTrace final : public TraceFile {
public:
    CsvTrace(text::PendingFile file, Date first_day) : target_{std::move(file)}, first_day_{first_day} {
        target_.write(
            "replication,visit,site,service,channel,group,booked,outcome,arrived,left,waited_seconds,"
            "step,desk,joined,started,ended\n");
    }

    void visit(const sim::TracedVisit& visit) override {
        const std::string start =
            fmt::format("{},{},{},{},{},{},{},{},{},{},{:.6f}", visit.replication + 1, ++visits_, visit.site,
                        visit.service, visit.channel, visit.group, visit.is_booked ? "yes" : "no",
                        name_of(visit.outcome), instant(first_day_, visit.arrived),
                        instant(first_day_, visit.left), static_cast<double>(visit.waited) / 1e6);
        if (visit.legs.empty()) target_.write(start + ",,,,,\n");
        for (const auto& leg : visit.legs)
            target_.write(fmt::format("{},{},{},{},{},{}\n", start, leg.step, leg.desk, at(leg.joined),
                                      at(leg.started), at(leg.ended)));
    }

    Result<void> finish() override { return target_.commit(); }

private:
    [[nodiscard]] std::string at(des::Time time) const { return time < 0 ? "" : instant(first_day_, time); }

    StreamedFile target_;
    Date first_day_;
    std::uint64_t visits_ = 0;  // of all sites and replications
};

class OcelTrace final : public TraceFile {
public:
    OcelTrace(text::PendingFile file, const model::Model& model, UtcOffsets offsets)
        : target_{std::move(file)},
          log_{[this](std::string_view piece) { target_.write(piece); },
               {{"visit",
                 {{"service", "string"},
                  {"channel", "string"},
                  {"group", "string"},
                  {"outcome", "string"},
                  {"replication", "integer"}}},
                {"site", {}}},
               {{"arrive", attributes_of_events},
                {"join", attributes_of_events},
                {"start", attributes_of_events},
                {"end", attributes_of_events},
                {"leave", attributes_of_events}}},
          first_day_{model.first_day},
          offsets_{std::move(offsets)} {
        for (const auto& site : model.sites)
            log_.object({"site:" + site.key.text(), "site"}, {});
    }

    void visit(const sim::TracedVisit& visit) override {
        const std::string id = fmt::format("visit:{}", ++visits_);
        event("arrive", visit, id, visit.arrived, nullptr);
        for (const auto& leg : visit.legs) {
            event("join", visit, id, leg.joined, &leg);
            if (leg.started >= 0) event("start", visit, id, leg.started, &leg);
            if (leg.ended >= 0) event("end", visit, id, leg.ended, &leg);
        }
        event("leave", visit, id, visit.left, nullptr);
        log_.object({id, "visit", {{"site:" + visit.site, "at"}}},
                    {at(visit.arrived),
                     {{"service", visit.service},
                      {"channel", visit.channel},
                      {"group", visit.group},
                      {"outcome", name_of(visit.outcome)},
                      {"replication", std::to_string(visit.replication + 1)}}});
    }

    Result<void> finish() override {
        log_.finish();
        return target_.commit();
    }

private:
    static inline const std::vector<OcelLog::Attribute> attributes_of_events{{"desk", "string"},
                                                                             {"step", "string"}};

    std::string at(des::Time time) { return instant(first_day_, time) + offsets_.at(time); }

    void event(const char* type,
               const sim::TracedVisit& visit,
               const std::string& id,
               des::Time time,
               const sim::TracedLeg* leg) {
        OcelLog::Values values;
        if (leg != nullptr && !leg->desk.empty()) values.emplace_back("desk", leg->desk);
        if (leg != nullptr && !leg->step.empty()) values.emplace_back("step", leg->step);
        log_.event(type, at(time), values, {{id, "visit"}, {"site:" + visit.site, "at"}});
    }

    StreamedFile target_;
    OcelLog log_;
    Date first_day_;
    UtcOffsets offsets_;
    std::uint64_t visits_ = 0;  // of all sites and replications
};

}  // namespace

Result<std::unique_ptr<TraceFile>> open_trace(const std::string& path, const model::Model& model) {
    if (path.empty()) return std::unique_ptr<TraceFile>{};
    const bool is_csv = path.ends_with(".csv");
    if (!is_csv && !path.ends_with(".json") && !path.ends_with(".jsonocel"))
        return Error{Errc::invalid, "a trace is written as .csv, or as .json (OCEL 2.0)", "--trace"};
    if (is_csv) {
        BALCAO_TRY(auto file, text::PendingFile::open(path));
        return std::unique_ptr<TraceFile>{std::make_unique<CsvTrace>(std::move(file), model.first_day)};
    }
    BALCAO_TRY(auto offsets, UtcOffsets::of(model.time_zone, model.first_day));
    BALCAO_TRY(auto file, text::PendingFile::open(path));
    return std::unique_ptr<TraceFile>{
        std::make_unique<OcelTrace>(std::move(file), model, std::move(offsets))};
}

}  // namespace balcao::cli
