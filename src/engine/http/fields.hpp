#pragma once
// Lists of names and values in the order in which they came: `Headers`, whose names know no case, and
// `Fields` (query, form, cookies, segments of a path), whose names do. Used by requests, responses and those
// who read them; a list checks nothing.
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/characters.hpp"

namespace balcao::http {

struct Field {
    std::string name;
    std::string value;
    friend bool operator==(const Field&, const Field&) = default;
};

template <bool (*is_same)(std::string_view, std::string_view)>
class FieldList {
public:
    FieldList() = default;

    FieldList(std::initializer_list<Field> items) : items_(items) {}

    void add(std::string name, std::string value) { items_.push_back({std::move(name), std::move(value)}); }

    // One field of this name in place of all.
    void set(std::string name, std::string value) {
        remove(name);
        add(std::move(name), std::move(value));
    }

    void remove(std::string_view name) {
        std::erase_if(items_, [&](const Field& field) { return is_same(field.name, name); });
    }

    // The value of the first field of this name. The view lives as long as the list is not changed.
    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const {
        for (const Field& field : items_)
            if (is_same(field.name, name)) return field.value;
        return std::nullopt;
    }

    // The same; an empty text where there is none.
    [[nodiscard]] std::string_view text(std::string_view name) const {
        return find(name).value_or(std::string_view{});
    }

    [[nodiscard]] bool has(std::string_view name) const { return find(name).has_value(); }

    [[nodiscard]] std::vector<std::string_view> all(std::string_view name) const {
        std::vector<std::string_view> values;
        for (const Field& field : items_)
            if (is_same(field.name, name)) values.push_back(field.value);
        return values;
    }

    // The values of all fields of this name as one list, parted by commas (RFC 9110, 5.3).
    [[nodiscard]] std::string joined(std::string_view name) const {
        std::string list;
        for (const Field& field : items_) {
            if (!is_same(field.name, name)) continue;
            if (!list.empty()) list += ", ";
            list += field.value;
        }
        return list;
    }

    [[nodiscard]] std::size_t size() const { return items_.size(); }

    [[nodiscard]] bool empty() const { return items_.empty(); }

    [[nodiscard]] auto begin() const { return items_.begin(); }

    [[nodiscard]] auto end() const { return items_.end(); }

    friend bool operator==(const FieldList&, const FieldList&) = default;

private:
    std::vector<Field> items_;
};

using Fields = FieldList<same_text>;
using Headers = FieldList<same_ignoring_case>;

}  // namespace balcao::http
