#pragma once
// Erasing people: the key of a person is destroyed, an event says that it was, and a ledger outside of the
// journal remembers it, so that no backup brings the person back. Event and ledger hold a mark of the person
// and never the person's name in the journal. Used by `balcao erase`, by retention in `serve` and by restore;
// docs/adr/0008-erasure-and-backups.md has the threats.
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "crypto/keys.hpp"
#include "journal/event.hpp"
#include "journal/store.hpp"
#include "keeping/case_persons.hpp"

namespace balcao::keeping {

// The stream of what was done to the journal itself.
inline constexpr std::string_view keeping_stream = "keeping";

// What stands for a person in the ledger: HMAC-SHA-256 with a key of the installation, in base 64 for
// addresses.
std::string mark_of(const crypto::SecretKey& installation, std::string_view person);

// The ledger of the erased: a file beside the data folder, a line for each mark. What is in it was on the
// disk before the key was destroyed. Lines are only ever added.
class Ledger {
public:
    // One that is not there is empty. Error: unavailable, or invalid when it is
    // not a ledger.
    static Result<Ledger> open(const std::filesystem::path& path);

    [[nodiscard]] bool has(std::string_view mark) const { return marks_.contains(mark); }

    [[nodiscard]] std::size_t size() const { return order_.size(); }

    // In the order in which they were added.
    [[nodiscard]] const std::vector<std::string>& marks() const { return order_; }

    // Puts an empty ledger there when there is none, so that a missing one is a lost one. Error: unavailable.
    Result<void> make() const;

    // Adds what is not in it yet, on the disk before it returns. Error: unavailable.
    Result<void> add(const std::vector<std::string>& marks, Instant at);

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
    std::set<std::string, std::less<>> marks_;
    std::vector<std::string> order_;
};

enum class Why : std::uint8_t {
    asked,           // somebody asked for it
    retention_over,  // the time after which the model has it forgotten
    restored,        // erased before, and a backup would have brought it back
};

// "asked", "retention-over", "restored".
std::string_view name_of(Why why);

// "persons-erased": {"why": …, "persons": [marks]}.
journal::Draft persons_erased(Why why, const std::vector<std::string>& marks);

// The marks that an event of the keeping stream erased; none for other events. Error: invalid.
Result<std::vector<std::string>> erased_by(const journal::Event& event);

// Adds a draft to the keeping stream in a commit that is tried again when another server was first. Error:
// unavailable.
struct Entry {
    journal::Draft draft;
    std::vector<journal::PersonKey> keys{};
    // What goes into other streams in the same commit; asked anew before each try.
    std::function<Result<std::vector<journal::Writing>>()> besides{};
};

Result<void> write_entry(journal::Store& store, const Entry& entry, Instant at);

// Who is to be erased, by their names in the journal.
struct Erasing {
    std::vector<std::string> persons;
    Why why{};
    Instant at{};
    CasesOf cases{};  // of those persons: each says in the same commit that its person is erased
};

// Marks in the ledger, then the event and the end of the keys in one commit. Persons without a key (erased
// before, or never there) are left out; how many were erased. Error: unavailable; then the ledger may hold
// marks of people whose keys are still there, and doing it again mends that.
Result<std::size_t> erase(journal::Store& store,
                          const crypto::SecretKey& installation,
                          Ledger& ledger,
                          const Erasing& erasing);

// Brings what the journal says of erasures after `version` of the keeping stream into the ledger, whoever
// wrote it; the version read to. Error: unavailable, invalid.
Result<std::uint64_t> follow_erasures(const journal::Store& store,
                                      Ledger& ledger,
                                      std::uint64_t version,
                                      Instant at);

}  // namespace balcao::keeping
