// The pages and the terminal's words of stress walks and situations.
#include <algorithm>

#include <doctest/doctest.h>

#include "report/breaking.hpp"
#include "report/functionality.hpp"
#include "report/report.hpp"
#include "report/sample_flexibility.hpp"
#include "report/text_plot.hpp"
#include "report/text_test.hpp"
#include "text/utf8.hpp"

using namespace balcao;
using namespace balcao::report;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t from = 0; from < text.size();) {
        const std::size_t to = text.find('\n', from);
        lines.push_back(text.substr(from, to - from));
        from = to + 1;
    }
    return lines;
}

const std::string& page_of_one() {
    static const std::string page =
        report_page({sample::model()}, {sample::stress()}, {.language = Language::en});
    return page;
}

const std::string& page_of_two() {
    static const std::string page = report_page({sample::model(), sample::hill_city()},
                                                sample::stress_of_two(), {.language = Language::en});
    return page;
}

std::string situations_page() {
    const std::vector<sim::SituationOutcome> outcomes = sample::situations();
    return report_page(sample::model(), SituationsRun{outcomes, 8, 0.95, 7}, {});
}

}  // namespace

TEST_CASE("a target breaks, holds, is missed from the start or stays undecided") {
    const sim::StressResult result = sample::stress();
    const auto ending = [&](std::size_t target) {
        return ending_of(result, sim::Axis::demand, result.targets.at(target), 5).value();
    };
    CHECK(ending(0).fate == Fate::breaks);
    CHECK(ending(0).level == doctest::Approx(1.4));
    CHECK(ending(0).severity == doctest::Approx(0.4));
    CHECK(ending(2).fate == Fate::missed);
    CHECK(ending(3).fate == Fate::holds);
    CHECK(ending(3).level == doctest::Approx(2));
    sim::StressResult unsure = result;
    unsure.curves[0].points.back().targets[3].verdict = sim::Verdict::undecided;
    const auto last = ending_of(unsure, sim::Axis::demand, unsure.targets[3], 5).value();
    CHECK(last.fate == Fate::undecided);
    CHECK(last.level == doctest::Approx(2));
}

TEST_CASE("a target of a site that closed is no longer measured, and that is not undecided") {
    sim::StressResult result = sample::stress();
    for (sim::StressPoint& point : result.curves[2].points)
        if (point.level > 0) {
            point.targets[3].half_width.reset();
            point.targets[3].verdict = sim::Verdict::undecided;
        }
    const auto ending = ending_of(result, sim::Axis::sites, result.targets[3], 5).value();
    CHECK(ending.fate == Fate::gone);
    CHECK(ending.level == doctest::Approx(1));
    CHECK(holds(stress_table({result}), "has nothing to measure from 1 closed on"));
    CHECK(holds(report_page({sample::model()}, {result}, {}), ">nothing to measure from 1 of 5 sites on<"));
}

TEST_CASE("closing sites is as severe as the share of the sites that close") {
    const sim::StressResult result = sample::stress();
    const auto ending = ending_of(result, sim::Axis::sites, result.targets[3], 5);
    REQUIRE(ending.has_value());
    CHECK(ending->severity == doctest::Approx(0.4));
}

TEST_CASE("a target that a model does not have has no ending there") {
    model::Target other;
    other.measure = "wait_all";
    other.at_most = 3;
    CHECK_FALSE(ending_of(sample::stress(), sim::Axis::demand, other, 5).has_value());
}

TEST_CASE("the answer says what breaks first and where, then the rest, in two sentences each language") {
    CHECK(holds(page_of_one(),
                "“Test city” breaks first when desks are taken away, at \u221220%: then it misses "
                "“Served within 20 min: at least 80%” and “Gave up waiting (Over 65): at most 8%”."));
    CHECK(holds(page_of_one(), "It breaks later when demand rises, at +40%"));
    CHECK(holds(page_of_one(),
                "It holds when sites close, to 2 of 5 sites (without River shop and North shop)."));
    CHECK(holds(page_of_one(), "Missed already as it is: 1 of 4 targets."));
    CHECK(holds(page_of_one(),
                "«Cidade de teste» quebra primeiro quando se retiram balcões, a \u221220\u00a0%"));
    CHECK(holds(page_of_one(), "«Ciudad de prueba» se rompe primero cuando se retiran mostradores"));
}

