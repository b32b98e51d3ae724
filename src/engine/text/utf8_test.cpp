#include "text/utf8.hpp"

#include <doctest/doctest.h>

using namespace balcao::text;

TEST_CASE("letters are compared without case and accents") {
    CHECK(fold("São João da Pesqueira") == "sao joao da pesqueira");
    CHECK(fold("ÁÉÍÓÚ ÂÊÔ ÃÕ Ç À Ü Ñ") == "aeiou aeo ao c a u n");
    CHECK(fold("Sa\u0303o") == "sao");
    CHECK(fold("Straße Łódź Œuvre") == "strasse lodz oeuvre");
    CHECK(fold("2 × 3 Αθήνα 東京") == "2 × 3 Αθήνα 東京");
    CHECK(fold("bad \xFF byte") == "bad \xFF byte");
}

TEST_CASE("a word is as wide as it stands in a terminal") {
    CHECK(display_width("Estação") == 7);
    CHECK(display_width("Estac\u0327a\u0303o") == 7);
    CHECK(display_width("東京") == 4);
    CHECK(display_width("") == 0);
    CHECK(display_width("\xFF") == 1);
}

TEST_CASE("columns stand under each other whatever the accents") {
    CHECK(pad_right("São", 5) == "São  ");
    CHECK(pad_left("São", 5) == "  São");
    CHECK(pad_left("Estação", 3) == "Estação");
}
