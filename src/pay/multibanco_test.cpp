// References of Multibanco against examples that others have published.
#include "pay/multibanco.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace balcao::pay;

TEST_CASE("references of Multibanco are those of published examples") {
    // github.com/Miguel-Frazao/sibs-check-digits-php-python, check_digits.php.
    CHECK(make_multibanco("90150", 1'231'234, 43'211)->reference == "123123451");
    // Examples in public Java sources after the routines of Ifthenpay (class ReferenciaMB).
    CHECK(make_multibanco("11604", 9'991'234, 2'586)->reference == "999123490");
    CHECK(make_multibanco("11202", 1'642'628, 2'991'441)->reference == "164262863");
    CHECK(is_multibanco("11024", "112 720 598", 38'266));
}

TEST_CASE("a wrong digit, two digits in each other's place, or another amount is told from the right one") {
    for (const std::int64_t cents : {1, 1'000, 2'586, 99'999'999}) {
        const auto made = make_multibanco("99999", 7'654'321, cents);
        REQUIRE(made.has_value());
        CHECK(is_multibanco(made->entity, made->reference, cents));
        CHECK_FALSE(is_multibanco(made->entity, made->reference, cents == 1 ? 2 : cents - 1));
        for (std::size_t place = 0; place < made->reference.size(); ++place) {
            std::string wrong = made->reference;
            wrong[place] = wrong[place] == '9' ? '0' : static_cast<char>(wrong[place] + 1);
            CHECK_FALSE(is_multibanco(made->entity, wrong, cents));
        }
        for (std::size_t place = 0; place + 1 < made->reference.size(); ++place) {
            std::string turned = made->reference;
            std::swap(turned[place], turned[place + 1]);
            if (turned != made->reference) CHECK_FALSE(is_multibanco(made->entity, turned, cents));
        }
    }
}

TEST_CASE("what cannot be a reference is none") {
    CHECK_FALSE(make_multibanco("1234", 1, 1));
    CHECK_FALSE(make_multibanco("1234x", 1, 1));
    CHECK_FALSE(make_multibanco("12345", 10'000'000, 1));
    CHECK_FALSE(make_multibanco("12345", 1, 0));
    CHECK_FALSE(make_multibanco("12345", 1, -5));
    CHECK_FALSE(make_multibanco("12345", 1, 100'000'000));
    CHECK_FALSE(is_multibanco("11604", "99912349", 2'586));
    CHECK_FALSE(is_multibanco("11604", "999123a90", 2'586));
    CHECK(format_multibanco("999123490") == "999 123 490");
}
