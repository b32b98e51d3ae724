#pragma once
// Whole files, in and out. Reading unpacks gzip without being asked; writing goes to a file beside the wanted
// one and is renamed when complete, so nobody ever sees half a file. Used by `model`, `plan`, `report` and
// `main`; it never prints and never guesses another name than the ".gz" one.
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace balcao::text {

// The content of a file, unpacked where it is gzip (by its first bytes, not its name). Where `path` does not
// exist and `path`.gz does, that one. Errors: not_found, unavailable (cannot be read), invalid (broken gzip).
Result<std::string> read_file(const std::filesystem::path& path);

// The same for bytes already in memory; `name` is for the message.
Result<std::string> unpack_gzip(std::string_view packed, std::string_view name);

// Puts `content` in place of the file, all or nothing, and on the disk before it returns. Error: unavailable.
Result<void> write_whole(const std::filesystem::path& path, std::string_view content);

// Whether a file can be put there, found out before the work whose result it is to hold: opens one beside it
// and takes it away again. What is neither there nor an ordinary file (a pipe, /dev/stdout) is not tried.
// Error: unavailable.
Result<void> check_writable(const std::filesystem::path& path);

// A file that is written piece by piece and appears under its name when it is committed. Without commit it
// leaves nothing behind, even where the program is killed (on file systems that know files without a name).
// What is not an ordinary file (a pipe, /dev/stdout) is written directly.
class PendingFile {
public:
    // Opens a file beside `path`; the folder must exist. Error: unavailable.
    static Result<PendingFile> open(const std::filesystem::path& path);

    PendingFile(PendingFile&& other) noexcept;
    PendingFile& operator=(PendingFile&& other) noexcept;
    PendingFile(const PendingFile&) = delete;
    PendingFile& operator=(const PendingFile&) = delete;
    ~PendingFile();

    // Small pieces are gathered; an error may show as late as in commit.
    Result<void> write(std::string_view piece);
    // Hands what was gathered to the disk; a full one shows here.
    Result<void> flush();
    // Flushes to the disk and renames; the object is then done.
    Result<void> commit();

private:
    PendingFile() = default;
    [[nodiscard]] Error cannot_write() const;
    void drop();

    std::filesystem::path path_;    // as asked for, for messages
    std::filesystem::path target_;  // behind symbolic links
    std::filesystem::path beside_;  // empty when written directly, or as long as the file has no name
    bool is_nameless_ = false;
    std::string gathered_;
    int descriptor_ = -1;
};

}  // namespace balcao::text
