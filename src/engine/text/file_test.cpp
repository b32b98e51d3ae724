#include "text/file.hpp"

#include <fstream>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "base/temporary_folder.hpp"

using namespace balcao;
using namespace balcao::text;

namespace {

namespace fs = std::filesystem;

std::size_t file_count_of(const TemporaryFolder& folder) {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator{folder.path()}, fs::directory_iterator{}));
}

std::string packed(std::string_view content, const fs::path& scratch) {
    gzFile file = gzopen(scratch.c_str(), "wb");
    gzwrite(file, content.data(), static_cast<unsigned>(content.size()));
    gzclose(file);
    std::ifstream in{scratch, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

}  // namespace

TEST_CASE("what was written is what is read") {
    const TemporaryFolder folder;
    const auto file = folder.file("wait.csv");
    std::string content = "a,b\n";
    content.append(1'000'000, 'x');
    CHECK(write_whole(file, content));
    CHECK(*read_file(file) == content);
    CHECK(write_whole(file, ""));
    CHECK(read_file(file)->empty());
    CHECK(file_count_of(folder) == 1);
}

TEST_CASE("a packed file is read in place of the plain one that is not there") {
    const TemporaryFolder folder;
    const std::string content(300'000, 'q');
    CHECK(write_whole(folder.file("log.csv.gz"), packed(content, folder.file("scratch"))));
    CHECK(*read_file(folder.file("log.csv.gz")) == content);
    CHECK(*read_file(folder.file("log.csv")) == content);
    CHECK(write_whole(folder.file("log.csv"), "plain"));
    CHECK(*read_file(folder.file("log.csv")) == "plain");
}

TEST_CASE("several packed parts in one file are read one after the other") {
    const TemporaryFolder folder;
    const std::string both = packed("one ", folder.file("a")) + packed("two", folder.file("b"));
    CHECK(*unpack_gzip(both, "both") == "one two");
}

TEST_CASE("a packed file that is cut off or damaged is a mistake, not half a table") {
    const TemporaryFolder folder;
    std::string content;
    for (int i = 0; i < 5000; ++i)
        content += std::to_string(i * i);
    const std::string whole = packed(content, folder.file("a"));
    CHECK(*unpack_gzip(whole, "whole") == content);
    for (const std::size_t length : {std::size_t{2}, whole.size() / 2, whole.size() - 1}) {
        INFO(length);
        const auto cut = unpack_gzip(std::string_view{whole}.substr(0, length), "cut.gz");
        REQUIRE_FALSE(cut);
        CHECK(cut.error() == Error{Errc::invalid, "cut.gz: the gzip file is damaged or cut off"});
    }
    std::string damaged = whole;
    damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 0x55);
    CHECK_FALSE(unpack_gzip(damaged, "damaged.gz"));
}

TEST_CASE("a file that is not there is named with the reason") {
    const auto missing = read_file("no/such/file.csv");
    REQUIRE_FALSE(missing);
    CHECK(missing.error().code == Errc::not_found);
    CHECK(missing.error().what == "no/such/file.csv: cannot be read: No such file or directory");
    const TemporaryFolder folder;
    CHECK(read_file(folder.path()).error().code == Errc::unavailable);
}

TEST_CASE("a file that is not committed leaves the old one as it was, and nothing beside it") {
    const TemporaryFolder folder;
    const auto path = folder.file("report.html");
    CHECK(write_whole(path, "old"));
    {
        auto pending = *PendingFile::open(path);
        CHECK(pending.write("new, but half"));
        CHECK(file_count_of(folder) <= 2);  // one where the file system knows files without a name
        CHECK(*read_file(path) == "old");
    }
    CHECK(*read_file(path) == "old");
    CHECK(file_count_of(folder) == 1);
}

TEST_CASE("a pending file can be handed on, and the last holder commits it") {
    const TemporaryFolder folder;
    const auto path = folder.file("trace.csv");
    auto first = *PendingFile::open(path);
    CHECK(first.write("one\n"));
    PendingFile second = std::move(first);
    CHECK(second.write(std::string(600'000, 'x')));
    CHECK(second.write("\nthree"));
    CHECK_FALSE(fs::exists(path));
    CHECK(second.commit());
    CHECK(read_file(path)->size() == 4 + 600'000 + 6);
    CHECK(file_count_of(folder) == 1);
}

TEST_CASE("a folder that is not there is an error and makes no file") {
    const TemporaryFolder folder;
    const auto written = write_whole(folder.path() / "none" / "out.csv", "x");
    REQUIRE_FALSE(written);
    CHECK(written.error().code == Errc::unavailable);
    CHECK(written.error().what ==
          fmt::format("{}/out.csv: cannot be written: there is no folder {}; make it first",
                      (folder.file("none")).native(), (folder.file("none")).native()));
    CHECK(file_count_of(folder) == 0);
    CHECK(write_whole(folder.path(), "x")
              .error()
              .what.ends_with("cannot be written: it is a folder; name a file in it"));
}

TEST_CASE("whether a file can be written is found out before, and leaves no trace") {
    const TemporaryFolder folder;
    CHECK(check_writable(folder.file("out.csv")));
    CHECK(file_count_of(folder) == 0);
    CHECK(write_whole(folder.file("out.csv"), "old"));
    CHECK(check_writable(folder.file("out.csv")));
    CHECK(*read_file(folder.file("out.csv")) == "old");
    CHECK(check_writable("/dev/null"));
    CHECK_FALSE(check_writable(folder.path()));
    CHECK_FALSE(check_writable(folder.path() / "none" / "out.csv"));
}

TEST_CASE("writing through a link changes the file behind it, and who may read it stays") {
    const TemporaryFolder folder;
    const auto file = folder.file("file");
    CHECK(write_whole(file, "old"));
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
    fs::create_symlink(file, folder.file("link"));
    CHECK(write_whole(folder.file("link"), "new"));
    CHECK(fs::is_symlink(folder.file("link")));
    CHECK(*read_file(file) == "new");
    CHECK(fs::status(file).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
}

TEST_CASE("what is not an ordinary file is written to, never replaced") {
    CHECK(write_whole("/dev/null", "gone"));
    CHECK(fs::is_character_file("/dev/null"));
}
