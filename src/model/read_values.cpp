// The typed readers of single values (context.hpp).
#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "model/context.hpp"
#include "text/number.hpp"

namespace balcao::model {
namespace {

// Longer than any wait of a city, and far from the end of the integer that holds times.
constexpr Duration duration_max = std::chrono::hours{24 * 366 * 100};

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    return text;
}

// "2.5 km" with the suffix "km" is 2.5.
std::optional<double> number_before(std::string_view text, std::string_view suffix) {
    if (!text.ends_with(suffix)) return std::nullopt;
    return text::parse_number(trimmed(text.substr(0, text.size() - suffix.size())));
}

std::optional<std::string_view> scalar_of(const Context& context, const Yaml& node, std::string_view what) {
    if (node.is_scalar()) return std::string_view{node.scalar};
    expected(context, node, what);
    return std::nullopt;
}

std::optional<double> within(const Context& context, const Yaml& node, double value, Bounds bounds) {
    if (value >= bounds.low && value <= bounds.high) return value;
    if (value < bounds.low)
        context.mistake(node.mark,
                        fmt::format("{} is too small: expected {} or more", node.scalar, bounds.low));
    else
        context.mistake(node.mark,
                        fmt::format("{} is too large: expected {} or less", node.scalar, bounds.high));
    return std::nullopt;
}

}  // namespace

std::optional<std::string> read_string(const Context& context, const Yaml& node, std::string_view type) {
    if (node.is_scalar() && !node.scalar.empty()) return node.scalar;
    expected(context, node, example_of(type));
    return std::nullopt;
}

std::optional<double> read_number(const Context& context, const Yaml& node, Bounds bounds) {
    const auto value = node.is_scalar() ? text::parse_number(node.scalar) : std::nullopt;
    if (!value) {
        expected(context, node, "a number");
        return std::nullopt;
    }
    return within(context, node, *value, bounds);
}

std::optional<int> read_integer(const Context& context, const Yaml& node, Bounds bounds) {
    const auto value = node.is_scalar() ? text::parse_number(node.scalar) : std::nullopt;
    if (!value || *value != std::floor(*value)) {
        expected(context, node, "a whole number");
        return std::nullopt;
    }
    if (!within(context, node, *value, bounds)) return std::nullopt;
    return static_cast<int>(*value);
}

std::optional<bool> read_boolean(const Context& context, const Yaml& node) {
    if (node.is_scalar() && node.scalar == "true") return true;
    if (node.is_scalar() && node.scalar == "false") return false;
    expected(context, node, "true or false");
    return std::nullopt;
}

std::optional<double> read_share(const Context& context, const Yaml& node) {
    const auto text = scalar_of(context, node, example_of("share"));
    if (!text) return std::nullopt;
    const auto percent = number_before(*text, "%");
    const auto value = percent ? std::optional{*percent / 100} : text::parse_number(*text);
    if (!value) {
        expected(context, node, example_of("share"));
        return std::nullopt;
    }
    if (*value >= 0 && *value <= 1) return value;
    if (!percent && *value > 1)
        context.mistake(node.mark, fmt::format("{} is no share: expected 0 to 1, or with a sign as in {} %",
                                               *text, *text));
    else
        context.mistake(node.mark, fmt::format("{} is no share: expected 0 % to 100 %", *text));
    return std::nullopt;
}

std::optional<double> read_factor(const Context& context, const Yaml& node) {
    const auto text = scalar_of(context, node, "a factor such as 1.2 or 120 %");
    if (!text) return std::nullopt;
    const auto percent = number_before(*text, "%");
    const auto value = percent ? std::optional{*percent / 100} : text::parse_number(*text);
    if (!value || *value < 0 || *value > 1e6) {
        expected(context, node, "a factor such as 1.2 or 120 %");
        return std::nullopt;
    }
    return value;
}

std::optional<Duration> read_duration(const Context& context, const Yaml& node, Sign sign) {
    const auto text = scalar_of(context, node, example_of("duration"));
    if (!text) return std::nullopt;
    const auto length = parse_duration(*text);
    if (!length) {
        expected(context, node, example_of("duration"));
        return std::nullopt;
    }
    if (*length > duration_max || *length < -duration_max) {
        context.mistake(node.mark, fmt::format("{} is too long: expected at most 100 years", *text));
        return std::nullopt;
    }
    if (*length < Duration{0} && sign != Sign::any) {
        context.mistake(node.mark,
                        fmt::format("{} is negative: expected a length of time above zero", *text));
        return std::nullopt;
    }
    if (*length == Duration{0} && sign == Sign::positive) {
        context.mistake(node.mark, fmt::format("{} is zero: expected a length of time above zero", *text));
        return std::nullopt;
    }
    return length;
}

