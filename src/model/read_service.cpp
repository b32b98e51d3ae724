// Services and their steps.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "model/readers.hpp"

namespace balcao::model {
namespace {

constexpr std::size_t steps_max = 100;

// A step as it stands, its `next` still by name.
struct StepPlace {
    const Yaml* node;
    const Yaml* next;
};

std::vector<std::string> names_of(const std::vector<Step>& steps) {
    std::vector<std::string> names;
    names.reserve(steps.size() + 1);
    for (const Step& step : steps)
        names.push_back(step.key.text());
    names.emplace_back("leave");
    return names;
}

std::optional<Next> next_named(const Context& context,
                               const YamlMark& mark,
                               const std::string& name,
                               const std::vector<Step>& steps) {
    if (name == "leave") return Next{};
    for (const Step& step : steps)
        if (step.key.text() == name) return Next{step.key, 1};
    context.mistake(mark, fmt::format("there is no step named {}{}", text::quote_yaml(name),
                                      instead_of(name, names_of(steps))));
    return std::nullopt;
}

// Where a `next` with a mistake may have been meant to lead: no step is then told to be out of reach.
std::vector<Next> anywhere(const std::vector<Step>& steps) {
    std::vector<Next> leads{Next{}};
    for (const Step& step : steps)
        leads.push_back({step.key, 1});
    return leads;
}

std::vector<Next> read_next(const Context& context, const Yaml& node, const std::vector<Step>& steps) {
    std::vector<Next> leads;
    if (node.is_scalar()) {
        const auto one = next_named(context, node.mark, node.scalar, steps);
        return one ? std::vector<Next>{*one} : anywhere(steps);
    }
    double sum = 0;
    bool complete = true;
    for (const YamlEntry& entry :
         entries_of(context, node, "a step, or shares such as {pay: 80 %, leave: 20 %}")) {
        auto one = next_named(context, entry.key_mark, entry.key, steps);
        const auto share = read_share(context, entry.value);
        complete = complete && one && share;
        if (!one || !share) continue;
        one->share = *share;
        sum += *share;
        leads.push_back(*one);
    }
    if (node.is_map() && complete && std::abs(sum - 1) > 1e-6)
        context.mistake(node.mark,
                        fmt::format("the shares of next add up to {:g} %: expected 100 %", sum * 100));
    return complete ? leads : anywhere(steps);
}

Step read_step(const Context& context, const Yaml& node, StepPlace& place) {
    Step step;
    const Fields fields{context, node, "step"};
    if (!fields.is_map()) return step;
    if (const Yaml* at = fields.find("at")) step.at = DeskKey{read_name(context, *at)};
    step.key = StepKey{step.at.text()};
    if (const Yaml* id = fields.find("id")) {
        step.key = StepKey{read_name(context, *id)};
        if (step.key.text() == "leave")
            context.mistake(id->mark, "a step cannot be named leave: that ends the visit");
    }
    if (const Yaml* duration = fields.find("duration")) step.duration = read_times(context, *duration);
    place.next = fields.find("next");
    return step;
}

std::vector<Step> read_steps(const Context& context, const Yaml& node) {
    std::vector<Step> steps;
    std::vector<StepPlace> places;
    const auto& items =
        items_of(context, node, "a list of steps, such as [{at: reception, duration: 2 min}]");
    if (node.is_sequence() && items.empty()) context.mistake(node.mark, "the list of steps is empty");
    if (items.size() > steps_max) {
        context.mistake(node.mark, fmt::format("more than {} steps", steps_max));
        return steps;
    }
    for (const Yaml& item : items) {
        StepPlace place{&item, nullptr};
        Step step = read_step(context, item, place);
        const auto is_same = [&](const Step& other) { return other.key == step.key; };
        if (!step.key.empty() && std::any_of(steps.begin(), steps.end(), is_same))
            context.mistake(item.mark,
                            fmt::format("two steps are named {}: give one another id", step.key.text()));
        steps.push_back(std::move(step));
        places.push_back(place);
    }
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (places[i].next != nullptr)
            steps[i].next = read_next(context, *places[i].next, steps);
        else if (i + 1 < steps.size())
            steps[i].next = {Next{steps[i + 1].key, 1}};
        if (steps[i].next.empty()) steps[i].next = {Next{}};
    }
    return steps;
}

}  // namespace

Service read_service(const Context& context, const YamlEntry& entry) {
    Service service;
    service.key = ServiceKey{entry.key};
    const Fields fields{context, entry.value, "service"};
    if (!fields.is_map()) return service;
    if (const Yaml* name = fields.find("name")) service.name = read_text(context, *name);
    if (const Yaml* also = fields.find("also")) service.also = read_other_names(context, *also);
    if (const Yaml* entity = fields.find("entity")) {
        const std::string name = read_name(context, *entity);
        if (!name.empty()) service.entity = EntityKey{name};
    }
    const Yaml* duration = fields.find("duration");
    const Yaml* steps = fields.find("steps");
    if (duration != nullptr && steps != nullptr)
        context.mistake(steps->mark, "duration and steps together: expected one of them");
    if (duration != nullptr) service.duration = read_times(context, *duration);
    if (steps != nullptr) service.steps = read_steps(context, *steps);
    if (const Yaml* fee = fields.find("fee")) service.fee = read_fees(context, *fee);
    read_rules_of_service(context, fields, service);
    if (const Yaml* request = fields.find("request")) service.request = read_request(context, *request);
    if (const Yaml* patience = fields.find("patience")) service.patience = read_times(context, *patience);
    if (const Yaml* strict = fields.find("strict_order"))
        service.strict_order = read_boolean(context, *strict).value_or(false);
    if (const Yaml* simple = fields.find("simple"))
        service.simple = read_boolean(context, *simple).value_or(false);
    if (const Yaml* source = fields.find("source")) read_sources_of_service(context, *source, service);
    return service;
}

}  // namespace balcao::model
