#pragma once
// What somebody asks to change in the model, as values: it reads what was typed, makes the change to a model
// in hand and says what is wrong with which field. Used by the pages of administration and by the API; it
// writes no page and publishes nothing.
#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "http/fields.hpp"
#include "model/model.hpp"
#include "text/words.hpp"

namespace balcao::front {

using text::Words;

enum class ChangeKind : std::uint8_t {
    hours,
    closure,
    date_hours,
    desks,
    site_name,
    service_name,
    text,
    back
};

// What came with a form, field by field; the names are those of the fields.
struct ModelChange {
    ChangeKind kind = ChangeKind::text;
    http::Fields fields;
    std::vector<std::pair<std::string, std::string>> wrong;  // field, and what is wrong with it

    [[nodiscard]] std::string_view text(std::string_view field) const { return fields.text(field); }

    [[nodiscard]] bool has(std::string_view field) const { return fields.has(field); }

    // Empty where nothing is.
    [[nodiscard]] std::string wrong_with(std::string_view field) const;
};

// "hours", "closure", …: the value of the form's field `kind`.
std::string_view name_of(ChangeKind kind);
std::optional<ChangeKind> change_kind_of(std::string_view name);

// The fields of a form that was sent; nothing for none of ours.
std::optional<ModelChange> change_in(const http::Fields& form);

// The fields that a form carries on to the next page.
std::vector<http::Field> carried(const ModelChange& change);

// The model with a change of one of the forms, or nothing and `change.wrong` says why. Not for text and back.
std::optional<model::Model> changed_by(ModelChange& change, const model::Model& now, const Words& words);

inline constexpr std::array<std::string_view, 7> weekday_names{"mon", "tue", "wed", "thu",
                                                               "fri", "sat", "sun"};

// "09:00-12:00": the hours of a date of its own.
std::string hours_text(const std::vector<TimeRange>& hours);
// "09:00-13:00, 14:00-17:00"; empty for a day without hours.
std::string hours_text(const model::OpeningHours& open, int weekday);

}  // namespace balcao::front
