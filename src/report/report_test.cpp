#include "report/report.hpp"

#include <algorithm>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include <doctest/doctest.h>

#include "report/functionality.hpp"
#include "report/json.hpp"
#include "report/numbers.hpp"
#include "report/sample_city.hpp"
#include "report/sample_flexibility.hpp"
#include "report/terminal.hpp"
#include "report/text_test.hpp"
#include "text/catalogue.hpp"
#include "text/json.hpp"

using namespace balcao;
using namespace balcao::report;

namespace {

const std::string& run_page() {
    static const std::string page =
        report_page(sample::model(), sample::results(), {.language = Language::pt, .command = "balcao <x>"});
    return page;
}

const std::string& comparison_page() {
    static const std::string page =
        report_page(sample::model(), sample::comparison(), {.language = Language::en});
    return page;
}

const std::string& stress_page() {
    static const std::string page = report_page({sample::model(), sample::hill_city()},
                                                sample::stress_of_two(), {.language = Language::en});
    return page;
}

const std::string& page_of_situations() {
    static const std::vector<sim::SituationOutcome> outcomes = sample::situations();
    static const std::string page = report_page(sample::model(), SituationsRun{outcomes, 8, 0.95, 7}, {});
    return page;
}

}  // namespace

TEST_CASE("a mean is written with as many digits as its interval earns, and the interval rounded up") {
    const auto written = [](double mean, double half_width) {
        return plain_estimate({mean, half_width}, "min", Language::en).value();
    };
    CHECK(written(2.963, 0.0123) == "2.963\u00a0±\u00a00.013");
    CHECK(written(23.41, 3.2) == "23\u00a0±\u00a04");
    CHECK(written(12345.6, 41) == "12,346\u00a0±\u00a041");
    CHECK(written(5, 0) == "5.0\u00a0±\u00a00.0");
    CHECK_FALSE(plain_estimate({2.963, {}}, "min", Language::en).has_value());
}

TEST_CASE("shares are percentages, and each language has its comma") {
    CHECK(plain_estimate({0.12, 0.002}, "share", Language::pt).value() == "12,00\u00a0±\u00a00,20\u00a0%");
    CHECK(plain_estimate({0.12, 0.002}, "share", Language::en).value() == "12.00\u00a0±\u00a00.20%");
    CHECK(plain_estimate({-1.5, 0.4}, "min", Language::es, Sign::always).value() ==
          "\u22121,5\u00a0±\u00a00,4");
    CHECK(plain_estimate({1.5, 0.4}, "min", Language::es, Sign::always).value() == "+1,5\u00a0±\u00a00,4");
}

TEST_CASE("a bound is written as it was chosen") {
    CHECK(shortest_number(1.15, Language::pt) == "1,15");
    CHECK(shortest_number(20, Language::en) == "20");
    CHECK(shortest_number(0.29 * 100, Language::en) == "29");
}

TEST_CASE("a date is written as people say it") {
    const Date day = parse_date("2026-01-05").value();
    CHECK(date_text(day, Words{Language::pt}) == "5 de janeiro de 2026");
    CHECK(date_text(day, Words{Language::en}) == "5 January 2026");
    CHECK(date_text(day, Words{Language::es}) == "5 de enero de 2026");
}

TEST_CASE("the page speaks the language asked for, else the model's first, else English") {
    model::Model city = sample::model();
    CHECK(language_for("es-ES", city) == Language::es);
    CHECK(language_for("", city) == Language::pt);
    city.languages = {"fr", "es"};
    CHECK(language_for("de", city) == Language::es);
    city.languages = {"fr"};
    CHECK(language_for("", city) == Language::en);
}

TEST_CASE("the page shows each figure as a table and as a download in every language") {
    for (const std::string& page : {run_page(), comparison_page()}) {
        const std::size_t figures = times_in(page, "<figure ");
        CHECK(figures >= 24);
        CHECK(figures % 3 == 0);
        CHECK(times_in(page, "<table>") == figures);
        CHECK(times_in(page, "<caption ") == figures);
        CHECK(times_in(page, " download=\"balcao-sample-") == figures);
        CHECK(times_in(page, "<article ") == 3);
    }
    for (const char* id : {"targets", "by-hour", "by-service", "service-hour-wait", "longest", "by-group",
                           "by-channel", "by-site", "site-hour-wait", "desk-hour-load"})
        CHECK_MESSAGE(holds(run_page(), "id=\"es-" + std::string{id} + "\""), id);
    for (const char* id : {"differences", "hours-compared", "change-wait-service", "change-wait-group"})
        CHECK_MESSAGE(holds(comparison_page(), "id=\"pt-" + std::string{id} + "\""), id);
}

