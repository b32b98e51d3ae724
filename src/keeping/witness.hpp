#pragma once
// Signed heads of the log that somebody outside keeps: a file of them one after the other, or a folder with
// a file for each. Whoever holds one can show later that what came before it was changed. Used by `balcao
// verify --witness`; it judges nothing.
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace balcao::keeping {

struct WitnessedHead {
    std::string where;  // "heads.txt, head 3"
    std::string text;   // a signed checkpoint (journal/checkpoint.hpp)
};

// Every head that is kept there, in the order of the file, or of the files' names; none where there is
// nothing yet. Error: unavailable, or invalid for what is no signed head.
Result<std::vector<WitnessedHead>> read_witness(const std::filesystem::path& path);

// Puts a head behind the others, on the disk before it returns. False when it was there already. A path that
// ends in a slash, or is a folder, is a folder. Error: unavailable.
Result<bool> add_to_witness(const std::filesystem::path& path, const std::string& head);

}  // namespace balcao::keeping
