#include <algorithm>

#include "model/read.hpp"
#include "text/file.hpp"

namespace balcao::model {

std::optional<std::string> DiskFiles::read(const std::filesystem::path& path) const {
    auto content = text::read_file(path);
    if (!content) return std::nullopt;
    return std::move(content).value();
}

std::vector<std::string> DiskFiles::list(const std::filesystem::path& folder) const {
    std::vector<std::string> names;
    std::error_code error;
    for (std::filesystem::directory_iterator it{folder, error}, end; !error && it != end; it.increment(error))
        if (it->path().extension() == ".yaml") names.push_back(it->path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

bool DiskFiles::is_folder(const std::filesystem::path& path) const {
    std::error_code error;
    return std::filesystem::is_directory(path, error);
}

std::optional<std::string> MemoryFiles::read(const std::filesystem::path& path) const {
    const auto found = files_.find(path.lexically_normal().generic_string());
    if (found == files_.end()) return std::nullopt;
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

bool MemoryFiles::is_folder(const std::filesystem::path& path) const {
    const std::string prefix = path.lexically_normal().generic_string() + "/";
    return std::any_of(files_.begin(), files_.end(),
                       [&](const auto& file) { return file.first.starts_with(prefix); });
}

}  // namespace balcao::model
