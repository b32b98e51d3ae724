#include "sim/running_test.hpp"

#include <algorithm>
#include <cmath>

#include <doctest/doctest.h>

#include "model/read.hpp"

namespace balcao::sim {

model::Model model_of(const std::string& text, const std::map<std::string, std::string>& files) {
    std::map<std::string, std::string> all = files;
    all["m.yaml"] = "balcao: 1\nname: Test\nfirst_day: 2026-01-05\n" + text;
    const auto read =
        model::read_model("m.yaml", model::MemoryFiles{all}, {.today = *parse_date("2026-01-07")});
    for (const auto& remark : read.remarks)
        if (remark.severity == model::Severity::mistake) FAIL(model::format_remark(remark));
    REQUIRE(read.value);
    return *read.value;
}

void VisitList::sort() {
    std::ranges::stable_sort(visits, {}, [](const TracedVisit& visit) { return visit.number; });
}

Results run(const model::Model& model, const RunOptions& options) {
    auto results = simulate(model, options);
    REQUIRE(results);
    return *results;
}

std::vector<TracedVisit> visits_of(const model::Model& model, int days, std::uint64_t seed) {
    VisitList list;
    RunOptions options;
    options.days = days;
    options.replications = 1;
    options.seed = seed;
    options.trace = &list;
    if (model.is_steady_state()) options.warm_up = 0;
    run(model, options);
    list.sort();
    return list.visits;
}

double mean_of(const Results& results, Measure measure, const Breakdown& of) {
    const auto* row = results.find(measure, of);
    REQUIRE_MESSAGE(row != nullptr, name_of(measure));
    return row->mean;
}

bool holds(const Results& results, Measure measure, double value, const Breakdown& of, double wider) {
    const auto* row = results.find(measure, of);
    REQUIRE_MESSAGE(row != nullptr, name_of(measure));
    REQUIRE(row->half_width);
    const bool is_held = std::abs(row->mean - value) <= wider * *row->half_width;
    if (!is_held)
        MESSAGE(name_of(measure), " ", row->mean, " ± ", *row->half_width, " does not hold ", value);
    return is_held;
}

double minutes(des::Time time) { return static_cast<double>(time) / static_cast<double>(des::minute); }

}  // namespace balcao::sim
