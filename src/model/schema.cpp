// The JSON Schema of the language, from the table of keys. Beyond a language's grammar it knows nothing:
// whether a name refers to something, only the reader can say.
#include <algorithm>
#include <string>

#include "base/check.hpp"
#include "model/key_table.hpp"
#include "model/measures.hpp"
#include "model/print.hpp"
#include "text/json.hpp"

namespace balcao::model {
namespace {

std::string_view without_blanks(std::string_view text) {
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    return text;
}

// The alternatives of an expression, those in parentheses kept together.
std::vector<std::string_view> alternatives(std::string_view type) {
    std::vector<std::string_view> parts;
    int depth = 0;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= type.size(); ++i) {
        if (i < type.size() && type[i] == '(') ++depth;
        if (i < type.size() && type[i] == ')') --depth;
        if (i < type.size() && (type[i] != '|' || depth > 0)) continue;
        parts.push_back(without_blanks(type.substr(begin, i - begin)));
        begin = i + 1;
    }
    return parts;
}

const TypeRow* find_type(std::string_view name) {
    for (const TypeRow& row : type_table())
        if (row.name == name) return &row;
    return nullptr;
}

class Schema {
public:
    explicit Schema(std::string& out) : json_{out} {}

    void write() {
        json_.begin_object(text::JsonLines::each);
        json_.member("$schema", "https://json-schema.org/draft/2020-12/schema");
        json_.member("title", "Balcão: service models, scenarios and situations, version 1");
        json_.key("anyOf").begin_array();
        for (const char* root : {"model", "scenario", "situation", "model_part"})
            json_.begin_object().member("$ref", std::string{"#/$defs/"} + root).end();
        json_.end();
        json_.key("$defs").begin_object(text::JsonLines::each);
        for (const TypeRow& row : type_table())
            write_type(row);
        std::string_view object;
        for (const KeyRow& row : key_table()) {
            if (row.object == object) continue;
            object = row.object;
            json_.key(object);
            write_object(object, true);
        }
        json_.key("model_part");
        write_object("model", false);
        json_.end().end();
    }

private:
    // A file that a model includes has the same keys, none of them required.
    void write_object(std::string_view object, bool has_required) {
        json_.begin_object(text::JsonLines::each).member("type", "object");
        std::vector<std::string_view> needed;
        std::vector<const KeyRow*> patterns;
        json_.key("properties").begin_object(text::JsonLines::each);
        for (const KeyRow& row : keys_of(object)) {
            if (row.key.starts_with('<')) {
                patterns.push_back(&row);
                continue;
            }
            if (row.fallback == required) needed.push_back(row.key);
            json_.key(row.key);
            write_value(row);
        }
        if (object == "branch")
            for (const KeyRow& row : keys_of("distribution")) {
                json_.key(row.key);
                write_value(row);
            }
        json_.end();
        if (object != "branch") write_patterns(patterns);
        json_.member("additionalProperties", false);
        const bool is_one_of = object == "distribution" || object == "must" || object == "break";
        if (is_one_of) json_.member("minProperties", 1).member("maxProperties", 1);
        if (has_required && !needed.empty()) {
            json_.key("required").begin_array();
            for (const std::string_view key : needed)
                json_.value(key);
            json_.end();
        }
        json_.end();
    }

    void write_patterns(const std::vector<const KeyRow*>& patterns) {
        if (patterns.empty()) return;
        json_.key("patternProperties").begin_object(text::JsonLines::each);
        for (const KeyRow* row : patterns) {
            const TypeRow* type = find_type(row->key.substr(1, row->key.size() - 2));
            BALCAO_CHECK(type != nullptr && !type->pattern.empty());
            json_.key(type->pattern);
            write_value(*row);
        }
        json_.end();
    }

    void write_value(const KeyRow& row) {
        json_.begin_object().member("description", row.doc);
        if (!row.fallback.empty() && row.fallback != required) json_.key("x-default").value(row.fallback);
        write_constraint(row.type);
        json_.end();
    }

    // The keywords of a type expression, within an object that has been begun.
    void write_constraint(std::string_view type) {
        if (type.empty()) return;
        const auto parts = alternatives(type);
        if (parts.size() == 1) {
            write_one(parts.front());
            return;
        }
        json_.key("anyOf").begin_array();
        for (const std::string_view part : parts) {
            json_.begin_object();
            write_one(part);
            json_.end();
        }
        json_.end();
    }

    void write_one(std::string_view part) {
        if (part.starts_with('\'')) {
            json_.member("const", part.substr(1, part.size() - 2));
        } else if (part.starts_with("list ")) {
            json_.member("type", "array").key("items").begin_object();
            write_constraint(within_parentheses(part.substr(5)));
            json_.end();
        } else if (part.starts_with("map ")) {
            json_.member("type", "object").key("additionalProperties").begin_object();
            write_constraint(within_parentheses(part.substr(4)));
            json_.end();
        } else {
            BALCAO_CHECK(find_type(part) != nullptr || !keys_of(part).empty());
            json_.member("$ref", std::string{"#/$defs/"}.append(part));
        }
    }

    static std::string_view within_parentheses(std::string_view part) {
        part = without_blanks(part);
        if (part.starts_with('(')) part = part.substr(1, part.size() - 2);
        return part;
    }

    void write_type(const TypeRow& row) {
        json_.key(row.name).begin_object().member("description", row.doc);
        const bool has_alternatives = !row.also.empty() || (row.json == "number" && !row.pattern.empty());
        if (!has_alternatives) {
            write_scalar(row);
            json_.end();
            return;
        }
        json_.key("anyOf").begin_array();
        json_.begin_object();
        write_scalar(row);
        json_.end();
        if (row.json == "number" && !row.pattern.empty())
            json_.begin_object().member("type", "string").member("pattern", row.pattern).end();
        if (!row.also.empty()) {
            for (const std::string_view part : alternatives(row.also)) {
                json_.begin_object();
                write_one(part);
                json_.end();
            }
        }
        json_.end().end();
    }

    void write_scalar(const TypeRow& row) {
        if (row.name == "measure") {
            json_.key("enum").begin_array();
            for (const std::string& measure : measure_names())
                json_.value(measure);
            json_.end();
            return;
        }
        json_.member("type", row.json);
        if (row.json == "string" && !row.pattern.empty()) json_.member("pattern", row.pattern);
        if (row.name == "version") json_.member("const", 1);
    }

    text::JsonWriter json_;
};

}  // namespace

std::string json_schema() {
    std::string out;
    Schema{out}.write();
    return out + "\n";
}

}  // namespace balcao::model
