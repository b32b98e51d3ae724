// YAML as a tree with places.
#include "text/yaml.hpp"

#include <doctest/doctest.h>

namespace balcao::text {
namespace {

std::string problems_of(const std::string& content, const YamlLimits& limits = {}) {
    std::string all;
    for (const YamlProblem& problem : parse_yaml(content, "f", limits).problems)
        all += std::to_string(problem.mark.line) + ":" + std::to_string(problem.mark.column) + " " +
               problem.what + "\n";
    return all;
}

TEST_CASE("keys keep their order, and every piece knows both its ends") {
    const auto document = parse_yaml("b: 1\na: {x: \"2\", y: [3, 4]}\n", "f.yaml");
    REQUIRE(document.root.has_value());
    CHECK(document.problems.empty());
    REQUIRE(document.root->entries.size() == 2);
    CHECK(document.root->entries[0].key == "b");
    const Yaml* a = document.root->find("a");
    REQUIRE(a != nullptr);
    CHECK(*a->mark.file == "f.yaml");
    CHECK(a->mark.line == 2);
    CHECK(a->mark.column == 4);
    CHECK(a->mark.end_column == 23);
    CHECK(a->find("x")->quoted);
    CHECK(a->find("y")->items[1].scalar == "4");
    CHECK_FALSE(a->find("y")->items[1].quoted);
}

TEST_CASE("nothing after a colon is no value, but quotes make an empty text") {
    const auto document = parse_yaml("a:\nb: \"\"\nc: ~\n", "f");
    CHECK(document.root->find("a")->is_null());
    CHECK(document.root->find("b")->is_scalar());
    CHECK(document.root->find("c")->is_null());
}

TEST_CASE("a key given twice is told, and the first one stays") {
    const auto document = parse_yaml("a: 1\nb: 2\na: 3\n", "f");
    REQUIRE(document.problems.size() == 1);
    CHECK(document.problems[0].mark.line == 3);
    CHECK(document.problems[0].what == "the key a is given twice; first in line 1, column 1");
    CHECK(document.root->find("a")->scalar == "1");
}

TEST_CASE("an anchor is copied out where it is named") {
    const auto document = parse_yaml("a: &week {mon: 1}\nb: *week\n", "f");
    REQUIRE(document.root.has_value());
    CHECK(document.root->find("b")->find("mon")->scalar == "1");
}

TEST_CASE("copies of copies of copies are refused before they fill the memory") {
    std::string laughs = "a: &a [x, x, x, x, x, x, x, x, x, x]\n";
    for (char name = 'b'; name < 'j'; ++name) {
        laughs += std::string{name} + ": &" + name + " [";
        for (int i = 0; i < 10; ++i)
            laughs += std::string{i > 0 ? ", *" : "*"} + static_cast<char>(name - 1);
        laughs += "]\n";
    }
    CHECK(problems_of(laughs).find("too much is repeated") != std::string::npos);
}

TEST_CASE("what is nested too deep or too large is refused") {
    CHECK(problems_of(std::string(100, '[') + std::string(100, ']')) ==
          "1:65 nested deeper than 64 levels\n");
    CHECK(problems_of("abcdef", {.bytes_max = 5}) == "0:0 the file is larger than 5 bytes\n");
    CHECK(problems_of("[a, b, c]", {.nodes_max = 2}) == "1:8 the file holds too much\n");
}

TEST_CASE("bytes that are not UTF-8, control characters and tags are told with their place") {
    CHECK(problems_of("a: 1\nb: \xff\n") == "2:4 not UTF-8 text: save the file as UTF-8\n");
    CHECK(problems_of("a: \x01\n") == "1:4 a control character is not allowed\n");
    CHECK(problems_of("a: !!int 3\n") ==
          "1:4 tags (\"!\") have no meaning here: put a text that begins so in quotes\n");
}

TEST_CASE("what is written reads back to the same tree") {
    const std::string written =
        "name: Small\nsites:\n  shop: {open: {every day: \"08:00-20:00\"}, list: [a, \"b, c\", {d: "
        "e}]}\nitems:\n"
        "  - key: \"- x\"\n    \"08\": \"\"\n  - []\n";
    const auto document = parse_yaml(written, "f");
    REQUIRE(document.root.has_value());
    CHECK(write_yaml(*document.root) == written);
    CHECK(write_yaml_flow(*document.root->find("sites")) ==
          "{shop: {open: {every day: \"08:00-20:00\"}, list: [a, \"b, c\", {d: e}]}}");
}

}  // namespace
}  // namespace balcao::text
