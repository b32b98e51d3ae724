// What may be handed in, the numbers that are given, and the steps of a plan.
#include "cases/submission.hpp"

#include <doctest/doctest.h>

#include "cases/from_plan.hpp"
#include "cases/town_test.hpp"

using namespace balcao;
using namespace balcao::cases;
using namespace balcao::cases::stage;

namespace {

std::string_view fault(const Submission& submission) {
    const auto found = fault_of(submission, agreed("a"));
    return found ? name_of(found->reason) : "none";
}

}  // namespace

TEST_CASE("a submission is refused whole, and it is said why") {
    CHECK(fault(submission({wanted("a", keyed)})) == "none");
    CHECK(fault(submission({})) == "no-steps");
    CHECK(fault(submission({wanted("a", keyed), wanted("a", keyed)})) == "step-twice");
    CHECK(fault(submission({wanted("a", keyed, {StepKey{"b"}})})) == "after-unknown");
    CHECK(fault(submission({wanted("a", keyed, {StepKey{"a"}})})) == "in-a-circle");
    CHECK(fault(submission({wanted("a", keyed, {StepKey{"b"}}), wanted("b", keyed, {StepKey{"a"}}),
                            wanted("c", keyed)})) == "in-a-circle");
    CHECK(fault(submission({wanted("a", model::EntityKey{"nobody"})})) == "no-such-entity");
    CHECK(fault(submission({wanted("", keyed)})) == "name-unfit");
    CHECK(fault(submission({wanted("a\xC3", keyed)})) == "name-unfit");
    std::vector<StepWanted> many;
    for (std::size_t number = 0; number <= steps_most; ++number)
        many.push_back(wanted(std::to_string(number).c_str(), keyed));
    CHECK(fault(submission(many)) == "too-many-steps");
    many.pop_back();
    CHECK(fault(submission(many)) == "none");
    auto heavy = wanted("a", keyed);
    heavy.data[0].text = std::string(data_bytes_most, 'x');
    CHECK(fault(submission({heavy})) == "too-much-data");
    auto made = submission({wanted("a", keyed)});
    made.edition = "";
    CHECK(fault(made) == "name-unfit");
    made.edition = "7";
    made.contact.name = std::string(contact_bytes_most, 'x');
    CHECK(fault(made) == "too-much-data");
}

TEST_CASE("two submissions have one body only if they are the same") {
    const auto made = submission({wanted("a", keyed), wanted("b", keyed)});
    CHECK(body_of(made) == body_of(submission({wanted("a", keyed), wanted("b", keyed)})));
    auto other = made;
    other.steps[1].data[0].text = "Eva";
    CHECK(body_of(other) != body_of(made));
    other = made;
    other.steps[1].after = {StepKey{"a"}};
    CHECK(body_of(other) != body_of(made));
    other = made;
    other.steps[0].fee = Money{100, "EUR"};
    CHECK(body_of(other) != body_of(made));
    other = made;
    other.contact.phone = "1";
    CHECK(body_of(other) != body_of(made));
}

TEST_CASE(
    "numbers follow each other in a year, begin anew in the next, and a stop leaves a gap of a run at most") {
    Town town;
    CHECK(to_text(town.accept({wanted("a", keyed)})) == "2026-000001");
    CHECK(to_text(town.accept({wanted("a", keyed)})) == "2026-000002");
    town.restart();
    CHECK(to_text(town.accept({wanted("a", keyed)})) == "2026-000006");
    // 2027 begins at midnight in Lisbon.
    town.world.pass(std::chrono::duration_cast<Milliseconds>(
        std::chrono::sys_days{std::chrono::year{2027} / 1 / 1} - morning - std::chrono::milliseconds{1}));
    CHECK(to_text(town.accept({wanted("a", keyed)})) == "2026-000007");
    town.world.pass(Milliseconds{1});
    CHECK(to_text(town.accept({wanted("a", keyed)})) == "2027-000001");
}

TEST_CASE("a number reads back as it was written, and nothing else is one") {
    CaseNumber number;
    CHECK(from_text("2026-000123", number));
    CHECK(number == CaseNumber{2026, 123});
    CHECK(from_text("2026-1234567", number));
    CHECK(to_text(number) == "2026-1234567");
    for (const char* text : {"", "2026", "2026-123", "2026-0001234", "2026-00012x", "+026-000123",
                             "2026-000123 ", "2026-99999999999"})
        CHECK_FALSE(from_text(text, number));
    CHECK(case_of_stream("case/2026-000123") == CaseNumber{2026, 123});
    CHECK_FALSE(case_of_stream("case-numbers/2026"));
}

