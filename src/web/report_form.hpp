#pragma once
// The part of a form by which an entity, or somebody for it, says what became of what it took. Internal to
// `web`: the inbox and the page of a letter's answer share it.
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "web/shared.hpp"

namespace balcao::web {

// One of several outcomes; the one that was chosen before stays so. `typed`: the form as it came, if it did.
void write_outcomes(html::Content& form,
                    const Words& words,
                    const http::Fields& typed,
                    const std::vector<std::pair<std::string_view, std::string>>& outcomes);

// Done, refused or something more is needed, with what is to be written of it.
void write_report_fields(html::Content& form, const Words& words, const http::Fields& typed);

// What was said; nothing where no outcome was chosen.
std::optional<cases::Report> report_in(const http::Request& request,
                                       const Shared& shared,
                                       std::string reference);

// The end of a day, for what is asked for or promised by a date; 1970 where nothing was chosen.
Instant end_of_day(std::string_view typed, const Shared& shared);

}  // namespace balcao::web
