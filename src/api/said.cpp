#include "api/said.hpp"

#include "front/life_event.hpp"

namespace balcao::api {
namespace {

constexpr std::int64_t answers_most = 100;

}  // namespace

SchemaRef said_of_facts() {
    static const SchemaRef said =
        asked("SaidOfFact", "What was answered to one question.",
              {needed("fact", text("The question.", {.example = "lost", .most = 100})),
               maybe("chosen", list(text("An answer.", {.example = "citizen-card", .most = 100}),
                                    "Of yes_no (yes or no), one_of and any_of.", 1, answers_most)),
               maybe("number", whole("Of a number.", 0, 100'000, 34)), maybe("date", date("Of a date."))});
    return list(said, "In any order; none: to get the first question.", 0, answers_most);
}

http::Fields answers_in_fields(const Call& call) {
    http::Fields fields;
    const auto answers = call.body()["answers"];
    for (std::size_t place = 0; place < answers.size(); ++place) {
        const auto answer = answers.at(place);
        const std::string name =
            front::field_of(model::FactKey{std::string{answer["fact"].as_text().value_or("")}});
        for (std::size_t one = 0; one < answer["chosen"].size(); ++one)
            fields.add(name, std::string{answer["chosen"].at(one).as_text().value_or("")});
        if (const auto number = answer["number"].as_whole_number()) fields.add(name, std::to_string(*number));
        if (const auto date = answer["date"].as_text()) fields.add(name, std::string{*date});
    }
    return fields;
}

std::vector<Fault> faults_of_answers(const Call& call, const http::Fields& fields) {
    std::vector<Fault> faults;
    const auto answers = call.body()["answers"];
    for (std::size_t place = 0; place < answers.size(); ++place) {
        const std::string pointer = "/answers/" + std::to_string(place);
        const model::FactKey key{std::string{answers.at(place)["fact"].as_text().value_or("")}};
        const auto* fact = call.rooms().office.model().find(key);
        if (fact == nullptr)
            faults.push_back(
                {pointer + "/fact", Fault::Kind::said, nullptr, call.words()("Nobody asks this here.")});
        else if (!front::answer_in(fields, *fact))
            faults.push_back(
                {pointer, Fault::Kind::said, nullptr, call.words()("This is no answer to that question.")});
    }
    return faults;
}

}  // namespace balcao::api
