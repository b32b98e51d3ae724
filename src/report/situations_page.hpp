#pragma once
// The page of a walk through the service situations of a model in one language: what came true and what did
// not, group of people by group of people, and why. Used by report.cpp only; it judges nothing that `sim` did
// not count.
#include "report/content.hpp"
#include "report/report.hpp"

namespace balcao::report {

PageContent situations_content(const model::Model& model,
                               const SituationsRun& run,
                               const ReportOptions& options,
                               const Words& words);

}  // namespace balcao::report
