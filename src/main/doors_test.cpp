// What can be done on a page can be done by program: docs/api.md names the operation beside each route.
#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "api/api.hpp"
#include "text/json.hpp"
#include "town/town.hpp"
#include "web/pages.hpp"

using namespace balcao;

namespace {

struct Row {
    std::set<std::string> operations;
    std::string reason;  // why there is none
};

// What stands between backticks.
std::vector<std::string> quoted(std::string_view text) {
    std::vector<std::string> found;
    for (auto from = text.find('`'); from != std::string_view::npos; from = text.find('`')) {
        const auto to = text.find('`', from + 1);
        if (to == std::string_view::npos) break;
        found.emplace_back(text.substr(from + 1, to - from - 1));
        text.remove_prefix(to + 1);
    }
    return found;
}

// The rows of the table: | POST | `/{language}/…` | `operation`, … | or | … | —: why |
std::map<std::string, Row> table() {
    std::ifstream file{"docs/api.md"};
    std::map<std::string, Row> rows;
    for (std::string line; std::getline(file, line);) {
        if (!line.starts_with("| GET |") && !line.starts_with("| POST |")) continue;
        const auto method = line.substr(2, line.find(" |", 2) - 2);
        const auto cell = line.find("| ", 2 + method.size());
        const auto last = line.find(" | ", cell + 2);
        const auto pattern = quoted(std::string_view{line}.substr(cell, last - cell));
        REQUIRE_MESSAGE(pattern.size() == 1, line);
        std::string_view what = std::string_view{line}.substr(last + 3);
        what = what.substr(0, what.rfind(" |"));
        Row row;
        if (what.starts_with("—: ")) {
            row.reason = what.substr(std::string_view{"—: "}.size());
        } else {
            for (auto& name : quoted(what))
                row.operations.insert(std::move(name));
        }
        CHECK_MESSAGE(rows.emplace(method + " " + pattern.front(), row).second, line);
    }
    return rows;
}

std::set<std::string> described_operations() {
    const auto document = text::Json::parse(api::description("1"), "openapi.json");
    REQUIRE(document.has_value());
    std::set<std::string> ids;
    const auto paths = document->root()["paths"];
    for (const auto path : paths.keys())
        for (const auto method : paths[path].keys())
            ids.emplace(*paths[path][method]["operationId"].as_text());
    return ids;
}

std::set<std::string> page_routes() {
    town::House house;
    const connect::Jitsi meetings{house.key, "https://meet.example"};
    const web::Pages pages{
        {*house.office, *house.staff, *house.bookings, *house.devices, house.cases},
        house.clock,
        {.installation = house.key,
         .is_demonstration = true,
         .proofs = {.receipt = [](const front::TicketName&) -> Result<std::string> {
                        return Error{Errc::not_found, "none"};
                    },
                    .session_receipt = [](const assist::SessionKey&) -> Result<std::string> {
                        return Error{Errc::not_found, "none"};
                    }},
         .records = &house.records,
         .editions = house.editions.get(),
         .adopt = [&house] { return house.adopt(); },
         .outbox = &house.outbox,
         .ways = {.mail = true, .phone = true},
         .meetings = &meetings,
         .sessions = &house.sessions,
         .fees = &house.fees,
         .outcomes = &house.outcomes,
         .pays_at_machine = [](const std::string&, const Money&) { return false; }}};
    const auto router = pages.router();
    std::set<std::string> all;
    for (const auto* route : router.routes())
        if (!route->pattern.starts_with("/assets/"))
            all.insert(std::string{http::name_of(route->method)} + " " + route->pattern);
    return all;
}

}  // namespace

TEST_CASE("every route of the pages has an operation of the API named for it, or a written reason") {
    const auto rows = table();
    for (const auto& route : page_routes()) {
        const auto row = rows.find(route);
        CHECK_MESSAGE(row != rows.end(), route << " stands in no row of docs/api.md");
        if (row == rows.end()) continue;
        CHECK_MESSAGE(row->second.operations.empty() == (row->second.reason.size() > 20), route);
    }
}

TEST_CASE("the table of pages and operations names nothing that is not there, and no operation is left out") {
    const auto routes = page_routes();
    const auto operations = described_operations();
    CHECK(operations.size() > 100);
    std::set<std::string> named;
    for (const auto& line : table()) {
        CHECK_MESSAGE(routes.count(line.first) == 1, line.first);
        for (const auto& operation : line.second.operations) {
            CHECK_MESSAGE(operations.count(operation) == 1, operation);
            named.insert(operation);
        }
    }
    // What no page does stands in a list of its own.
    std::ifstream file{"docs/api.md"};
    std::stringstream page;
    page << file.rdbuf();
    const std::string text = page.str();
    for (const auto& operation : operations)
        CHECK_MESSAGE(
            (named.count(operation) == 1 || text.find("\n- `" + operation + "`: ") != std::string::npos),
            operation);
}
