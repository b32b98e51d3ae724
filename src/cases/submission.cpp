#include "cases/submission.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/utf8.hpp"
#include "journal/codec.hpp"
#include "text/json.hpp"

namespace balcao::cases {

struct Handed {
    std::vector<Datum> data;
};

namespace {

std::optional<Refusal> fault_of_step(const StepWanted& step, const Settings& settings) {
    const bool is_named = is_fit_name(step.step.text()) && is_fit_name(step.service.text()) &&
                          step.consents.size() <= data_most &&
                          std::all_of(step.consents.begin(), step.consents.end(),
                                      [](const std::string& name) { return is_fit_name(name); });
    if (!is_named) return Refusal{Reason::name_unfit, step.step};
    if (!settings.entities.find(step.entity)) return Refusal{Reason::no_such_entity, step.step};
    return fault_of_data(step);
}

// Takes away what waits for nothing that is left, until nothing goes any more: what is left waits in a
// circle.
std::optional<Refusal> fault_of_order(const std::vector<StepWanted>& steps) {
    std::map<StepKey, std::set<StepKey>> left;
    for (const auto& step : steps)
        if (!left.emplace(step.step, std::set<StepKey>(step.after.begin(), step.after.end())).second)
            return Refusal{Reason::step_twice, step.step};
    for (const auto& [step, after] : left)
        for (const auto& before : after)
            if (!left.contains(before)) return Refusal{Reason::after_unknown, step, before.text()};
    while (!left.empty()) {
        const auto free =
            std::find_if(left.begin(), left.end(), [](const auto& one) { return one.second.empty(); });
        if (free == left.end()) return Refusal{Reason::in_a_circle, left.begin()->first};
        const StepKey gone = free->first;
        left.erase(free);
        for (auto& one : left)
            one.second.erase(gone);
    }
    return std::nullopt;
}

}  // namespace

template <class Part, class Value>
requires std::same_as<std::remove_const_t<Value>, Datum>

void members(Part& part, Value& datum) {
    part("name", datum.name);
    part.may_lack("text", datum.text);
}

template <class Part, class Value>
requires std::same_as<std::remove_const_t<Value>, Handed>

void members(Part& part, Value& handed) { part.may_lack("data", handed.data); }

template <class Part, class Value>
requires std::same_as<std::remove_const_t<Value>, Contact>

void members(Part& part, Value& contact) {
    part.may_lack("name", contact.name);
    part.may_lack("mail", contact.mail);
    part.may_lack("phone", contact.phone);
    part.may_lack("language", contact.language);
}

std::string write_data(const std::vector<Datum>& data) { return journal::write_members(Handed{data}); }

std::optional<std::vector<Datum>> read_data(std::string_view text) {
    auto handed = journal::read_members<Handed>(text, "data");
    return handed ? std::optional{std::move(handed->data)} : std::nullopt;
}

std::string write_contact(const Contact& contact) { return journal::write_members(contact); }

std::optional<Contact> read_contact(std::string_view text) {
    auto contact = journal::read_members<Contact>(text, "contact");
    return contact ? std::optional{*std::move(contact)} : std::nullopt;
}

bool is_fit_key(std::string_view key) {
    return !key.empty() && key.size() <= key_bytes_most && !find_invalid_utf8(key) &&
           std::none_of(key.begin(), key.end(),
                        [](char letter) { return static_cast<unsigned char>(letter) < 0x20; });
}

bool is_fit_name(std::string_view name) { return name.size() <= name_bytes_most && is_fit_key(name); }

std::optional<Refusal> fault_of_data(const StepWanted& step) {
    if (step.data.size() > data_most) return Refusal{Reason::too_much_data, step.step};
    std::size_t bytes = 0;
    for (const auto& datum : step.data) {
        if (!is_fit_name(datum.name) || find_invalid_utf8(datum.text))
            return Refusal{Reason::name_unfit, step.step};
        if (std::find(step.consents.begin(), step.consents.end(), datum.name) == step.consents.end())
            return Refusal{Reason::consent_missing, step.step, datum.name};
        bytes += datum.name.size() + datum.text.size();
    }
    if (bytes > data_bytes_most) return Refusal{Reason::too_much_data, step.step};
    return std::nullopt;
}

std::optional<Refusal> fault_of(const Submission& submission, const Settings& settings) {
    if (submission.steps.empty()) return Refusal{Reason::no_steps};
    if (submission.steps.size() > steps_most) return Refusal{Reason::too_many_steps};
    const bool is_named = is_fit_name(submission.edition) &&
                          (submission.life_event.empty() || is_fit_name(submission.life_event.text())) &&
                          (submission.by.empty() || is_fit_name(submission.by.text()));
    const std::string contact = write_contact(submission.contact);
    if (!is_named || find_invalid_utf8(contact)) return Refusal{Reason::name_unfit};
    if (contact.size() > contact_bytes_most) return Refusal{Reason::too_much_data};
    for (const auto& step : submission.steps)
        if (auto fault = fault_of_step(step, settings)) return fault;
    return fault_of_order(submission.steps);
}

std::string body_of(const Submission& submission) {
    std::string body;
    {
        text::JsonWriter json{body};
        json.begin_array().value(write_contact(submission.contact)).value(submission.life_event.text());
        json.value(submission.edition).value(submission.by.text());
        for (const auto& step : submission.steps) {
            json.value(step.step.text()).value(step.entity.text()).value(step.service.text());
            json.value(static_cast<int>(step.effect_class)).value(static_cast<int>(step.haste));
            json.value(std::int64_t{step.term.time_since_epoch().count()});
            json.value(step.fee ? format_money(*step.fee) : std::string{}).begin_array();
            for (const auto& before : step.after)
                json.value(before.text());
            json.end().begin_array();
            for (const auto& consent : step.consents)
                json.value(consent);
            json.end().value(write_data(step.data));
        }
        json.end();
    }
    return body;
}

}  // namespace balcao::cases
