#include "keeping/backup.hpp"

#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <system_error>
#include <unordered_map>
#include <utility>

#include "journal/checkpoint.hpp"
#include "keeping/backup_line.hpp"
#include "keeping/words.hpp"
#include "staff/roll.hpp"
#include "staff/staff_event.hpp"
#include "text/file.hpp"
#include "text/json.hpp"

namespace balcao::keeping {

namespace {

namespace fs = std::filesystem;

constexpr int format_version = 1;
// Stores write many things of one kind at once.
constexpr std::size_t nodes_at_once = 8192;

std::string first_line_of(Instant at) {
    std::string line;
    text::JsonWriter json{line};
    json.begin_object()
        .member("balcao_backup", format_version)
        .member("at", std::int64_t{at.time_since_epoch().count()})
        .end();
    return line;
}

std::string last_line_of(const BackupSummary& summary, const crypto::SigningKey& key, const Chain& chain) {
    std::string line;
    text::JsonWriter json{line};
    json.begin_object().key("end").begin_object();
    for (const auto& [kind, count] : summary.counts)
        json.member(kind, count);
    json.end()
        .member("chain", chain.text())
        .member("signature", crypto::to_base64(crypto::bytes_of(key.sign(crypto::bytes_of(chain.hash())))))
        .end();
    return line;
}

// Writes lines, counts them and chains their hashes.
class LinesOut {
public:
    explicit LinesOut(text::PendingFile file) : file_{std::move(file)} {}

    Result<void> put(const std::string& line) {
        chain_.add(line);
        if (const auto kind = kind_of(line); !kind.empty()) {
            const auto found = counts_.find(kind);
            ++(found == counts_.end() ? counts_[std::string{kind}] : found->second);
        }
        return file_.write(line + "\n");
    }

    Result<BackupSummary> finish(const crypto::SigningKey& key, Instant at) {
        BackupSummary summary{at, counts_, chain_.text()};
        if (auto written = file_.write(last_line_of(summary, key, chain_) + "\n"); !written)
            return written.error();
        if (auto committed = file_.commit(); !committed) return committed.error();
        return summary;
    }

private:
    text::PendingFile file_;
    Chain chain_;
    Counts counts_;
};

Error spoilt(const fs::path& path, std::size_t line, const std::string& what) {
    return {Errc::invalid,
            path.string() + ", line " + number_text(line) + ": " + what +
                "; take another copy of this backup, or an older backup",
            "backup"};
}

// The lines of a file, each with its number; a line without its line feed was cut off.
class LinesIn {
public:
    explicit LinesIn(const fs::path& path) : path_{path}, file_{path, std::ios::binary} {}

    // Nothing at the end.
    Result<std::optional<std::string>> next() {
        std::string line;
        if (!file_.is_open())
            return Error{Errc::not_found, path_.string() + " cannot be read; name a backup's file", "backup"};
        if (!std::getline(file_, line)) return std::optional<std::string>{};
        ++number_;
        if (file_.eof()) return spoilt(path_, number_, "the file ends in the middle of it");
        return std::optional{std::move(line)};
    }

    [[nodiscard]] std::size_t number() const { return number_; }

private:
    fs::path path_;
    std::ifstream file_;
    std::size_t number_ = 0;
};

Result<Instant> read_first_line(const fs::path& path, std::string_view line) {
    const auto document = text::Json::parse(line, path.string());
    const auto version = document ? document->root()["balcao_backup"].as_whole_number() : std::nullopt;
    const auto at = document ? document->root()["at"].as_whole_number() : std::nullopt;
    if (!version || !at)
        return Error{Errc::invalid, path.string() + " is no backup of Balcão; name the right file", "backup"};
    if (*version > format_version)
        return Error{Errc::invalid,
                     path.string() + " was written by a newer Balcão; restore it with that one", "backup"};
    return Instant{std::chrono::milliseconds{*at}};
}

// Whether the last line fits what stood before it.
Result<void> check_end(const fs::path& path,
                       std::string_view line,
                       const Chain& chain,
                       const crypto::SigningKey& key) {
    const auto document = text::Json::parse(line, path.string());
    const auto said = document ? document->root()["chain"].as_text() : std::nullopt;
    const auto signature = document ? document->root()["signature"].as_text() : std::nullopt;
    const auto bytes = signature ? crypto::from_base64(*signature) : std::nullopt;
    const auto signed_by = bytes ? crypto::from_bytes<64>(*bytes) : std::nullopt;
    if (!said || !signed_by)
        return Error{Errc::invalid, path.string() + " ends before its end: it was cut off", "backup"};
    if (*said != chain.text())
        return Error{Errc::invalid,
                     path.string() +
                         " was changed after it was written: its lines do not make its hash; take "
                         "another copy of this backup, or an older backup",
                     "backup"};
    if (!crypto::is_signed(key.public_key(), crypto::bytes_of(chain.hash()), *signed_by))
        return Error{Errc::invalid,
                     path.string() +
                         " was made by another installation: it is not signed with the key in this "
                         "data folder; put the installation.key there that belongs to it",
                     "backup"};
    return {};
}

// Hands the things of a backup to a store, checking heads and versions on the way.
class Reading {
public:
    Reading(const fs::path& path, const crypto::SecretKey& installation, const Ledger& ledger)
        : path_{path}, installation_{installation}, ledger_{ledger}, lines_{path} {}

