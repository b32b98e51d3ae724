#pragma once
// A fit as a file, fitted.json: what `score` needs and nothing else, with the names of all columns beside the
// figures so that it can be read without this program. Coefficients are written to six decimals.
#include <filesystem>
#include <string>

#include "base/result.hpp"
#include "plan/fit.hpp"

namespace balcao::plan {

inline constexpr const char* fitted_file = "fitted.json";

std::string fitted_json(const Fitted& fitted);

// The file, or fitted.json in the folder. Errors: not found; invalid with the place when it is not such a
// file.
Result<Fitted> read_fitted(const std::filesystem::path& path);
Result<Fitted> parse_fitted(const std::string& content, const std::string& name);

}  // namespace balcao::plan
