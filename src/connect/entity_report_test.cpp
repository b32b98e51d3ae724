// What entities tell later: whose it is, whether it is of now, and what it says.
#include "connect/entity_report.hpp"

#include <rapidcheck.h>

#include "connect/entity_test.hpp"

using namespace balcao;
using namespace balcao::connect;
using namespace std::chrono_literals;

namespace {

const std::vector<std::string> secrets{"token", "former"};
const std::string concluded =
    R"({"id": "1", "case": "2026-000123", "step": "card", "reference": "r1", "state": "concluded"})";

std::variant<EntityReport, ReportFault> read(const std::string& body,
                                             const std::string& signature,
                                             Instant now = morning) {
    return read_report({registry, body, signature}, secrets, now);
}

std::variant<EntityReport, ReportFault> read(const std::string& body) {
    return read(body, report_signature("token", morning, body));
}

}  // namespace

TEST_CASE("a report that its entity signed says what became of the step") {
    const auto report = as<EntityReport>(read(concluded));
    CHECK(cases::to_text(report.step.number) == "2026-000123");
    CHECK(report.step.step.text() == "card");
    CHECK(report.report.word == cases::Report::Word::concluded);
    CHECK(report.report.reference == "r1");
    const auto needed =
        as<EntityReport>(read(R"({"id": "2", "case": "2026-000123", "step": "card", "reference": "r1",
                 "state": "citizen_needed", "text": "A photo, please.", "until": "2026-12-01T00:00:00Z"})"));
    CHECK(needed.report.text == "A photo, please.");
    CHECK(needed.report.until == Instant{std::chrono::sys_days{std::chrono::year{2026} / 12 / 1}});
    const auto denied = as<EntityReport>(read(
        R"({"id": "3", "case": "2026-000123", "step": "card", "reference": "r1", "state": "denied", "text": "No."})"));
    CHECK(denied.report.word == cases::Report::Word::denied);
}

TEST_CASE("a report sent again has the same key, and another one another") {
    const auto key = as<EntityReport>(read(concluded)).key;
    const auto later = read(concluded, report_signature("token", morning + 2min, concluded), morning + 2min);
    CHECK(as<EntityReport>(later).key == key);
    std::string other = concluded;
    other.replace(other.find("\"1\""), 3, "\"2\"");
    CHECK(as<EntityReport>(read(other)).key != key);
    const auto of_other =
        read_report({model::EntityKey{"club"}, concluded, report_signature("token", morning, concluded)},
                    secrets, morning);
    CHECK(as<EntityReport>(of_other).key != key);
    CHECK(key.size() <= 64);
}

TEST_CASE("while a token is changed, reports signed with the one before still count") {
    CHECK(std::holds_alternative<EntityReport>(
        read(concluded, report_signature("former", morning, concluded))));
    const std::string good = report_signature("token", morning, concluded);
    CHECK(std::holds_alternative<EntityReport>(read(concluded, good + ",v1=00, v2=abc")));
    CHECK(std::holds_alternative<EntityReport>(read(
        concluded, "t=" + good.substr(2, good.find(',') - 2) + ", v1=00," + good.substr(good.find("v1=")))));
}

TEST_CASE("what nobody signed, or signed otherwise, counts for nothing") {
    CHECK(as<ReportFault>(read(concluded, "")) == ReportFault::unsigned_);
    for (const char* nonsense :
         {"v1=00", "t=1", "t=x,v1=00", "t=1,t=2,v1=00", ",,,", "t=99999999999999999999,v1=00"})
        CHECK(as<ReportFault>(read(concluded, nonsense)) == ReportFault::unsigned_);
    CHECK(as<ReportFault>(read(concluded, report_signature("guess", morning, concluded))) ==
          ReportFault::not_signed_so);
    CHECK(as<ReportFault>(read(concluded + " ", report_signature("token", morning, concluded))) ==
          ReportFault::not_signed_so);
    CHECK(as<ReportFault>(read_report({registry, concluded, report_signature("", morning, concluded)}, {},
                                      morning)) == ReportFault::no_secret);
    CHECK(as<ReportFault>(read_report({registry, concluded, report_signature("", morning, concluded)}, {""},
                                      morning)) == ReportFault::not_signed_so);
}

TEST_CASE("a report that was overheard cannot be played again later") {
    const std::string signature = report_signature("token", morning, concluded);
    CHECK(std::holds_alternative<EntityReport>(read(concluded, signature, morning + report_age_most)));
    CHECK(as<ReportFault>(read(concluded, signature, morning + report_age_most + 1s)) ==
          ReportFault::too_old);
    CHECK(as<ReportFault>(read(concluded, signature, morning - report_age_most - 1s)) ==
          ReportFault::too_old);
    // Its time cannot be made another.
    std::string younger = signature;
    ++younger[10];
    CHECK(as<ReportFault>(read(concluded, younger)) == ReportFault::not_signed_so);
}

TEST_CASE("what is no report is none, however well it is signed") {
    for (
        const char* body :
        {"", "{}", "[]", "nonsense", R"({"id": "1"})",
         R"({"case": "2026-000123", "step": "card", "reference": "r1", "state": "concluded"})",
         R"({"id": "1", "case": "123", "step": "card", "reference": "r1", "state": "concluded"})",
         R"({"id": "1", "case": "2026-000123", "step": "", "reference": "r1", "state": "concluded"})",
         R"({"id": "1", "case": "2026-000123", "step": "card", "reference": "", "state": "concluded"})",
         R"({"id": "1", "case": "2026-000123", "step": "card", "reference": "r1", "state": "done"})",
         R"({"id": "1", "case": "2026-000123", "step": "card", "reference": "r1", "state": "denied"})",
         R"({"id": "1", "case": "2026-000123", "step": "card", "reference": "r1", "state": "denied", "text": 7})",
         R"({"id": "1", "case": "2026-000123", "step": "card", "reference": "r1", "state": "citizen_needed",
              "text": "A photo"})",
         R"({"id": "1", "case": "2026-000123", "step": "card", "reference": "r1", "state": "citizen_needed",
              "text": "A photo", "until": "soon"})"})
        CHECK(as<ReportFault>(read(body)) == ReportFault::unreadable);
    CHECK(as<ReportFault>(read("\"\xFF\"")) == ReportFault::unreadable);
    CHECK(as<ReportFault>(read(std::string(report_bytes_most + 1, ' ') + concluded)) ==
          ReportFault::unreadable);
}

TEST_CASE("no entity speaks for another, nor of a case that is not there") {
    cases::Case whole;
    whole.number = {2026, 123};
    cases::Step step;
    step.asked.step = cases::StepKey{"card"};
    step.asked.entity = registry;
    whole.steps = {step};
    const auto report = as<EntityReport>(read(concluded));
    CHECK(is_of_entity(report, registry, whole));
    CHECK_FALSE(is_of_entity(report, model::EntityKey{"club"}, whole));
    whole.number = {2026, 124};
    CHECK_FALSE(is_of_entity(report, registry, whole));
    whole.number = {2026, 123};
    whole.steps.front().asked.step = cases::StepKey{"licence"};
    CHECK_FALSE(is_of_entity(report, registry, whole));
}

TEST_CASE("whatever comes to the address of reports, only what was signed is read") {
    CHECK(rc::check("reports", [] {
        const auto body = *rc::gen::arbitrary<std::string>();
        const auto signature = *rc::gen::arbitrary<std::string>();
        RC_ASSERT(std::holds_alternative<ReportFault>(read(body, signature)));
        RC_ASSERT(std::holds_alternative<ReportFault>(read(body)));
    }));
}
