// validate [--seeds N] [--first-seed K] [--out FILE]: docs/validation.md, and exit 1 when something does not
// hold.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "text/file.hpp"
#include "text/number.hpp"
#include "validation.hpp"

namespace {

using namespace balcao;

std::filesystem::path data_folder(const std::filesystem::path& sources) {
    const char* const named = std::getenv("BALCAO_DATA");  // NOLINT(concurrency-mt-unsafe): one thread here
    if (named != nullptr) return named;
    return sources.parent_path() / "shared" / "data";
}

}  // namespace

int main(int count, char** arguments) {
    const std::filesystem::path sources{BALCAO_SOURCES};
    const auto folder = sources / "tests" / "validation";
    validation::Seeds seeds;
    std::string out;
    for (int place = 1; place < count; place += 2) {
        const std::string option = arguments[place];
        const std::string value = place + 1 < count ? arguments[place + 1] : "";
        const auto number = text::parse_whole_number(value);
        if (option == "--out" && !value.empty()) {
            out = value;
        } else if (option == "--seeds" && number && *number > 0) {
            seeds.count = static_cast<int>(*number);
        } else if (option == "--first-seed" && number) {
            seeds.first = static_cast<std::uint64_t>(*number);
        } else {
            std::fprintf(stderr, "validate [--seeds N] [--first-seed K] [--out FILE]\n");
            return 2;
        }
    }
    auto cases = validation::read_cases(folder);
    validation::run_traces(folder, cases.traces);
    const auto sessions = validation::replay_log(data_folder(sources) / "queues" / "wellington-station.csv");
    if (!sessions)
        std::printf("skipped: queues/wellington-station.csv is not there (BALCAO_DATA names its folder)\n");
    validation::run_shop(folder, cases.shop, seeds.first);
    validation::run_cases(folder, cases, seeds);
    if (!out.empty()) {
        if (const auto written = text::write_whole(out, validation::page_of(cases, sessions, seeds));
            !written) {
            std::fprintf(stderr, "%s\n", written.error().what.c_str());
            return 1;
        }
    }
    const auto failures = validation::failures_of(cases, sessions);
    for (const auto& failure : failures)
        std::printf("%s\n", failure.c_str());
    if (failures.empty()) std::printf("everything holds\n");
    return failures.empty() ? 0 : 1;
}
