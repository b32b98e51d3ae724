// Letters to entities, and the links in them.
#include "connect/entity_mail.hpp"

#include <rapidcheck.h>

#include "base/set_clock.hpp"
#include "connect/entity_test.hpp"

using namespace balcao;
using namespace balcao::connect;
using namespace std::chrono_literals;

namespace {

crypto::SecretKey installation(char letter = 'i') {
    return *crypto::SecretKey::from(std::string(32, letter));
}

struct PostTown {
    [[nodiscard]] EntityMail mail() {
        model::WayIn way;
        way.by = model::WayKind::mail;
        way.address = "requests@club.example";
        way.gives_up = 7s;
        EntityMailSettings settings;
        settings.city = "Câmara de Vila";
        settings.pages = [] { return "https://city.example"; };
        settings.services = {{"card-duplicate", "Segunda via do cartão"}};
        settings.data = {{"full-name", "Nome completo"}};
        settings.hand_over = [this](const letters::Message& message, std::chrono::milliseconds within) {
            CHECK(within == 7s);
            carried.push_back(message);
            return next;
        };
        return EntityMail{way, std::move(settings), links, clock};
    }

    SetClock clock{morning};
    EntityLinks links{installation()};
    std::vector<letters::Message> carried;
    HandedOver next{};
};

}  // namespace

TEST_CASE("a letter holds what was handed over and a link for the answer, and is known by the key") {
    PostTown town;
    EntityMail mail = town.mail();
    const auto delivered = as<cases::Delivered>(mail.send(effect_of("0f3a")));
    CHECK(delivered.key == "0f3a");
    CHECK(delivered.reference == "0f3a");
    CHECK_FALSE(delivered.is_concluded);
    REQUIRE(town.carried.size() == 1);
    const auto& letter = town.carried.front();
    CHECK(letter.id.text() == "0f3a");
    CHECK(letter.mail == "requests@club.example");
    CHECK(letter.subject == "Pedido 2026-000123: Segunda via do cartão");
    CHECK(letter.text.find("Nome completo:\n    | Ana Maria Silva\n") != std::string::npos);
    CHECK(letter.text.find("card-number:\n    | 12345678\n") != std::string::npos);
    const auto begin = letter.text.find("https://city.example/pt/answers/");
    REQUIRE(begin != std::string::npos);
    const auto token = letter.text.substr(begin + 32, letter.text.find('\n', begin) - begin - 32);
    CHECK(town.links.read(token) == EntityLink{{2026, 123}, cases::StepKey{"card"}, "0f3a"});
}

TEST_CASE("nothing that a person wrote passes for a line of the city's") {
    PostTown town;
    auto effect = effect_of("0f3a");
    effect.data = {{"full-name", "Ana\nhttps://elsewhere.example/\n-- \nCity"}};
    const auto letter = town.mail().letter_of(effect);
    CHECK(letter.text.find("\nhttps://elsewhere") == std::string::npos);
    CHECK(letter.text.find("\n    | https://elsewhere.example/\n    | -- \n    | City\n") !=
          std::string::npos);
}

TEST_CASE("a letter that was not taken comes again, and one of which nobody knows goes to a person") {
    PostTown town;
    EntityMail mail = town.mail();
    const auto came = [&](letters::Outcome outcome, const char* why, bool may_be_there) {
        town.next = {{outcome, why}, may_be_there};
        return mail.send(effect_of("0f3a"));
    };
    CHECK(as<cases::TryLater>(came(letters::Outcome::away, "no-answer", false)).why == "no-answer");
    CHECK(as<cases::TryLater>(came(letters::Outcome::not_now, "451", false)).why == "451");
    CHECK(as<cases::Unknown>(came(letters::Outcome::not_now, "cut", true)).why == "cut");
    const auto refused = as<cases::Refused>(came(letters::Outcome::refused, "550", false));
    CHECK(refused.why == "550");
    CHECK_FALSE(refused.is_final);
    CHECK(std::holds_alternative<cases::Unknown>(mail.look_up(effect_of("0f3a"))));
}

TEST_CASE("where there is no mail server, letters go to a page that shows them") {
    Entities entities;
    PostTown town;
    const std::string base = "http://127.0.0.1:" + std::to_string(entities.server->port());
    const auto letter = town.mail().letter_of(effect_of("0f3a"));
    const auto page = hand_over_to_page(base + "/mail/letters", {});
    CHECK(page(letter, 5s).delivery.outcome == letters::Outcome::delivered);
    REQUIRE(entities.server->letters().size() == 1);
    CHECK(entities.server->letters().front().text == letter.text);
    CHECK(entities.times("0f3a") == 1);
    entities.server->fail(stand_in::Kind::mail, 60s, stand_in::Failing::busy);
    CHECK(page(letter, 5s).delivery.outcome == letters::Outcome::not_now);
    CHECK_FALSE(page(letter, 5s).may_be_there);
    CHECK_FALSE(hand_over_to_page("http://nobody.invalid/", {})(letter, 5s).may_be_there);
}

TEST_CASE("nobody at the mail server is no doubt: the letter was not taken") {
    PostTown town;
    std::string gone;
    {
        const Entities entities;
        gone = "smtp://127.0.0.1:" + std::to_string(entities.server->port());
    }
    const auto post = hand_over_to({.server = gone, .from = {"City", "no-reply@city.example"}});
    const auto handed = post(town.mail().letter_of(effect_of("0f3a")), 2s);
    CHECK(handed.delivery.outcome == letters::Outcome::away);
    CHECK_FALSE(handed.may_be_there);
}

TEST_CASE("only a link that this installation wrote is read, and it says what was written") {
    const EntityLinks links{installation()};
    const EntityLinks others{installation('o')};
    CHECK(rc::check("links", [&] {
        const EntityLink link{{*rc::gen::inRange(1000, 10'000), *rc::gen::inRange(1U, 2'000'000U)},
                              cases::StepKey{*rc::gen::nonEmpty<std::string>()},
                              *rc::gen::element<std::string>("0f3a", "a1")};
        std::string text = links.write(link);
        RC_ASSERT(links.read(text) == link);
        RC_ASSERT(!others.read(text));
        const auto place = *rc::gen::inRange<std::size_t>(0, text.size());
        text[place] = text[place] == 'x' ? 'y' : 'x';
        RC_ASSERT(!links.read(text));
    }));
    for (const char* nonsense : {"", ".", "....", "2026-000123", "2026-000123.Y2FyZA.0f3a.", "a.b.c.d.e"})
        CHECK_FALSE(links.read(nonsense).has_value());
}

TEST_CASE("a link of a round before, or of another step, is none of now") {
    cases::Case whole;
    whole.number = {2026, 123};
    cases::Step step;
    step.asked.step = cases::StepKey{"card"};
    step.effect = "0f3a";
    whole.steps = {step};
    EntityLink link{whole.number, cases::StepKey{"card"}, "0f3a"};
    CHECK(is_of_now(link, whole));
    whole.steps.front().effect = "0f3b";
    CHECK_FALSE(is_of_now(link, whole));
    link.effect = "0f3b";
    link.step = cases::StepKey{"licence"};
    CHECK_FALSE(is_of_now(link, whole));
}