TEST_CASE("two models stand side by side, each with its sentence, its curve and its column") {
    CHECK(holds(page_of_two(), "“Test city” breaks first"));
    CHECK(holds(page_of_two(), "“Hill city” breaks first when"));
    CHECK(holds(page_of_two(), R"(data-series="Hill city")"));
    CHECK(holds(page_of_two(), ">2: North shop<"));
    CHECK(holds(page_of_two(), ">1: River shop / Hill shop<"));
    for (const char* id : {"breaks-at", "curves-demand", "curves-desks", "curves-sites", "curves-channels"})
        CHECK_MESSAGE(holds(page_of_two(), "id=\"es-" + std::string{id} + "\""), id);
}

TEST_CASE("models of one name are told apart") {
    std::vector<sim::StressResult> results = sample::stress_of_two();
    results[1].model = "two-desks-more";
    model::Model scenario = sample::model();
    scenario.key = "two-desks-more";
    const std::string plain = report_page({sample::model(), scenario}, results, {.language = Language::en});
    CHECK(holds(plain, "“two-desks-more” breaks first"));
    ReportOptions options;
    options.scenarios = {{"two-desks-more", sample::text("Mais dois balcões", "Two desks more", "Dos más")}};
    CHECK(holds(report_page({sample::model(), scenario}, results, options), "“Two desks more” breaks first"));
}

TEST_CASE("a curve has its bound, its steps and the point where it breaks in the table it is drawn from") {
    CHECK(times_in(page_of_one(), R"(data-at-least="0.8")") == 3 * 4);
    CHECK(holds(page_of_one(), R"(data-wanted="at least 80%")"));
    CHECK(holds(page_of_one(), R"(data-mark="breaks at +40%")"));
    CHECK(holds(page_of_one(), "· breaks here<"));
    CHECK(holds(page_of_one(), R"(data-tick="+100%")"));
    CHECK(times_in(page_of_one(), "data-mean=") == times_in(page_of_one(), "data-half-width="));
}

TEST_CASE("a channel closed alone is named when it breaks a target, and so are people with nowhere to go") {
    CHECK(holds(page_of_one(), "People with nowhere else to go"));
    CHECK(holds(page_of_one(), ">3.1%<"));
    CHECK(holds(page_of_one(), "breaks without: Video call"));
    CHECK(holds(page_of_one(), ">without Video call<"));
}

TEST_CASE("targets that the model did not set are said not to be its own") {
    sim::StressResult result = sample::stress();
    CHECK_FALSE(holds(page_of_one(), "sets no targets of its own"));
    result.are_targets_ours = true;
    CHECK(holds(report_page({sample::model()}, {result}, {}), "“Test city” sets no targets of its own"));
    CHECK(holds(stress_table({result}), "sample sets no targets of its own"));
}

TEST_CASE("a walk cut short has a page all the same") {
    sim::StressResult cut = sample::stress();
    cut.curves.resize(1);
    cut.curves[0].points.resize(2);
    cut.curves[0].breaks_at.assign(4, std::nullopt);
    const std::string page = report_page({sample::model()}, {cut}, {.language = Language::en});
    CHECK(holds(page, "holds on every axis"));
    CHECK_FALSE(holds(page, "id=\"en-sites\""));
}

TEST_CASE("the terminal draws each target's curve in eighty columns, with its bound and where it breaks") {
    const std::string table = stress_table(sample::stress_of_two());
    for (const std::string& line : lines_of(table))
        CHECK_MESSAGE(text::display_width(line) <= 80, line);
    CHECK(holds(table, "demand · served_within 20 min, at least 80%"));
    CHECK(holds(table, "● sample: breaks at +40%"));
    CHECK(holds(table, "○ hill: breaks at +60%"));
    CHECK(holds(table, "● sample: is missed as it is"));
    CHECK(holds(table, "80% ┼"));
    CHECK(holds(table, "without river / without hill"));
}

