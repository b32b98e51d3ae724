#pragma once
// YAML as a tree that remembers where each piece stands: maps with their keys in order, sequences, scalars
// with the way they were written. Used by `model` to read service models. It gives no meaning to scalars (no
// numbers, no booleans: "no" is a text) and has no tags; anchors are copied out under a bound.
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace balcao::text {

// Both ends of a piece of a file. Lines and columns (characters) count from 1; 0 for what stands in no file.
struct YamlMark {
    std::shared_ptr<const std::string> file{};
    int line = 0;
    int column = 0;
    int end_line = 0;
    int end_column = 0;
};

struct YamlEntry;

// One node. Copied as a value; a copy keeps the places of what it was copied from.
struct Yaml {
    enum class Kind : unsigned char { null, scalar, sequence, map };

    Kind kind = Kind::null;
    bool quoted = false;             // a scalar in quotes or as a block
    std::string scalar;              // of a scalar
    std::vector<Yaml> items;         // of a sequence
    std::vector<YamlEntry> entries;  // of a map, in the order of the file, no key twice
    YamlMark mark;

    [[nodiscard]] bool is_null() const { return kind == Kind::null; }

    [[nodiscard]] bool is_scalar() const { return kind == Kind::scalar; }

    [[nodiscard]] bool is_sequence() const { return kind == Kind::sequence; }

    [[nodiscard]] bool is_map() const { return kind == Kind::map; }

    // The entry or value of that key; null when there is none or this is no map.
    [[nodiscard]] const YamlEntry* find_entry(std::string_view key) const;
    [[nodiscard]] const Yaml* find(std::string_view key) const;
    [[nodiscard]] Yaml* find(std::string_view key);

    static Yaml of(Kind kind, YamlMark mark = {});
    static Yaml of_scalar(std::string text, YamlMark mark = {});
};

struct YamlEntry {
    std::string key{};
    YamlMark key_mark{};
    Yaml value{};
};

// What is wrong with a file, in plain words, and where.
struct YamlProblem {
    YamlMark mark;
    std::string what;
};

// What a file may hold, so that no file can exhaust the machine.
struct YamlLimits {
    std::size_t bytes_max = 32U << 20U;
    std::size_t nodes_max = 2'000'000;       // copies of anchors too
    std::size_t copied_nodes_max = 100'000;  // by aliases
    int depth_max = 64;
};

// The tree, and everything wrong with it. With a problem of syntax there is no tree; a key given twice leaves
// the first one in the tree. An empty file has a null tree.
struct YamlDocument {
    std::optional<Yaml> root{};
    std::vector<YamlProblem> problems{};
};

// Never throws for what the text holds.
YamlDocument parse_yaml(std::string_view content, std::string file, const YamlLimits& limits = {});

// A text as a YAML scalar of one line that reads back to it: plain where that is safe, else in double quotes.
std::string quote_yaml(std::string_view text);

// The tree as YAML that reads back to it (places apart), ending with a line break: the two upper levels one
// key a line, below that in braces and brackets where it fits into a line.
std::string write_yaml(const Yaml& root);
// The same in one line, in braces and brackets.
std::string write_yaml_flow(const Yaml& root);

}  // namespace balcao::text
