#include "text/file.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <zlib.h>

#include <fmt/format.h>

namespace balcao::text {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t gathered_bytes_max = std::size_t{1} << 18U;

std::string reason(int error_number) { return std::generic_category().message(error_number); }

// Closes when left.
class Descriptor {
public:
    explicit Descriptor(int descriptor) : descriptor_{descriptor} {}

    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    Descriptor(Descriptor&&) = delete;
    Descriptor& operator=(Descriptor&&) = delete;

    ~Descriptor() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }

    [[nodiscard]] int number() const { return descriptor_; }

private:
    int descriptor_;
};

Result<std::string> read_raw(const fs::path& path) {
    const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (file.number() < 0) {
        const Errc code = errno == ENOENT || errno == ENOTDIR ? Errc::not_found : Errc::unavailable;
        return Error{code, fmt::format("{}: cannot be read: {}", path.native(), reason(errno))};
    }
    std::string content;

    struct stat status {};

    if (::fstat(file.number(), &status) == 0 && status.st_size > 0)
        content.reserve(static_cast<std::size_t>(status.st_size));
    std::array<char, 1U << 16U> piece{};
    for (;;) {
        const auto count = ::read(file.number(), piece.data(), piece.size());
        if (count == 0) return content;
        if (count > 0) content.append(piece.data(), static_cast<std::size_t>(count));
        if (count < 0 && errno != EINTR)
            return Error{Errc::unavailable,
                         fmt::format("{}: cannot be read: {}", path.native(), reason(errno))};
    }
}

bool is_gzip(std::string_view content) { return content.starts_with("\x1F\x8B"); }

// The file that a name stands for behind symbolic links, so that a rename does not put a file in the link's
// place.
fs::path behind_links(const fs::path& path) {
    std::error_code error;
    const fs::path target = fs::canonical(path, error);
    return error ? path : target;
}

Result<void> write_all(int descriptor, std::string_view bytes, const fs::path& path) {
    while (!bytes.empty()) {
        const auto count = ::write(descriptor, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0)
            return Error{Errc::unavailable,
                         fmt::format("{}: cannot be written: {}", path.native(), reason(errno))};
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return {};
}

// A name beside `target` that nobody else takes: the process and a counter are in it.
fs::path name_beside(const fs::path& target) {
    static std::atomic<unsigned> counter{0};
    return target.parent_path() /
           fmt::format(".{}.{}-{}.part", target.filename().native(), ::getpid(), ++counter);
}

fs::path folder_of(const fs::path& target) {
    return target.has_parent_path() ? target.parent_path() : fs::path{"."};
}

std::string link_of(int descriptor) { return fmt::format("/proc/self/fd/{}", descriptor); }

// A file without a name, gone with the process that holds it; -1 where the file system or the machine has no
// way to give it a name later.
int open_nameless(const fs::path& target) {
#ifdef O_TMPFILE
    const int descriptor = ::open(folder_of(target).c_str(), O_WRONLY | O_TMPFILE | O_CLOEXEC, 0666);
    if (descriptor >= 0 && ::access(link_of(descriptor).c_str(), F_OK) != 0) {
        ::close(descriptor);
        return -1;
    }
    return descriptor;
#else
    static_cast<void>(target);
    return -1;
#endif
}

}  // namespace

Result<std::string> unpack_gzip(std::string_view packed, std::string_view name) {
    z_stream stream{};
    constexpr int gzip_only = 16 + MAX_WBITS;
    if (inflateInit2(&stream, gzip_only) != Z_OK)
        return Error{Errc::unavailable, fmt::format("{}: no memory to unpack it", name)};

    const std::unique_ptr<z_stream, int (*)(z_stream*)> ender{&stream, &inflateEnd};

    std::string content;
    std::array<char, 1U << 16U> piece{};
    int state = Z_OK;
    const char* next = packed.data();
    std::size_t left = packed.size();
    while (left > 0 || state != Z_STREAM_END) {
        // zlib counts input in 32 bits; a file may be larger.
        const auto given = static_cast<uInt>(std::min<std::size_t>(left, std::size_t{1} << 30U));
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(next));
        stream.avail_in = given;
        stream.next_out = reinterpret_cast<Bytef*>(piece.data());
        stream.avail_out = static_cast<uInt>(piece.size());
        if (state == Z_STREAM_END) inflateReset(&stream);  // a gzip file may be several, one after the other
        state = inflate(&stream, Z_NO_FLUSH);
        if (state != Z_OK && state != Z_STREAM_END)
            return Error{Errc::invalid, fmt::format("{}: the gzip file is damaged or cut off", name)};
        next += given - stream.avail_in;
        left -= given - stream.avail_in;
        content.append(piece.data(), piece.size() - stream.avail_out);
    }
    return content;
}

Result<std::string> read_file(const fs::path& path) {
    fs::path found = path;
    auto content = read_raw(path);
    if (!content && content.error().code == Errc::not_found) {
        fs::path packed = path;
        packed += ".gz";
        std::error_code ignored;
        if (!fs::exists(packed, ignored)) return content;
        found = packed;
        content = read_raw(packed);
    }
    if (!content || !is_gzip(*content)) return content;
    return unpack_gzip(*content, found.native());
}

