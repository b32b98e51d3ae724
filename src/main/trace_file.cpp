#include "main/trace_file.hpp"

#include <optional>
#include <vector>

#include <fmt/format.h>

#include "text/file.hpp"
#include "text/json.hpp"

namespace balcao::cli {

namespace {

// Local time of the model, as ISO 8601 without a zone: simulated days have 24 hours.
std::string instant(Date first_day, des::Time time) {
    const auto days = time / des::day;
    const auto rest = time % des::day;
    return fmt::format("{}T{:02}:{:02}:{:02}.{:06}", format_date(first_day + std::chrono::days{days}),
                       rest / des::hour, rest / des::minute % 60, rest / des::second % 60,
                       rest % des::second);
}

// The first error is kept; the rest of the run goes on and the error is told at the end.
class Target {
public:
    explicit Target(text::PendingFile file) : file_{std::move(file)} {}

    void write(std::string_view piece) {
        if (error_) return;
        if (auto written = file_.write(piece); !written) error_ = written.error();
    }

    Result<void> commit() {
        if (error_) return *error_;
        return file_.commit();
    }

private:
    text::PendingFile file_;
    std::optional<Error> error_;
};

class CsvTrace final : public TraceFile {
public:
    CsvTrace(text::PendingFile file, Date first_day) : target_{std::move(file)}, first_day_{first_day} {
        target_.write(
            "visit,site,service,channel,group,booked,outcome,arrived,left,waited_seconds,"
            "step,desk,joined,started,ended\n");
    }

    void visit(const sim::TracedVisit& visit) override {
        const std::string start =
            fmt::format("{},{},{},{},{},{},{},{},{},{:.6f}", visit.number, visit.site, visit.service,
                        visit.channel, visit.group, visit.is_booked ? "yes" : "no", name_of(visit.outcome),
                        instant(first_day_, visit.arrived), instant(first_day_, visit.left),
                        static_cast<double>(visit.waited) / 1e6);
        if (visit.legs.empty()) target_.write(start + ",,,,,\n");
        for (const auto& leg : visit.legs)
            target_.write(fmt::format("{},{},{},{},{},{}\n", start, leg.step, leg.desk, at(leg.joined),
                                      at(leg.started), at(leg.ended)));
    }

    Result<void> finish() override { return target_.commit(); }

private:
    [[nodiscard]] std::string at(des::Time time) const { return time < 0 ? "" : instant(first_day_, time); }

    Target target_;
    Date first_day_;
};

// OCEL 2.0 wants every object before or after all events; the objects (visits) are gathered as text while the
// events stream out, so memory grows with the trace's visits, by about a hundred bytes each.
class OcelTrace final : public TraceFile {
public:
    OcelTrace(text::PendingFile file, const model::Model& model)
        : target_{std::move(file)}, first_day_{model.first_day} {
        std::string head =
            "{\"objectTypes\":[{\"name\":\"visit\",\"attributes\":["
            "{\"name\":\"service\",\"type\":\"string\"},{\"name\":\"channel\",\"type\":\"string\"},"
            "{\"name\":\"group\",\"type\":\"string\"},{\"name\":\"outcome\",\"type\":\"string\"}]},"
            "{\"name\":\"site\",\"attributes\":[]}],\n\"eventTypes\":[";
        const char* separator = "";
        for (const char* type : {"arrive", "join", "start", "end", "leave"}) {
            head += fmt::format(
                "{}{{\"name\":\"{}\",\"attributes\":[{{\"name\":\"desk\",\"type\":\"string\"}},"
                "{{\"name\":\"step\",\"type\":\"string\"}}]}}",
                separator, type);
            separator = ",";
        }
        target_.write(head + "],\n\"events\":[");
        for (const auto& site : model.sites)
            add_object(fmt::format("{{\"id\":{},\"type\":\"site\",\"attributes\":[],\"relationships\":[]}}",
                                   quoted("site:" + site.key.text())));
    }

    void visit(const sim::TracedVisit& visit) override {
        const std::string id = fmt::format("visit:{}", visit.number);
        event("arrive", visit, id, visit.arrived, nullptr);
        for (const auto& leg : visit.legs) {
            event("join", visit, id, leg.joined, &leg);
            if (leg.started >= 0) event("start", visit, id, leg.started, &leg);
            if (leg.ended >= 0) event("end", visit, id, leg.ended, &leg);
        }
        event("leave", visit, id, visit.left, nullptr);
        std::string attributes;
        for (const auto& [name, value] : {std::pair<const char*, std::string>{"service", visit.service},
                                          {"channel", visit.channel},
                                          {"group", visit.group},
                                          {"outcome", name_of(visit.outcome)}})
            attributes += fmt::format("{}{{\"name\":\"{}\",\"time\":\"{}Z\",\"value\":{}}}",
                                      attributes.empty() ? "" : ",", name, instant(first_day_, visit.arrived),
                                      quoted(value));
        add_object(
            fmt::format("{{\"id\":\"{}\",\"type\":\"visit\",\"attributes\":[{}],\"relationships\":"
                        "[{{\"objectId\":{},\"qualifier\":\"at\"}}]}}",
                        id, attributes, quoted("site:" + visit.site)));
    }

    Result<void> finish() override {
        target_.write("],\n\"objects\":[");
        target_.write(objects_);
        target_.write("]}\n");
        return target_.commit();
    }

private:
    static std::string quoted(const std::string& text) {
        std::string out;
        text::JsonWriter{out}.value(text);
        return out;
    }

    void add_object(const std::string& object) {
        objects_ += objects_.empty() ? "\n" : ",\n";
        objects_ += object;
    }

    void event(const char* type,
               const sim::TracedVisit& visit,
               const std::string& id,
               des::Time time,
               const sim::TracedLeg* leg) {
        std::string attributes;
        if (leg != nullptr && !leg->desk.empty())
            attributes += fmt::format("{{\"name\":\"desk\",\"value\":{}}}", quoted(leg->desk));
        if (leg != nullptr && !leg->step.empty())
            attributes += fmt::format("{}{{\"name\":\"step\",\"value\":{}}}", attributes.empty() ? "" : ",",
                                      quoted(leg->step));
        target_.write(fmt::format(
            "{}\n{{\"id\":\"e{}\",\"type\":\"{}\",\"time\":\"{}Z\",\"attributes\":[{}],\"relationships\":"
            "[{{\"objectId\":\"{}\",\"qualifier\":\"visit\"}},{{\"objectId\":{},\"qualifier\":\"at\"}}]}}",
            events_ == 0 ? "" : ",", events_ + 1, type, instant(first_day_, time), attributes, id,
            quoted("site:" + visit.site)));
        ++events_;
    }

    Target target_;
    Date first_day_;
    std::string objects_;
    std::uint64_t events_ = 0;
};

}  // namespace

Result<std::unique_ptr<TraceFile>> open_trace(const std::string& path, const model::Model& model) {
    if (path.empty()) return std::unique_ptr<TraceFile>{};
    const bool is_csv = path.ends_with(".csv");
    if (!is_csv && !path.ends_with(".json") && !path.ends_with(".jsonocel"))
        return Error{Errc::invalid, "a trace is written as .csv, or as .json (OCEL 2.0)", "--trace"};
    BALCAO_TRY(auto file, text::PendingFile::open(path));
    if (is_csv)
        return std::unique_ptr<TraceFile>{std::make_unique<CsvTrace>(std::move(file), model.first_day)};
    return std::unique_ptr<TraceFile>{std::make_unique<OcelTrace>(std::move(file), model)};
}

}  // namespace balcao::cli
