// Facts, documents, and what a life event needs in which order; conditions, terms and exclusions of services.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "model/readers.hpp"
#include "text/number.hpp"

namespace balcao::model {
namespace {

constexpr std::array<const char*, 5> fact_kinds{"yes_no", "one_of", "any_of", "number", "date"};
constexpr int number_most = 1'000'000;
constexpr int term_most = 3'660;
constexpr std::size_t steps_of_event_most = 60;

std::optional<int> read_count(std::string_view text) {
    if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
    const auto number = text::parse_number(text);
    if (!number || *number > number_most) return std::nullopt;
    return static_cast<int>(*number);
}

// "< 18", ">= 65", "18-24", "3": a whole number, or which of them.
bool read_range(std::string_view text, Condition& condition) {
    for (const std::string_view sign : {"<=", ">=", "<", ">"}) {
        if (!text.starts_with(sign)) continue;
        text.remove_prefix(sign.size());
        text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
        const auto bound = read_count(text);
        if (!bound || (sign == "<" && *bound == 0)) return false;
        if (sign.front() == '<')
            condition.most = sign.size() == 2 ? *bound : *bound - 1;
        else
            condition.least = sign.size() == 2 ? *bound : *bound + 1;
        return true;
    }
    const auto dash = text.find('-');
    condition.least = read_count(text.substr(0, dash));
    condition.most = dash == std::string_view::npos ? condition.least : read_count(text.substr(dash + 1));
    return condition.least && condition.most && *condition.least <= *condition.most;
}

// Names are answers; whatever begins otherwise is about a number.
Condition read_condition(const Context& context, const YamlEntry& entry) {
    Condition condition;
    condition.fact = FactKey{entry.key};
    const Yaml& value = entry.value;
    const bool is_range =
        value.is_scalar() && !value.scalar.empty() && value.scalar.find_first_of("<>0123456789") == 0;
    if (!is_range)
        for (const auto& [name, mark] : read_names(context, value))
            condition.answers.emplace_back(name);
    else if (!read_range(value.scalar, condition))
        expected(context, value, example_of("range"));
    return condition;
}

std::optional<Term> read_term(const Context& context, const Yaml& node) {
    const auto term = node.is_scalar() ? parse_term(node.scalar) : std::nullopt;
    if (!term) expected(context, node, example_of("term"));
    return term;
}

template <class Key>
std::vector<Key> read_keys(const Context& context, const Yaml* node) {
    std::vector<Key> keys;
    if (node == nullptr) return keys;
    for (const auto& [name, mark] : read_names(context, *node))
        keys.emplace_back(name);
    return keys;
}

// A service by its name alone, or {name: {when: …, after: …}}.
EventStep read_event_step(const Context& context, const Yaml& item) {
    EventStep step;
    if (item.is_scalar()) {
        step.service = ServiceKey{read_name(context, item)};
        return step;
    }
    if (!item.is_map() || item.entries.size() != 1) {
        expected(context, item, "a service, or one with what belongs to it: {identity: {when: …}}");
        return step;
    }
    const YamlEntry& entry = item.entries.front();
    if (check_name(context, entry.key_mark, entry.key)) step.service = ServiceKey{entry.key};
    const Fields fields{context, entry.value, "event_step"};
    if (!fields.is_map()) return step;
    if (const Yaml* when = fields.find("when")) step.when = read_when(context, *when);
    step.after = read_keys<ServiceKey>(context, fields.find("after"));
    step.not_with = read_keys<ServiceKey>(context, fields.find("not_with"));
    if (const Yaml* within = fields.find("within")) step.within = read_term(context, *within);
    if (const Yaml* because = fields.find("because")) step.because = read_text(context, *because);
    step.informs = read_keys<EntityKey>(context, fields.find("informs"));
    return step;
}

std::vector<EventStep> read_event_steps(const Context& context, const Yaml& node) {
    std::vector<EventStep> steps;
    if (node.is_scalar()) return {read_event_step(context, node)};
    const auto& items = items_of(context, node, "a list of services");
    if (node.is_sequence() && items.empty())
        context.mistake(node.mark, "the list is empty: expected at least one name");
    if (items.size() > steps_of_event_most) {
        context.mistake(node.mark, fmt::format("more than {} services", steps_of_event_most));
        return steps;
    }
    for (const Yaml& item : items) {
        EventStep step = read_event_step(context, item);
        const bool is_there = std::ranges::count(steps, step.service, &EventStep::service) > 0;
        if (is_there && !step.service.empty())
            context.mistake(item.mark, fmt::format("{} is named twice in this list", step.service.text()));
        else
            steps.push_back(std::move(step));
    }
    return steps;
}

std::optional<AtLeast> read_at_least(const Context& context, const Yaml& node) {
    if (!node.is_map() || node.entries.size() != 1) {
        expected(context, node, "how many answers to which fact, such as {lost: 2}");
        return std::nullopt;
    }
    const YamlEntry& entry = node.entries.front();
    const auto count = read_integer(context, entry.value, {2, 100});
    if (!check_name(context, entry.key_mark, entry.key) || !count) return std::nullopt;
    return AtLeast{FactKey{entry.key}, *count};
}

ServiceTerms read_line_of_terms(const Context& context, const Yaml& item) {
    ServiceTerms line;
    const Fields fields{context, item, "service_terms"};
    if (!fields.is_map()) return line;
    if (const Yaml* when = fields.find("when")) line.when = read_when(context, *when);
    if (const Yaml* fee = fields.find("fee")) line.fee = read_fees(context, *fee);
    if (const Yaml* takes = fields.find("takes")) line.takes = read_term(context, *takes);
    if (fields.find("fee") == nullptr && fields.find("takes") == nullptr)
        context.mistake(item.mark, "this line changes nothing: expected fee, takes, or both");
    return line;
}

Exclusion read_exclusion(const Context& context, const Yaml& item) {
    Exclusion exclusion;
    const Fields fields{context, item, "exclusion"};
    if (!fields.is_map()) return exclusion;
    if (const Yaml* when = fields.find("when")) exclusion.when = read_when(context, *when);
    if (const Yaml* because = fields.find("because")) exclusion.because = read_text(context, *because);
    return exclusion;
}

RequiredDocument read_required(const Context& context, const Yaml& item) {
    RequiredDocument required_document;
    if (item.is_scalar()) {
        required_document.document = DocumentKey{read_name(context, item)};
        return required_document;
    }
    const Fields fields{context, item, "required_document"};
    if (!fields.is_map()) return required_document;
    if (const Yaml* document = fields.find("document"))
        required_document.document = DocumentKey{read_name(context, *document)};
    if (const Yaml* when = fields.find("when")) required_document.when = read_when(context, *when);
    return required_document;
}

}  // namespace

std::string name_of(FactKind kind) { return fact_kinds.at(static_cast<std::size_t>(kind)); }

std::string format_term(Term term) {
    if (term.days == 0) return "same day";
    return fmt::format("{} {}{}", term.days, term.is_working ? "working " : "",
                       term.days == 1 ? "day" : "days");
}

std::optional<Term> parse_term(std::string_view text) {
    if (text == "same day") return Term{};
    const auto blank = text.find(' ');
    const auto days = read_count(text.substr(0, blank));
    if (!days || *days < 1 || *days > term_most || blank == std::string_view::npos) return std::nullopt;
    const std::string_view unit = text.substr(blank + 1);
    if (unit == "day" || unit == "days") return Term{*days, false};
    if (unit == "working day" || unit == "working days") return Term{*days, true};
    return std::nullopt;
}

When read_when(const Context& context, const Yaml& node) {
    When when;
    for (const YamlEntry& entry : entries_of(context, node, "what must hold, such as {resident: yes}"))
        if (check_name(context, entry.key_mark, entry.key)) when.push_back(read_condition(context, entry));
    return when;
}

void read_rules_of_service(const Context& context, const Fields& fields, Service& service) {
    if (const Yaml* about = fields.find("about")) service.about = read_text(context, *about);
    if (const Yaml* specialises = fields.find("specialises")) {
        const std::string name = read_name(context, *specialises);
        if (!name.empty()) service.specialises = ServiceKey{name};
    }
    if (const Yaml* takes = fields.find("takes")) service.takes = read_term(context, *takes);
    if (const Yaml* terms = fields.find("terms"))
        for (const Yaml& item : items_of(context, *terms, "a list of lines, each with when, fee, takes"))
            service.terms.push_back(read_line_of_terms(context, item));
    if (const Yaml* refused = fields.find("refused"))
        for (const Yaml& item : items_of(context, *refused, "a list of lines, each with when and because"))
            service.refused.push_back(read_exclusion(context, item));
    if (const Yaml* documents = fields.find("documents")) {
        if (documents->is_scalar())
            service.documents.push_back(read_required(context, *documents));
        else
            for (const Yaml& item : items_of(context, *documents, "a list of documents"))
                service.documents.push_back(read_required(context, item));
    }
}

Fact read_fact(const Context& context, const YamlEntry& entry) {
    Fact fact;
    fact.key = FactKey{entry.key};
    const Fields fields{context, entry.value, "fact"};
    if (!fields.is_map()) return fact;
    if (const Yaml* ask = fields.find("ask")) fact.ask = read_text(context, *ask);
    if (const Yaml* help = fields.find("help")) fact.help = read_text(context, *help);
    if (const Yaml* kind = fields.find("kind"))
        fact.kind = FactKind{static_cast<unsigned char>(
            read_word(context, *kind,
                      {fact_kinds[0], fact_kinds[1], fact_kinds[2], fact_kinds[3], fact_kinds[4]})
                .value_or(0))};
    const Yaml* answers = fields.find("answers");
    const bool is_chosen = fact.kind == FactKind::one_of || fact.kind == FactKind::any_of;
    if (is_chosen && answers == nullptr && !fields.has_unknown())
        context.mistake(entry.key_mark,
                        fmt::format("a fact of the kind {} needs answers", name_of(fact.kind)));
    if (!is_chosen && answers != nullptr)
        context.mistake(
            answers->mark,
            fmt::format("answers belong to a fact of the kind one_of or any_of, not {}", name_of(fact.kind)));
    if (answers != nullptr)
        for (const YamlEntry& answer : entries_of(context, *answers, "a map from names to what they say"))
            if (check_name(context, answer.key_mark, answer.key))
                fact.answers.push_back({AnswerKey{answer.key}, read_text(context, answer.value)});
    return fact;
}

Document read_document(const Context& context, const YamlEntry& entry) {
    Document document;
    document.key = DocumentKey{entry.key};
    const Fields fields{context, entry.value, "document"};
    if (!fields.is_map()) return document;
    if (const Yaml* name = fields.find("name")) document.name = read_text(context, *name);
    if (const Yaml* held_by = fields.find("held_by")) {
        const std::string name = read_name(context, *held_by);
        if (!name.empty()) document.held_by = EntityKey{name};
    }
    if (const Yaml* source = fields.find("source"))
        document.source = read_string(context, *source, "source_name").value_or("");
    return document;
}

LifeEvent read_life_event(const Context& context, const YamlEntry& entry) {
    LifeEvent event;
    event.key = LifeEventKey{entry.key};
    const Fields fields{context, entry.value, "life_event"};
    if (!fields.is_map()) return event;
    if (const Yaml* name = fields.find("name")) event.name = read_text(context, *name);
    if (const Yaml* also = fields.find("also")) event.also = read_other_names(context, *also);
    if (const Yaml* about = fields.find("about")) event.about = read_text(context, *about);
    if (const Yaml* services = fields.find("services")) event.steps = read_event_steps(context, *services);
    if (const Yaml* least = fields.find("at_least")) event.at_least = read_at_least(context, *least);
    if (const Yaml* begins = fields.find("begins")) {
        const std::string name = read_name(context, *begins);
        if (!name.empty()) event.begins = FactKey{name};
    }
    if (const Yaml* source = fields.find("source"))
        event.source = read_string(context, *source, "source_name").value_or("");
    return event;
}

const EventStep* LifeEvent::find(const ServiceKey& service) const {
    const auto found = std::ranges::find(steps, service, &EventStep::service);
    return found == steps.end() ? nullptr : &*found;
}

}  // namespace balcao::model