Result<void> write_whole(const fs::path& path, std::string_view content) {
    BALCAO_TRY(PendingFile file, PendingFile::open(path));
    if (auto written = file.write(content); !written) return written;
    return file.commit();
}

Result<void> check_writable(const fs::path& path) {
    struct stat status {};

    const bool exists = ::stat(path.c_str(), &status) == 0;
    if (exists && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode)) return {};
    BALCAO_TRY(const PendingFile file, PendingFile::open(path));
    static_cast<void>(file);
    return {};
}

Result<PendingFile> PendingFile::open(const fs::path& path) {
    PendingFile file;
    file.path_ = path;
    file.target_ = behind_links(path);

    struct stat status {};

    const bool exists = ::stat(file.target_.c_str(), &status) == 0;
    if (exists && !S_ISREG(status.st_mode)) {
        file.descriptor_ = ::open(file.target_.c_str(), O_WRONLY | O_CLOEXEC);
    } else {
        file.descriptor_ = open_nameless(file.target_);
        file.is_nameless_ = file.descriptor_ >= 0;
        if (!file.is_nameless_) {
            file.beside_ = name_beside(file.target_);
            file.descriptor_ = ::open(file.beside_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        }
        // A file that is replaced keeps who may read it; where that is refused, the new one is as private as
        // umask.
        if (file.descriptor_ >= 0 && exists)
            static_cast<void>(::fchmod(file.descriptor_, status.st_mode & 07777));
    }
    if (file.descriptor_ < 0) {
        const Error error = file.cannot_write();
        file.beside_.clear();
        return error;
    }
    return file;
}

PendingFile::PendingFile(PendingFile&& other) noexcept
    : path_{std::move(other.path_)},
      target_{std::move(other.target_)},
      beside_{std::exchange(other.beside_, {})},
      is_nameless_{std::exchange(other.is_nameless_, false)},
      gathered_{std::exchange(other.gathered_, {})},
      descriptor_{std::exchange(other.descriptor_, -1)} {}

PendingFile& PendingFile::operator=(PendingFile&& other) noexcept {
    if (this == &other) return *this;
    drop();
    path_ = std::move(other.path_);
    target_ = std::move(other.target_);
    beside_ = std::exchange(other.beside_, {});
    is_nameless_ = std::exchange(other.is_nameless_, false);
    gathered_ = std::exchange(other.gathered_, {});
    descriptor_ = std::exchange(other.descriptor_, -1);
    return *this;
}

PendingFile::~PendingFile() { drop(); }

void PendingFile::drop() {
    if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
    if (!beside_.empty()) ::unlink(beside_.c_str());
    beside_.clear();
}

Error PendingFile::cannot_write() const {
    const int number = errno;
    std::string why = reason(number);
    std::error_code ignored;
    if (number == EISDIR) why = "it is a folder; name a file in it";
    if (number == ENOENT && !fs::exists(folder_of(target_), ignored))
        why = fmt::format("there is no folder {}; make it first", folder_of(target_).native());
    return {Errc::unavailable, fmt::format("{}: cannot be written: {}", path_.native(), why)};
}

Result<void> PendingFile::flush() {
    auto written = write_all(descriptor_, gathered_, path_);
    gathered_.clear();
    return written;
}

Result<void> PendingFile::write(std::string_view piece) {
    BALCAO_CHECK(descriptor_ >= 0);
    if (gathered_.size() + piece.size() > gathered_bytes_max)
        if (auto flushed = flush(); !flushed) return flushed;
    if (piece.size() > gathered_bytes_max) return write_all(descriptor_, piece, path_);
    gathered_ += piece;
    return {};
}

Result<void> PendingFile::commit() {
    BALCAO_CHECK(descriptor_ >= 0);
    if (auto flushed = flush(); !flushed) return flushed;
    const bool is_direct = beside_.empty() && !is_nameless_;
    // A pipe has nothing to sync; everything else must be on the disk before its name says so.
    if (!is_direct && ::fsync(descriptor_) != 0) return cannot_write();
    if (is_nameless_) {
        beside_ = name_beside(target_);
        if (::linkat(AT_FDCWD, link_of(descriptor_).c_str(), AT_FDCWD, beside_.c_str(), AT_SYMLINK_FOLLOW) !=
            0) {
            beside_.clear();
            return cannot_write();
        }
        is_nameless_ = false;
    }
    if (::close(std::exchange(descriptor_, -1)) != 0) return cannot_write();
    if (is_direct) return {};
    if (::rename(beside_.c_str(), target_.c_str()) != 0) return cannot_write();
    beside_.clear();
    const Descriptor opened{::open(folder_of(target_).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    // The name, too, must survive a power cut; some file systems cannot sync a folder and are let off.
    if (opened.number() >= 0 && ::fsync(opened.number()) != 0 && errno != EINVAL && errno != EROFS)
        return cannot_write();
    return {};
}

}  // namespace balcao::text
