#include "model/context.hpp"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "base/check.hpp"
#include "text/number.hpp"

namespace balcao::model {
namespace {

const KeyRow* find_row(std::string_view object, std::string_view key) {
    for (const KeyRow& row : keys_of(object))
        if (row.key == key) return &row;
    return nullptr;
}

// The keys that a person may have meant.
std::vector<std::string> names_of_keys(std::string_view object) {
    std::vector<std::string> names;
    for (const KeyRow& row : keys_of(object)) {
        if (row.key == "<weekdays>")
            for (const char* days : {"mon-fri", "every day", "mon", "tue", "wed", "thu", "fri", "sat", "sun"})
                names.emplace_back(days);
        else if (!row.key.starts_with('<'))
            names.emplace_back(row.key);
    }
    return names;
}

// "What people come for." as it stands in the middle of a sentence.
std::string within_sentence(std::string_view doc) {
    std::string text{doc.substr(0, doc.size() - 1)};
    text.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(text.front())));
    return text;
}

std::string kind_of_text(std::string_view text) {
    if (text::parse_number(text)) return fmt::format("the number {}", text);
    if (parse_duration(text)) return fmt::format("the length of time {}", text);
    if (parse_money(text)) return fmt::format("the amount of money {}", text);
    if (parse_date(text)) return fmt::format("the date {}", text);
    if (text.find(" per ") != std::string_view::npos) return fmt::format("the rate {}", text);
    if (text.ends_with('%')) return fmt::format("the share {}", text);
    if (text.size() > 60) return fmt::format("the text \"{}…\"", text.substr(0, 60));
    return fmt::format("\"{}\"", text);
}

}  // namespace

Fields::Fields(const Context& context,
               const Yaml& map,
               std::string_view object,
               const std::function<bool(const std::string&)>& others)
    : context_{context}, map_{map}, object_{object} {
    if (!map.is_map()) {
        expected(context, map, "a map of keys and values");
        return;
    }
    for (const YamlEntry& entry : map.entries) {
        if (find_row(object, entry.key) != nullptr || (others && others(entry.key))) continue;
        has_unknown_ = true;
        const std::vector<std::string> names = names_of_keys(object);
        context.mistake(entry.key_mark, fmt::format("unknown key {}{}", text::quote_yaml(entry.key),
                                                    instead_of(entry.key, names)));
    }
    for (const KeyRow& row : keys_of(object))
        if (row.fallback == required && map.find_entry(row.key) == nullptr)
            context.mistake(map.mark,
                            fmt::format("the key {} is missing: {}", row.key, within_sentence(row.doc)));
}

const Yaml* Fields::find(std::string_view key) const {
    BALCAO_CHECK(find_row(object_, key) != nullptr);
    const YamlEntry* entry = map_.find_entry(key);
    if (entry == nullptr) return nullptr;
    if (entry->value.is_null()) {
        context_.mistake(entry->key_mark,
                         fmt::format("the key {} has no value: give one, or leave the key out", key));
        return nullptr;
    }
    return &entry->value;
}

std::string described(const Yaml& node) {
    switch (node.kind) {
        case Yaml::Kind::null:
            return "nothing";
        case Yaml::Kind::sequence:
            return "a list";
        case Yaml::Kind::map:
            return "a map";
        case Yaml::Kind::scalar:
            break;
    }
    return kind_of_text(node.scalar);
}

void expected(const Context& context, const Yaml& node, std::string_view what) {
    context.mistake(node.mark, fmt::format("expected {}, found {}", what, described(node)));
}

std::string_view example_of(std::string_view type) {
    for (const TypeRow& row : type_table())
        if (row.name == type) return row.example;
    BALCAO_CHECK(false);
    return {};
}

const std::vector<YamlEntry>& entries_of(const Context& context, const Yaml& node, std::string_view what) {
    if (!node.is_map()) expected(context, node, what);
    return node.entries;
}

