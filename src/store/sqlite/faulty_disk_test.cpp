#include "sqlite/faulty_disk_test.hpp"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <new>

#include <sqlite3.h>

namespace balcao::sqlite {

namespace {

using File = FaultyDisk::File;
using Write = FaultyDisk::Write;

constexpr std::size_t sector = 512;

// What SQLite holds of an open file; it allocates it, and knows only its first member.
struct Handle {
    sqlite3_file base{};
    FaultyDisk* disk = nullptr;
    std::shared_ptr<File> file;
    int lock = SQLITE_LOCK_NONE;
    unsigned reads = 0;  // locks on the shared memory, as bits
    unsigned writes = 0;
};

Handle& of(sqlite3_file* file) { return *reinterpret_cast<Handle*>(file); }

void carry_out(const Write& write, std::string& content) {
    if (write.is_truncation) {
        content.resize(write.offset);
        return;
    }
    if (content.size() < write.offset + write.bytes.size()) content.resize(write.offset + write.bytes.size());
    std::copy(write.bytes.begin(), write.bytes.end(),
              content.begin() + static_cast<std::ptrdiff_t>(write.offset));
}

int unlock_to(Handle& handle, int level) {
    auto& file = *handle.file;
    if (handle.lock >= SQLITE_LOCK_RESERVED && level < SQLITE_LOCK_RESERVED) file.is_reserved = false;
    if (handle.lock >= SQLITE_LOCK_PENDING && level < SQLITE_LOCK_PENDING) file.is_pending = false;
    if (handle.lock == SQLITE_LOCK_EXCLUSIVE && level < SQLITE_LOCK_EXCLUSIVE) file.is_exclusive = false;
    if (handle.lock >= SQLITE_LOCK_SHARED && level < SQLITE_LOCK_SHARED) --file.shared;
    handle.lock = level;
    return SQLITE_OK;
}

void unlock_memory(Handle& handle, unsigned mask) {
    for (unsigned place = 0; place < 8; ++place) {
        if ((mask >> place & 1U) == 0) continue;
        if ((handle.reads >> place & 1U) != 0) --handle.file->memory_readers[place];
        if ((handle.writes >> place & 1U) != 0) handle.file->memory_writers[place] = false;
    }
    handle.reads &= ~mask;
    handle.writes &= ~mask;
}

int close_file(sqlite3_file* opened) {
    auto& handle = of(opened);
    const std::lock_guard guard{handle.disk->mutex};
    unlock_to(handle, SQLITE_LOCK_NONE);
    unlock_memory(handle, 0xFF);
    handle.file.reset();
    return SQLITE_OK;
}

int read_file(sqlite3_file* opened, void* to, int count, sqlite3_int64 offset) {
    auto& handle = of(opened);
    const std::lock_guard guard{handle.disk->mutex};
    const auto& content = handle.file->content;
    const auto wanted = static_cast<std::size_t>(count);
    const auto from = std::min(content.size(), static_cast<std::size_t>(offset));
    const auto there = std::min(wanted, content.size() - from);
    std::memcpy(to, content.data() + from, there);
    if (there == wanted) return SQLITE_OK;
    std::memset(static_cast<char*>(to) + there, 0, wanted - there);
    return SQLITE_IOERR_SHORT_READ;
}

int change(Handle& handle, Write write) {
    const std::lock_guard guard{handle.disk->mutex};
    if (handle.disk->strikes()) return SQLITE_FULL;
    carry_out(write, handle.file->content);
    handle.file->pending.push_back(std::move(write));
    return SQLITE_OK;
}

int write_file(sqlite3_file* opened, const void* from, int count, sqlite3_int64 offset) {
    return change(of(opened),
                  {static_cast<std::size_t>(offset),
                   std::string{static_cast<const char*>(from), static_cast<std::size_t>(count)}, false});
}

int truncate_file(sqlite3_file* opened, sqlite3_int64 size) {
    return change(of(opened), {static_cast<std::size_t>(size), "", true});
}

int flush_file(sqlite3_file* opened, int /*flags*/) {
    auto& handle = of(opened);
    const std::lock_guard guard{handle.disk->mutex};
    if (handle.disk->strikes()) return SQLITE_IOERR_FSYNC;
    handle.file->flushed = handle.file->content;
    handle.file->pending.clear();
    handle.file->is_durable = true;
    return SQLITE_OK;
}

int size_of(sqlite3_file* opened, sqlite3_int64* size) {
    auto& handle = of(opened);
    const std::lock_guard guard{handle.disk->mutex};
    *size = static_cast<sqlite3_int64>(handle.file->content.size());
    return SQLITE_OK;
}

int lock_file(sqlite3_file* opened, int level) {
    auto& handle = of(opened);
    const std::lock_guard guard{handle.disk->mutex};
    auto& file = *handle.file;
    if (handle.lock >= level) return SQLITE_OK;
    if (level == SQLITE_LOCK_SHARED) {
        if (file.is_pending || file.is_exclusive) return SQLITE_BUSY;
        ++file.shared;
        handle.lock = SQLITE_LOCK_SHARED;
        return SQLITE_OK;
    }
    if (handle.lock < SQLITE_LOCK_RESERVED) {
        if (file.is_reserved) return SQLITE_BUSY;
        file.is_reserved = true;
        handle.lock = SQLITE_LOCK_RESERVED;
    }
    if (level == SQLITE_LOCK_RESERVED) return SQLITE_OK;
    file.is_pending = true;
    handle.lock = SQLITE_LOCK_PENDING;
    if (level == SQLITE_LOCK_PENDING) return SQLITE_OK;
    if (file.shared > 1) return SQLITE_BUSY;
    file.is_exclusive = true;
    handle.lock = SQLITE_LOCK_EXCLUSIVE;
    return SQLITE_OK;
}

int unlock_file(sqlite3_file* opened, int level) {
    auto& handle = of(opened);
    const std::lock_guard guard{handle.disk->mutex};
    return unlock_to(handle, level);
}

int has_reserved(sqlite3_file* opened, int* is_reserved) {
    auto& handle = of(opened);
    const std::lock_guard guard{handle.disk->mutex};
    *is_reserved = handle.file->is_reserved ? 1 : 0;
    return SQLITE_OK;
}

int control_file(sqlite3_file* /*opened*/, int /*what*/, void* /*argument*/) { return SQLITE_NOTFOUND; }

int sector_size(sqlite3_file* /*opened*/) { return static_cast<int>(sector); }

int characteristics(sqlite3_file* /*opened*/) { return 0; }

int map_memory(sqlite3_file* opened, int region, int size, int extend, volatile void** mapped) {
    auto& handle = of(opened);
    const std::lock_guard guard{handle.disk->mutex};
    auto& memory = handle.file->memory;
    const auto place = static_cast<std::size_t>(region);
    *mapped = nullptr;
    if (place >= memory.size() && extend == 0) return SQLITE_OK;
    while (memory.size() <= place)
        memory.push_back(std::make_unique<char[]>(static_cast<std::size_t>(size)));
    *mapped = memory[place].get();
    return SQLITE_OK;
}

int lock_memory(sqlite3_file* opened, int offset, int count, int flags) {
    auto& handle = of(opened);
    const std::lock_guard guard{handle.disk->mutex};
    auto& file = *handle.file;
    const unsigned mask = ((1U << static_cast<unsigned>(count)) - 1U) << static_cast<unsigned>(offset);
    if ((flags & SQLITE_SHM_UNLOCK) != 0) {
        unlock_memory(handle, mask);
        return SQLITE_OK;
    }
    const bool is_shared = (flags & SQLITE_SHM_SHARED) != 0;
    for (unsigned place = 0; place < 8; ++place) {
        if ((mask >> place & 1U) == 0) continue;
        const int others = file.memory_readers[place] - static_cast<int>(handle.reads >> place & 1U);
        const bool is_mine = (handle.writes >> place & 1U) != 0;
        if (file.memory_writers[place] && !is_mine) return SQLITE_BUSY;
        if (!is_shared && others > 0) return SQLITE_BUSY;
    }
    for (unsigned place = 0; place < 8; ++place) {
        if ((mask >> place & 1U) == 0) continue;
        if (is_shared && (handle.reads >> place & 1U) == 0) ++file.memory_readers[place];
        if (!is_shared) file.memory_writers[place] = true;
    }
    (is_shared ? handle.reads : handle.writes) |= mask;
    return SQLITE_OK;
}

// A mutex is a barrier, and one that the thread sanitizer knows.
void memory_barrier(sqlite3_file* opened) { const std::lock_guard guard{of(opened).disk->mutex}; }

int unmap_memory(sqlite3_file* opened, int is_deleted) {
    auto& handle = of(opened);
    const std::lock_guard guard{handle.disk->mutex};
    unlock_memory(handle, 0xFF);
    if (is_deleted != 0) handle.file->memory.clear();
    return SQLITE_OK;
}

constexpr sqlite3_io_methods methods{
    2,           close_file,     read_file,    write_file,   truncate_file, flush_file,      size_of,
    lock_file,   unlock_file,    has_reserved, control_file, sector_size,   characteristics, map_memory,
    lock_memory, memory_barrier, unmap_memory, nullptr,      nullptr};

FaultyDisk& disk_of(sqlite3_vfs* vfs) { return *static_cast<FaultyDisk*>(vfs->pAppData); }

int open_file(sqlite3_vfs* vfs, const char* path, sqlite3_file* opened, int flags, int* flags_given) {
    auto& disk = disk_of(vfs);
    const std::lock_guard guard{disk.mutex};
    opened->pMethods = nullptr;
    const std::string name = path != nullptr ? path : "temporary";
    const auto found = disk.files.find(name);
    if (found == disk.files.end() && (flags & SQLITE_OPEN_CREATE) == 0) return SQLITE_CANTOPEN;
    auto file = path == nullptr || found == disk.files.end() ? std::make_shared<File>() : found->second;
    if (path != nullptr) disk.files[name] = file;
    auto* handle = new (opened) Handle;
    handle->base.pMethods = &methods;
    handle->disk = &disk;
    handle->file = std::move(file);
    if (flags_given != nullptr) *flags_given = flags;
    return SQLITE_OK;
}

int delete_file(sqlite3_vfs* vfs, const char* path, int /*is_flushed*/) {
    auto& disk = disk_of(vfs);
    const std::lock_guard guard{disk.mutex};
    return disk.files.erase(path) > 0 ? SQLITE_OK : SQLITE_IOERR_DELETE_NOENT;
}

int access_file(sqlite3_vfs* vfs, const char* path, int /*how*/, int* is_there) {
    auto& disk = disk_of(vfs);
    const std::lock_guard guard{disk.mutex};
    *is_there = disk.files.contains(path) ? 1 : 0;
    return SQLITE_OK;
}

int full_path(sqlite3_vfs* /*vfs*/, const char* path, int size, char* out) {
    const std::size_t bytes = std::strlen(path) + 1;
    if (bytes > static_cast<std::size_t>(size)) return SQLITE_CANTOPEN;
    std::memcpy(out, path, bytes);
    return SQLITE_OK;
}

}  // namespace

struct FaultyDisk::Registration {
    sqlite3_vfs vfs{};
};

FaultyDisk::FaultyDisk(std::uint64_t seed) : registration_{std::make_unique<Registration>()}, random_{seed} {
    static std::atomic<int> count = 0;
    name_ = "faulty-" + std::to_string(++count);
    auto& vfs = registration_->vfs;
    vfs = *sqlite3_vfs_find(nullptr);  // its clock, its sleep and its random numbers
    vfs.szOsFile = sizeof(Handle);
    vfs.zName = name_.c_str();
    vfs.pAppData = this;
    vfs.xOpen = open_file;
    vfs.xDelete = delete_file;
    vfs.xAccess = access_file;
    vfs.xFullPathname = full_path;
    sqlite3_vfs_register(&vfs, 0);
}

FaultyDisk::~FaultyDisk() { sqlite3_vfs_unregister(&registration_->vfs); }

void FaultyDisk::set_failures(double share) {
    const std::lock_guard guard{mutex};
    failures_ = share;
}

FaultyDisk::Struck FaultyDisk::struck() const { return struck_; }

bool FaultyDisk::strikes() {
    if (operations_left_ > 0 && --operations_left_ == 0) {
        at_cut_();
        cut_ = image();
    }
    const bool does = failures_ > 0 && std::uniform_real_distribution{0.0, 1.0}(random_) < failures_;
    struck_.failed += does ? 1 : 0;
    return does;
}

std::unique_ptr<FaultyDisk> FaultyDisk::after_power_cut() {
    const std::lock_guard guard{mutex};
    return image();
}

void FaultyDisk::cut_before(int operations, std::function<void()> at_cut) {
    const std::lock_guard guard{mutex};
    operations_left_ = operations;
    at_cut_ = std::move(at_cut);
}

std::unique_ptr<FaultyDisk> FaultyDisk::cut() {
    const std::lock_guard guard{mutex};
    return std::move(cut_);
}

std::unique_ptr<FaultyDisk> FaultyDisk::image() {
    auto left = std::make_unique<FaultyDisk>(random_());
    for (const auto& [path, file] : files) {
        if (!file->is_durable) continue;  // its name never reached the folder
        auto kept = std::make_shared<File>();
        kept->flushed = file->flushed;
        for (const auto& write : file->pending) {
            switch (random_() % 3) {
                case 0:
                    ++struck_.lost;
                    break;
                case 1:
                    ++struck_.kept;
                    carry_out(write, kept->flushed);
                    break;
                default:
                    ++struck_.torn;
                    for (std::size_t begin = 0; begin < write.bytes.size(); begin += sector)
                        if (random_() % 2 == 0)
                            carry_out({write.offset + begin, write.bytes.substr(begin, sector), false},
                                      kept->flushed);
            }
        }
        kept->content = kept->flushed;
        kept->is_durable = true;
        left->files[path] = std::move(kept);
    }
    return left;
}

}  // namespace balcao::sqlite
