#include "api/schema.hpp"

#include <algorithm>
#include <charconv>

#include "base/civil.hpp"
#include "text/utf8.hpp"

namespace balcao::api {
namespace {

std::string escaped(std::string_view name) {
    std::string out;
    for (const char letter : name) {
        if (letter == '~')
            out += "~0";
        else if (letter == '/')
            out += "~1";
        else
            out += letter;
    }
    return out;
}

bool is_below(const Schema& schema, std::int64_t value) { return schema.least && value < *schema.least; }

bool is_above(const Schema& schema, std::int64_t value) { return schema.most && value > *schema.most; }

// Holds one value against one shape.
class Check {
public:
    explicit Check(std::vector<Fault>& faults) : faults_{faults} {}

    void value(const SchemaRef& schema, text::JsonView json, const std::string& pointer) {
        switch (schema->kind) {
            case Schema::Kind::object:
                return json.is_object() ? members(*schema, json, pointer)
                                        : add(pointer, Fault::Kind::not_object, schema);
            case Schema::Kind::array:
                return json.is_array() ? elements(schema, json, pointer)
                                       : add(pointer, Fault::Kind::not_list, schema);
            case Schema::Kind::string:
                return json.as_text() ? string(schema, *json.as_text(), pointer)
                                      : add(pointer, Fault::Kind::not_text, schema);
            case Schema::Kind::integer:
                return json.as_whole_number() ? number(schema, *json.as_whole_number(), pointer)
                                              : add(pointer, Fault::Kind::not_whole, schema);
            case Schema::Kind::number:
                if (!json.as_number()) add(pointer, Fault::Kind::not_number, schema);
                return;
            case Schema::Kind::boolean:
                if (!json.as_bool()) add(pointer, Fault::Kind::not_truth, schema);
                return;
        }
    }

    void string(const SchemaRef& schema, std::string_view text, const std::string& pointer) {
        const auto length = static_cast<std::int64_t>(text.size());
        if (is_below(*schema, length)) return add(pointer, Fault::Kind::too_short, schema);
        if (is_above(*schema, length)) return add(pointer, Fault::Kind::too_long, schema);
        if (!schema->any.empty() && std::ranges::count(schema->any, text) == 0)
            return add(pointer, Fault::Kind::not_one_of, schema);
        if (schema->format == "date" && !parse_date(text)) return add(pointer, Fault::Kind::not_date, schema);
        if (schema->format == "date-time" && !parse_instant(text))
            return add(pointer, Fault::Kind::not_instant, schema);
    }

    void number(const SchemaRef& schema, std::int64_t value, const std::string& pointer) {
        if (is_below(*schema, value) || is_above(*schema, value))
            add(pointer, Fault::Kind::out_of_range, schema);
    }

    void add(const std::string& pointer, Fault::Kind kind, const SchemaRef& schema) {
        faults_.push_back({pointer, kind, schema});
    }

private:
    void members(const Schema& schema, text::JsonView json, const std::string& pointer) {
        for (const auto& member : schema.members) {
            const auto inner = json[member.name];
            const std::string at = pointer + "/" + escaped(member.name);
            if (inner.exists())
                value(member.schema, inner, at);
            else if (member.is_needed)
                add(at, Fault::Kind::missing, member.schema);
        }
        if (schema.takes_others) return;
        for (const auto name : json.keys())
            if (std::ranges::count(schema.members, name, &Member::name) == 0)
                add(pointer + "/" + escaped(name), Fault::Kind::unknown, nullptr);
    }

    void elements(const SchemaRef& schema, text::JsonView json, const std::string& pointer) {
        const auto count = static_cast<std::int64_t>(json.size());
        if (is_below(*schema, count)) return add(pointer, Fault::Kind::too_few, schema);
        if (is_above(*schema, count)) return add(pointer, Fault::Kind::too_many, schema);
        for (std::size_t place = 0; place < json.size(); ++place)
            value(schema->items, json.at(place), pointer + "/" + std::to_string(place));
    }

