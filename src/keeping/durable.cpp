#include "keeping/durable.hpp"

#include <cerrno>
#include <fcntl.h>
#include <string>
#include <system_error>
#include <unistd.h>

namespace balcao::keeping {

namespace {

Error cannot_write(const std::filesystem::path& path, int why) {
    return {Errc::unavailable, path.string() + " cannot be written: " + std::generic_category().message(why)};
}

bool write_all(int file, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(file, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

// The name of a new file is on the disk when its folder is.
bool flush_folder(const std::filesystem::path& folder) {
    const int file = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file < 0) return false;
    const bool is_flushed = ::fsync(file) == 0;
    ::close(file);
    return is_flushed;
}

}  // namespace

Result<void> append_durably(const std::filesystem::path& path, std::string_view text) {
    constexpr mode_t everybody_reads = 0644;
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, everybody_reads);
    if (file < 0) return cannot_write(path, errno);
    const off_t end = ::lseek(file, 0, SEEK_END);
    bool is_written = write_all(file, text) && ::fsync(file) == 0;
    int why = errno;
    // Half a line would spoil the next one.
    if (!is_written && end >= 0 && ::ftruncate(file, end) != 0) why = errno;
    ::close(file);
    if (is_written && end == 0 && !flush_folder(path.parent_path())) {
        is_written = false;
        why = errno;
    }
    return is_written ? Result<void>{} : Result<void>{cannot_write(path, why)};
}

}  // namespace balcao::keeping
