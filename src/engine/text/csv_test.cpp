#include "text/csv.hpp"

#include <filesystem>
#include <limits>
#include <rapidcheck.h>

#include <doctest/doctest.h>

#include "text/file.hpp"

using namespace balcao;
using namespace balcao::text;

namespace {

CsvTable table(std::string content) {
    auto parsed = CsvTable::parse(std::move(content), "t.csv");
    REQUIRE_MESSAGE(parsed, (parsed ? "" : parsed.error().what));
    return *std::move(parsed);
}

std::string mistake_in_table(std::string content) {
    auto parsed = CsvTable::parse(std::move(content), "t.csv");
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().code == Errc::invalid);
    return parsed.error().what;
}

}  // namespace

TEST_CASE("a table is read by the names of its columns") {
    const CsvTable shops = table("store,tickets\nLisboa,12\nPorto,7\n");
    CHECK(shops.row_count() == 2);
    CHECK(shops.field(1, *shops.column("store")) == "Porto");
    CHECK(*shops.whole_number(0, *shops.column("tickets")) == 12);
    CHECK_FALSE(shops.find_column("Store"));
}

TEST_CASE("quotes, doubled quotes, separators and line ends inside fields are part of them") {
    const CsvTable quoted =
        table("a,b\n\"one, two\",\"he said \"\"yes\"\"\"\n\"line\r\nbreak\",\"\"\nlast,5\" pipe");
    CHECK(quoted.field(0, 0) == "one, two");
    CHECK(quoted.field(0, 1) == "he said \"yes\"");
    CHECK(quoted.field(1, 0) == "line\r\nbreak");
    CHECK(quoted.field(1, 1).empty());
    CHECK(quoted.field(2, 1) == "5\" pipe");
    CHECK(quoted.line(1) == 3);
    CHECK(quoted.line(2) == 5);
}

TEST_CASE("a spreadsheet's byte-order mark, semicolons, CRLF and empty lines do no harm") {
    const CsvTable sheet = table("\xEF\xBB\xBFloja;senhas;espera\r\n\r\nLisboa;12;4,5\r\n\r\n");
    CHECK(sheet.columns() == std::vector<std::string>{"loja", "senhas", "espera"});
    CHECK(sheet.row_count() == 1);
    CHECK(sheet.line(0) == 3);
    CHECK(sheet.field(0, 2) == "4,5");
}

TEST_CASE("a header alone is a table without rows") {
    CHECK(table("a,b").row_count() == 0);
    CHECK(table("a,b\n").columns().size() == 2);
}

TEST_CASE("what is wrong with a table is said with its line") {
    CHECK(mistake_in_table("") == "t.csv: empty; a header row was expected");
    CHECK(mistake_in_table("a,b\n1,2\n1\n") == "t.csv:3: 1 fields, but the header has 2");
    CHECK(mistake_in_table("a,b\n1,2,3\n") == "t.csv:2: 3 fields, but the header has 2");
    CHECK(mistake_in_table("a,b\n1,2\n\"1,2\n3") == "t.csv:3: a quote is opened and never closed");
    CHECK(mistake_in_table("a\n\"x\"y\n") ==
          "t.csv:2: text after a closing quote; a quote inside a field is written twice");
    CHECK(mistake_in_table("a,b,a\n") == "t.csv:1: the column 'a' stands twice in the header");
    CHECK(mistake_in_table("a\nS\xE3o\n") == "t.csv:2: not UTF-8; save the file as UTF-8");
}

TEST_CASE("a column that is not there is answered with the nearest one, or with all") {
    const CsvTable shops = table("store,tickets\n");
    CHECK(shops.column("ticket").error().what == "t.csv: no column 'ticket'; did you mean 'tickets'?");
    CHECK(shops.column("date").error().what == "t.csv: no column 'date'; there are: store, tickets");
}

TEST_CASE("a field that is not what it must be is named with line, column and value") {
    const CsvTable rows = table("day,count,mean\n2026-01-05,3,1.5\n2026-02-30,three,\n");
    CHECK(*rows.date(0, 0) == Date{std::chrono::year{2026} / 1 / 5});
    CHECK(*rows.number(0, 2) == 1.5);
    CHECK(rows.date(1, 0).error().what == "t.csv:3: day: '2026-02-30' is not a date (2026-01-05)");
    CHECK(rows.whole_number(1, 1).error().what == "t.csv:3: count: 'three' is not a whole number");
    CHECK(rows.number(1, 2).error() == Error{Errc::invalid, "t.csv:3: mean: '' is not a number", "mean"});
}

TEST_CASE("fields stay where they are when a table moves") {
    CsvTable small = table("a\nx\n");
    const CsvTable moved = std::move(small);
    CHECK(moved.field(0, 0) == "x");
}

TEST_CASE("a field is quoted where it must be and nowhere else") {
    std::string out;
    CsvWriter csv{out};
    csv.row({"name", "wait, min", "note"});
    csv.field("São").field(1.13).field("he said \"yes\"\n").end_row();
    csv.field(7).field(std::numeric_limits<double>::quiet_NaN()).empty_field().end_row();
    CHECK(out == "name,\"wait, min\",note\nSão,1.13,\"he said \"\"yes\"\"\n\"\n7,,\n");
}

TEST_CASE("every table reads back as it was written") {
    CHECK(rc::check([] {
        const auto letters = rc::gen::element('a', 'b', ',', ';', '"', '\n', '\r', ' ');
        const auto rows = *rc::gen::container<std::vector<std::pair<std::string, std::string>>>(rc::gen::pair(
            rc::gen::container<std::string>(letters), rc::gen::container<std::string>(letters)));
        const char separator = *rc::gen::element(',', ';');
        std::string out;
        CsvWriter csv{out, separator};
        csv.row({"first", "second"});
        for (const auto& [first, second] : rows)
            csv.row({first, second});
        const auto parsed = CsvTable::parse(out, "t.csv");
        RC_ASSERT(parsed.has_value());
        RC_ASSERT(parsed->row_count() == rows.size());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            RC_ASSERT(parsed->field(i, 0) == rows[i].first);
            RC_ASSERT(parsed->field(i, 1) == rows[i].second);
        }
    }));
}

TEST_CASE("whatever the bytes, a table is read or refused") {
    CHECK(rc::check([] {
        const auto bytes =
            *rc::gen::container<std::string>(rc::gen::element('a', ',', '"', '\n', '\r', ';', '\xC3'));
        const auto parsed = CsvTable::parse(bytes, "t.csv");
        if (parsed) RC_ASSERT(!parsed->columns().empty());
        if (!parsed) RC_ASSERT(parsed.error().what.starts_with("t.csv:"));
    }));
}