const std::vector<Yaml>& items_of(const Context& context, const Yaml& node, std::string_view what) {
    if (!node.is_sequence()) expected(context, node, what);
    return node.items;
}

bool is_name(std::string_view text) {
    if (text.empty() || text.size() > 100 || text.front() == '-') return false;
    return std::all_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0x80 || std::isalnum(byte) != 0 || c == '_' || c == '-';
    });
}

bool check_name(const Context& context, const YamlMark& mark, std::string_view name) {
    if (is_name(name)) return true;
    context.mistake(mark, fmt::format("{} cannot be a name: expected letters, digits, \"_\" and \"-\"",
                                      text::quote_yaml(name)));
    return false;
}

std::string read_name(const Context& context, const Yaml& node) {
    if (!node.is_scalar()) {
        expected(context, node, "a name");
        return {};
    }
    return check_name(context, node.mark, node.scalar) ? node.scalar : std::string{};
}

std::string read_channel(const Context& context, const Yaml& node) {
    std::string name = read_name(context, node);
    if (name.empty() || context.channels.contains(name)) return name;
    const std::vector<std::string> known{context.channels.begin(), context.channels.end()};
    context.mistake(node.mark,
                    fmt::format("no desk serves a channel named {}{}", name, instead_of(name, known)));
    return {};
}

std::vector<std::pair<std::string, YamlMark>> read_names(const Context& context, const Yaml& node) {
    std::vector<std::pair<std::string, YamlMark>> names;
    std::set<std::string> seen;
    const auto add = [&](const Yaml& item) {
        std::string name = read_name(context, item);
        if (name.empty()) return;
        if (!seen.insert(name).second)
            context.mistake(item.mark, fmt::format("{} is named twice in this list", name));
        else
            names.emplace_back(std::move(name), item.mark);
    };
    if (!node.is_sequence()) {
        add(node);
        return names;
    }
    if (node.items.empty()) context.mistake(node.mark, "the list is empty: expected at least one name");
    for (const Yaml& item : node.items)
        add(item);
    return names;
}

std::optional<std::size_t> read_word(const Context& context,
                                     const Yaml& node,
                                     std::initializer_list<std::string_view> words) {
    std::vector<std::string> names;
    for (const std::string_view word : words) {
        if (node.is_scalar() && node.scalar == word) return names.size();
        names.emplace_back(word);
    }
    const std::string hint = node.is_scalar() ? instead_of(node.scalar, names) : "; expected one word";
    context.mistake(node.mark, fmt::format("{} is none of {}{}", described(node), listed(names),
                                           hint.starts_with("; did") ? hint : std::string{}));
    return std::nullopt;
}

std::optional<TimeRange> read_hours(const Context& context, const YamlMark& mark, std::string_view text) {
    const auto range = parse_time_range(text);
    if (!range)
        context.mistake(
            mark, fmt::format("{} are no hours: expected {}", text::quote_yaml(text), example_of("hours")));
    return range;
}

std::optional<WeekdaySet> read_weekdays(const Context& context, const YamlMark& mark, std::string_view text) {
    const auto days = parse_weekdays(text);
    if (!days)
        context.mistake(mark, fmt::format("{} are no days of the week: expected {}", text::quote_yaml(text),
                                          "mon, mon-fri, \"sat, sun\" or every day"));
    return days;
}

std::optional<NamedFile> read_file_name(const Context& context, const Yaml& node) {
    const auto name = read_string(context, node, "file");
    if (!name) return std::nullopt;
    if (name->find('\0') != std::string::npos) {
        context.mistake(node.mark, "this cannot be the name of a file");
        return std::nullopt;
    }
    const std::filesystem::path folder =
        node.mark.file ? std::filesystem::path{*node.mark.file}.parent_path() : context.folder;
    const std::filesystem::path path = (folder / *name).lexically_normal();
    if (folder == context.folder) return NamedFile{path, *name};
    return NamedFile{path, path.lexically_proximate(context.folder).generic_string()};
}

}  // namespace balcao::model
