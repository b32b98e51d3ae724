#pragma once
// The shape of a JSON value: said once, written into the description of the API as JSON Schema (2020-12), and
// held against what people send. Inside `api`; it reads no socket and words no complaint.
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/json.hpp"

namespace balcao::api {

struct Schema;
using SchemaRef = std::shared_ptr<const Schema>;

struct Member {
    std::string name;
    SchemaRef schema;
    bool is_needed = true;
};

struct Schema {
    enum class Kind : std::uint8_t { object, array, string, integer, number, boolean };

    Kind kind = Kind::string;
    std::string name{};              // of a component that others refer to; empty: written where it is used
    std::string about{};             // one or two sentences
    std::string example{};           // JSON
    std::string format{};            // "date", "date-time"; checked too
    std::vector<std::string> any{};  // of a string: one of these
    std::optional<std::int64_t> least{};  // of a number; of a string's bytes or an array's elements
    std::optional<std::int64_t> most{};
    std::vector<Member> members{};  // of an object
    SchemaRef items{};              // of an array
    bool takes_others = false;      // an object with members that are not named here
    bool is_asked = false;          // what people send: described as closed; answers may grow
};

// Makers, so that shapes read as what they are.
struct TextTraits {
    std::string example{};
    int least = 0;
    int most = 0;  // 0: not said
    std::string format{};
};

SchemaRef text(std::string about, TextTraits traits = {});
SchemaRef one_of(std::string about, std::vector<std::string> any);
SchemaRef date(std::string about);
SchemaRef instant(std::string about);
SchemaRef whole(std::string about, std::int64_t least, std::int64_t most, std::int64_t example);
SchemaRef share(std::string about);      // 0 to 1
SchemaRef number_of(std::string about);  // any
SchemaRef truth(std::string about);
SchemaRef list(SchemaRef items, std::string about, std::int64_t least = 0, std::int64_t most = 0);
SchemaRef object(std::string name, std::string about, std::vector<Member> members);
// The body of a request.
SchemaRef asked(std::string name, std::string about, std::vector<Member> members);
SchemaRef open_object(std::string name, std::string about, std::vector<Member> members = {});
Member needed(std::string name, SchemaRef schema);
Member maybe(std::string name, SchemaRef schema);

// What is wrong with a value, and where: `pointer` as RFC 6901 has it.
struct Fault {
    enum class Kind : std::uint8_t {
        missing,
        unknown,
        not_text,
        not_whole,
        not_number,
        not_truth,
        not_list,
        not_object,
        too_short,  // `least`
        too_long,   // `most`
        too_few,
        too_many,
        out_of_range,
        not_one_of,
        not_date,
        not_instant,
        said,  // what is wrong, and its cure, in words
    };

    std::string pointer;
    Kind kind = Kind::missing;
    SchemaRef schema{};
    std::string words{};  // of `said`
    friend bool operator==(const Fault&, const Fault&) = default;
};

// All of them, in the order of the shape; nothing is wrong where there is none.
std::vector<Fault> faults_of(const SchemaRef& schema, text::JsonView value);

// The same for what stands in an address: a text that must be a whole number, a date, one of some words.
std::vector<Fault> faults_of_text(const SchemaRef& schema,
                                  std::string_view value,
                                  const std::string& pointer);

// The value as JSON Schema. A component is written as a reference to /components/schemas unless `whole`.
enum class Depth : std::uint8_t { refer, whole };
void write(text::JsonWriter& json, const Schema& schema, Depth depth);
// The components that it is made of, itself too, each once.
void collect_components(const SchemaRef& schema, std::vector<SchemaRef>& found);

// How many objects and arrays lie in each other at most, without reading it as JSON; strings are left out.
std::size_t depth_of(std::string_view json);

// "2026-11-24T09:30:00Z"; milliseconds are written where there are any. Nothing for what is not of that form
// (any offset may be given).
std::string format_instant(std::int64_t milliseconds);
std::optional<std::int64_t> parse_instant(std::string_view text);

}  // namespace balcao::api
