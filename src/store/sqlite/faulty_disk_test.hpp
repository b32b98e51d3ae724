#pragma once
// A disk in memory for the tests of the store, registered with SQLite as a file system: it forgets what was
// not flushed, tears writes, fills up and fails when a test wants it. What it does follows from its seed.
#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <vector>

namespace balcao::sqlite {

class FaultyDisk {
public:
    explicit FaultyDisk(std::uint64_t seed);
    ~FaultyDisk();
    FaultyDisk(const FaultyDisk&) = delete;
    FaultyDisk& operator=(const FaultyDisk&) = delete;
    FaultyDisk(FaultyDisk&&) = delete;
    FaultyDisk& operator=(FaultyDisk&&) = delete;

    // The name under which SQLite knows it.
    [[nodiscard]] const std::string& name() const { return name_; }

    // A disk with what would be left if the power went now: everything flushed, and of each later write all,
    // some sectors or nothing, independently of the others.
    [[nodiscard]] std::unique_ptr<FaultyDisk> after_power_cut();

    // The same in the middle of things: just before that many more writes and flushes have been done,
    // `at_cut` is called and what would be left is put by, for cut() to hand out; nothing until then.
    void cut_before(int operations, std::function<void()> at_cut);
    [[nodiscard]] std::unique_ptr<FaultyDisk> cut();

    // Each later write or flush fails with this probability.
    void set_failures(double share);

    // How often each fault has struck.
    struct Struck {
        int lost = 0;
        int torn = 0;
        int kept = 0;  // not flushed, and yet there
        int failed = 0;
    };

    [[nodiscard]] Struck struck() const;

    struct Write {
        std::size_t offset = 0;
        std::string bytes;
        bool is_truncation = false;  // to `offset` bytes
    };

    // One file with the locks that connections of this process hold on it.
    struct File {
        std::string flushed;
        std::vector<Write> pending;
        std::string content;  // as a running process sees it
        bool is_durable = false;
        int shared = 0;
        bool is_reserved = false;
        bool is_pending = false;
        bool is_exclusive = false;
        std::vector<std::unique_ptr<char[]>> memory;  // of the index of the write-ahead log
        std::array<int, 8> memory_readers{};
        std::array<bool, 8> memory_writers{};
    };

    // Used by the file system's functions; all under the mutex.
    [[nodiscard]] bool strikes();  // before each write and flush
    std::mutex mutex;
    std::map<std::string, std::shared_ptr<File>> files;

private:
    struct Registration;

    std::unique_ptr<FaultyDisk> image();

    std::string name_;
    std::unique_ptr<Registration> registration_;
    std::mt19937_64 random_;
    double failures_ = 0;
    int operations_left_ = 0;
    std::function<void()> at_cut_;
    std::unique_ptr<FaultyDisk> cut_;
    Struck struck_;
};

}  // namespace balcao::sqlite
