#pragma once
// The files of a model that `calibrate` writes, each with a last line by which the next run knows that nobody
// changed it since. Used by calibrate.cpp; it keeps hand-written work from being written over.
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace balcao::plan {

// The text with a last line that holds a checksum of it, as a comment of YAML.
std::string sealed(std::string text);
// Whether the text is as sealed() left it.
bool is_sealed(std::string_view text);

// Error where the folder holds one of these files, or another model.yaml, that was not sealed or was changed
// since: it names them and says what to do. Nothing where the folder is not there.
Result<void> check_unchanged(const std::filesystem::path& folder, const std::vector<std::string>& names);

// Error where the folder neither is one nor could be made, as far as that can be told without making it.
Result<void> check_folder(const std::filesystem::path& folder);

// Puts all files into the folder (made where missing), none of them before all are on the disk. Error:
// unavailable.
Result<void> write_together(const std::filesystem::path& folder,
                            const std::map<std::string, std::string>& files);

}  // namespace balcao::plan