std::optional<double> read_rate(const Context& context, const Yaml& node) {
    const auto text = scalar_of(context, node, example_of("rate"));
    if (!text) return std::nullopt;

    struct Unit {
        std::string_view name;
        double per_hour;
    };

    constexpr Unit units[] = {{"s", 3600}, {"second", 3600}, {"min", 60},       {"minute", 60},
                              {"h", 1},    {"hour", 1},      {"day", 1.0 / 24}, {"week", 1.0 / 168}};
    const auto per = text->find(" per ");
    if (per != std::string_view::npos) {
        const auto number = text::parse_number(trimmed(text->substr(0, per)));
        const auto name = trimmed(text->substr(per + 5));
        for (const Unit& unit : units) {
            if (unit.name != name || !number) continue;
            if (*number < 0) {
                context.mistake(node.mark,
                                fmt::format("{} is negative: expected a rate of zero or more", *text));
                return std::nullopt;
            }
            return *number * unit.per_hour;
        }
    }
    expected(context, node, example_of("rate"));
    return std::nullopt;
}

std::optional<double> read_growth(const Context& context, const Yaml& node) {
    const auto text = scalar_of(context, node, example_of("growth"));
    if (!text) return std::nullopt;
    constexpr std::string_view suffix = "per year";
    if (text->ends_with(suffix)) {
        const auto percent = number_before(trimmed(text->substr(0, text->size() - suffix.size())), "%");
        if (percent && *percent > -100 && *percent <= 1000) return *percent / 100;
    }
    expected(context, node, example_of("growth"));
    return std::nullopt;
}

std::optional<Money> read_money(const Context& context, const Yaml& node) {
    auto amount = node.is_scalar() ? parse_money(node.scalar) : std::nullopt;
    if (!amount) {
        expected(context, node, example_of("money"));
        return std::nullopt;
    }
    if (amount->cents >= 0) return amount;
    context.mistake(node.mark, fmt::format("{} is negative: expected zero or more", node.scalar));
    return std::nullopt;
}

std::optional<double> read_distance_km(const Context& context, const Yaml& node) {
    if (node.is_scalar()) {
        const auto km = number_before(node.scalar, "km");
        const auto meters = km ? std::nullopt : number_before(node.scalar, "m");
        const auto value = meters ? std::optional{*meters / 1000} : km;
        if (value && *value >= 0 && *value <= 20'000) return value;
    }
    expected(context, node, example_of("distance"));
    return std::nullopt;
}

std::optional<double> read_speed_km_per_hour(const Context& context, const Yaml& node) {
    const auto value = node.is_scalar() ? number_before(node.scalar, "km/h") : std::nullopt;
    if (value && *value > 0 && *value <= 2000) return value;
    expected(context, node, example_of("speed"));
    return std::nullopt;
}

std::optional<Date> read_date(const Context& context, const Yaml& node) {
    const auto date = node.is_scalar() ? parse_date(node.scalar) : std::nullopt;
    if (!date) expected(context, node, example_of("date"));
    return date;
}

std::vector<Date> read_dates(const Context& context, const Yaml& node) {
    std::vector<Date> dates;
    std::set<Date> seen;
    const auto add = [&](const Yaml& item) {
        const auto date = read_date(context, item);
        if (!date) return;
        if (!seen.insert(*date).second)
            context.mistake(item.mark, fmt::format("{} is named twice", item.scalar));
        else
            dates.push_back(*date);
    };
    if (node.is_sequence())
        for (const Yaml& item : node.items)
            add(item);
    else
        add(node);
    std::sort(dates.begin(), dates.end());
    return dates;
}

LocalText read_text(const Context& context, const Yaml& node) {
    LocalText text;
    if (node.is_scalar()) {
        if (node.scalar.empty())
            context.mistake(node.mark, "the text is empty: give one, or leave the key out");
        else
            text.texts.emplace_back("", node.scalar);
        return text;
    }
    for (const YamlEntry& entry : entries_of(context, node, example_of("text"))) {
        const bool is_code = entry.key.size() >= 2 && entry.key.size() <= 12 && entry.key[0] >= 'a' &&
                             entry.key[0] <= 'z' && is_name(entry.key);
        if (!is_code || (entry.key.size() > 3 && entry.key.find('-') == std::string::npos)) {
            context.mistake(entry.key_mark, fmt::format("{} is no language: expected a code such as pt",
                                                        text::quote_yaml(entry.key)));
            continue;
        }
        if (!context.languages.contains(entry.key))
            context.remarks.warning(
                entry.key_mark, fmt::format("the language {} is not in the model's languages", entry.key));
        if (const auto words = read_string(context, entry.value)) text.texts.emplace_back(entry.key, *words);
    }
    if (node.is_map() && node.entries.empty()) expected(context, node, example_of("text"));
    return text;
}

}  // namespace balcao::model
