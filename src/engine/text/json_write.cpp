#include <array>
#include <charconv>
#include <cmath>

#include "base/check.hpp"
#include "base/utf8.hpp"
#include "text/json.hpp"
#include "text/number.hpp"

namespace balcao::text {
namespace {

void append_escaped(std::string& out, unsigned char control) {
    switch (control) {
        case '"':
            out += "\\\"";
            return;
        case '\\':
            out += "\\\\";
            return;
        case '\n':
            out += "\\n";
            return;
        case '\r':
            out += "\\r";
            return;
        case '\t':
            out += "\\t";
            return;
        default:
            break;
    }
    constexpr std::string_view digits = "0123456789abcdef";
    out += "\\u00";
    out += digits[control >> 4U];
    out += digits[control & 0xFU];
}

bool must_be_escaped(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; }

template <class Whole>
std::string_view print(std::array<char, 24>& buffer, Whole number) {
    const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
    BALCAO_CHECK(error == std::errc{});
    return {buffer.data(), static_cast<std::size_t>(end - buffer.data())};
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
    std::string replaced;
    if (find_invalid_utf8(text)) text = replaced = replace_invalid_utf8(text);
    out += '"';
    std::size_t written = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!must_be_escaped(text[i])) continue;
        out += text.substr(written, i - written);
        append_escaped(out, static_cast<unsigned char>(text[i]));
        written = i + 1;
    }
    out += text.substr(written);
    out += '"';
}

JsonWriter::~JsonWriter() { BALCAO_CHECK(levels_.empty()); }

void JsonWriter::new_line() {
    out_ += '\n';
    for (const Level& level : levels_)
        if (level.lines == JsonLines::each) out_ += "  ";
}

// What stands between this element and the one before it.
void JsonWriter::next_element() {
    if (levels_.empty()) {
        BALCAO_CHECK(!is_begun_);  // one document, one value
        is_begun_ = true;
        return;
    }
    Level& level = levels_.back();
    if (!level.is_empty) out_ += level.lines == JsonLines::each ? "," : ", ";
    if (level.lines == JsonLines::each) new_line();
    level.is_empty = false;
}

JsonWriter& JsonWriter::write(std::string_view token) {
    const bool is_in_object = !levels_.empty() && levels_.back().closing == '}';
    BALCAO_CHECK(is_in_object == is_key_written_);
    if (!is_key_written_) next_element();
    is_key_written_ = false;
    out_ += token;
    return *this;
}

JsonWriter& JsonWriter::begin(char opening, JsonLines lines) {
    write({&opening, 1});
    levels_.push_back({opening == '{' ? '}' : ']', lines});
    return *this;
}

JsonWriter& JsonWriter::end() {
    BALCAO_CHECK(!levels_.empty() && !is_key_written_);
    const Level level = levels_.back();
    levels_.pop_back();
    if (level.lines == JsonLines::each && !level.is_empty) new_line();
    out_ += level.closing;
    return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
    BALCAO_CHECK(!levels_.empty() && levels_.back().closing == '}' && !is_key_written_);
    next_element();
    append_json_string(out_, name);
    out_ += ": ";
    is_key_written_ = true;
    return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
    write({});
    append_json_string(out_, text);
    return *this;
}

JsonWriter& JsonWriter::value(double number) {
    return std::isfinite(number) ? write(format_shortest(number)) : null();
}

JsonWriter& JsonWriter::value(std::int64_t number) {
    std::array<char, 24> buffer{};
    return write(print(buffer, number));
}

JsonWriter& JsonWriter::value(std::uint64_t number) {
    std::array<char, 24> buffer{};
    return write(print(buffer, number));
}

JsonWriter& JsonWriter::value(bool truth) { return write(truth ? "true" : "false"); }

JsonWriter& JsonWriter::null() { return write("null"); }

}  // namespace balcao::text
