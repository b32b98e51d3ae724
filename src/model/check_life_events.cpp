// Checks of what facts decide: references, answers that a fact has, lines that are never reached, and rules
// of a life event that contradict each other.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "model/check.hpp"

namespace balcao::model {
namespace {

using Path = std::vector<std::string>;

Path below(Path path, std::string part) {
    path.push_back(std::move(part));
    return path;
}

class RulesCheck {
public:
    explicit RulesCheck(const CheckedModel& checked)
        : checked_{checked},
          services_{keys_of_things(checked.model.services)},
          documents_{keys_of_things(checked.model.documents)},
          entities_{keys_of_things(checked.model.entities)},
          facts_{keys_of_things(checked.model.facts)} {}

    void check() const {
        for (const Service& service : checked_.model.services)
            check_service(service, {"services", service.key.text()});
        for (const LifeEvent& event : checked_.model.life_events)
            check_event(event, {"life_events", event.key.text()});
    }

private:
    [[nodiscard]] text::YamlMark place(const Path& path) const { return checked_.places.value(path); }

    // A name that stands alone, or in a list.
    [[nodiscard]] text::YamlMark place_in(const Path& list, std::size_t at) const {
        const Path one = below(list, std::to_string(at));
        return place(checked_.places.has(one) ? one : list);
    }

    void check_condition(const Condition& condition, const Path& path) const {
        const Fact* fact = checked_.model.find(condition.fact);
        if (fact == nullptr)
            return refer(checked_, checked_.places.key(path), condition.fact.text(), facts_, "fact");
        const bool is_range = condition.answers.empty();
        if (fact->kind == FactKind::date) {
            checked_.mistake_at(path,
                                fmt::format("{} is a date: deadlines count from it, and nothing depends "
                                            "on it",
                                            fact->key.text()));
            return;
        }
        if (is_range != (fact->kind == FactKind::number)) {
            checked_.mistake_at(
                path, is_range ? fmt::format("{} is not a number: expected an answer", fact->key.text())
                               : fmt::format("{} is a number: expected a range such as \"< 18\", "
                                             "\">= 65\" or 18-24",
                                             fact->key.text()));
            return;
        }
        std::vector<std::string> known{"yes", "no"};
        if (fact->kind != FactKind::yes_no) known = keys_of_things(fact->answers);
        for (std::size_t i = 0; i < condition.answers.size(); ++i)
            refer(checked_, place_in(path, i), condition.answers[i].text(), known,
                  fmt::format("answer to {}", fact->key.text()));
        const bool is_all =
            is_range ? condition.least == 0 && !condition.most : condition.answers.size() == known.size();
        if (is_all)
            checked_.mistake_at(
                path,
                fmt::format("this holds whatever is answered: {} would be asked in vain", fact->key.text()));
    }

    void check_when(const When& when, const Path& path) const {
        for (const Condition& condition : when)
            check_condition(condition, below(path, condition.fact.text()));
    }

    void check_service(const Service& service, const Path& path) const {
        if (service.specialises) {
            const Path place_of = below(path, "specialises");
            refer(checked_, place(place_of), service.specialises->text(), services_, "service");
            check_specialises(service, place_of);
        }
        for (std::size_t i = 0; i < service.terms.size(); ++i) {
            const Path line = below(below(path, "terms"), std::to_string(i));
            check_when(service.terms[i].when, below(line, "when"));
            if (i > 0 && service.terms[i - 1].when.empty())
                checked_.mistake_at(line, "this line is never reached: the one above holds for all");
        }
        for (std::size_t i = 0; i < service.refused.size(); ++i) {
            const Path line = below(below(path, "refused"), std::to_string(i));
            check_when(service.refused[i].when, below(line, "when"));
            if (service.refused[i].when.empty())
                checked_.mistake_at(below(line, "when"), "nobody could have this service");
        }
        for (std::size_t i = 0; i < service.documents.size(); ++i) {
            const Path list = below(path, "documents");
            const Path named = below(below(list, std::to_string(i)), "document");
            refer(checked_, checked_.places.has(named) ? place(named) : place_in(list, i),
                  service.documents[i].document.text(), documents_, "document");
            check_when(service.documents[i].when, below(below(list, std::to_string(i)), "when"));
        }
    }

    // A form of a service is a form of what that is a form of, and never of itself.
    void check_specialises(const Service& service, const Path& path) const {
        const Service* above = &service;
        for (std::size_t steps = 0; steps <= services_.size() && above->specialises; ++steps) {
            above = checked_.model.find(*above->specialises);
            if (above == nullptr) return;
            if (above->key != service.key) continue;
            checked_.mistake_at(path, fmt::format("{} would be a form of itself", service.key.text()));
            return;
        }
    }

