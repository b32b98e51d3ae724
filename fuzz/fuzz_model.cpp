// Feeds the reader of service models with whatever libFuzzer invents. A text may have three parts, parted by
// lines
// "#---": a model, a scenario, a situation. It must never crash, and a model that is read must be printed in
// a form that reads back to the same model. It never touches the disk.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/check.hpp"
#include "model/print.hpp"
#include "model/read.hpp"

namespace {

using balcao::model::MemoryFiles;
using balcao::model::ReadOptions;

constexpr std::string_view part_mark = "\n#---\n";

// Cuts off and returns what stands before the next mark.
std::string next_part(std::string_view& rest) {
    const std::size_t end = rest.find(part_mark);
    const std::string part{rest.substr(0, end)};
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + part_mark.size());
    return part;
}

void check_reads_back(const balcao::model::Model& model, const ReadOptions& options) {
    const MemoryFiles printed{{{"model.yaml", balcao::model::print_canonical(model)}}};
    const auto again = balcao::model::read_model("model.yaml", printed, options);
    BALCAO_CHECK(again.value.has_value());
    BALCAO_CHECK(balcao::model::differences(model, *again.value).empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view rest{reinterpret_cast<const char*>(data), size};
    std::map<std::string, std::string> parts;
    parts["model.yaml"] = next_part(rest);
    parts["scenarios/change.yaml"] = next_part(rest);
    parts["situations/person.yaml"] = next_part(rest);
    const MemoryFiles files{std::move(parts)};
    const ReadOptions options{.today = balcao::Date{std::chrono::year{2026} / 1 / 5}};

    const auto read = balcao::model::read_model("model.yaml", files, options);
    for (const auto& remark : read.remarks) {
        BALCAO_CHECK(!balcao::model::format_remark(remark).empty());
    }
    if (!read.value) {
        return 0;
    }
    check_reads_back(*read.value, options);
    const auto scenario = balcao::model::read_scenario("model.yaml", "scenarios/change.yaml", files, options);
    BALCAO_CHECK(scenario.value.has_value() || !scenario.remarks.empty());
    const auto situations = balcao::model::read_situations("model.yaml", *read.value, files);
    BALCAO_CHECK(situations.value.has_value() || !situations.remarks.empty());
    return 0;
}
