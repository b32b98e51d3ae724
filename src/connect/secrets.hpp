#pragma once
// A file of passwords and tokens that nobody but its owner may read: lines "name = value", lines that begin
// with # and empty ones mean nothing. Used by `main` for the ways of letters and by the credentials that
// entities know us by.
#include <map>
#include <string>

#include "base/result.hpp"

namespace balcao::connect {

// Of no file (an empty path), nothing. Error: invalid with the field "--secrets", or what reading said.
Result<std::map<std::string, std::string>> read_secrets(const std::string& path);

}  // namespace balcao::connect