    Result<std::optional<journal::Kept>> next() {
        for (;;) {
            if (made_.empty()) is_handing_nodes_ = false;
            if (is_handing_nodes_) {
                const auto node = made_.back();
                made_.pop_back();
                return std::optional{journal::Kept{node}};
            }
            BALCAO_TRY(const auto line, lines_.next());
            is_handing_nodes_ = !line || made_.size() >= nodes_at_once;
            if (!line && made_.empty()) return std::optional<journal::Kept>{};
            if (!line) continue;
            if (line->starts_with('{')) continue;  // the first and the last line were read before
            auto read = read_line(*line);
            if (!read) return spoilt(path_, lines_.number(), read.error().what);
            if (const auto* erased = std::get_if<ErasedMark>(&*read)) {
                marks_.insert(erased->mark);
                restored.marks.push_back(erased->mark);
                continue;
            }
            auto& kept = std::get<journal::Kept>(*read);
            BALCAO_TRY(const bool is_wanted, take(kept));
            if (is_wanted) return std::optional{std::move(kept)};
        }
    }

    Restored restored;

private:
    Result<bool> take(const journal::Kept& kept) {
        if (const auto* head = std::get_if<journal::Head>(&kept)) {
            heads_.emplace(head->size, head->text);
            logged_ = std::max(logged_, head->size);
        }
        if (const auto* key = std::get_if<journal::PersonKey>(&kept)) return is_kept(*key);
        if (const auto* event = std::get_if<journal::Event>(&kept))
            if (auto grown = grow(*event); !grown) return grown.error();
        return true;
    }

    bool is_kept(const journal::PersonKey& key) {
        auto mark = mark_of(installation_, key.person);
        if (!ledger_.has(mark) && !marks_.contains(mark)) return true;
        restored.erased.push_back(std::move(mark));
        restored.erased_persons.push_back(key.person);
        return false;
    }

    Result<void> grow(const journal::Event& event) {
        if (event.version != ++versions_[event.stream])
            return spoilt(path_, lines_.number(),
                          "event " + number_text(versions_[event.stream]) + " of the stream " + event.stream +
                              " should come, and " + number_text(event.version) + " does");
        if (tree_.size() >= logged_) return {};
        tree_.append(merkle::leaf_hash(journal::entry_of(event)), made_);
        const auto head = heads_.find(tree_.size());
        if (head == heads_.end()) return {};
        const auto origin = head->second.substr(0, head->second.find('\n'));
        const auto read = journal::read_checkpoint(
            head->second, journal::verifier_of(origin, signing_key_of(installation_).public_key()));
        if (!read || read->head.root != tree_.root())
            return spoilt(
                path_, lines_.number(),
                "the events to here are not those that were signed; this journal was not sound when "
                "it was backed up");
        return {};
    }

