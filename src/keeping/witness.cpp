#include "keeping/witness.hpp"

#include <algorithm>
#include <string_view>
#include <system_error>

#include "keeping/durable.hpp"
#include "text/file.hpp"

namespace balcao::keeping {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view dash = "\u2014 ";  // how a signature's line begins

// Cuts a text into signed notes: lines, an empty line, lines of signatures; empty lines between two.
std::vector<std::string> notes_of(std::string_view text) {
    std::vector<std::string> notes;
    bool is_signed = false;
    bool is_open = false;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (is_signed && !line.starts_with(dash)) is_open = false;
        if (!is_open) {
            is_signed = false;
            if (line.empty()) continue;
            notes.emplace_back();
            is_open = true;
        }
        is_signed = is_signed || line.starts_with(dash);
        notes.back() += std::string{line} + "\n";
    }
    return notes;
}

bool is_folder(const fs::path& path) {
    std::error_code none;
    return fs::is_directory(path, none) || path.filename().empty();
}

Result<void> read_file_of_heads(const fs::path& path, std::vector<WitnessedHead>& heads) {
    BALCAO_TRY(const auto text, text::read_file(path));
    const auto notes = notes_of(text);
    std::size_t count = 0;
    for (const auto& note : notes)
        heads.push_back({path.string() + ", head " + std::to_string(++count), note});
    if (notes.empty() && !text.empty())
        return Error{Errc::invalid, path.string() + " holds no signed head of a log."};
    return {};
}

}  // namespace

Result<std::vector<WitnessedHead>> read_witness(const fs::path& path) {
    std::vector<WitnessedHead> heads;
    std::error_code failed;
    if (!fs::exists(path, failed)) return heads;
    if (!is_folder(path)) {
        if (auto read = read_file_of_heads(path, heads); !read) return read.error();
        return heads;
    }
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator{path, failed})
        if (entry.is_regular_file()) files.push_back(entry.path());
    if (failed) return Error{Errc::unavailable, path.string() + " cannot be read: " + failed.message()};
    std::ranges::sort(files);
    for (const auto& file : files)
        if (auto read = read_file_of_heads(file, heads); !read) return read.error();
    return heads;
}

Result<bool> add_to_witness(const fs::path& path, const std::string& head) {
    BALCAO_TRY(const auto heads, read_witness(path));
    if (std::ranges::any_of(heads, [&](const auto& kept) { return kept.text == head; })) return false;
    fs::path file = path;
    std::error_code failed;
    if (is_folder(path)) {
        fs::create_directories(path, failed);
        const auto size_begins = head.find('\n') + 1;
        const auto size = head.substr(size_begins, head.find('\n', size_begins) - size_begins);
        file = path / ("head-" + size + ".txt");
    }
    const bool is_first = !fs::exists(file, failed) || fs::file_size(file, failed) == 0;
    auto added = append_durably(file, is_first ? head : "\n" + head);
    if (!added) return added.error();
    return true;
}

}  // namespace balcao::keeping
