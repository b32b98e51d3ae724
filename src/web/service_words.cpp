#include "web/service_words.hpp"

#include "front/life_event.hpp"
#include "model/sentence.hpp"
#include "web/ways.hpp"

namespace balcao::web {

using html::Content;
using html::with;

std::string mark_of(const std::string& source, const Words& words) {
    if (source == "demonstration") return words("made-up figure");
    return source == "unverified" ? words("not checked") : "";
}

void write_marked(Content& into, const std::string& value, const std::string& mark) {
    into.text(value);
    if (!mark.empty()) into.text(" ").element<"small">({with<"class">("mark")}, mark);
}

std::string fee_text(const model::PerChannel<Money>& fee, const Words& words) {
    std::string text;
    for (const auto& [channel, amount] : fee.by_channel)
        text += (text.empty() ? "" : " · ") + channel_text(channel, words) + ": " +
                front::money_text(amount, words);
    if (!fee.all) return text;
    const std::string of_all = front::money_text(*fee.all, words);
    return text.empty() ? of_all : text + " · " + words("elsewhere: {fee}", {{"fee", of_all}});
}

void write_fee(Content& into,
               const model::PerChannel<Money>& fee,
               const model::Service& service,
               const Words& words) {
    bool is_first = true;
    const auto write = [&](const std::string& text, const std::string& source) {
        if (!is_first) into.text(" · ");
        is_first = false;
        write_marked(into, text, mark_of(source, words));
    };
    for (const auto& [channel, amount] : fee.by_channel)
        write(channel_text(channel, words) + ": " + front::money_text(amount, words),
              service.source_of_fee(channel));
    if (!fee.all) return;
    const std::string of_all = front::money_text(*fee.all, words);
    write(is_first ? of_all : words("elsewhere: {fee}", {{"fee", of_all}}), service.source_of("fee"));
}

std::string document_text(const model::Document& document, const model::Model& city, const Words& words) {
    const std::string name = model::name_of(document, words.code());
    if (!document.held_by) return name;
    return words(
        "{document} ({entity} has it already)",
        {{"document", name}, {"entity", model::name_of(*city.find(*document.held_by), words.code())}});
}

std::string when_text(const model::When& when, const model::Model& city, const Words& words) {
    std::string text;
    for (const model::Condition& condition : when) {
        const model::Fact& fact = *city.find(condition.fact);
        std::vector<std::string> answers;
        for (const auto& answer : condition.answers)
            answers.push_back(front::answer_text(fact, {.chosen = {answer}}, words));
        std::string said = model::listed_in(words.code(), answers);
        const auto number = [](int value) { return std::to_string(value); };
        if (condition.least && condition.most)
            said = words("{least} to {most}",
                         {{"least", number(*condition.least)}, {"most", number(*condition.most)}});
        else if (condition.least)
            said = words("{least} or more", {{"least", number(*condition.least)}});
        else if (condition.most)
            said = words("{most} or less", {{"most", number(*condition.most)}});
        text += (text.empty() ? "" : " · ") + fact.ask.in(words.code(), fact.key.text()) + " " + said;
    }
    return text;
}

html::Url service_url(const Words& words, const model::ServiceKey& service) {
    return url(words, {"services", service.text()});
}

}  // namespace balcao::web
