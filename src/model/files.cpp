#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "model/read.hpp"
#include "text/file.hpp"
#include "text/near.hpp"

namespace balcao::model {
namespace {

constexpr std::size_t names_max = 5000;  // beyond that, looking for near ones would take too long

// Why nothing is there, told of the first part of the path that is missing.
std::string why_missing(const Files& files, const std::filesystem::path& path) {
    std::filesystem::path folder;
    for (auto part = path.begin(); part != path.end(); ++part) {
        const std::filesystem::path here = folder / *part;
        if (files.is_folder(here)) {
            folder = here;
            continue;
        }
        const bool is_last = std::next(part) == path.end();
        if (is_last && part->native() == "model.yaml")
            return "this folder has no model.yaml: name a model file, or a folder with one";
        const std::vector<std::string> names = files.names(folder);
        const auto near = names.size() <= names_max ? text::near_miss(part->native(), names) : std::nullopt;
        return fmt::format("there is no {}{}",
                           is_last ? "such file" : fmt::format("folder {}", here.generic_string()),
                           near ? fmt::format("; did you mean {}?", (folder / *near).generic_string()) : "");
    }
    return "there is no such file";
}

}  // namespace

Result<std::string> read_or_why_not(const Files& files, const std::filesystem::path& path) {
    auto content = files.read(path);
    if (content) return content;
    const Error& error = content.error();
    if (path.empty()) return Error{error.code, "no file is named"};
    if (files.is_folder(path)) return Error{error.code, "it is a folder"};
    if (error.code == Errc::not_found) return Error{error.code, why_missing(files, path)};
    return error;
}

Result<std::string> DiskFiles::read(const std::filesystem::path& path) const {
    auto content = text::read_file(path);
    if (content) return content;
    // The reason alone: who asks knows the path, and says it in a sentence of its own.
    std::string why = content.error().what;
    for (const std::string& known : {path.native() + ": ", std::string{"cannot be read: "}})
        if (why.starts_with(known)) why.erase(0, known.size());
    return Error{content.error().code, std::move(why)};
}

std::vector<std::string> DiskFiles::list(const std::filesystem::path& folder) const {
    std::vector<std::string> names;
    std::error_code error;
    for (std::filesystem::directory_iterator it{folder, error}, end; !error && it != end; it.increment(error))
        if (it->path().extension() == ".yaml") names.push_back(it->path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

std::vector<std::string> DiskFiles::names(const std::filesystem::path& folder) const {
    std::vector<std::string> names;
    std::error_code error;
    for (std::filesystem::directory_iterator it{folder.empty() ? "." : folder, error}, end;
         !error && it != end; it.increment(error))
        names.push_back(it->path().filename().string());
    return names;
}

bool DiskFiles::is_folder(const std::filesystem::path& path) const {
    std::error_code error;
    return std::filesystem::is_directory(path, error);
}

Result<std::string> MemoryFiles::read(const std::filesystem::path& path) const {
    const auto found = files_.find(path.lexically_normal().generic_string());
    if (found == files_.end()) return Error{Errc::not_found, "there is no such file"};
    return found->second;
}

std::vector<std::string> MemoryFiles::list(const std::filesystem::path& folder) const {
    std::vector<std::string> names;
    for (const auto& [path, content] : files_) {
        const std::filesystem::path file{path};
        if (file.parent_path() == folder.lexically_normal() && file.extension() == ".yaml")
            names.push_back(file.filename().string());
    }
    return names;
}

std::vector<std::string> MemoryFiles::names(const std::filesystem::path& folder) const {
    std::set<std::string> names;
    const std::string wanted = folder.empty() ? "" : folder.lexically_normal().generic_string() + "/";
    for (const auto& [path, content] : files_)
        if (path.starts_with(wanted))
            names.insert(path.substr(wanted.size(), path.find('/', wanted.size()) - wanted.size()));
    return {names.begin(), names.end()};
}

bool MemoryFiles::is_folder(const std::filesystem::path& path) const {
    const std::string prefix = path.lexically_normal().generic_string() + "/";
    return std::any_of(files_.begin(), files_.end(),
                       [&](const auto& file) { return file.first.starts_with(prefix); });
}

}  // namespace balcao::model
