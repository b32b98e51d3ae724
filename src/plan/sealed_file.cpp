#include "plan/sealed_file.hpp"

#include <cstdint>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

#include "text/file.hpp"

namespace balcao::plan {
namespace {

constexpr std::string_view seal_begin = "# Unchanged since `balcao calibrate` wrote it, if this fits: ";

// FNV-1a of 64 bits (Fowler, Noll and Vo): enough to notice an edit; it guards against nobody.
std::uint64_t checksum(std::string_view text) {
    std::uint64_t sum = 0xcbf29ce484222325U;
    for (const char letter : text) {
        sum ^= static_cast<unsigned char>(letter);
        sum *= 0x100000001b3U;
    }
    return sum;
}

Result<void> make_folder(const std::filesystem::path& folder) {
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (!failed) return {};
    return Error{Errc::unavailable,
                 fmt::format("{}: the folder cannot be made: {}", folder.string(), failed.message())};
}

}  // namespace

std::string sealed(std::string text) {
    text += fmt::format("{}{:016x}\n", seal_begin, checksum(text));
    return text;
}

bool is_sealed(std::string_view text) {
    const auto at = text.rfind(seal_begin);
    if (at == std::string_view::npos) return false;
    return text.substr(at + seal_begin.size()) == fmt::format("{:016x}\n", checksum(text.substr(0, at)));
}

Result<void> check_unchanged(const std::filesystem::path& folder, const std::vector<std::string>& names) {
    std::string changed;
    for (const std::string& name : names) {
        const auto content = text::read_file(folder / name);
        if (!content && content.error().code == Errc::not_found) continue;
        if (content && is_sealed(*content)) continue;
        changed += (changed.empty() ? "" : ", ") + name;
    }
    if (changed.empty()) return {};
    return Error{
        Errc::conflict,
        fmt::format("{} holds files that were changed since calibrate wrote them, or that it did not "
                    "write: {}; choose another folder, or --overwrite them",
                    folder.string(), changed)};
}

Result<void> check_folder(const std::filesystem::path& folder) {
    std::error_code ignored;
    std::filesystem::path there = std::filesystem::absolute(folder, ignored).lexically_normal();
    while (there.has_relative_path() && !std::filesystem::exists(there, ignored))
        there = there.parent_path();
    if (!std::filesystem::is_directory(there, ignored))
        return Error{Errc::unavailable,
                     fmt::format("{}: {} is a file; name a folder", folder.string(), there.string())};
    if (::access(there.c_str(), W_OK) != 0)
        return Error{Errc::unavailable, fmt::format("{}: nothing may be written in {}; name another folder",
                                                    folder.string(), there.string())};
    return {};
}

Result<void> write_together(const std::filesystem::path& folder,
                            const std::map<std::string, std::string>& files) {
    std::vector<text::PendingFile> pending;
    for (const auto& [name, content] : files) {
        const auto path = folder / name;
        if (auto made = make_folder(path.parent_path()); !made) return made;
        BALCAO_TRY(auto file, text::PendingFile::open(path));
        if (auto written = file.write(content); !written) return written;
        if (auto flushed = file.flush(); !flushed) return flushed;
        pending.push_back(std::move(file));
    }
    for (auto& file : pending)
        if (auto done = file.commit(); !done) return done;
    return {};
}

}  // namespace balcao::plan
