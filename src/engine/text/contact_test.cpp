#include "text/contact.hpp"

#include <string>

#include <doctest/doctest.h>

namespace balcao::text {
namespace {

TEST_CASE("an address is one that a mail server could be told") {
    for (const char* fit : {"ana@example.org", "a.b+c@mail.example.org"})
        CHECK(is_mail_address(fit));
    for (const char* unfit :
         {"", "ana", "@example.org", "ana@example", "ana@.org", "ana@example.org.", "ana@exa..mple.org",
          "a na@example.org", "a@b@example.org", "ána@example.org", "<ana@example.org>", "ana@example.org\n"})
        CHECK_FALSE(is_mail_address(unfit));
    CHECK(is_mail_address(std::string(64, 'a') + "@example.org"));
    CHECK_FALSE(is_mail_address(std::string(65, 'a') + "@example.org"));
    CHECK_FALSE(is_mail_address("a@" + std::string(250, 'b') + ".org"));
}

TEST_CASE("a number is called by its digits, however it is written") {
    for (const char* fit : {"912345678", "+351 912 345 678", "(21) 817-0000", "123456"})
        CHECK(is_phone_number(fit));
    for (const char* unfit : {"", "12345", "1234567890123456", "call me", "91234567x"})
        CHECK_FALSE(is_phone_number(unfit));
}

}  // namespace
}  // namespace balcao::text