    std::vector<Fault>& faults_;
};

SchemaRef made(Schema schema) { return std::make_shared<const Schema>(std::move(schema)); }

std::string_view name_of(Schema::Kind kind) {
    switch (kind) {
        case Schema::Kind::object:
            return "object";
        case Schema::Kind::array:
            return "array";
        case Schema::Kind::string:
            return "string";
        case Schema::Kind::integer:
            return "integer";
        case Schema::Kind::number:
            return "number";
        case Schema::Kind::boolean:
            return "boolean";
    }
    return {};
}

void write_example(text::JsonWriter& json, const std::string& example) {
    const auto read = text::Json::parse(example, "example");
    json.key("examples").begin_array();
    const auto root = read->root();
    if (const auto words = root.as_text())
        json.value(*words);
    else if (const auto number = root.as_whole_number())
        json.value(*number);
    json.end();
}

void write_limits(text::JsonWriter& json, const Schema& schema) {
    const bool is_array = schema.kind == Schema::Kind::array;
    const bool is_text = schema.kind == Schema::Kind::string;
    if (schema.least) json.member(is_array ? "minItems" : is_text ? "minLength" : "minimum", *schema.least);
    if (schema.most) json.member(is_array ? "maxItems" : is_text ? "maxLength" : "maximum", *schema.most);
}

// "+01:00", "Z": minutes ahead of UTC.
std::optional<int> offset_in(std::string_view text) {
    if (text == "Z" || text == "z") return 0;
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
    const auto ahead = parse_time_of_day(text.substr(1));
    if (!ahead || *ahead >= 24 * 60) return std::nullopt;
    return text[0] == '+' ? *ahead : -*ahead;
}

std::optional<int> digits_in(std::string_view text) {
    int number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return !text.empty() && text.front() != '-' && read.ec == std::errc{} &&
                   read.ptr == text.data() + text.size()
               ? std::optional{number}
               : std::nullopt;
}

}  // namespace

SchemaRef text(std::string about, TextTraits traits) {
    Schema schema{.kind = Schema::Kind::string, .about = std::move(about), .format = traits.format};
    if (!traits.example.empty()) text::append_json_string(schema.example, traits.example);
    if (traits.least > 0) schema.least = traits.least;
    if (traits.most > 0) schema.most = traits.most;
    return made(std::move(schema));
}

SchemaRef one_of(std::string about, std::vector<std::string> any) {
    Schema schema{.kind = Schema::Kind::string, .about = std::move(about), .any = std::move(any)};
    text::append_json_string(schema.example, schema.any.front());
    return made(std::move(schema));
}

SchemaRef date(std::string about) {
    return text(std::move(about), {.example = "2026-11-24", .most = 10, .format = "date"});
}

SchemaRef instant(std::string about) {
    return text(std::move(about), {.example = "2026-11-24T09:30:00Z", .most = 35, .format = "date-time"});
}

SchemaRef whole(std::string about, std::int64_t least, std::int64_t most, std::int64_t example) {
    return made({.kind = Schema::Kind::integer,
                 .about = std::move(about),
                 .example = std::to_string(example),
                 .least = least,
                 .most = most});
}

SchemaRef share(std::string about) {
    return made({.kind = Schema::Kind::number, .about = std::move(about), .least = 0, .most = 1});
}

SchemaRef number_of(std::string about) {
    return made({.kind = Schema::Kind::number, .about = std::move(about)});
}

SchemaRef truth(std::string about) {
    return made({.kind = Schema::Kind::boolean, .about = std::move(about)});
}

SchemaRef list(SchemaRef items, std::string about, std::int64_t least, std::int64_t most) {
    Schema schema{.kind = Schema::Kind::array, .about = std::move(about), .items = std::move(items)};
    if (least > 0) schema.least = least;
    if (most > 0) schema.most = most;
    return made(std::move(schema));
}

SchemaRef object(std::string name, std::string about, std::vector<Member> members) {
    return made({.kind = Schema::Kind::object,
                 .name = std::move(name),
                 .about = std::move(about),
                 .members = std::move(members)});
}

SchemaRef asked(std::string name, std::string about, std::vector<Member> members) {
    return made({.kind = Schema::Kind::object,
                 .name = std::move(name),
                 .about = std::move(about),
                 .members = std::move(members),
                 .is_asked = true});
}

SchemaRef open_object(std::string name, std::string about, std::vector<Member> members) {
    return made({.kind = Schema::Kind::object,
                 .name = std::move(name),
                 .about = std::move(about),
                 .members = std::move(members),
                 .takes_others = true});
}

Member needed(std::string name, SchemaRef schema) { return {std::move(name), std::move(schema), true}; }

Member maybe(std::string name, SchemaRef schema) { return {std::move(name), std::move(schema), false}; }

std::vector<Fault> faults_of(const SchemaRef& schema, text::JsonView value) {
    std::vector<Fault> faults;
    Check{faults}.value(schema, value, {});
    return faults;
}

std::vector<Fault> faults_of_text(const SchemaRef& schema,
                                  std::string_view value,
                                  const std::string& pointer) {
    std::vector<Fault> faults;
    Check check{faults};
    if (schema->kind == Schema::Kind::array) {
        check.string(schema->items, value, pointer);
    } else if (schema->kind == Schema::Kind::integer) {
        const auto number = digits_in(value);
        if (number)
            check.number(schema, *number, pointer);
        else
            check.add(pointer, Fault::Kind::not_whole, schema);
    } else {
        check.string(schema, value, pointer);
    }
    return faults;
}

void write(text::JsonWriter& json, const Schema& schema, Depth depth) {
    json.begin_object();
    if (depth == Depth::refer && !schema.name.empty()) {
        json.member("$ref", "#/components/schemas/" + schema.name).end();
        return;
    }
    json.member("type", name_of(schema.kind));
    if (!schema.about.empty()) json.member("description", schema.about);
    if (!schema.format.empty()) json.member("format", schema.format);
    if (!schema.any.empty()) {
        json.key("enum").begin_array();
        for (const auto& word : schema.any)
            json.value(word);
        json.end();
    }
    write_limits(json, schema);
    if (!schema.example.empty()) write_example(json, schema.example);
    if (schema.items) {
        json.key("items");
        write(json, *schema.items, Depth::refer);
    }
    if (!schema.members.empty()) {
        json.key("properties").begin_object();
        for (const auto& member : schema.members) {
            json.key(member.name);
            write(json, *member.schema, Depth::refer);
        }
        json.end();
        const auto is_needed = [](const Member& member) { return member.is_needed; };
        if (std::ranges::any_of(schema.members, is_needed)) {
            json.key("required").begin_array();
            for (const auto& member : schema.members)
                if (member.is_needed) json.value(member.name);
            json.end();
        }
    }
    if (schema.takes_others || schema.is_asked) json.member("additionalProperties", schema.takes_others);
    json.end();
}

void collect_components(const SchemaRef& schema, std::vector<SchemaRef>& found) {
    if (schema == nullptr) return;
    if (!schema->name.empty()) {
        if (std::ranges::any_of(found, [&](const SchemaRef& one) { return one->name == schema->name; }))
            return;
        found.push_back(schema);
    }
    collect_components(schema->items, found);
    for (const auto& member : schema->members)
        collect_components(member.schema, found);
}

std::size_t depth_of(std::string_view json) {
    std::size_t depth = 0;
    std::size_t deepest = 0;
    bool is_in_string = false;
    for (std::size_t place = 0; place < json.size(); ++place) {
        const char letter = json[place];
        if (is_in_string) {
            if (letter == '\\')
                ++place;
            else if (letter == '"')
                is_in_string = false;
            continue;
        }
        if (letter == '"') is_in_string = true;
        if (letter == '{' || letter == '[') deepest = std::max(deepest, ++depth);
        if ((letter == '}' || letter == ']') && depth > 0) --depth;
    }
    return deepest;
}

std::string format_instant(std::int64_t milliseconds) {
    const std::chrono::sys_time<std::chrono::milliseconds> at{std::chrono::milliseconds{milliseconds}};
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const auto rest = (at - day).count();
    const auto two = [](std::int64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    std::string text = format_date(day) + "T" + two(rest / 3'600'000) + ":" + two(rest / 60'000 % 60) + ":" +
                       two(rest / 1000 % 60);
    if (const auto parts = rest % 1000; parts != 0) text += "." + std::to_string(1000 + parts).substr(1);
    return text + "Z";
}

std::optional<std::int64_t> parse_instant(std::string_view text) {
    if (text.size() < 20 || (text[10] != 'T' && text[10] != 't')) return std::nullopt;
    const auto day = parse_date(text.substr(0, 10));
    const auto minute = parse_time_of_day(text.substr(11, 5));
    const auto second = digits_in(text.substr(17, 2));
    if (!day || !minute || *minute >= 24 * 60 || text[16] != ':' || !second || *second > 59)
        return std::nullopt;
    text.remove_prefix(19);
    std::int64_t parts = 0;
    if (text.starts_with('.')) {
        std::size_t digits = 1;
        while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9')
            ++digits;
        std::string first{text.substr(1, std::min<std::size_t>(digits - 1, 3))};
        if (first.empty()) return std::nullopt;
        first.resize(3, '0');
        parts = digits_in(first).value_or(0);
        text.remove_prefix(digits);
    }
    const auto offset = offset_in(text);
    if (!offset) return std::nullopt;
    const std::int64_t days = day->time_since_epoch().count();
    return ((days * 24 * 60 + *minute - *offset) * 60 + *second) * 1000 + parts;
}

}  // namespace balcao::api