TEST_CASE(
    "LE-04 LE-11: the steps of a plan come after those that it waits for, for the order or to be apart") {
    model::Model model;
    for (const char* key : {"address", "badge", "name-change", "talk"}) {
        auto& service = model.services.emplace_back();
        service.key = model::ServiceKey{key};
        service.entity = keyed;
        service.request = model::Request{};
    }
    model.services[1].request->effect = model::EffectClass::point_of_no_return;
    model.services[3].entity.reset();
    rules::LifePlan plan;
    for (const auto& service : model.services) {
        auto& planned = plan.services.emplace_back();
        planned.service = service.key;
    }
    plan.services[0].quote.fee.all = Money{300, "EUR"};
    plan.services[0].ends = parse_date("2026-12-01");
    plan.services[1].waits_for = {{model::ServiceKey{"address"}, rules::WaitsFor::order}};
    plan.services[2].waits_for = {{model::ServiceKey{"badge"}, rules::WaitsFor::apart}};
    const auto planned = steps_of(model, plan, model::ChannelKey{"counter"}, agreed("a").zone);
    REQUIRE(planned.steps.size() == 3);
    CHECK(planned.elsewhere == std::vector{model::ServiceKey{"talk"}});
    CHECK(planned.steps[0].effect_class == EffectClass::compensable);
    CHECK(planned.steps[1].effect_class == EffectClass::point_of_no_return);
    CHECK(planned.steps[0].fee == Money{300, "EUR"});
    CHECK(planned.steps[0].term == Instant{*parse_date("2026-12-02")});
    CHECK(planned.steps[1].after == std::vector{StepKey{"address"}});
    CHECK(planned.steps[2].after == std::vector{StepKey{"badge"}});
    CHECK(planned.steps[0].after.empty());
    plan.services[2].waits_for.clear();
    plan.services[1].refused = 0;
    CHECK(steps_of(model, plan, model::ChannelKey{"counter"}, agreed("a").zone).steps.size() == 2);
}

TEST_CASE("what waits for a service that is not asked for from afar is not filed either") {
    model::Model model;
    rules::LifePlan plan;
    for (const char* key : {"oath", "passport", "stamp", "photo"}) {
        auto& service = model.services.emplace_back();
        service.key = model::ServiceKey{key};
        service.entity = keyed;
        service.request = model::Request{};
        service.fee.all = Money{100, "EUR"};
        plan.services.emplace_back().service = service.key;
    }
    model.services[0].request.reset();
    plan.services[1].waits_for = {{model::ServiceKey{"oath"}, rules::WaitsFor::order}};
    plan.services[2].waits_for = {{model::ServiceKey{"passport"}, rules::WaitsFor::apart}};
    plan.services[3].quote.fee.by_channel = {{model::ChannelKey{"counter"}, Money{500, "EUR"}}};
    const auto planned = steps_of(model, plan, model::ChannelKey{"online"}, agreed("a").zone);
    REQUIRE(planned.steps.size() == 1);
    CHECK(planned.steps[0].service.text() == "photo");
    CHECK(planned.steps[0].fee == Money{500, "EUR"});
    CHECK(planned.elsewhere ==
          std::vector{model::ServiceKey{"oath"}, model::ServiceKey{"passport"}, model::ServiceKey{"stamp"}});
}

TEST_CASE("the key of an effect is the same for the same effect alone, and always") {
    const EffectName name{{2026, 1}, StepKey{"card"}, Errand::deliver, 1, 0};
    CHECK(key_of(name) == key_of(name));
    CHECK(key_of(name).size() == 40);
    std::set<std::string> keys{key_of(name)};
    keys.insert(key_of({{2026, 2}, StepKey{"card"}, Errand::deliver, 1, 0}));
    keys.insert(key_of({{2026, 1}, StepKey{"c"}, Errand::deliver, 1, 0}));
    keys.insert(key_of({{2026, 1}, StepKey{"card"}, Errand::undo, 1, 0}));
    keys.insert(key_of({{2026, 1}, StepKey{"card"}, Errand::deliver, 2, 0}));
    keys.insert(key_of({{2026, 1}, StepKey{"card"}, Errand::deliver, 1, 1}));
    CHECK(keys.size() == 6);
}
