#pragma once
// The table of the language: every key of a model, scenario or situation file, with its type, default and
// meaning. The reader finds unknown keys with it, the JSON Schema and the reference page are made from it. It
// holds no values and reads nothing.
#include <span>
#include <string_view>
#include <vector>

namespace balcao::model {

// `fallback` of a key that must be given.
inline constexpr std::string_view required = "(required)";

// One key of one kind of map. A key such as "<weekdays>" stands for any key of that type.
struct KeyRow {
    std::string_view object;
    std::string_view key;
    std::string_view type;  // an expression over the names of both tables: "list step", "duration | roster"
    std::string_view fallback;  // what holds when the key is absent; `required`; empty: nothing
    std::string_view doc;
};

// A type that is not a map of keys. Its `pattern` is an ECMA 262 regular expression of the text as it is
// written; `also` are other types that are accepted, as an expression; `json` is "string", "number",
// "integer" or empty.
struct TypeRow {
    std::string_view name;
    std::string_view json;
    std::string_view pattern;
    std::string_view also;
    std::string_view example;  // how a mistake says what was expected
    std::string_view doc;
};

std::span<const KeyRow> key_table();
std::span<const TypeRow> type_table();

// The rows of one kind of map, in the order of the table; empty for a name that is not in it.
std::span<const KeyRow> keys_of(std::string_view object);

}  // namespace balcao::model
