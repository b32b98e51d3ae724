#pragma once
// The Merkle tree of RFC 9162 (Certificate Transparency 2.0), section 2.1: a hash over a list of entries that
// grows at its end, with proofs that an entry is in it and that an older list is its beginning. The proofs
// are checked with nothing but hashes, so that an outsider needs none of our code. Used by `journal` for its
// log; it stores nothing: whoever keeps a log keeps the hashes of its full subtrees.
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "crypto/hash.hpp"

namespace balcao::merkle {

using crypto::Hash;

// SHA-256 of 0x00 and the entry (RFC 9162, 2.1.1).
Hash leaf_hash(std::string_view entry);

// SHA-256 of 0x01 and both children (RFC 9162, 2.1.1).
Hash node_hash(const Hash& left, const Hash& right);

// The root of the empty tree: SHA-256 of nothing.
Hash empty_root();

// A full subtree: 2^level entries, of which the first is number index * 2^level.
struct NodeId {
    std::uint8_t level = 0;
    std::uint64_t index = 0;
    // NOLINTNEXTLINE(modernize-use-nullptr): clang 14 means the 0 in what it compares by itself
    friend auto operator<=>(const NodeId&, const NodeId&) = default;
};

struct Node {
    NodeId id;
    Hash hash{};
};

// Where the hashes of full subtrees are kept. It is asked only for subtrees within the tree's size.
class Nodes {
public:
    virtual ~Nodes() = default;
    [[nodiscard]] virtual Hash at(NodeId id) const = 0;
};

// The growing edge of a tree: the roots of the full subtrees that cover it, largest first. With the size it
// is all that is needed to append and to name the root.
class Edge {
public:
    Edge() = default;

    // Reads the edge of a tree of that size out of what is kept of it.
    static Edge of(std::uint64_t size, const Nodes& nodes);

    // Adds an entry's leaf hash and hands every full subtree that it completes (the leaf itself first) to
    // `made`, so that it can be kept.
    void append(const Hash& leaf, std::vector<Node>& made);

    [[nodiscard]] std::uint64_t size() const { return size_; }

    [[nodiscard]] Hash root() const;

private:
    std::uint64_t size_ = 0;
    std::vector<Hash> peaks_;  // one for each bit of the size that is set, highest first
};

// The path from entry `index` to the root of the tree of `size` entries (RFC 9162, 2.1.3.1); index < size.
std::vector<Hash> inclusion_proof(std::uint64_t index, std::uint64_t size, const Nodes& nodes);

// What shows that the tree of `first` entries is the beginning of the tree of `second` (RFC 9162, 2.1.4.1);
// 0 < first <= second. Empty when they are equal.
std::vector<Hash> consistency_proof(std::uint64_t first, std::uint64_t second, const Nodes& nodes);

// The root that an entry at `index` and its path lead to in a tree of `size` entries, or nothing when the
// path cannot belong to that place (RFC 9162, 2.1.3.2).
std::optional<Hash> root_from_inclusion(const Hash& leaf,
                                        std::uint64_t index,
                                        std::uint64_t size,
                                        const std::vector<Hash>& proof);

// One tree and its size, as somebody published it.
struct Head {
    std::uint64_t size = 0;
    Hash root{};
    friend bool operator==(const Head&, const Head&) = default;
};

// Whether `proof` shows that entry `index` of the tree has that leaf hash.
bool is_included(const Hash& leaf, std::uint64_t index, const Head& head, const std::vector<Hash>& proof);

// Whether `proof` shows that `older` is the beginning of `newer` (RFC 9162, 2.1.4.2). The empty tree is the
// beginning of every tree, and its proof is empty.
bool is_beginning(const Head& older, const Head& newer, const std::vector<Hash>& proof);

}  // namespace balcao::merkle
