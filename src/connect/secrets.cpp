#include "connect/secrets.hpp"

#include <algorithm>
#include <filesystem>
#include <string_view>

#include "text/file.hpp"

namespace balcao::connect {
namespace {

Error wrong_secrets(const std::string& what) { return Error{Errc::invalid, what, "--secrets"}; }

std::string without_blanks(std::string_view part) {
    const auto first = part.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) return {};
    return std::string{part.substr(first, part.find_last_not_of(" \t\r") - first + 1)};
}

}  // namespace

Result<std::map<std::string, std::string>> read_secrets(const std::string& path) {
    std::map<std::string, std::string> secrets;
    if (path.empty()) return secrets;
    std::error_code failed;
    const auto rights = std::filesystem::status(path, failed).permissions();
    using std::filesystem::perms;
    if (failed) return wrong_secrets("there is no file " + path);
    if ((rights & (perms::group_all | perms::others_all)) != perms::none)
        return wrong_secrets(path + " can be read by others; chmod 600 it");
    BALCAO_TRY(const std::string text, text::read_file(path));
    std::size_t from = 0;
    while (from < text.size()) {
        const auto end = std::min(text.find('\n', from), text.size());
        const std::string line = text.substr(from, end - from);
        from = end + 1;
        const auto equals = line.find('=');
        if (line.find_first_not_of(" \t\r") == std::string::npos || line.starts_with('#')) continue;
        if (equals == std::string::npos) return wrong_secrets("a line of it is not NAME = VALUE");
        secrets[without_blanks(line.substr(0, equals))] = without_blanks(line.substr(equals + 1));
    }
    return secrets;
}

}  // namespace balcao::connect
