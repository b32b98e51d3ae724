#include "base/localized.hpp"

#include <doctest/doctest.h>

using balcao::LocalText;

TEST_CASE("a text is shown in the reader's language where the model has it") {
    const LocalText name{{{"pt", "Cartão de Cidadão"}, {"en", "Citizen card"}}};
    CHECK(name.in("en") == "Citizen card");
    CHECK(name.in("pt", "identity") == "Cartão de Cidadão");
}

TEST_CASE("a plain text serves every language that has none of its own") {
    const LocalText name{{{"pt", "Loja"}, {"", "Shop"}}};
    CHECK(name.in("pt") == "Loja");
    CHECK(name.in("es") == "Shop");
}

TEST_CASE("the model's first language stands in for a missing one") {
    const LocalText name{{{"pt", "Loja"}, {"en", "Shop"}}};
    CHECK(name.in("es", "shop") == "Loja");
}

TEST_CASE("what has no text is called by what stands in for it") {
    CHECK(LocalText{}.in("pt", "shop") == "shop");
    CHECK(LocalText{}.in("pt").empty());
}
