#include "web/report_form.hpp"

#include "front/inbox.hpp"
#include "web/forms.hpp"

namespace balcao::web {

using html::Content;
using html::with;

void write_outcomes(Content& form,
                    const Words& words,
                    const http::Fields& typed,
                    const std::vector<std::pair<std::string_view, std::string>>& outcomes) {
    form.element<"fieldset">({with<"class">("services")}, [&](Content& set) {
        set.element<"legend">(words("What came of it"));
        for (const auto& outcome : outcomes)
            set.element<"label">([&](Content& label) {
                label.empty<"input">({with<"type">("radio"), with<"name">("word"),
                                      with<"value">(outcome.first), with<"required">(),
                                      when(typed.text("word") == outcome.first, with<"checked">())});
                label.element<"span">(outcome.second);
            });
    });
}

void write_report_fields(Content& form, const Words& words, const http::Fields& typed) {
    write_outcomes(form, words, typed,
                   {{"concluded", words("Done")},
                    {"denied", words("Refused")},
                    {"citizen-needed", words("Something more is needed of the person")}});
    write_field(form,
                {"text", words("Why it is refused; or what is needed"), "text", typed.text("text"), "off"});
    write_field(form, {"until", words("The person should answer by"), "date", typed.text("until"), "off"});
}

std::optional<cases::Report> report_in(const http::Request& request,
                                       const Shared& shared,
                                       std::string reference) {
    const auto word = front::report_of(request.form.text("word"));
    if (!word) return std::nullopt;
    return cases::Report{*word, std::move(reference), std::string{request.form.text("text")},
                         end_of_day(request.form.text("until"), shared)};
}

Instant end_of_day(std::string_view typed, const Shared& shared) {
    const auto date = parse_date(typed);
    return date ? shared.office.zone().midnight(*date + std::chrono::days{1}) : Instant{};
}

}  // namespace balcao::web
