// What holds for any file: the reader answers with a model or with a mistake that has a place, and what it
// takes it also prints back.
#include <rapidcheck.h>

#include <doctest/doctest.h>

#include "model/building_test.hpp"
#include "model/print.hpp"

namespace balcao::model {
namespace {

const std::string& five_classes() {
    static const std::string text = *DiskFiles{}.read(shipped_model("five-class-shop.yaml"));
    return text;
}

void check_answer(const std::string& content) {
    const auto read = read_model("m.yaml", MemoryFiles{{{"m.yaml", content}}}, options_of_test());
    if (!read.value) {
        RC_ASSERT(!read.remarks.empty());
        return;
    }
    auto again =
        read_model("m.yaml", MemoryFiles{{{"m.yaml", print_canonical(*read.value)}}}, options_of_test());
    RC_ASSERT(again.value.has_value());
    RC_ASSERT(*again.value == *read.value);
}

TEST_CASE("a model with a few bytes changed is read or refused, and prints back when it is read") {
    REQUIRE_FALSE(five_classes().empty());
    CHECK(rc::check([] {
        std::string content = five_classes();
        const int count = *rc::gen::inRange(1, 4);
        for (int i = 0; i < count; ++i) {
            const auto at = *rc::gen::inRange<std::size_t>(0, content.size());
            content[at] = *rc::gen::elementOf(std::string{"0159 -:,{}[]\"'#&*!|>%\n\tabmin\x01\xff"});
        }
        check_answer(content);
    }));
}

TEST_CASE("a model with a piece taken out or doubled is read or refused") {
    CHECK(rc::check([] {
        std::string content = five_classes();
        const auto from = *rc::gen::inRange<std::size_t>(0, content.size());
        const auto length = *rc::gen::inRange<std::size_t>(1, 200);
        const std::string piece = content.substr(from, length);
        if (*rc::gen::arbitrary<bool>())
            content.erase(from, length);
        else
            content.insert(*rc::gen::inRange<std::size_t>(0, content.size()), piece);
        check_answer(content);
    }));
}

// Any text of one line comes back from the canonical form as it was.
TEST_CASE("any name prints back as it was given") {
    CHECK(rc::check([](const std::string& bytes) {
        auto read = read_text_model(SmallModel{}.text());
        RC_ASSERT(read.value.has_value());
        std::string name;
        for (const char c : bytes)
            if (static_cast<unsigned char>(c) < 0x80 && c != '\0') name += c;
        if (name.empty()) return;
        read.value->name = LocalText{{{"", name}}};
        const auto again = read_text_model(print_canonical(*read.value));
        RC_ASSERT(again.value.has_value());
        RC_ASSERT(again.value->name == read.value->name);
    }));
}

}  // namespace
}  // namespace balcao::model
