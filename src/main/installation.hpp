#pragma once
// What an installation keeps: its folder with the secret key, and the journal in a file beside it or in a
// PostgreSQL database. Used by the commands that touch a live office.
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "base/result.hpp"
#include "crypto/keys.hpp"
#include "journal/archive.hpp"
#include "journal/log.hpp"
#include "journal/store.hpp"

namespace balcao::cli {

// A journal that was opened, whichever store keeps it.
struct OpenJournal {
    std::shared_ptr<journal::Store> store;
    journal::LogStore* log = nullptr;     // the same store
    journal::Archive* archive = nullptr;  // the same store
    // Whether this process should take new events into the Merkle log. Error: unavailable.
    std::function<Result<bool>()> is_notary;
};

struct Installation {
    crypto::SecretKey key;
    OpenJournal journal;
};

// `folder` is made when it is not there; the key in it is made only for a journal that is empty, since what
// an older key sealed and signed would be lost with it. `database` empty: SQLite in the folder. `on_news` may
// be called from any thread when other processes wrote. Errors: unavailable; conflict; invalid.
Result<Installation> open_installation(const std::filesystem::path& folder,
                                       const std::string& database,
                                       std::function<void()> on_news);

// The key alone. Error: not_found where there is none, with what to do; invalid.
Result<crypto::SecretKey> find_key(const std::filesystem::path& folder);

// What stands there already: neither folder, key nor journal is made. Errors: as above, and not_found.
Result<Installation> open_existing(const std::filesystem::path& folder, const std::string& database);

// The journal's file in a folder.
std::filesystem::path journal_in(const std::filesystem::path& folder);

// The ledger of the erased that belongs to a folder: beside it, so that whoever puts another folder in its
// place keeps it.
std::filesystem::path ledger_beside(const std::filesystem::path& folder);

// The log by the name that its last head bears; by `origin` before the first head. Error: unavailable.
Result<journal::Log> log_of(const Installation& installation, const std::string& origin);

}  // namespace balcao::cli
