#include "model/change.hpp"

#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "model/scale.hpp"
#include "model/tree.hpp"

namespace balcao::model {
namespace {

using text::Yaml;
using text::YamlEntry;
using Path = std::vector<std::string>;

std::string joined(const Path& path, std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i)
        text += (i > 0 ? "." : "") + path[i];
    return text;
}

// What the items of a list can be called by in a path.
std::vector<std::vector<std::string>> names_of_items(const Yaml& list) {
    std::vector<std::vector<std::string>> names(list.items.size());
    const auto derived = demand_keys(list);
    for (std::size_t i = 0; i < list.items.size(); ++i) {
        const Yaml& item = list.items[i];
        if (item.is_scalar()) names[i].push_back(item.scalar);
        for (const char* key : {"id", "service", "at", "measure"})
            if (const Yaml* name = item.find(key); name != nullptr && name->is_scalar())
                names[i].push_back(name->scalar);
        if (!derived[i].empty()) names[i].push_back(derived[i]);
        names[i].push_back(std::to_string(i + 1));
    }
    return names;
}

// The places of the children that one part of a path names.
std::vector<std::size_t> children_named(const Yaml& node, const std::string& part) {
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < node.entries.size(); ++i)
        if (part == "*" || node.entries[i].key == part) places.push_back(i);
    if (!node.is_sequence()) return places;
    const auto names = names_of_items(node);
    for (std::size_t i = 0; i < names.size(); ++i)
        if (part == "*" || std::find(names[i].begin(), names[i].end(), part) != names[i].end())
            places.push_back(i);
    return places;
}

std::vector<std::string> child_names(const Yaml& node) {
    std::vector<std::string> names;
    for (const YamlEntry& entry : node.entries)
        names.push_back(entry.key);
    if (node.is_sequence())
        for (auto& of_item : names_of_items(node))
            if (of_item.size() > 1 && std::find(names.begin(), names.end(), of_item.front()) == names.end())
                names.push_back(of_item.front());
    return names;
}

class Applier {
public:
    Applier(const Change& change, Remarks& remarks) : change_{change}, remarks_{remarks} {}

    void apply(Yaml& root) {
        if (change_.verb == Change::Verb::add) {
            add(root);
            return;
        }
        if (walk(root, change_.path.size(), 0,
                 [this](Yaml& parent, std::size_t at) { change_child(parent, at); }) == 0)
            complain();
    }

private:
    using Act = std::function<void(Yaml&, std::size_t)>;

    // Calls `act` with every parent and place that the first `count` parts of the path lead to, the last
    // first, so that taking one away does not move the others. How many there were.
    std::size_t walk(Yaml& node, std::size_t count, std::size_t depth, const Act& act) {
        auto places = children_named(node, change_.path[depth]);
        if (places.empty() && depth >= missed_depth_) {
            missed_depth_ = depth;
            missed_names_ = child_names(node);
        }
        std::reverse(places.begin(), places.end());
        std::size_t found = 0;
        for (const std::size_t place : places) {
            if (depth + 1 == count) {
                act(node, place);
                ++found;
                continue;
            }
            found += walk(child(node, place), count, depth + 1, act);
        }
        return found;
    }

    static Yaml& child(Yaml& node, std::size_t place) {
        return node.is_sequence() ? node.items[place] : node.entries[place].value;
    }

    void complain() {
        const std::string& missed = change_.path[missed_depth_];
        const std::string where = missed_depth_ == 0 ? "the model" : joined(change_.path, missed_depth_);
        const bool is_last = missed_depth_ + 1 == change_.path.size();
        const std::string hint = instead_of(missed, missed_names_);
        std::string what =
            fmt::format("there is no {} in {}{}", missed == "*" ? "entry" : missed, where, hint);
        if (is_last && change_.verb == Change::Verb::set && !hint.starts_with("; did"))
            what += "; to give it one, write add and value";
        remarks_.mistake(change_.mark, std::move(what));
    }

    void change_child(Yaml& parent, std::size_t place) {
        if (change_.verb == Change::Verb::set) {
            child(parent, place) = change_.value;
        } else if (change_.verb == Change::Verb::remove) {
            if (parent.is_sequence())
                parent.items.erase(parent.items.begin() + static_cast<std::ptrdiff_t>(place));
            else
                parent.entries.erase(parent.entries.begin() + static_cast<std::ptrdiff_t>(place));
        } else {
            scale_at_path(child(parent, place), change_, remarks_);
        }
    }

    void append(Yaml& list) const {
        if (!change_.value.is_sequence()) {
            list.items.push_back(change_.value);
            return;
        }
        for (const Yaml& item : change_.value.items)
            list.items.push_back(item);
    }

    // A list that is there gets one more; a map that lacks the key gets it.
    void add(Yaml& root) {
        const std::string& key = change_.path.back();
        const auto add_to = [&](Yaml& map) {
            Yaml* old = map.find(key);
            if (old != nullptr && old->is_sequence())
                append(*old);
            else if (old != nullptr)
                remarks_.mistake(change_.mark,
                                 fmt::format("{} is there already: to change it, write set and to",
                                             joined(change_.path, change_.path.size())));
            else if (map.is_map())
                map.entries.push_back({key, change_.mark, change_.value});
            else
                remarks_.mistake(change_.mark,
                                 fmt::format("nothing can be added to {}: expected the path of a map or list",
                                             joined(change_.path, change_.path.size() - 1)));
        };
        if (change_.path.size() == 1) {
            add_to(root);
            return;
        }
        const auto add_to_child = [&](Yaml& parent, std::size_t place) { add_to(child(parent, place)); };
        if (walk(root, change_.path.size() - 1, 0, add_to_child) == 0) complain();
    }

    const Change& change_;
    Remarks& remarks_;
    std::size_t missed_depth_ = 0;
    std::vector<std::string> missed_names_;
};

}  // namespace

void apply_change(text::Yaml& root, const Change& change, Remarks& remarks) {
    Applier{change, remarks}.apply(root);
}

}  // namespace balcao::model