    void check_event(const LifeEvent& event, const Path& path) const {
        for (std::size_t i = 0; i < event.steps.size(); ++i)
            check_step(event, event.steps[i], below(below(path, "services"), std::to_string(i)));
        if (event.at_least) check_at_least(*event.at_least, below(path, "at_least"));
        check_order(event, path);
        if (!event.begins) return;
        const Path begins = below(path, "begins");
        refer(checked_, place(begins), event.begins->text(), facts_, "fact");
        const Fact* fact = checked_.model.find(*event.begins);
        if (fact != nullptr && fact->kind != FactKind::date)
            checked_.mistake_at(begins, fmt::format("{} is no date", fact->key.text()));
    }

    void check_at_least(const AtLeast& least, const Path& path) const {
        const Path place_of = below(path, least.fact.text());
        const Fact* fact = checked_.model.find(least.fact);
        if (fact == nullptr)
            return refer(checked_, checked_.places.key(place_of), least.fact.text(), facts_, "fact");
        if (fact->kind != FactKind::any_of)
            checked_.mistake_at(place_of, fmt::format("{} has one answer: expected a fact of the kind any_of",
                                                      least.fact.text()));
        else if (least.count > static_cast<int>(fact->answers.size()))
            checked_.mistake_at(
                place_of, fmt::format("{} has only {} answers", least.fact.text(), fact->answers.size()));
    }

    void check_step(const LifeEvent& event, const EventStep& step, const Path& item) const {
        const Path path = below(item, step.service.text());
        const bool is_map = checked_.places.has(path);
        refer(checked_, is_map ? checked_.places.key(path) : place(item), step.service.text(), services_,
              "service");
        check_when(step.when, below(path, "when"));
        check_others(event, step, step.after, below(path, "after"));
        check_others(event, step, step.not_with, below(path, "not_with"));
        check_informs(step, below(path, "informs"));
        if (step.within && !event.begins)
            checked_.mistake_at(
                below(path, "within"),
                fmt::format("from when? {} has no begins: expected the fact from which days are "
                            "counted",
                            event.key.text()));
    }

    // Other services of the same event.
    void check_others(const LifeEvent& event,
                      const EventStep& step,
                      const std::vector<ServiceKey>& others,
                      const Path& path) const {
        std::vector<std::string> known;
        for (const EventStep& one : event.steps)
            if (one.service != step.service) known.push_back(one.service.text());
        for (std::size_t i = 0; i < others.size(); ++i)
            refer(checked_, place_in(path, i), others[i].text(), known,
                  fmt::format("other service of {}", event.key.text()));
    }

    // Who concludes it tells others of it, and not itself.
    void check_informs(const EventStep& step, const Path& path) const {
        const Service* service = checked_.model.find(step.service);
        for (std::size_t i = 0; i < step.informs.size(); ++i) {
            refer(checked_, place_in(path, i), step.informs[i].text(), entities_, "entity");
            if (service != nullptr && service->entity == step.informs[i])
                checked_.mistake_at(path, fmt::format("{} concludes {} itself: expected others that it tells",
                                                      step.informs[i].text(), step.service.text()));
        }
        if (!step.informs.empty() && service != nullptr && !service->entity)
            checked_.mistake_at(path, fmt::format("who tells them? {} has no entity", step.service.text()));
    }

    // Services that wait for each other: the first circle that is found, rule by rule.
    void check_order(const LifeEvent& event, const Path& path) const {
        for (std::size_t i = 0; i < event.steps.size(); ++i) {
            std::vector<const EventStep*> way{&event.steps[i]};
            std::set<const EventStep*> seen;
            if (!leads_back(event, way, seen)) continue;
            std::string rules;
            for (std::size_t at = 0; at < way.size(); ++at)
                rules += fmt::format("{}{} after {}", at == 0 ? "" : ", ", way[at]->service.text(),
                                     way[(at + 1) % way.size()]->service.text());
            const Path step =
                below(below(below(path, "services"), std::to_string(i)), event.steps[i].service.text());
            checked_.mistake_at(below(step, "after"),
                                fmt::format("these rules contradict each other: {}", rules));
            return;
        }
    }

    // Whether the way comes back to its first step; if so, it is left as it was found. Who was seen does not.
    static bool leads_back(const LifeEvent& event,
                           std::vector<const EventStep*>& way,
                           std::set<const EventStep*>& seen) {
        for (const ServiceKey& service : way.back()->after) {
            if (service == way.front()->service) return true;
            const EventStep* next = event.find(service);
            if (next == nullptr || !seen.insert(next).second) continue;
            way.push_back(next);
            if (leads_back(event, way, seen)) return true;
            way.pop_back();
        }
        return false;
    }

    const CheckedModel& checked_;
    std::vector<std::string> services_;
    std::vector<std::string> documents_;
    std::vector<std::string> entities_;
    std::vector<std::string> facts_;
};

}  // namespace

void check_life_events(const CheckedModel& checked) { RulesCheck{checked}.check(); }

}  // namespace balcao::model
