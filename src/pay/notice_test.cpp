// What a provider tells by itself is believed when it is signed and fresh.
#include "pay/notice.hpp"

#include <doctest/doctest.h>

#include "pay/town_test.hpp"

using namespace balcao;
using namespace balcao::pay;
using namespace balcao::pay::town;

namespace {

const std::string shared_secret = "shared with the bank";
const Notice a_notice{"2026-000001.c1.0011223344556677", "999123490", {"T-1", Money{2586}, morning}};

}  // namespace

TEST_CASE("a notice that is signed with the secret of both comes through as it was written") {
    const std::string body = write_notice(a_notice);
    const auto opened =
        open_notice(shared_secret, sign_notice(shared_secret, body, morning), body, morning + seconds{20});
    REQUIRE(opened.has_value());
    CHECK(*opened == a_notice);
}

TEST_CASE("a notice by another secret, of another body or of another time is forbidden") {
    const std::string body = write_notice(a_notice);
    const std::string header = sign_notice(shared_secret, body, morning);
    CHECK(open_notice("another", header, body, morning).error().code == Errc::forbidden);
    CHECK(open_notice(shared_secret, header, body + " ", morning).error().code == Errc::forbidden);
    Notice more = a_notice;
    more.came.amount.cents = 9999;
    CHECK(open_notice(shared_secret, header, write_notice(more), morning).error().code == Errc::forbidden);
    std::string later = header;
    later[header.find(',') - 1] = later[header.find(',') - 1] == '9' ? '8' : '9';
    CHECK(open_notice(shared_secret, later, body, morning).error().code == Errc::forbidden);
}

TEST_CASE("a notice that was overheard cannot be played again after five minutes") {
    const std::string body = write_notice(a_notice);
    const std::string header = sign_notice(shared_secret, body, morning);
    CHECK(open_notice(shared_secret, header, body, morning + minutes{5}).has_value());
    CHECK(open_notice(shared_secret, header, body, morning + minutes{5} + Milliseconds{1}).error().code ==
          Errc::forbidden);
    CHECK(open_notice(shared_secret, header, body, morning - minutes{6}).error().code == Errc::forbidden);
}

TEST_CASE("a header that is none, or a body that says nothing, is refused and breaks nothing") {
    const std::string body = write_notice(a_notice);
    for (const char* header : {"", "t=", "t=,v1=", "t=1,v1=", "v1=00,t=1", "t=99999999999999999999,v1=00",
                               "t=-5,v1=00", "t=1795165200"})
        CHECK(open_notice(shared_secret, header, body, morning).error().code == Errc::forbidden);
    for (const char* text : {"", "{}", "[]", "{\"transaction\": \"T\", \"amount\": \"12\", \"at\": 1}",
                             "{\"transaction\": \"\", \"amount\": \"12 EUR\", \"at\": 1}"})
        CHECK(open_notice(shared_secret, sign_notice(shared_secret, text, morning), text, morning)
                  .error()
                  .code == Errc::invalid);
}
