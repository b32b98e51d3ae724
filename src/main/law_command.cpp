// law: how the duties of the model were kept, from the journal alone.
#include <algorithm>

#include <fmt/format.h>

#include "main/console.hpp"
#include "main/journal_reader.hpp"
#include "record/law_text.hpp"

namespace balcao::cli {

int law(const Law& command) {
    Recorded of = command.of;
    if (!command.date.empty()) of.from = of.to = command.date;
    const auto wanted = wanted_of(of);
    if (!wanted || !can_write({command.json})) return wrong_usage;
    const auto journal = JournalReader::open(of.model, of.where);
    if (!journal) return wrong_input;
    const auto& model = journal->model();
    const auto& zone = journal->reader().zone();
    if (model.duties.empty()) {
        complain(fmt::format("the model {} names no duties; see \"What the law asks\" in docs/model.md",
                             model.key));
        return wrong_input;
    }
    std::vector<record::LawDay> days;
    const auto span = journal->reader().each(*wanted, [&](const record::HallDay& day) {
        days.push_back(record::law_day(day, *day.model, zone));
        return !stop_flag();
    });
    if (!span) {
        complain(span.error());
        if (stop_flag()) return stopped;
        return span.error().field.starts_with("--") ? wrong_usage : wrong_input;
    }
    if (!command.json.empty() && !write_output(command.json, record::law_json(days, model, zone)))
        return wrong_input;
    if (command.json != "-") fmt::print("{}", record::law_table(days, model, zone));
    const bool is_any_broken = std::ranges::any_of(days, &record::LawDay::is_any_broken);
    return command.requires_duties && is_any_broken ? target_missed : done;
}

}  // namespace balcao::cli
