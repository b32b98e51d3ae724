#include "main/installation.hpp"

#include <cerrno>
#include <fcntl.h>
#include <optional>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

#include "crypto/hash.hpp"
#include "keeping/backup.hpp"
#include "postgres/store.hpp"
#include "sqlite/store.hpp"
#include "text/file.hpp"

namespace balcao::cli {
namespace {

namespace fs = std::filesystem;

Result<OpenJournal> open_journal(const fs::path& folder,
                                 const std::string& database,
                                 std::function<void()> on_news,
                                 bool makes_tables) {
    if (database.empty()) {
        auto store = sqlite::Store::open({.path = journal_in(folder).string()});
        if (!store) return store.error();
        std::shared_ptr<sqlite::Store> shared = *std::move(store);
        return OpenJournal{shared, shared.get(), shared.get(), [] { return Result<bool>{true}; }};
    }
    postgres::Options options;
    options.url = database;
    options.on_news = std::move(on_news);
    options.makes_tables = makes_tables;
    auto store = postgres::Store::open(options);
    if (!store) return store.error();
    std::shared_ptr<postgres::Store> shared = *std::move(store);
    return OpenJournal{shared, shared.get(), shared.get(), [shared] { return shared->is_notary(); }};
}

fs::path key_in(const fs::path& folder) { return folder / "installation.key"; }

std::string words_of(int error) { return std::generic_category().message(error); }

// The file with 64 hexadecimal digits, for its owner alone; nothing when there is none.
Result<std::optional<crypto::SecretKey>> read_key(const fs::path& path) {
    std::error_code none;
    if (!fs::exists(path, none)) return std::optional<crypto::SecretKey>{};

    struct stat about {};

    if (::stat(path.c_str(), &about) == 0 && (about.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return Error{
            Errc::invalid,
            fmt::format("{}: others may read this key; let only its owner: chmod 600", path.string()),
            "data"};
    auto text = text::read_file(path);
    if (!text) return text.error();
    while (!text->empty() && text->back() == '\n')
        text->pop_back();
    const auto bytes = crypto::from_hex(*text);
    auto key = bytes ? crypto::SecretKey::from(*bytes) : std::nullopt;
    if (!key)
        return Error{Errc::invalid,
                     fmt::format("{}: this is no key: 64 hexadecimal digits are", path.string()), "data"};
    return key;
}

Result<crypto::SecretKey> make_key(const fs::path& path) {
    auto key = crypto::SecretKey::random();
    const std::string text = crypto::to_hex(key.bytes()) + "\n";
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    const bool is_written = file >= 0 &&
                            ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                            ::fsync(file) == 0;
    const int why = errno;
    if (file >= 0) ::close(file);
    if (!is_written)
        return Error{Errc::unavailable,
                     fmt::format("{}: the key cannot be written: {}", path.string(), words_of(why)), "data"};
    return key;
}

}  // namespace

Result<Installation> open_installation(const fs::path& folder,
                                       const std::string& database,
                                       std::function<void()> on_news) {
    std::error_code failed;
    fs::create_directories(folder, failed);
    if (failed)
        return Error{Errc::unavailable,
                     fmt::format("{}: the folder cannot be made: {}", folder.string(), failed.message()),
                     "data"};
    const fs::path path = key_in(folder);
    auto key = read_key(path);
    if (!key) return key.error();
    auto journal = open_journal(folder, database, std::move(on_news), true);
    if (!journal) return journal.error();
    if (*key) return Installation{**key, *std::move(journal)};
    const auto first = journal->store->follow({}, 1);
    if (!first) return first.error();
    if (!first->events.empty())
        return Error{
            Errc::conflict,
            fmt::format("{}: the journal has events, but the key that they were written with is not here; "
                        "copy it from the server that wrote them, or from the backup",
                        path.string()),
            "data"};
    auto made = make_key(path);
    if (!made) return made.error();
    return Installation{*made, *std::move(journal)};
}

Result<crypto::SecretKey> find_key(const fs::path& folder) {
    auto key = read_key(key_in(folder));
    if (!key) return key.error();
    if (*key) return **key;
    return Error{
        Errc::not_found,
        fmt::format("{}: there is no key of an installation; name the folder that balcao serve --data "
                    "uses, or put the kept copy of its key there",
                    key_in(folder).string()),
        "data"};
}

Result<Installation> open_existing(const fs::path& folder, const std::string& database) {
    BALCAO_TRY(const auto key, find_key(folder));
    std::error_code none;
    if (database.empty() && !fs::exists(journal_in(folder), none))
        return Error{Errc::not_found,
                     fmt::format("{}: there is no journal; name the folder that balcao serve --data uses, or "
                                 "with --database the database",
                                 journal_in(folder).string()),
                     "data"};
    BALCAO_TRY(auto journal, open_journal(folder, database, {}, false));
    return Installation{key, std::move(journal)};
}

fs::path journal_in(const fs::path& folder) { return folder / "journal.db"; }

fs::path ledger_beside(const fs::path& folder) {
    std::error_code failed;
    const fs::path whole = fs::weakly_canonical(folder, failed);
    std::string name = (failed ? folder : whole).string();
    while (name.size() > 1 && name.ends_with('/'))
        name.pop_back();
    return name + ".erased";
}

Result<journal::Log> log_of(const Installation& installation, const std::string& origin) {
    BALCAO_TRY(const auto head, installation.journal.log->last_checkpoint());
    const std::string name = head.empty() ? origin : head.substr(0, head.find('\n'));
    return journal::Log{*installation.journal.log, name, keeping::signing_key_of(installation.key)};
}

}  // namespace balcao::cli
