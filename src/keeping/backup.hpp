#pragma once
// Backups: everything that a journal keeps, as of one moment, in one file that any store takes in again.
// A line of JSON for each thing, a chain of hashes over all lines and a signature at the end, so that a torn
// or changed file is known before anything is restored. Keys of persons are in it as they are wrapped; the
// installation's own key is not. Used by `balcao backup` and `restore`.
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "crypto/keys.hpp"
#include "journal/archive.hpp"
#include "keeping/erasure.hpp"

namespace balcao::keeping {

// How many there are of each kind of line, by its name: "event", "head", "answer", "claim", "key", "erased".
using Counts = std::map<std::string, std::uint64_t, std::less<>>;

struct BackupSummary {
    Instant at{};
    Counts counts;
    std::string chain;  // in hexadecimal digits: names this backup
};

// The pair that signs heads and backups of an installation.
crypto::SigningKey signing_key_of(const crypto::SecretKey& installation);

// Reads one moment's state while others write, and puts it into `path` whole or not at all. The marks of the
// ledger go with it. Error: unavailable.
Result<BackupSummary> write_backup(const journal::Archive& journal,
                                   const crypto::SecretKey& installation,
                                   const Ledger& ledger,
                                   const std::filesystem::path& path,
                                   Instant at);

// Reads the whole file and checks its chain and its signature. Errors: unavailable; invalid with the place,
// when it is torn, changed, or of another installation.
Result<BackupSummary> check_backup(const std::filesystem::path& path, const crypto::SecretKey& installation);

struct Restored {
    BackupSummary backup;
    std::vector<std::string> erased;          // marks of people whose keys were in the backup and left out
    std::vector<std::string> erased_persons;  // the same people by their names in the journal
    std::vector<std::string> marks;           // that the backup knew, for a ledger that does not
};

// Fills an empty journal from a backup that was checked, whole or not at all: hashes of the log are grown
// anew and every signed head must fit. Keys of people whose mark is in the ledger, or in the backup, are left
// out. Errors: conflict when the journal is not empty; invalid; unavailable.
Result<Restored> restore_backup(journal::Archive& journal,
                                const crypto::SecretKey& installation,
                                const Ledger& ledger,
                                const std::filesystem::path& path);

// Sets down what a restore did, in the restored journal: what the backup was, and who was erased anew; for
// accounts of the staff and for cases their own event, too. Error: unavailable.
Result<void> record_restore(journal::Store& store, const Restored& restored, Instant at);

}  // namespace balcao::keeping
