#pragma once
// Checks a whole journal: that its events are those that were signed, that every head ever made or handed to
// a witness is the beginning of the log as it stands, that no stream has a gap, and that each kind of stream
// keeps its own rules. Used by `balcao verify`, and after an erasure and a restore. It changes nothing and
// may run while others write.
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "journal/checkpoint.hpp"
#include "journal/log.hpp"
#include "journal/store.hpp"
#include "keeping/witness.hpp"
#include "merkle/tree.hpp"
#include "model/model.hpp"

namespace balcao::keeping {

// What is verified. The stores must outlive it. `verifier` is the log's public key (journal::verifier_of).
struct Subject {
    const journal::Store& store;
    const journal::LogStore& log;
    std::string verifier;
};

// One thing that is wrong: its place, and what to do about it.
struct Finding {
    std::string where;
    std::string what;
    std::string cure;
    friend bool operator==(const Finding&, const Finding&) = default;
};

// Streams with rules of their own. `inspect` says in a sentence each what does not hold.
struct StreamKind {
    std::string name;  // of one such stream, for the report: "hall"
    std::function<bool(std::string_view)> is_of;
    std::function<std::vector<std::string>(const std::vector<journal::Event>&)> inspect;
    // After all streams: what does not fit together between them. May be empty.
    std::function<std::vector<std::string>()> conclude{};
    std::string cure{};  // where it is not that of every kind
};

// Halls of sites and days, the roll of the staff with its days, the register of devices with its days, the
// model with its versions, the books of appointments with the lists of persons, the looks at personal data,
// the cases with the runs of their numbers, the money (payments, tills, books of receipts), and the double
// screens. Good for one verification. Under `offer`, a model, the places of appointments are counted as well,
// and cases have the year of their number by its clocks. Error: not_found for its time zone, unavailable for
// its holidays.
Result<std::vector<StreamKind>> known_kinds(const model::Model* offer = nullptr);

struct Report {
    std::optional<journal::Checkpoint> head;  // the last one; nothing before the first
    std::string head_text;
    std::uint64_t logged = 0;
    std::uint64_t not_logged = 0;  // wait for the notary
    std::uint64_t streams = 0;
    std::uint64_t heads = 0;  // that the journal keeps, and that hold
    std::uint64_t witnessed = 0;
    std::vector<std::pair<std::string, std::uint64_t>> kinds;  // name, and how many streams of it
    std::vector<Finding> findings;
    std::uint64_t findings_left_out = 0;  // beyond the first of each sort
    // Hashes of the tree that are not what the events make of them, as they should be; told as a finding too.
    std::vector<merkle::Node> wrong_hashes;

    [[nodiscard]] bool is_sound() const { return findings.empty(); }
};

// Error: unavailable when the journal cannot be read.
Result<Report> verify(const Subject& subject,
                      const std::vector<WitnessedHead>& witnessed,
                      const std::vector<StreamKind>& kinds);

// What was found, in lines for a person.
std::string told(const Report& report);

}  // namespace balcao::keeping
