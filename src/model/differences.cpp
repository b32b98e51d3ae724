// The differences of two models in words, found in their canonical trees: what is left out there as a default
// is left out in both.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "model/key_table.hpp"
#include "model/print.hpp"
#include "model/tree.hpp"
#include "model/tree_of_model.hpp"

namespace balcao::model {
namespace {

using text::Yaml;
using text::YamlEntry;

constexpr std::size_t words_max = 120;

bool is_same(const Yaml& a, const Yaml& b) {
    if (a.kind != b.kind || a.scalar != b.scalar) return false;
    const auto is_same_entry = [](const YamlEntry& x, const YamlEntry& y) {
        return x.key == y.key && is_same(x.value, y.value);
    };
    return std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(), is_same) &&
           std::equal(a.entries.begin(), a.entries.end(), b.entries.begin(), b.entries.end(), is_same_entry);
}

// A value in one line, shortened where it is long.
std::string in_words(const Yaml& node) {
    std::string words = text::write_yaml_flow(node);
    if (words.size() <= words_max) return words;
    std::size_t end = words_max;
    while (end > 0 && (static_cast<unsigned char>(words[end]) & 0xC0U) == 0x80U)
        --end;
    return words.substr(0, end) + "…";
}

// Lists whose items have a name of their own are compared item by item.
std::vector<std::string> item_names(const std::string& key, const Yaml& list) {
    if (key == "demand") return demand_keys(list);
    std::vector<std::string> names;
    for (const Yaml& item : list.items) {
        const Yaml* id = item.find("id");
        if (id == nullptr && key == "steps") id = item.find("at");
        if (key == "steps") names.push_back(id != nullptr ? id->scalar : std::string{});
    }
    return names;
}

bool is_name_with_more(const Yaml& item) { return item.is_map() && item.entries.size() == 1; }

// A list of names, some of them with what belongs to them: [identity, {licence: {within: 10 days}}].
bool has_more_to_say(const Yaml& list) {
    const auto is_item = [](const Yaml& item) { return item.is_scalar() || is_name_with_more(item); };
    return std::any_of(list.items.begin(), list.items.end(), is_name_with_more) &&
           std::all_of(list.items.begin(), list.items.end(), is_item);
}

// The same as a map from the names to what belongs to them.
Yaml map_of_names(const Yaml& list) {
    Yaml map = Yaml::of(Yaml::Kind::map);
    for (const Yaml& item : list.items)
        if (item.is_scalar())
            map.entries.push_back({item.scalar, {}, Yaml::of(Yaml::Kind::map)});
        else
            map.entries.push_back(item.entries.front());
    return map;
}

// The default of a key, where all keys of that name have the same one and it is one word or number.
std::string_view plain_default_of(std::string_view key) {
    std::string_view fallback;
    for (const KeyRow& row : key_table()) {
        if (row.key != key) continue;
        const bool is_plain = row.fallback.size() <= 9 && row.fallback.find('[') == std::string_view::npos;
        if (!is_plain || (!fallback.empty() && fallback != row.fallback)) return {};
        fallback = row.fallback;
    }
    return fallback == "the id" ? std::string_view{} : fallback;
}

class Comparison {
public:
    std::vector<std::string> compare(const Yaml& from, const Yaml& to) {
        compare_maps("", from, to);
        return std::move(sentences_);
    }

private:
    static std::string below(const std::string& path, const std::string& key) {
        return path.empty() ? key : path + "." + key;
    }

    void say(const std::string& path, const std::string& what) {
        sentences_.push_back(path.empty() ? what : path + ": " + what);
    }

    enum class Absent : unsigned char { before, after };

    // A key that only one of the models gives: the other has its default, where the language has a plain one.
    void say_absent(const std::string& path, const YamlEntry& entry, Absent absent) {
        if (entry.value.is_map() && entry.value.entries.empty())
            return say(path, entry.key + (absent == Absent::before ? " added" : " removed"));
        const std::string value = in_words(entry.value);
        const std::string_view fallback =
            entry.value.is_scalar() ? plain_default_of(entry.key) : std::string_view{};
        if (absent == Absent::before)
            say(path, fallback.empty() ? fmt::format("{} added: {}", entry.key, value)
                                       : fmt::format("{} {} → {}", entry.key, fallback, value));
        else
            say(path, fallback.empty() ? fmt::format("{} removed (was {})", entry.key, value)
                                       : fmt::format("{} {} → {}", entry.key, value, fallback));
    }