TEST_CASE("a picture in characters puts high values high and low ones low") {
    TextPlot plot;
    plot.steps = {"0", "1", "2"};
    plot.bounds = {5};
    plot.curves = {{.values = {0, 5, 9.5}, .breaks_at = 1, .ending = "breaks at 1"}};
    const std::vector<std::string> lines = lines_of(drawn(plot));
    REQUIRE(lines.size() == 9 + 3);
    CHECK(holds(lines[0], "10 ┤"));
    CHECK(holds(lines[0], "●"));
    CHECK(holds(lines[4], "5 ┼"));
    CHECK(holds(lines[4], "╌"));
    CHECK(holds(lines[8], "0 ┤ ●"));
    CHECK(holds(lines[0], "┊"));
    CHECK(holds(lines[9], "▲"));
    CHECK(holds(lines[10], "1"));
    CHECK(holds(lines[11], "● breaks at 1"));
    plot.steps.resize(1);
    CHECK(drawn(plot).empty());
}

TEST_CASE("curves that meet show it") {
    TextPlot plot;
    plot.steps = {"0", "1"};
    plot.curves = {{.name = "a", .values = {1, 2}}, {.name = "b", .values = {1, 0}}};
    CHECK(times_in(drawn(plot), "◉") == 1);
}

TEST_CASE("situations are counted, and the worst one is named with its reason") {
    const std::string page = situations_page();
    CHECK(holds(page,
                "Situations, 5 in all; true in 9 weeks of 10 or more: 2, in fewer: 2, cannot be told: 1."));
    CHECK(holds(page,
                "Served worst: “Works &lt;at home&gt;” (Anybody), where all came true in no week. No desk "
                "serves “Permits for works and for use of the public road” by a channel that this person "
                "can use."));
    CHECK(holds(page, "Situações, 5 ao todo"));
    CHECK(holds(page, "Situaciones, 5 en total"));
}

TEST_CASE("what came true is told group by group, with the reason where it did not") {
    const std::string page = situations_page();
    for (const char* id : {"of-older", "of-others", "of-newcomers", "anybody", "errands-of-all"})
        CHECK_MESSAGE(holds(page, "id=\"en-" + std::string{id} + "\""), id);
    CHECK(holds(page, "Fails most often: “in at most 2 visits”, true in 36\u00a0±\u00a03%"));
    CHECK(holds(page, "The weak point is “Citizen card” at North shop, Counter."));
    CHECK(holds(page, "2.22\u00a0±\u00a00.10 days on average when served"));
    CHECK(holds(page, "18.2\u00a0±\u00a00.4\u00a0EUR on average when served"));
    CHECK(holds(page, R"(data-mean="0" data-half-width="0">never<)"));
    CHECK(holds(page, "about 3 in 240 (the rule of three)"));
    CHECK(holds(page, "for at most 20\u00a0EUR"));
    CHECK_FALSE(holds(page, "<at home>"));
}

TEST_CASE("a group's share has an interval that can only be too wide") {
    const std::vector<sim::SituationOutcome> outcomes = sample::situations();
    const Estimate both = mean_share({&outcomes[1], &outcomes[2]});
    CHECK(both.mean == doctest::Approx((0.98 * 0.98 + 0.94 * 0.94) / 2));
    CHECK(both.half_width == doctest::Approx(0.03));
    const Estimate never = mean_share({&outcomes[4]});
    CHECK(never.mean == 0);
    CHECK(never.half_width == 0.0);
    CHECK(holds(situations_table(outcomes), "older"));
    CHECK(holds(situations_table(outcomes), "92 ± 3%"));
}

TEST_CASE("a drawing that leaves lines out says how many") {
    sim::Results many = sample::results();
    model::Model city = sample::model();
    for (int number = 0; number < 56; ++number) {
        const std::string key = "extra-" + std::to_string(number);
        city.sites.push_back(sample::site(key, {}, 38.7, -9.1));
        sim::Row row;
        row.measure = sim::Measure::wait;
        row.of.site = key;
        row.mean = 1 + number;
        row.half_width = 0.5;
        many.rows.push_back(row);
    }
    const std::string page = report_page(city, many, {});
    CHECK(holds(page, R"(data-cut="40 of 61 shown; all in the table")"));
    CHECK(holds(page, R"(data-cut="São mostrados 40 de 61; todos na tabela")"));
    CHECK(holds(page, R"(data-cut="Se muestran 40 de 61; todos en la tabla")"));
    CHECK(holds(page, R"(data-most="40")"));
}
