#include "merkle/tree.hpp"

#include <cstdlib>
#include <filesystem>
#include <limits>
#include <map>
#include <rapidcheck.h>
#include <string>

#include <doctest/doctest.h>

#include "text/file.hpp"
#include "text/json.hpp"

using namespace balcao;
using namespace balcao::merkle;

namespace {

// A tree with everything it needs to prove, in memory.
class Grown : public Nodes {
public:
    void append(std::string_view entry) {
        std::vector<Node> made;
        edge.append(leaf_hash(entry), made);
        for (const auto& node : made)
            nodes_[node.id] = node.hash;
        leaves.push_back(leaf_hash(entry));
    }

    [[nodiscard]] Hash at(NodeId id) const override { return nodes_.at(id); }

    Edge edge;
    std::vector<Hash> leaves;

private:
    std::map<NodeId, Hash> nodes_;
};

Grown grown(std::uint64_t size) {
    Grown tree;
    for (std::uint64_t entry = 0; entry < size; ++entry)
        tree.append("entry " + std::to_string(entry));
    return tree;
}

// The definition of RFC 9162, 2.1.1, word for word.
Hash defined_root(const std::vector<Hash>& leaves, std::size_t begin, std::size_t end) {
    if (begin == end) return empty_root();
    if (end - begin == 1) return leaves[begin];
    std::size_t split = 1;
    while (2 * split < end - begin)
        split *= 2;
    return node_hash(defined_root(leaves, begin, begin + split), defined_root(leaves, begin + split, end));
}

Head head_of(const Grown& tree, std::uint64_t size) {
    return {size, defined_root(tree.leaves, 0, static_cast<std::size_t>(size))};
}

std::filesystem::path data_folder() {
    const char* const named = std::getenv("BALCAO_DATA");  // NOLINT(concurrency-mt-unsafe): one thread here
    return std::filesystem::path{named != nullptr ? named : "../shared/data"} / "standards/merkle-rfc9162";
}

// What a vector's text stands for: 32 bytes, or something else that no proof may hold.
std::optional<Hash> hash_in(text::JsonView value) {
    const auto bytes = crypto::from_base64(value.as_text().value_or(""));
    return bytes ? crypto::from_bytes<32>(*bytes) : std::nullopt;
}

// Whether all of them are hashes; the proof is filled in.
bool read_proof(text::JsonView array, std::vector<Hash>& proof) {
    for (std::size_t step = 0; step < array.size(); ++step) {
        const auto hash = hash_in(array.at(step));
        if (!hash) return false;
        proof.push_back(*hash);
    }
    return true;
}

// Some vectors ask about the last number that 64 bits hold, beyond what JsonView calls whole.
std::uint64_t count_in(text::JsonView value) {
    const auto number = value.as_whole_number();
    return number ? static_cast<std::uint64_t>(*number) : std::numeric_limits<std::uint64_t>::max();
}

bool holds_inclusion(text::JsonView vector) {
    const auto leaf = hash_in(vector["leafHash"]);
    const auto root = hash_in(vector["root"]);
    std::vector<Hash> proof;
    if (!leaf || !root || !read_proof(vector["proof"], proof)) return false;
    const Head head{count_in(vector["treeSize"]), *root};
    return is_included(*leaf, count_in(vector["leafIdx"]), head, proof);
}

bool holds_consistency(text::JsonView vector) {
    const auto older = hash_in(vector["root1"]);
    const auto newer = hash_in(vector["root2"]);
    std::vector<Hash> proof;
    if (!older || !newer || !read_proof(vector["proof"], proof)) return false;
    return is_beginning({count_in(vector["size1"]), *older}, {count_in(vector["size2"]), *newer}, proof);
}

template <class Holds>
int check_vectors(const std::filesystem::path& folder, const Holds& holds) {
    int read = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator{folder}) {
        if (entry.path().extension() != ".json") continue;
        const auto content = text::read_file(entry.path().string());
        REQUIRE(content);
        const auto json = text::Json::parse(*content, entry.path().string());
        REQUIRE(json);
        const auto root = json->root();
        CAPTURE(entry.path().string());
        CHECK(holds(root) == !root["wantErr"].as_bool().value_or(false));
        ++read;
    }
    return read;
}

}  // namespace

TEST_CASE("the root of a growing tree is the root that RFC 9162 defines, for every size up to 200") {
    Grown tree;
    CHECK(tree.edge.root() == empty_root());
    for (std::size_t size = 1; size <= 200; ++size) {
        tree.append("entry " + std::to_string(size - 1));
        CHECK(tree.edge.root() == defined_root(tree.leaves, 0, size));
        CHECK(Edge::of(size, tree).root() == tree.edge.root());
    }
}

TEST_CASE("every entry of every tree up to 70 has a proof that holds, and no other entry has it") {
    const auto tree = grown(70);
    for (std::uint64_t size = 1; size <= 70; ++size) {
        const auto head = head_of(tree, size);
        for (std::uint64_t index = 0; index < size; ++index) {
            const auto proof = inclusion_proof(index, size, tree);
            CHECK(is_included(tree.leaves[index], index, head, proof));
            CHECK_FALSE(is_included(leaf_hash("another"), index, head, proof));
            CHECK_FALSE(is_included(tree.leaves[index], index + 1, head, proof));
        }
    }
}

TEST_CASE("every tree up to 70 is shown to be the beginning of every larger one") {
    const auto tree = grown(70);
    for (std::uint64_t second = 1; second <= 70; ++second) {
        for (std::uint64_t first = 1; first <= second; ++first) {
            const auto proof = consistency_proof(first, second, tree);
            CHECK(is_beginning(head_of(tree, first), head_of(tree, second), proof));
            const Head other{first, leaf_hash("another past")};
            CHECK_FALSE(is_beginning(other, head_of(tree, second), proof));
        }
    }
    CHECK(is_beginning(head_of(tree, 0), head_of(tree, 9), {}));
    CHECK_FALSE(is_beginning(head_of(tree, 9), head_of(tree, 8), {}));
}

TEST_CASE("a proof with one bit changed, one hash more or one less does not hold") {
    CHECK(rc::check([] {
        const auto size = *rc::gen::inRange<std::uint64_t>(2, 60);
        const auto tree = grown(size);
        const auto index = *rc::gen::inRange<std::uint64_t>(0, size);
        const auto first = *rc::gen::inRange<std::uint64_t>(1, size);
        auto inclusion = inclusion_proof(index, size, tree);
        auto consistency = consistency_proof(first, size, tree);
        const auto spoil = [&](std::vector<Hash>& proof) {
            const auto how = *rc::gen::inRange(0, 3);
            if (how == 0) proof.pop_back();
            if (how == 1) proof.push_back(leaf_hash("more"));
            if (how == 2) proof[*rc::gen::inRange<std::size_t>(0, proof.size())][3] ^= 16;
        };
        spoil(inclusion);
        spoil(consistency);
        RC_ASSERT(!is_included(tree.leaves[index], index, head_of(tree, size), inclusion));
        RC_ASSERT(!is_beginning(head_of(tree, first), head_of(tree, size), consistency));
    }));
}

TEST_CASE("the published vectors of proofs are judged as their authors judge them") {
    if (!std::filesystem::exists(data_folder())) {
        MESSAGE("skipped: the vectors are not here");
        return;
    }
    CHECK(check_vectors(data_folder() / "inclusion", holds_inclusion) > 40);
    CHECK(check_vectors(data_folder() / "consistency", holds_consistency) > 40);
}