    const fs::path& path_;
    const crypto::SecretKey& installation_;
    const Ledger& ledger_;
    LinesIn lines_;
    std::map<std::uint64_t, std::string> heads_;
    std::uint64_t logged_ = 0;
    std::unordered_map<std::string, std::uint64_t> versions_;
    merkle::Edge tree_;
    std::vector<merkle::Node> made_;  // not yet handed out
    bool is_handing_nodes_ = false;
    std::set<std::string, std::less<>> marks_;
};

std::string restored_body(const Restored& restored) {
    std::string body;
    text::JsonWriter json{body};
    json.begin_object()
        .member("backup", restored.backup.chain)
        .member("made", std::int64_t{restored.backup.at.time_since_epoch().count()})
        .member("erased", std::uint64_t{restored.erased.size()})
        .end();
    return body;
}

// For accounts among the erased: the event that the roll of the staff knows.
Result<std::vector<journal::Writing>> erased_accounts(const journal::Store& store,
                                                      const Restored& restored,
                                                      Instant at) {
    const std::string stream = "staff";
    BALCAO_TRY(const auto events, store.read(stream, 0));
    staff::Roll roll;
    for (const auto& event : events)
        if (const auto decoded = staff::decode(event)) roll.apply(*decoded, event.version, event.at);
    journal::Writing writing{stream, events.size(), {}};
    for (const auto& person : restored.erased_persons) {
        const staff::AccountKey account{person};
        if (roll.find(account) == nullptr) continue;
        auto draft = staff::encode(staff::AccountErased{account, {}});
        writing.events.push_back({stream, events.size() + writing.events.size() + 1,
                                  std::max(at, events.back().at), std::move(draft.type),
                                  std::move(draft.body), crypto::random_bytes(16)});
    }
    if (writing.events.empty()) return std::vector<journal::Writing>{};
    return std::vector{std::move(writing)};
}

}  // namespace

crypto::SigningKey signing_key_of(const crypto::SecretKey& installation) {
    return crypto::SigningKey::from(installation.derive("signature of the log"));
}

Result<BackupSummary> write_backup(const journal::Archive& journal,
                                   const crypto::SecretKey& installation,
                                   const Ledger& ledger,
                                   const fs::path& path,
                                   Instant at) {
    BALCAO_TRY(auto file, text::PendingFile::open(path));
    LinesOut lines{std::move(file)};
    if (auto put = lines.put(first_line_of(at)); !put) return put.error();
    for (const auto& mark : ledger.marks())
        if (auto put = lines.put(line_of(ErasedMark{mark})); !put) return put.error();
    auto written = journal.write_out([&](const journal::Kept& kept) { return lines.put(line_of(kept)); });
    if (!written) return written.error();
    auto summary = lines.finish(signing_key_of(installation), at);
    // Sealed or not: what happened at the counters is for the city's eyes.
    std::error_code ignored;
    if (summary && fs::is_regular_file(path, ignored))
        fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write, ignored);
    return summary;
}

Result<BackupSummary> check_backup(const fs::path& path, const crypto::SecretKey& installation) {
    LinesIn lines{path};
    BackupSummary summary;
    Chain chain;
    std::optional<std::string> held;  // the line before the one that was read: the last one is not chained
    for (;;) {
        BALCAO_TRY(auto line, lines.next());
        if (lines.number() == 1 && line) {
            BALCAO_TRY(summary.at, read_first_line(path, *line));
        }
        if (!line) break;
        if (held) {
            chain.add(*held);
            if (const auto kind = kind_of(*held); !kind.empty()) ++summary.counts[std::string{kind}];
        }
        held = std::move(line);
    }
    if (!held) return Error{Errc::invalid, path.string() + " is empty; name a backup's file", "backup"};
    if (auto checked = check_end(path, *held, chain, signing_key_of(installation)); !checked)
        return checked.error();
    summary.chain = chain.text();
    return summary;
}

Result<Restored> restore_backup(journal::Archive& journal,
                                const crypto::SecretKey& installation,
                                const Ledger& ledger,
                                const fs::path& path) {
    BALCAO_TRY(auto summary, check_backup(path, installation));
    Reading reading{path, installation, ledger};
    auto taken = journal.take_in([&reading] { return reading.next(); });
    if (!taken) return taken.error();
    reading.restored.backup = std::move(summary);
    return std::move(reading.restored);
}

Result<void> record_restore(journal::Store& store, const Restored& restored, Instant at) {
    Entry entry{{"journal-restored", restored_body(restored)}, {}, {}};
    if (auto written = write_entry(store, entry, at); !written) return written;
    if (restored.erased.empty()) return {};
    BALCAO_TRY(const auto cases, cases_of(store, restored.erased_persons));
    std::vector<std::string> streams;
    for (const auto& [person, stream] : cases)
        streams.push_back(stream);
    entry = {persons_erased(Why::restored, restored.erased), {}, {}};
    entry.besides = [&]() -> Result<std::vector<journal::Writing>> {
        BALCAO_TRY(auto writings, erased_accounts(store, restored, at));
        BALCAO_TRY(auto told, told_to_cases(store, streams, at));
        std::move(told.begin(), told.end(), std::back_inserter(writings));
        return writings;
    };
    return write_entry(store, entry, at);
}

}  // namespace balcao::keeping
