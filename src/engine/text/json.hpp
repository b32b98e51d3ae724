#pragma once
// JSON, in and out. The writer streams into a text, in the order in which it is told; the reader holds a
// document and hands out views of it. Used for results, schemas, open data and the live pages. The parser
// behind it is Boost.JSON, which stays in the source.
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/result.hpp"

namespace balcao::text {

// Whether the elements of an object or array stand on one line or on a line each.
enum class JsonLines : unsigned char { one, each };

// Appends one JSON value to a text that it does not own. What is not JSON (a value without its key, an object
// never ended) is a mistake of ours and stops the program. Numbers have their shortest form; infinite ones
// and not-a-number are null; text that is not UTF-8 gets U+FFFD.
//   JsonWriter json{out};
//   json.begin_object().member("model", name).key("measures").begin_array(JsonLines::each) … .end().end();
class JsonWriter {
public:
    explicit JsonWriter(std::string& out) : out_{out} {}

    JsonWriter(const JsonWriter&) = delete;
    JsonWriter& operator=(const JsonWriter&) = delete;
    JsonWriter(JsonWriter&&) = delete;
    JsonWriter& operator=(JsonWriter&&) = delete;
    // Everything begun must have been ended.
    ~JsonWriter();

    JsonWriter& begin_object(JsonLines lines = JsonLines::one) { return begin('{', lines); }

    JsonWriter& begin_array(JsonLines lines = JsonLines::one) { return begin('[', lines); }

    // Ends what was begun last.
    JsonWriter& end();

    JsonWriter& key(std::string_view name);

    JsonWriter& value(std::string_view text);
    JsonWriter& value(double number);
    JsonWriter& value(std::int64_t number);
    JsonWriter& value(std::uint64_t number);
    JsonWriter& value(bool truth);
    JsonWriter& null();

    JsonWriter& value(const char* text) { return value(std::string_view{text}); }

    JsonWriter& value(const std::string& text) { return value(std::string_view{text}); }

    JsonWriter& value(int number) { return value(std::int64_t{number}); }

    JsonWriter& value(unsigned number) { return value(std::uint64_t{number}); }

    // Nothing is null.
    template <class T>
    JsonWriter& value(const std::optional<T>& maybe) {
        return maybe ? value(*maybe) : null();
    }

    // A pointer would otherwise turn into a truth value.
    template <class T>
    JsonWriter& value(const T*) = delete;

    template <class T>
    JsonWriter& member(std::string_view name, const T& member_value) {
        return key(name).value(member_value);
    }

private:
    struct Level {
        char closing = '}';
        JsonLines lines = JsonLines::one;
        bool is_empty = true;
    };

    JsonWriter& begin(char opening, JsonLines lines);
    JsonWriter& write(std::string_view token);
    void next_element();
    void new_line();

    std::string& out_;
    std::vector<Level> levels_;
    bool is_key_written_ = false;
    bool is_begun_ = false;
};

// `text` as a JSON string, with its quotes.
void append_json_string(std::string& out, std::string_view text);

class Json;
struct JsonNode;  // one value of a document, in the source

// One value of a document, or nothing where there is none. It lives as long as its document. What it is asked
// for and is not, is nothing: json["site"]["open"].as_text() needs no checks on its way.
class JsonView {
public:
    JsonView() = default;

    [[nodiscard]] bool exists() const { return node_ != nullptr; }

    [[nodiscard]] bool is_null() const;
    [[nodiscard]] bool is_object() const;
    [[nodiscard]] bool is_array() const;
    [[nodiscard]] std::optional<bool> as_bool() const;
    // Any number, rounded correctly (Boost's own reading may be one unit in the last place off): what
    // JsonWriter wrote comes back to the bit.
    [[nodiscard]] std::optional<double> as_number() const;
    // A number written without decimals and exponent, or one whose value is whole.
    [[nodiscard]] std::optional<std::int64_t> as_whole_number() const;
    [[nodiscard]] std::optional<std::string_view> as_text() const;

    // The member of that name of an object.
    JsonView operator[](std::string_view name) const;
    // The element of an array, or the value of an object's member, in the order of the text.
    [[nodiscard]] JsonView at(std::size_t index) const;
    // Elements of an array or members of an object; 0 for anything else.
    [[nodiscard]] std::size_t size() const;
    // The names of an object's members, in the order of the text.
    [[nodiscard]] std::vector<std::string_view> keys() const;

private:
    friend class Json;

    explicit JsonView(const JsonNode* node) : node_{node} {}

    const JsonNode* node_ = nullptr;
};

// A document: the owner of what its views look at.
class Json {
public:
    // Error (invalid): "name:line:column: what", columns in bytes from 1. At most 100 levels deep. Of a name
    // that stands twice in one object, the last value counts.
    static Result<Json> parse(std::string_view text, std::string_view name);

    [[nodiscard]] JsonView root() const { return JsonView{document_.get()}; }

private:
    explicit Json(std::shared_ptr<const JsonNode> document) : document_{std::move(document)} {}

    std::shared_ptr<const JsonNode> document_;
};

}  // namespace balcao::text
