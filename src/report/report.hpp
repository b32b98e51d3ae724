#pragma once
// The report of a run or of a comparison: one self-contained, accessible page in three languages, that needs
// no network and no scripts. Used by `main` for --report; it computes nothing of its own, it only tells what
// `sim` found, each mean with its interval.
#include <string>
#include <utility>
#include <vector>

#include "base/localized.hpp"
#include "model/model.hpp"
#include "report/words.hpp"
#include "sim/results.hpp"
#include "sim/situations.hpp"
#include "sim/stress.hpp"

namespace balcao::report {

struct ReportOptions {
    Language language = Language::en;  // shown first; see language_for
    std::string command{};             // repeats the run: "balcao simulate models/lisbon --seed 1"
    std::string version{};             // of Balcão
    // What scenarios are called: key and `about`; those not named here go by their key.
    std::vector<std::pair<std::string, LocalText>> scenarios{};
};

// The language asked for ("pt", "pt-PT"; may be empty), else the first of the model's that we speak, else
// English.
Language language_for(std::string_view asked, const model::Model& model);

// HTML in UTF-8. The same page for the same results, byte by byte: there is no date in it.
std::string report_page(const model::Model& model, const sim::Results& results, const ReportOptions& options);
std::string report_page(const model::Model& model,
                        const sim::Comparison& comparison,
                        const ReportOptions& options);

// Where the targets of one model break, or of several side by side; models[i] is that of results[i].
std::string report_page(const std::vector<model::Model>& models,
                        const std::vector<sim::StressResult>& results,
                        const ReportOptions& options);

// What came true of every situation of a model.
struct SituationsRun {
    const std::vector<sim::SituationOutcome>& outcomes;
    int weeks = 0;  // walked in each replication
    double confidence = 0;
    std::uint64_t seed = 0;
};

std::string report_page(const model::Model& model, const SituationsRun& run, const ReportOptions& options);

}  // namespace balcao::report