    void compare_values(const std::string& path, const std::string& key, const Yaml& from, const Yaml& to) {
        if (is_same(from, to)) return;
        if (from.is_map() && to.is_map()) {
            compare_maps(below(path, key), from, to);
            return;
        }
        if (from.is_sequence() && to.is_sequence() && (key == "demand" || key == "steps")) {
            compare_lists(below(path, key), key, from, to);
            return;
        }
        if (from.is_sequence() && to.is_sequence() && (has_more_to_say(from) || has_more_to_say(to))) {
            compare_named_lists(below(path, key), from, to);
            return;
        }
        if (from.is_sequence() && to.is_sequence()) {
            compare_plain_lists(below(path, key), from, to);
            return;
        }
        say(path, fmt::format("{} {} → {}", key, in_words(from), in_words(to)));
    }

    void compare_named_lists(const std::string& path, const Yaml& from, const Yaml& to) {
        const Yaml before = map_of_names(from);
        const Yaml after = map_of_names(to);
        compare_maps(path, before, after);
        const auto is_same_name = [](const YamlEntry& a, const YamlEntry& b) { return a.key == b.key; };
        if (before.entries.size() == after.entries.size() &&
            std::is_permutation(before.entries.begin(), before.entries.end(), after.entries.begin(),
                                is_same_name) &&
            !std::equal(before.entries.begin(), before.entries.end(), after.entries.begin(), is_same_name))
            say(path, "in another order");
    }

    void compare_maps(const std::string& path, const Yaml& from, const Yaml& to) {
        for (const YamlEntry& entry : from.entries) {
            if (const Yaml* other = to.find(entry.key))
                compare_values(path, entry.key, entry.value, *other);
            else
                say_absent(path, entry, Absent::after);
        }
        for (const YamlEntry& entry : to.entries)
            if (from.find(entry.key) == nullptr) say_absent(path, entry, Absent::before);
        compare_order(path, from, to);
    }

    // The order of desks is the order in which they are taken.
    void compare_order(const std::string& path, const Yaml& from, const Yaml& to) {
        if (!path.ends_with(".desks")) return;
        std::vector<std::string> before;
        std::vector<std::string> after;
        for (const YamlEntry& entry : from.entries)
            if (to.find(entry.key) != nullptr) before.push_back(entry.key);
        for (const YamlEntry& entry : to.entries)
            if (from.find(entry.key) != nullptr) after.push_back(entry.key);
        if (before != after) say(path, fmt::format("order {} → {}", listed(before), listed(after)));
    }

    void compare_lists(const std::string& path, const std::string& key, const Yaml& from, const Yaml& to) {
        const auto before = item_names(key, from);
        const auto after = item_names(key, to);
        std::vector<std::string> kept_before;
        std::vector<std::string> kept_after;
        for (std::size_t i = 0; i < before.size(); ++i) {
            const auto found = std::find(after.begin(), after.end(), before[i]);
            if (found == after.end()) {
                say(path, fmt::format("{} removed", before[i]));
                continue;
            }
            kept_before.push_back(before[i]);
            compare_maps(below(path, before[i]), from.items[i],
                         to.items[static_cast<std::size_t>(found - after.begin())]);
        }
        for (std::size_t i = 0; i < after.size(); ++i) {
            if (std::find(before.begin(), before.end(), after[i]) != before.end())
                kept_after.push_back(after[i]);
            else
                say(path, fmt::format("{} added: {}", after[i], in_words(to.items[i])));
        }
        if (kept_before != kept_after)
            say(path, fmt::format("order {} → {}", listed(kept_before), listed(kept_after)));
    }

    void compare_plain_lists(const std::string& path, const Yaml& from, const Yaml& to) {
        const auto has = [](const Yaml& list, const Yaml& item) {
            return std::any_of(list.items.begin(), list.items.end(),
                               [&](const Yaml& other) { return is_same(item, other); });
        };
        const std::size_t before = sentences_.size();
        for (const Yaml& item : from.items)
            if (!has(to, item)) say(path, fmt::format("{} removed", in_words(item)));
        for (const Yaml& item : to.items)
            if (!has(from, item)) say(path, fmt::format("{} added", in_words(item)));
        if (sentences_.size() == before)
            say(path, fmt::format("order {} → {}", in_words(from), in_words(to)));
    }

    std::vector<std::string> sentences_;
};

}  // namespace

std::vector<std::string> differences(const Model& from, const Model& to) {
    return Comparison{}.compare(tree_of(from), tree_of(to));
}

}  // namespace balcao::model