TEST_CASE("names of the model cannot become markup") {
    CHECK(holds(run_page(), "Impostos &lt;locais&gt; &amp; taxas"));
    CHECK_FALSE(holds(run_page(), "<locais>"));
    CHECK(holds(run_page(), "balcao &lt;x&gt;"));
}

TEST_CASE("a mean without an interval is nowhere on the page nor in the terminal's table") {
    for (const std::string& shown : {run_page(), comparison_page(), results_table(sample::results())}) {
        CHECK_FALSE(holds(shown, "12345"));
        CHECK_FALSE(holds(shown, "12,34"));
        CHECK_FALSE(holds(shown, "12\u202f34"));
    }
    CHECK(holds(run_page(), ">sem intervalo<"));
    CHECK(holds(run_page(), ">no interval<"));
    CHECK(holds(run_page(), ">sin intervalo<"));
}

TEST_CASE("every number of a table that is drawn carries its interval") {
    CHECK(times_in(run_page(), "data-mean=") > 100);
    CHECK(times_in(run_page(), "data-mean=") == times_in(run_page(), "data-half-width="));
}

TEST_CASE("the page asks nothing of the network") {
    const std::regex asks{R"((src|srcset|action|poster)=|<link|<iframe|@import|url\()"};
    std::string page = run_page();
    const std::size_t script = page.find("<script>");  // ours, looked at by the browser test
    if (script != std::string::npos) page.resize(script);
    CHECK_FALSE(std::regex_search(page, asks));
    CHECK(holds(page, "default-src &#39;none&#39;"));
}

TEST_CASE("what cannot be told apart is said so, in every language") {
    for (const char* text : {"cannot be told apart", "não se distingue", "no se distingue"})
        CHECK(holds(comparison_page(), text));
}

TEST_CASE("the same results give the same page") {
    CHECK(report_page(sample::model(), sample::results(),
                      {.language = Language::pt, .command = "balcao <x>"}) == run_page());
}

TEST_CASE("a run without hours, targets and places has a page all the same") {
    sim::Results bare = sample::results();
    bare.targets.clear();
    bare.rows.resize(3);
    const std::string page = report_page(sample::model(), bare, {});
    CHECK(holds(page, "The model sets no targets"));
    CHECK_FALSE(holds(page, "id=\"en-hours\""));
    bare.rows.clear();
    CHECK(holds(report_page(sample::model(), bare, {}), "too short for an interval"));
}

