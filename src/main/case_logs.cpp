// What happened to requests, as logs for who looks for patterns in it.
#include <fmt/format.h>

#include "main/console.hpp"
#include "main/journal_reader.hpp"
#include "main/streamed_file.hpp"
#include "outcomes/case_log.hpp"

namespace balcao::cli {
namespace {

// One log and the file that it goes to.
template <class Log>
class LogFile {
public:
    static Result<std::unique_ptr<LogFile>> open(const std::string& path, const Zone& zone) {
        if (path.empty()) return std::unique_ptr<LogFile>{};
        BALCAO_TRY(auto file, text::PendingFile::open(path == "-" ? "/dev/stdout" : path));
        return std::unique_ptr<LogFile>{new LogFile{std::move(file), zone}};
    }

    void add(const std::string& name, const std::vector<outcomes::CaseLog::Happened>& events) {
        log_.add(name, events);
    }

    Result<void> commit() {
        log_.finish();
        return file_.commit();
    }

private:
    LogFile(text::PendingFile file, const Zone& zone)
        : file_{std::move(file)}, log_{[this](std::string_view piece) { file_.write(piece); }, zone} {}

    StreamedFile file_;
    Log log_;
};

}  // namespace

Result<void> write_case_logs(const Export& command,
                             const record::Wanted& wanted,
                             const JournalReader& journal) {
    const Zone& zone = journal.reader().zone();
    const outcomes::Pseudonyms names{journal.installation().key};
    BALCAO_TRY(const auto ocel, LogFile<outcomes::OcelOfCases>::open(command.cases_ocel, zone));
    BALCAO_TRY(const auto xes, LogFile<outcomes::XesOfCases>::open(command.cases_xes, zone));
    BALCAO_TRY(const auto counted, outcomes::write_cases(
                                       *journal.installation().journal.store, zone, {wanted.from, wanted.to},
                                       [&](const cases::CaseNumber& number, const auto& events) {
                                           if (ocel) ocel->add(names.of(number), events);
                                           if (xes) xes->add(names.of(number), events);
                                       },
                                       [] { return !stop_flag(); }));
    if (ocel)
        if (auto written = ocel->commit(); !written) return written;
    if (xes)
        if (auto written = xes->commit(); !written) return written;
    fmt::print(stderr, "{} {}, {} {}\n", counted.cases, counted.cases == 1 ? "request" : "requests",
               counted.events, counted.events == 1 ? "event" : "events");
    return {};
}

}  // namespace balcao::cli
