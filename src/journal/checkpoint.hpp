#pragma once
// A signed tree head in the text form that witnesses of transparency logs exchange (C2SP: tlog-checkpoint and
// signed-note): name of the log, size, root, time, and an Ed25519 signature. An outsider who keeps one can
// later see that nothing before it was changed. Used by the log; pure.
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "crypto/keys.hpp"
#include "journal/event.hpp"
#include "merkle/tree.hpp"

namespace balcao::journal {

struct Checkpoint {
    std::string origin;  // of the log: a name without spaces or plus signs, such as "lisboa.example/balcao"
    merkle::Head head;
    Instant at{};
    friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

// Who signs, as outsiders are told: "<origin>+<eight digits>+<base 64 of 0x01 and the public key>".
std::string verifier_of(std::string_view origin, const crypto::PublicKey& key);

// The text with its signature.
std::string signed_text(const Checkpoint& checkpoint, const crypto::SigningKey& key);

// What a signed text says. Error (invalid): it is not of that form, of another log, or not signed with that
// key.
Result<Checkpoint> read_checkpoint(std::string_view text, std::string_view verifier);

// What an outsider is given for one event: the event's entry, its place, the path to the root, and a
// checkpoint.
struct Receipt {
    std::string entry;
    std::uint64_t index = 0;
    std::vector<merkle::Hash> proof;
    std::string checkpoint;
};

std::string to_json(const Receipt& receipt);

// Checks a receipt with nothing but itself and the log's verifier, and gives its checkpoint. Error (invalid):
// what does not hold.
Result<Checkpoint> check_receipt(std::string_view json, std::string_view verifier);

}  // namespace balcao::journal
