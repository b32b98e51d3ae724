#pragma once
// A line put behind a file so that it is there after a power cut. Internal to `keeping`.
#include <filesystem>
#include <string_view>

#include "base/result.hpp"

namespace balcao::keeping {

// Makes the file when it is not there. What stood in it stays; on the disk when it returns. Error:
// unavailable.
Result<void> append_durably(const std::filesystem::path& path, std::string_view text);

}  // namespace balcao::keeping
