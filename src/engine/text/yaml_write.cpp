// YAML out: quoting and layout.
#include <algorithm>

#include <fmt/format.h>

#include "text/yaml.hpp"

namespace balcao::text {
namespace {

constexpr std::size_t width_max = 100;

// The bytes of a character that YAML does not take as it stands (C1 controls, line separators, byte-order
// marks, non-characters), and its escape; 0 bytes when the text begins with none.
struct Escape {
    std::size_t bytes = 0;
    std::string text{};
};

Escape escape_at(std::string_view text) {
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    if (byte(0) < 0x20 || byte(0) == 0x7F) return {1, fmt::format("\\x{:02X}", byte(0))};
    if (byte(0) == 0xC2 && byte(1) >= 0x80 && byte(1) <= 0x9F) return {2, fmt::format("\\x{:02X}", byte(1))};
    if (byte(0) == 0xE2 && byte(1) == 0x80 && (byte(2) == 0xA8 || byte(2) == 0xA9))
        return {3, byte(2) == 0xA8 ? "\\u2028" : "\\u2029"};
    if (byte(0) == 0xEF && byte(1) == 0xBB && byte(2) == 0xBF) return {3, "\\uFEFF"};
    if (byte(0) == 0xEF && byte(1) == 0xBF && byte(2) >= 0xBE)
        return {3, byte(2) == 0xBE ? "\\uFFFE" : "\\uFFFF"};
    return {};
}

bool is_plain(std::string_view text) {
    if (text.empty() || text.front() == ' ' || text.back() == ' ' || text == "~") return false;
    if (std::string_view{"-?:,[]{}#&*!|>'\"%@`="}.find(text.front()) != std::string_view::npos) {
        const bool is_negative = text.size() > 1 && text.front() == '-' && text[1] >= '0' && text[1] <= '9';
        if (!is_negative) return false;
    }
    if (text.starts_with("---") || text.starts_with("...")) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (std::string_view{",[]{}:#\"'\\"}.find(text[i]) != std::string_view::npos) return false;
        if (escape_at(text.substr(i)).bytes > 0) return false;
    }
    return true;
}

// A key that begins with a digit is quoted, so that no other reader takes "08" for a number.
std::string key_text(const std::string& key) {
    const bool is_digit = !key.empty() && key.front() >= '0' && key.front() <= '9';
    return is_digit && is_plain(key) ? fmt::format("\"{}\"", key) : quote_yaml(key);
}

std::string scalar_text(const Yaml& node) {
    return node.is_null() ? std::string{"~"} : quote_yaml(node.scalar);
}

// In braces and brackets; stops when longer than `enough`.
void write_flow(const Yaml& node, std::string& out, std::size_t enough) {
    if (node.is_map()) {
        out += '{';
        for (const YamlEntry& entry : node.entries) {
            if (out.size() > enough) return;
            if (&entry != &node.entries.front()) out += ", ";
            out += key_text(entry.key) + ": ";
            write_flow(entry.value, out, enough);
        }
        out += '}';
        return;
    }
    if (node.is_sequence()) {
        out += '[';
        for (const Yaml& item : node.items) {
            if (out.size() > enough) return;
            if (&item != &node.items.front()) out += ", ";
            write_flow(item, out, enough);
        }
        out += ']';
        return;
    }
    out += scalar_text(node);
}

bool is_collection(const Yaml& node) { return !node.items.empty() || !node.entries.empty(); }

class Layout {
public:
    explicit Layout(std::string& out) : out_{out} {}

    // `column` is how far the keys of this node stand in; `used` is what stands on the line already.
    void write(const Yaml& node, int level, std::size_t column, std::size_t used) {
        const bool has_only_scalars =
            node.entries.empty() && std::none_of(node.items.begin(), node.items.end(), is_collection);
        if (is_collection(node) && (level < 2 && !(has_only_scalars && level > 0))) {
            write_block(node, level, column);
            return;
        }
        std::string flow;
        write_flow(node, flow, 2 * width_max);
        if (!is_collection(node) || used + flow.size() + 1 <= width_max) {
            out_ += " " + flow + "\n";
            return;
        }
        write_block(node, level, column);
    }

    void write_block(const Yaml& node, int level, std::size_t column) {
        if (level > 0) out_ += '\n';
        write_lines(node, level, column, std::string(column, ' '));
    }

private:
    // `first` begins the first line: spaces, or the dash of a list item.
    void write_lines(const Yaml& node, int level, std::size_t column, std::string first) {
        for (const YamlEntry& entry : node.entries) {
            const std::string key = key_text(entry.key) + ":";
            out_ += first + key;
            write(entry.value, level + 1, column + 2, column + key.size());
            first = std::string(column, ' ');
        }
        for (const Yaml& item : node.items) {
            out_ += first + "-";
            std::string flow;
            write_flow(item, flow, 2 * width_max);
            if (!is_collection(item) || (column + flow.size() + 2 <= width_max && level > 1))
                out_ += " " + flow + "\n";
            else
                write_lines(item, level + 1, column + 2, " ");
            first = std::string(column, ' ');
        }
    }

    std::string& out_;
};

}  // namespace

std::string quote_yaml(std::string_view text) {
    if (is_plain(text)) return std::string{text};
    std::string quoted = "\"";
    for (std::size_t i = 0; i < text.size();) {
        const char c = text[i];
        const Escape escape = escape_at(text.substr(i));
        if (c == '"' || c == '\\')
            quoted += {'\\', c};
        else if (c == '\n')
            quoted += "\\n";
        else if (c == '\t')
            quoted += "\\t";
        else if (escape.bytes > 0)
            quoted += escape.text;
        else
            quoted += c;
        i += std::max<std::size_t>(escape.bytes, 1);
    }
    return quoted + "\"";
}

std::string write_yaml_flow(const Yaml& root) {
    std::string out;
    write_flow(root, out, std::string::npos);
    return out;
}

std::string write_yaml(const Yaml& root) {
    std::string out;
    if (is_collection(root))
        Layout{out}.write_block(root, 0, 0);
    else
        out = write_yaml_flow(root) + "\n";
    return out;
}

}  // namespace balcao::text
