// The description and the routes are one table; the shapes hold; every problem is explained.
#include <fstream>
#include <set>
#include <sstream>

#include "api/problem.hpp"
#include "api/schema.hpp"
#include "api/table.hpp"
#include "api/town_test.hpp"

using namespace balcao;
using namespace balcao::api;

namespace {

// An address of that pattern.
std::string filled(std::string pattern) {
    for (auto open = pattern.find('{'); open != std::string::npos; open = pattern.find('{'))
        pattern.replace(open, pattern.find('}', open) - open + 1, "x");
    return pattern;
}

std::set<std::string> described() {
    const auto document = text::Json::parse(description("1"), "openapi.json");
    REQUIRE(document.has_value());
    std::set<std::string> all;
    const auto paths = document->root()["paths"];
    for (const auto path : paths.keys())
        for (const auto method : paths[path].keys())
            all.insert(std::string{method} + " " + std::string{path});
    return all;
}

}  // namespace

TEST_CASE("every route is described, and everything described has a route") {
    const Town town;
    http::Router router;
    town.api.add_routes(router);
    std::set<std::string> routed;
    std::set<std::string> ids;
    for (const auto& operation : operations()) {
        std::string method{http::name_of(operation.method)};
        for (char& letter : method)
            letter = static_cast<char>(letter - 'A' + 'a');
        routed.insert(method + " " + operation.path);
        CHECK(ids.insert(operation.id).second);
        const auto match = router.find(operation.method, root_path + filled(operation.path));
        REQUIRE(match.route != nullptr);
        CHECK(match.route->pattern == root_path + operation.path);
    }
    CHECK(described() == routed);
    CHECK(routed.size() == operations().size());
}

TEST_CASE("the document is served as it is made, and the page at /api leads to it in three languages") {
    const Town town;
    const auto document = town.ask(http::Method::get, "/api/openapi.json");
    CHECK(document.status == 200);
    CHECK(document.text("openapi") == "3.1.0");
    for (const auto& [language, title] : {std::pair{"pt", "Para programas"}, std::pair{"en", "For programs"},
                                          std::pair{"es", "Para programas"}}) {
        const auto page = town.ask(http::Method::get, "/api", {}, {{"Accept-Language", language}});
        CHECK(page.status == 200);
        CHECK(page.body.find(title) != std::string::npos);
        CHECK(page.body.find("href=\"/api/openapi.json\"") != std::string::npos);
        CHECK(page.body.find("<script") == std::string::npos);
        CHECK(page.body.find(" style=") == std::string::npos);
    }
}

TEST_CASE("who copies the example gets a ticket of her own: its key is another one for each reader") {
    const Town town;
    const auto key = [&] {
        const auto page = town.ask(http::Method::get, "/api").body;
        const auto from = page.find("Idempotency-Key: ");
        REQUIRE(from != std::string::npos);
        return page.substr(from, page.find("-d", from) - from);
    };
    const auto first = key();
    CHECK(first.size() > 40);
    CHECK(first != key());
}

TEST_CASE("every problem that can be met is explained in docs/errors/api.md, with its status") {
    std::ifstream file{"docs/errors/api.md"};
    std::stringstream page;
    page << file.rdbuf();
    const std::string text = page.str();
    REQUIRE(text.size() > 1000);
    const auto explained = [&](std::string_view name, int status) {
        return text.find("| `" + std::string{name} + "` | " + std::to_string(status) + " | ") !=
               std::string::npos;
    };
    for (const auto& own : own_problems())
        CHECK_MESSAGE(explained(own.name, own.status), own.name);
    const Words words{text::Language::en};
    const auto zone = *Zone::find("Europe/Lisbon");
    const Town town;
    const auto layout = town.office->layout(model::SiteKey{"shop"});
    for (int reason = 0; reason <= static_cast<int>(office::Reason::own_emergency); ++reason) {
        const auto problem = problem_of(office::Refusal{.reason = static_cast<office::Reason>(reason),
                                                        .number = office::Number{1},
                                                        .desk = office::DeskId{model::DeskKey{"both"}, 1}},
                                        *layout, words);
        CHECK_MESSAGE(explained(problem.name, problem.status), problem.name);
    }
    for (int reason = 0; reason <= static_cast<int>(booking::Reason::following_full); ++reason) {
        const auto problem = problem_of(
            booking::Refusal{
                .reason = static_cast<booking::Reason>(reason), .start = Instant{}, .when = Instant{}},
            zone, words);
        CHECK_MESSAGE(explained(problem.name, problem.status), problem.name);
    }
    for (int reason = 0; reason <= static_cast<int>(staff::Reason::sign_in_over); ++reason) {
        const auto problem =
            problem_of(staff::Refusal{.reason = static_cast<staff::Reason>(reason), .until = Instant{}}, zone,
                       words, Instant{});
        CHECK_MESSAGE(explained(problem.name, problem.status), problem.name);
    }
    for (int reason = 0; reason <= static_cast<int>(cases::Reason::forgotten); ++reason) {
        const auto problem =
            problem_of(cases::Refusal{.reason = static_cast<cases::Reason>(reason)}, zone, words);
        CHECK_MESSAGE(explained(problem.name, problem.status), problem.name);
    }
    for (int reason = 0; reason <= static_cast<int>(device::Reason::no_such_device); ++reason) {
        const auto problem = problem_of(device::Refusal{static_cast<device::Reason>(reason)}, words);
        CHECK_MESSAGE(explained(problem.name, problem.status), problem.name);
    }
    for (int reason = 0; reason <= static_cast<int>(edition::Reason::note_missing); ++reason) {
        const auto problem = problem_of(edition::Refusal{static_cast<edition::Reason>(reason), {}}, 1, words);
        CHECK_MESSAGE(explained(problem.name, problem.status), problem.name);
    }
}

TEST_CASE("a moment is read with any offset and written in UTC") {
    CHECK(format_instant(0) == "1970-01-01T00:00:00Z");
    CHECK(format_instant(1'767'690'000'123) == "2026-01-06T09:00:00.123Z");
    for (const char* text :
         {"2026-01-06T09:00:00.123Z", "2026-01-06T10:00:00.123+01:00", "2026-01-06t08:30:00.1234-00:30"})
        CHECK(parse_instant(text) == 1'767'690'000'123);
    for (const char* wrong : {"", "2026-01-06", "2026-01-06T09:00:00", "2026-13-06T09:00:00Z",
                              "2026-01-06T25:00:00Z", "2026-01-06T09:61:00Z", "2026-01-06T09:00:61Z",
                              "2026-01-06T09:00:00+1", "2026-01-06T09:00:00.Z", "2026-01-06 09:00:00Z"})
        CHECK_FALSE(parse_instant(wrong).has_value());
}

TEST_CASE("the depth of a text is found without reading it as JSON") {
    CHECK(depth_of("1") == 0);
    CHECK(depth_of("{}") == 1);
    CHECK(depth_of(R"({"a": [[1], {"b": "[[[["}]})") == 3);
    CHECK(depth_of(R"(["\"[", "\\"])") == 1);
    CHECK(depth_of("]]]][") == 1);
}
