// What was handed over, opened: for the citizen, and for staff once the look is an event.
#include <algorithm>

#include "cases/cases.hpp"

namespace balcao::cases {
namespace {

// What one event says of the data of a step, sealed; null for nothing.
const std::string* sealed_in(const CaseEvent& event, const StepKey& step) {
    if (const auto* opened = std::get_if<CaseOpened>(&event))
        for (const auto& asked : opened->steps)
            if (asked.step == step) return &asked.data;
    const auto* answered = std::get_if<CitizenAnswered>(&event);
    return answered != nullptr && answered->step == step ? &answered->data : nullptr;
}

// The last word to each name.
void add_newer(std::vector<Datum>& data, std::vector<Datum> newer) {
    for (auto& datum : newer) {
        std::erase_if(data, [&](const Datum& one) { return one.name == datum.name; });
        data.push_back(std::move(datum));
    }
}

}  // namespace

// From the events, not the case: that one lets go of what its entity has. No step: of all of them.
Answer<HandedOver> Cases::open_of(const CaseNumber& number, const StepKey& step) const {
    const auto events = store_.read(stream_of(number), 0);
    if (!events) return Refusal{Reason::unavailable};
    if (events->empty()) return Refusal{Reason::no_such_case};
    std::string person;
    std::vector<StepKey> steps;
    HandedOver handed;
    const auto open = [&](const std::string& name, const std::string& sealed) -> Answer<std::string> {
        const auto text = persons_.open(person, name, sealed);
        if (!text) return Refusal{Reason::unavailable};
        if (!*text) return Refusal{Reason::forgotten};
        return **text;
    };
    for (const auto& event : *events) {
        const auto decoded = decode_case(event);
        if (!decoded) return Refusal{Reason::unavailable};
        if (const auto* opened = std::get_if<CaseOpened>(&*decoded)) {
            person = opened->person.text();
            const auto contact = open("contact", opened->contact);
            if (const auto* refusal = std::get_if<Refusal>(&contact)) return *refusal;
            handed.contact = read_contact(std::get<std::string>(contact)).value_or(Contact{});
            for (const auto& asked : opened->steps)
                if (step.empty() || asked.step == step) steps.push_back(asked.step);
        }
        for (const auto& one : steps) {
            const std::string* sealed = sealed_in(*decoded, one);
            if (sealed == nullptr) continue;
            const auto text = open("data/" + one.text(), *sealed);
            if (const auto* refusal = std::get_if<Refusal>(&text)) return *refusal;
            add_newer(handed.data, read_data(std::get<std::string>(text)).value_or(std::vector<Datum>{}));
        }
    }
    return handed;
}

Answer<HandedOver> Cases::open(const CaseNumber& number) const { return open_of(number, {}); }

Answer<HandedOver> Cases::look(const StepName& step, const Onlooker& who, const std::string& key) {
    if (!is_fit_name(who.by.text()) || !is_fit_name(who.role)) return Refusal{Reason::name_unfit};
    const auto written = command({"look", step.number, key}, [&](Draft& draft) -> std::optional<Refusal> {
        const Step* found = draft.whole().find(step.step);
        if (found == nullptr) return Refusal{Reason::no_such_step, step.step};
        if (draft.whole().erased) return Refusal{Reason::forgotten, step.step};
        Refusal over{Reason::case_over, step.step};
        over.state = state_of(draft.whole());
        const bool is_done = std::ranges::none_of(draft.whole().steps, is_open);
        if (is_done && who.why == LookReason::to_do_it) return over;
        draft.record(DataSeen{step.step, who.why, who.role, who.by});
        return std::nullopt;
    });
    if (const auto* refusal = std::get_if<Refusal>(&written)) return *refusal;
    return open_of(step.number, step.step);
}

}  // namespace balcao::cases
