// Letters as mail: what stands in them comes out as it was, and nothing in them becomes a header.
#include "connect/mime.hpp"

#include <algorithm>

#include <doctest/doctest.h>

using namespace balcao;
using namespace balcao::connect;

namespace {

letters::Message letter() {
    letters::Message message;
    message.id = letters::LetterKey{"0123456789abcdef"};
    message.at = Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 20}} + std::chrono::hours{9};
    message.mail = "ines@example.org";
    message.language = "pt";
    message.subject = "Marcação";
    message.text = "Olá, Inês: às 9h = cedo.\n.\nFrom here \n";
    return message;
}

const Sender city{"Câmara de Vila", "no-reply@vila.example"};

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a letter has the headers that mail asks for, and says that no person wrote it") {
    const std::string mail = mail_of(letter(), city);
    CHECK(has(mail, "From: =?utf-8?B?Q8OibWFyYSBkZSBWaWxh?= <no-reply@vila.example>\r\n"));
    CHECK(has(mail, "To: ines@example.org\r\n"));
    CHECK(has(mail, "Subject: =?utf-8?B?TWFyY2HDp8Ojbw==?=\r\n"));
    CHECK(has(mail, "Date: Fri, 20 Nov 2026 09:00:00 +0000\r\n"));
    CHECK(has(mail, "Message-ID: <0123456789abcdef@vila.example>\r\n"));
    CHECK(has(mail, "Auto-Submitted: auto-generated\r\n"));
    CHECK(has(mail, "Ol=C3=A1, In=C3=AAs: =C3=A0s 9h =3D cedo.\r\n=2E\r\n=46rom here=20\r\n"));
    CHECK(mail == mail_of(letter(), city));
}

TEST_CASE("nothing that somebody typed becomes a header, and no address has two") {
    auto message = letter();
    message.subject = "Olá\r\nBcc: all@example.org";
    message.language = "pt\r\nX: y";
    const std::string mail = mail_of(message, {"Vila\r\nBcc: x@example.org", "no-reply@vila.example"});
    CHECK_FALSE(has(mail, "\nBcc:"));
    CHECK_FALSE(has(mail, "\nX:"));
    for (const char* address :
         {"a@b@c.example", "a b@c.example", "a@c.example\r\nRCPT TO:<x@y.example>", "<a@c.example>",
          "a@c.example,b@c.example", "@c.example", "a@", "é@c.example"})
        CHECK_FALSE(is_plain_address(address));
    CHECK(is_plain_address("ines.silva+loja@example.org"));
}

TEST_CASE("lines stay within what mail allows, and letters of a long subject stay whole") {
    auto message = letter();
    std::string sentence;
    for (int word = 0; word < 60; ++word)
        sentence += "informação ";
    message.text = sentence + "\n";
    message.subject = sentence;
    message.calendar = std::string(1000, 'x');
    message.method = "PUBLISH";
    const std::string mail = mail_of(message, city);
    for (std::size_t from = 0; from < mail.size();) {
        const auto end = mail.find("\r\n", from);
        REQUIRE(end != std::string::npos);
        CHECK(end - from <= 78);
        from = end + 2;
    }
    CHECK(std::count(mail.begin(), mail.end(), '\n') == std::count(mail.begin(), mail.end(), '\r'));
    CHECK(has(mail, "text/calendar; charset=utf-8; method=PUBLISH"));
    CHECK(has(mail, "\r\n--=_balcao_0123456789abcdef--\r\n"));
}

TEST_CASE("a sender is a name with an address, or the address alone") {
    CHECK(parse_sender("City <no-reply@city.example>")->name == "City");
    CHECK(parse_sender("City <no-reply@city.example>")->address == "no-reply@city.example");
    CHECK(parse_sender("no-reply@city.example")->name.empty());
    CHECK(parse_sender("<no-reply@city.example>")->address == "no-reply@city.example");
    CHECK_FALSE(parse_sender("City"));
    CHECK_FALSE(parse_sender("City <no-reply>"));
    CHECK_FALSE(parse_sender(""));
}
