#include "keeping/erasure.hpp"

#include <algorithm>
#include <future>
#include <iterator>
#include <system_error>

#include "crypto/hash.hpp"
#include "keeping/durable.hpp"
#include "text/file.hpp"
#include "text/json.hpp"

namespace balcao::keeping {

namespace {

constexpr std::string_view first_line = "balcao erased persons, version 1\n";
constexpr std::size_t mark_letters = 43;  // 32 bytes in base 64
constexpr const char* event_type = "persons-erased";

Error not_a_ledger(const std::filesystem::path& path, const std::string& what) {
    return {Errc::invalid, path.string() + " is no ledger of erased persons: " + what, "erased"};
}

}  // namespace

std::string mark_of(const crypto::SecretKey& installation, std::string_view person) {
    const auto key = installation.derive("marks of erased persons");
    return crypto::to_base64url(crypto::bytes_of(crypto::authenticate(key, person)));
}

Result<Ledger> Ledger::open(const std::filesystem::path& path) {
    Ledger ledger;
    ledger.path_ = path;
    std::error_code none;
    if (!std::filesystem::exists(path, none)) return ledger;
    BALCAO_TRY(const auto text, text::read_file(path));
    std::string_view rest = text;
    if (rest.empty()) return ledger;
    if (!rest.starts_with(first_line))
        return not_a_ledger(path, "its first line is another; name the right file");
    rest.remove_prefix(first_line.size());
    for (std::size_t line = 2; !rest.empty(); ++line) {
        const auto end = rest.find('\n');
        const auto space = rest.find(' ');
        if (end == std::string_view::npos || space != mark_letters || space > end)
            return not_a_ledger(path, "line " + std::to_string(line) +
                                          " is not a mark and a time; take the last good copy of the file");
        std::string mark{rest.substr(0, mark_letters)};
        if (ledger.marks_.insert(mark).second) ledger.order_.push_back(std::move(mark));
        rest.remove_prefix(end + 1);
    }
    return ledger;
}

Result<void> Ledger::make() const {
    std::error_code none;
    const auto bytes = std::filesystem::file_size(path_, none);
    return none || bytes == 0 ? append_durably(path_, first_line) : Result<void>{};
}

Result<void> Ledger::add(const std::vector<std::string>& marks, Instant at) {
    std::string lines;
    std::vector<std::string> fresh;
    for (const auto& mark : marks) {
        if (has(mark) || std::ranges::find(fresh, mark) != fresh.end()) continue;
        lines += mark + " " + std::to_string(at.time_since_epoch().count()) + "\n";
        fresh.push_back(mark);
    }
    if (fresh.empty()) return {};
    if (auto made = make(); !made) return made;
    if (auto added = append_durably(path_, lines); !added) return added;
    marks_.insert(fresh.begin(), fresh.end());
    order_.insert(order_.end(), fresh.begin(), fresh.end());
    return {};
}

std::string_view name_of(Why why) {
    constexpr std::string_view names[] = {"asked", "retention-over", "restored"};
    return names[static_cast<std::size_t>(why)];
}

journal::Draft persons_erased(Why why, const std::vector<std::string>& marks) {
    journal::Draft draft{event_type, ""};
    text::JsonWriter json{draft.body};
    json.begin_object().member("why", name_of(why)).key("persons").begin_array();
    for (const auto& mark : marks)
        json.value(mark);
    json.end().end();
    return draft;
}

Result<std::vector<std::string>> erased_by(const journal::Event& event) {
    std::vector<std::string> marks;
    if (event.type != event_type) return marks;
    const std::string where = event.stream + " " + std::to_string(event.version);
    BALCAO_TRY(const auto document, text::Json::parse(event.body, where));
    const auto persons = document.root()["persons"];
    for (std::size_t place = 0; place < persons.size(); ++place)
        marks.emplace_back(persons.at(place).as_text().value_or(""));
    if (std::ranges::any_of(marks, [](const auto& mark) { return mark.size() != mark_letters; }))
        return Error{Errc::invalid, where + ": one of its persons is no mark"};
    return marks;
}

Result<void> write_entry(journal::Store& store, const Entry& entry, Instant at) {
    constexpr int tries_most = 10;
    for (int tries = 0; tries < tries_most; ++tries) {
        BALCAO_TRY(const auto events, store.read(keeping_stream, 0));
        const std::uint64_t version = events.size();
        journal::Commit commit;
        commit.keys = entry.keys;
        if (entry.besides) {
            BALCAO_TRY(commit.writings, entry.besides());
        }
        // Time never goes back within a stream, whatever the clock does.
        const Instant when = events.empty() ? at : std::max(at, events.back().at);
        commit.writings.push_back({std::string{keeping_stream},
                                   version,
                                   {{std::string{keeping_stream}, version + 1, when, entry.draft.type,
                                     entry.draft.body, crypto::random_bytes(16)}}});
        std::promise<journal::Outcome> promise;
        auto outcome = promise.get_future();
        store.submit(std::move(commit), [&promise](journal::Outcome found) { promise.set_value(found); });
        switch (outcome.get()) {
            case journal::Outcome::written:
            case journal::Outcome::repeated:
                return {};
            case journal::Outcome::conflict:
                continue;
            case journal::Outcome::unavailable:
                return Error{Errc::unavailable,
                             "The journal cannot be written now; nothing was erased. Try again."};
        }
    }
    return Error{Errc::unavailable, "Other servers were first each time; nothing was erased. Try again."};
}

Result<std::size_t> erase(journal::Store& store,
                          const crypto::SecretKey& installation,
                          Ledger& ledger,
                          const Erasing& erasing) {
    const auto& persons = erasing.persons;
    const Instant at = erasing.at;
    constexpr std::size_t persons_at_once = 500;
    std::size_t erased = 0;
    for (std::size_t first = 0; first < persons.size(); first += persons_at_once) {
        Entry entry;
        std::vector<std::string> marks;
        std::vector<std::string> cases;
        const auto end = std::min(persons.size(), first + persons_at_once);
        for (std::size_t place = first; place < end; ++place) {
            BALCAO_TRY(const auto key, store.key_of(persons[place]));
            if (!key) continue;
            marks.push_back(mark_of(installation, persons[place]));
            entry.keys.push_back({persons[place], ""});
            const auto [begin, last] = erasing.cases.equal_range(persons[place]);
            std::transform(begin, last, std::back_inserter(cases),
                           [](const auto& one) { return one.second; });
        }
        if (marks.empty()) continue;
        if (auto added = ledger.add(marks, at); !added) return added.error();
        entry.draft = persons_erased(erasing.why, marks);
        entry.besides = [&store, &cases, at] { return told_to_cases(store, cases, at); };
        if (auto written = write_entry(store, entry, at); !written) return written.error();
        erased += marks.size();
    }
    return erased;
}

Result<std::uint64_t> follow_erasures(const journal::Store& store,
                                      Ledger& ledger,
                                      std::uint64_t version,
                                      Instant at) {
    BALCAO_TRY(const auto events, store.read(keeping_stream, version));
    std::vector<std::string> marks;
    for (const auto& event : events) {
        BALCAO_TRY(const auto some, erased_by(event));
        marks.insert(marks.end(), some.begin(), some.end());
    }
    if (auto added = ledger.add(marks, at); !added) return added.error();
    return version + events.size();
}

}  // namespace balcao::keeping
