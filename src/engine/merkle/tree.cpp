#include "merkle/tree.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "base/check.hpp"

namespace balcao::merkle {

namespace {

constexpr std::string_view leaf_mark{"\x00", 1};
constexpr std::string_view node_mark{"\x01", 1};

// The largest power of two below n (n > 1).
std::uint64_t split_of(std::uint64_t n) { return std::bit_floor(n - 1); }

// The root of the entries [begin, end) of a tree, where `begin` is a multiple of the smallest power of two
// that is not below the length: it holds for every range that a proof asks for.
Hash root_of(std::uint64_t begin, std::uint64_t end, const Nodes& nodes) {
    const std::uint64_t length = end - begin;
    if (std::has_single_bit(length)) {
        const auto level = static_cast<std::uint8_t>(std::countr_zero(length));
        return nodes.at({level, begin >> level});
    }
    const std::uint64_t middle = begin + split_of(length);
    return node_hash(root_of(begin, middle, nodes), root_of(middle, end, nodes));
}

}  // namespace

Hash leaf_hash(std::string_view entry) { return crypto::sha256({leaf_mark, entry}); }

Hash node_hash(const Hash& left, const Hash& right) {
    return crypto::sha256({node_mark, crypto::bytes_of(left), crypto::bytes_of(right)});
}

Hash empty_root() { return crypto::sha256({}); }

Edge Edge::of(std::uint64_t size, const Nodes& nodes) {
    Edge edge;
    edge.size_ = size;
    std::uint64_t covered = 0;
    for (std::uint64_t left = size; left != 0; left -= std::bit_floor(left)) {
        const auto level = static_cast<std::uint8_t>(std::bit_width(left) - 1);
        edge.peaks_.push_back(nodes.at({level, covered >> level}));
        covered += std::uint64_t{1} << level;
    }
    return edge;
}

void Edge::append(const Hash& leaf, std::vector<Node>& made) {
    NodeId id{0, size_};
    Hash hash = leaf;
    made.push_back({id, hash});
    for (std::uint64_t carry = size_; (carry & 1) != 0; carry >>= 1) {
        hash = node_hash(peaks_.back(), hash);
        peaks_.pop_back();
        id = {static_cast<std::uint8_t>(id.level + 1), id.index >> 1};
        made.push_back({id, hash});
    }
    peaks_.push_back(hash);
    ++size_;
}

Hash Edge::root() const {
    if (peaks_.empty()) return empty_root();
    Hash root = peaks_.back();
    for (auto peak = peaks_.rbegin() + 1; peak != peaks_.rend(); ++peak)
        root = node_hash(*peak, root);
    return root;
}

std::vector<Hash> inclusion_proof(std::uint64_t index, std::uint64_t size, const Nodes& nodes) {
    BALCAO_CHECK(index < size);
    std::vector<Hash> proof;
    std::uint64_t begin = 0;
    std::uint64_t end = size;
    while (end - begin > 1) {
        const std::uint64_t middle = begin + split_of(end - begin);
        if (index < middle) {
            proof.push_back(root_of(middle, end, nodes));
            end = middle;
        } else {
            proof.push_back(root_of(begin, middle, nodes));
            begin = middle;
        }
    }
    std::reverse(proof.begin(), proof.end());
    return proof;
}

std::vector<Hash> consistency_proof(std::uint64_t first, std::uint64_t second, const Nodes& nodes) {
    BALCAO_CHECK(0 < first && first <= second);
    if (first == second) return {};
    std::vector<Hash> proof;
    std::uint64_t begin = 0;
    std::uint64_t end = second;
    while (first != end) {
        const std::uint64_t middle = begin + split_of(end - begin);
        if (first <= middle) {
            proof.push_back(root_of(middle, end, nodes));
            end = middle;
        } else {
            proof.push_back(root_of(begin, middle, nodes));
            begin = middle;
        }
    }
    if (begin != 0) proof.push_back(root_of(begin, end, nodes));
    std::reverse(proof.begin(), proof.end());
    return proof;
}

std::optional<Hash> root_from_inclusion(const Hash& leaf,
                                        std::uint64_t index,
                                        std::uint64_t size,
                                        const std::vector<Hash>& proof) {
    if (index >= size) return std::nullopt;
    std::uint64_t place = index;
    std::uint64_t last = size - 1;
    Hash hash = leaf;
    for (const auto& sibling : proof) {
        if (last == 0) return std::nullopt;
        if ((place & 1) != 0 || place == last) {
            hash = node_hash(sibling, hash);
            while ((place & 1) == 0 && place != 0) {
                place >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(hash, sibling);
        }
        place >>= 1;
        last >>= 1;
    }
    if (last != 0) return std::nullopt;
    return hash;
}

bool is_included(const Hash& leaf, std::uint64_t index, const Head& head, const std::vector<Hash>& proof) {
    return root_from_inclusion(leaf, index, head.size, proof) == head.root;
}

bool is_beginning(const Head& older, const Head& newer, const std::vector<Hash>& proof) {
    if (older.size > newer.size) return false;
    if (older.size == newer.size) return proof.empty() && older.root == newer.root;
    if (older.size == 0) return proof.empty();
    std::uint64_t place = older.size - 1;
    std::uint64_t last = newer.size - 1;
    while ((place & 1) != 0) {
        place >>= 1;
        last >>= 1;
    }
    auto step = proof.begin();
    if (place != 0 && step == proof.end()) return false;
    Hash old_root = place == 0 ? older.root : *step++;  // a full tree proves itself
    Hash new_root = old_root;
    for (; step != proof.end(); ++step) {
        if (last == 0) return false;
        if ((place & 1) != 0 || place == last) {
            old_root = node_hash(*step, old_root);
            new_root = node_hash(*step, new_root);
            while ((place & 1) == 0 && place != 0) {
                place >>= 1;
                last >>= 1;
            }
        } else {
            new_root = node_hash(new_root, *step);
        }
        place >>= 1;
        last >>= 1;
    }
    return last == 0 && old_root == older.root && new_root == newer.root;
}

}  // namespace balcao::merkle
