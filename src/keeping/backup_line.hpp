#pragma once
// The lines of a backup, and the chain of hashes over them. Internal to `keeping`.
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/result.hpp"
#include "crypto/hash.hpp"
#include "journal/archive.hpp"

namespace balcao::keeping {

// A mark out of the ledger.
struct ErasedMark {
    std::string mark;
};

// ["event", stream, version, at, type, body, salt], ["head", size, text], ["answer", command, text],
// ["claim", key, holder], ["key", person, wrapped]; bytes in base 64. Without the line feed.
std::string line_of(const journal::Kept& kept);
std::string line_of(const ErasedMark& erased);

// The kind that a line of `line_of` begins with: "event".
std::string_view kind_of(std::string_view line);

using Line = std::variant<journal::Kept, ErasedMark>;

// Error: invalid for what no Balcão has written.
Result<Line> read_line(std::string_view line);

// SHA-256 of the chain so far and the next line, beginning with 32 zero bytes.
class Chain {
public:
    void add(std::string_view line) { hash_ = crypto::sha256({crypto::bytes_of(hash_), line}); }

    [[nodiscard]] const crypto::Hash& hash() const { return hash_; }

    [[nodiscard]] std::string text() const { return crypto::to_hex(crypto::bytes_of(hash_)); }

private:
    crypto::Hash hash_{};
};

}  // namespace balcao::keeping
