#include "staff/password.hpp"

#include <doctest/doctest.h>

using namespace balcao::staff;

namespace {

std::optional<Reason> fault_of(const std::string& password) {
    return fault_of_password(password, {"ana.silva", "Ana Silva e Só"}, {"Lisboa", "Loja Laranjeiras"});
}

}  // namespace

TEST_CASE("a long password of any letters is taken") {
    for (const char* password :
         {"três gatos no telhado", "correct horse battery staple", "k7#vQ!m2Zp9w",
          "as ruas de Lisboa ao anoitecer", "Мой дом стоит у реки", "lluvia en el tejado"})
        CHECK_MESSAGE(fault_of(password) == std::nullopt, password);
}

TEST_CASE("length is counted in letters, from 12 to 128") {
    CHECK(fault_of("çãéôüíàâêñö") == Reason::password_too_short);
    CHECK(fault_of("çãéôüíàâêñöz") == std::nullopt);
    std::string longest;
    while (longest.size() < 128)
        longest += "abacate com nozes ";
    longest.resize(128);
    CHECK(fault_of(longest) == std::nullopt);
    CHECK(fault_of(longest + "x") == Reason::password_too_long);
}

TEST_CASE("what everybody tries first is refused") {
    for (const char* password : {"Password2026", "palavrapasse123", "contraseña-2026", "Benfica Benfica",
                                 "palavra-passe!", "admin1234567"})
        CHECK_MESSAGE(fault_of(password) == Reason::password_common, password);
    for (const char* password : {"aaaaaaaaaaaa", "123456789012", "qwertyuiopas", "zyxwvutsrqpo",
                                 "abc123abc123abc123", "1q2w3e4r5t6y", "abababababab"})
        CHECK_MESSAGE(fault_of(password) == Reason::password_too_even, password);
}

TEST_CASE("a password made of the person's names or the city's is refused") {
    CHECK(fault_of("AnaSilva2026!") == Reason::password_names_person);
    CHECK(fault_of("Silva & Silva 22") == Reason::password_names_person);
    CHECK(fault_of("Lisboa-Lisboa-99") == Reason::password_names_city);
    CHECK(fault_of("LojaLaranjeiras1") == Reason::password_names_city);
}

TEST_CASE("broken text is no password") {
    CHECK(fault_of("doze letras \xff e mais") == Reason::password_not_text);
}
