#include "model/scale.hpp"

#include <array>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "base/civil.hpp"
#include "base/money.hpp"
#include "text/number.hpp"

namespace balcao::model {
namespace {

using text::Yaml;
using text::YamlEntry;

// Twelve digits, so that 10 times 1.1 is 11 and not 11.000000000000002.
std::string text_of(double value) {
    const auto rounded = text::parse_number(fmt::format("{:.12g}", value));
    return text::format_shortest(rounded.value_or(value));
}

std::optional<std::string> scaled_text(const std::string& text, double factor) {
    if (const auto number = text::parse_number(text)) return text_of(*number * factor);
    if (const auto length = parse_duration(text)) {
        const double scaled = static_cast<double>(length->count()) * factor;
        if (std::abs(scaled) > 9e15) return std::nullopt;
        return format_duration(Duration{std::llround(scaled)});
    }
    if (auto amount = parse_money(text)) {
        const double scaled = static_cast<double>(amount->cents) * factor;
        if (std::abs(scaled) > 9e15) return std::nullopt;
        amount->cents = std::llround(scaled);
        return format_money(*amount);
    }
    const auto space = text.find_first_of(" %k");  // "19 per hour", "13%", "2.5km"
    if (space == std::string::npos || space == 0) return std::nullopt;
    const auto number = text::parse_number(text.substr(0, space));
    if (!number) return std::nullopt;
    return text_of(*number * factor) + text.substr(space);
}

class Scaler {
public:
    Scaler(const Change& change, Remarks& remarks) : change_{change}, remarks_{remarks} {}

    void scale_entry(Yaml& entry) const {
        Yaml* arrivals = entry.find("arrivals");
        Yaml* bookings = entry.find("bookings");
        if (arrivals != nullptr) scale_arrivals(*arrivals);
        if (bookings != nullptr) scale_bookings(*bookings);
    }

    void scale_bookings(Yaml& bookings) const {
        if (Yaml* per_day = bookings.find("per_day")) scale_values(*per_day, change_.factor);
    }

    void scale_arrivals(Yaml& arrivals) const {
        for (YamlEntry& entry : arrivals.entries) {
            if (entry.key == "poisson" || entry.key == "per_hour") scale_values(entry.value, change_.factor);
            if (entry.key == "batch")
                if (Yaml* rate = entry.value.find("poisson")) scale_values(*rate, change_.factor);
            if (entry.key == "by_weekday")
                for (YamlEntry& day : entry.value.entries)
                    scale_arrivals(day.value);
            if (entry.key == "renewal") {
                if (change_.factor > 0)
                    scale_values(entry.value, 1 / change_.factor);
                else
                    refuse("gaps between arrivals cannot be scaled to none: to take them away, write remove");
            }
            if (entry.key == "log") refuse("a log of arrivals is replayed as it is and cannot be scaled");
        }
    }

    void scale_values(Yaml& node, double factor) const {
        for (YamlEntry& entry : node.entries) {
            constexpr std::array<std::string_view, 4> shapes{"cv", "k", "share", "size"};
            bool is_shape = false;
            for (const std::string_view shape : shapes)
                is_shape = is_shape || entry.key == shape;
            if (entry.key == "empirical")
                refuse("the values of an empirical distribution stand in their file and cannot be scaled");
            else if (!is_shape)
                scale_values(entry.value, factor);
        }
        for (Yaml& item : node.items)
            scale_values(item, factor);
        if (!node.is_scalar()) return;
        auto text = scaled_text(node.scalar, factor);
        if (!text) {
            refuse(fmt::format("{} is no number and cannot be scaled", text::quote_yaml(node.scalar)));
            return;
        }
        node.scalar = std::move(*text);
        node.mark = change_.value.mark;
    }

private:
    void refuse(std::string what) const { remarks_.mistake(change_.mark, std::move(what)); }

    const Change& change_;
    Remarks& remarks_;
};

}  // namespace

void scale_at_path(text::Yaml& node, const Change& change, Remarks& remarks) {
    const Scaler scaler{change, remarks};
    const auto& path = change.path;
    if (path.front() == "demand" && path.size() == 1) {
        for (Yaml& entry : node.items)
            scaler.scale_entry(entry);
    } else if (path.front() == "demand" && path.size() == 2) {
        scaler.scale_entry(node);
    } else if (path.back() == "arrivals") {
        scaler.scale_arrivals(node);
    } else if (path.back() == "bookings") {
        scaler.scale_bookings(node);
    } else {
        scaler.scale_values(node, change.factor);
    }
}

}  // namespace balcao::model