TEST_CASE("every text in the sources of the report is in the catalogue, and no place is left unfilled") {
    std::set<std::string> texts;
    const std::regex call{R"re((?:words_?|words\(\)|\bin)\(\s*((?:"(?:[^"\\]|\\.)*"\s*)+))re"};
    const std::regex literal{R"re("((?:[^"\\]|\\.)*)")re"};
    for (const char* name :
         {"comparison", "figures", "names", "numbers", "page", "report", "situations_figures",
          "situations_page", "stress_figures", "stress_page", "summary", "tables"}) {
        std::ifstream file{std::string{"src/report/"} + name + ".cpp"};
        REQUIRE(file.good());
        std::stringstream content;
        content << file.rdbuf();
        const std::string source = content.str();
        for (std::sregex_iterator at{source.begin(), source.end(), call}, end; at != end; ++at) {
            const std::string literals = (*at)[1];
            std::string english;
            for (std::sregex_iterator part{literals.begin(), literals.end(), literal}; part != end; ++part)
                english += (*part)[1];
            texts.insert(english);
        }
    }
    CHECK(texts.size() > 60);
    for (const std::string& english : texts)
        CHECK_MESSAGE(text::catalogue().has(english), english);
    for (const std::string& page : {run_page(), stress_page(), page_of_situations()}) {
        const std::size_t begin = page.find("<article");
        const std::string articles = page.substr(begin, page.find("</main>") - begin);
        CHECK_FALSE(std::regex_search(articles, std::regex{R"(\{[a-z_]+\})"}));
    }
}

TEST_CASE("the JSON of a run has one row a line and null where there is no interval") {
    const sim::Results results = sample::results();
    const std::string json = results_json(results);
    CHECK(times_in(json, "\n  {\"measure\"") == results.rows.size() + results.targets.size());
    CHECK(holds(json, R"("channel": "phone", "mean": 12345.678, "half_width": null)"));
    const auto parsed = text::Json::parse(json, "results");
    REQUIRE(parsed.has_value());
    CHECK(parsed->root()["measures"].size() == results.rows.size());
    CHECK(parsed->root()["measures"].at(0)["measure"].as_text() == "arrivals");
    CHECK(parsed->root()["seed"].as_whole_number() == 7);
}

TEST_CASE("the JSON of a comparison says better, worse or neither") {
    const std::string json = comparison_json(sample::comparison(), JsonDetail::by_one_key);
    const auto parsed = text::Json::parse(json, "comparison");
    REQUIRE(parsed.has_value());
    CHECK(parsed->root()["scenarios"].size() == 2);
    CHECK(parsed->root()["ranking"]["best"].as_text() == "two-desks-more");
    CHECK(parsed->root()["rows_left_out"].as_whole_number() > 0);
    CHECK(holds(json, "\"better\": true"));
    CHECK(holds(json, "\"better\": null"));
}

TEST_CASE("the JSON of a comparison has every row when it is asked for") {
    const sim::Comparison comparison = sample::comparison();
    const std::string whole = comparison_json(comparison, JsonDetail::full);
    const std::string lean = comparison_json(comparison, JsonDetail::by_one_key);
    const auto parsed = text::Json::parse(whole, "comparison");
    REQUIRE(parsed.has_value());
    CHECK(parsed->root()["rows_left_out"].as_whole_number() == 0);
    CHECK(parsed->root()["measures"].size() == comparison.base.rows.size());
    CHECK(parsed->root()["differences"].size() == comparison.differences.size());
    const auto less = text::Json::parse(lean, "comparison");
    REQUIRE(less.has_value());
    std::size_t rows = less->root()["differences"].size() + less->root()["measures"].size();
    std::size_t all = comparison.differences.size() + comparison.base.rows.size();
    for (std::size_t i = 0; i < comparison.scenarios.size(); ++i) {
        rows += less->root()["scenarios"].at(i)["measures"].size();
        all += comparison.scenarios[i].rows.size();
    }
    CHECK(rows + static_cast<std::size_t>(*less->root()["rows_left_out"].as_whole_number()) == all);
    CHECK_FALSE(holds(lean, R"("site": "north", "service")"));
    CHECK(holds(lean, R"("site": "north", "desk")"));
}

TEST_CASE("numbers for machines keep eight digits and no noise") {
    CHECK(rounded(0.1 + 0.2) == 0.3);
    CHECK(rounded(1.13) == 1.13);
    CHECK(rounded(123456789.4) == 123456790);
    CHECK(rounded(0) == 0);
}

TEST_CASE("the terminal's table is short and says what it leaves out") {
    const std::string table = results_table(sample::results());
    CHECK(std::count(table.begin(), table.end(), '\n') < 50);
    CHECK(holds(table, "wait (min)"));
    CHECK(holds(table, "missed: served_within 20 min"));
    CHECK(holds(table, "Left out here: "));
    const std::string compared = comparison_table(sample::comparison());
    CHECK(holds(compared, "cannot be told apart"));
    CHECK(holds(compared, "two-desks-more is the best"));
}

TEST_CASE("what must be known of a scenario is said with its name, in the terminal and on the page") {
    sim::Comparison comparison = sample::comparison();
    comparison.base.notes = {"The run has not settled."};
    comparison.scenarios[1].notes = {"Stopped early, after 3 of 30 replications."};
    const std::string table = comparison_table(comparison);
    CHECK(holds(table, "note: The run has not settled."));
    CHECK(holds(table, "note, scenario all-by-appointment: Stopped early, after 3 of 30 replications."));
    const std::string page = report_page(sample::model(), comparison, {.language = Language::en});
    CHECK(holds(page, "all-by-appointment: Stopped early, after 3 of 30 replications."));
}

TEST_CASE("a target that no row answers has no mean anywhere, and is undecided") {
    sim::Results results = sample::results();
    results.targets = {sample::target("wait", 6, sim::Verdict::undecided)};
    results.targets[0].target.channel = model::ChannelKey{"video"};
    results.targets[0].mean.reset();
    results.targets[0].half_width.reset();
    CHECK(holds(results_json(results), R"("mean": null, "half_width": null, "verdict": "undecided")"));
    CHECK(holds(results_table(results), "undecided: wait (min), video"));
    CHECK_FALSE(holds(results_table(results), "undecided: wait (min), video  at most 6  0"));
    const std::string page = report_page(sample::model(), results, {.language = Language::en});
    CHECK(holds(page, "undecided: no interval"));
}
