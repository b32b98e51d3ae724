#include "front/table.hpp"

#include <algorithm>

namespace balcao::front {
namespace {

using assist::Progress;
using assist::StepKey;

void read_shown(Table& table) {
    for (const auto& step : table.view.steps) {
        if (!step.sheet) continue;
        std::vector<assist::Field> fields;
        for (const auto& field : step.sheet->fields)
            fields.push_back({field.field, field.label, field.value, field.is_secret});
        if (step.step == situation_step()) table.said.merge(answers_of(fields));
        for (const auto& field : fields)
            table.said[{step.step, field.field}] = field.value;
    }
}

void read_typed(Table& table, const std::vector<assist::EchoLine>& lines) {
    for (const auto& line : lines) {
        if (line.is_cleared) continue;
        // A letter that was overtaken by the showing of its step changes nothing.
        std::string& text = table.said[{line.step, line.field}];
        if (text == line.text) continue;
        text = line.text;
        table.typed.insert(line.step);
        table.typed_last = line.step;
    }
}

}  // namespace

const assist::StepSeen* Table::find(const StepKey& step) const {
    const auto found = std::ranges::find(view.steps, step, &assist::StepSeen::step);
    return found == view.steps.end() ? nullptr : &*found;
}

const assist::StepSeen* Table::shown() const {
    const auto* step = view.now ? find(view.now->step) : nullptr;
    return step != nullptr && step->sheet ? step : nullptr;
}

bool Table::is_confirmed(const StepKey& step) const {
    const auto* seen = find(step);
    return seen != nullptr && seen->progress == Progress::confirmed;
}

bool Table::is_step(const StepKey& step) const {
    return std::ranges::find(whole.steps, step) != whole.steps.end();
}

std::variant<Table, assist::Refusal> table_of(assist::Sessions& sessions,
                                              const assist::Call& call,
                                              const Sitting& sitting) {
    auto seen = sessions.see(call, assist::Depth::all);
    if (const auto* refusal = std::get_if<assist::Refusal>(&seen)) return *refusal;
    Table table{.view = std::get<assist::View>(std::move(seen))};
    read_shown(table);
    const auto lines = sessions.echoed(call, 0);
    if (const auto* typed = std::get_if<std::vector<assist::EchoLine>>(&lines)) read_typed(table, *typed);
    const auto event = event_of(sitting.city, table.view.outline.subject);
    if (!event) return table;
    table.whole = assisted(sitting, *event, table.said);
    const auto ready = submission_of(sitting, *event, confirmed_of(table.view));
    if (const auto* lacks = std::get_if<NotReady>(&ready)) table.lacks = *lacks;
    return table;
}

void leave_out_what_is_gone(assist::Sessions& sessions, const assist::Call& call, const Sitting& sitting) {
    const auto found = table_of(sessions, {call.session, call.by, {}}, sitting);
    const auto* table = std::get_if<Table>(&found);
    if (table == nullptr) return;
    for (const auto& step : table->view.steps)
        if (step.progress != Progress::left_out && !table->is_step(step.step))
            static_cast<void>(sessions.leave_out({call.session, call.by, {}}, step.step));
}

}  // namespace balcao::front
