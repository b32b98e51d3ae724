// What happened to somebody, as pages without scripts: one question after the other, and the plan.
#include "town/wallet.hpp"
#include "web/town_test.hpp"

using namespace balcao;
using namespace balcao::web;

namespace {

struct WalletTown : Town {
    WalletTown() : Town{town::city_with_wallet().c_str()} {}

    http::Answer say(const std::string& form, const std::string& language = "en") const {
        return ask(http::Method::post, "/" + language + "/events/wallet", form);
    }
};

const std::string all_said =
    "fact.lost=card&fact.lost=licence&fact.day=2026-01-02&fact.speed=normal&fact.resident=yes";

std::size_t place_of(const http::Answer& answer, std::string_view words) {
    const auto place = answer.body.find(words);
    INFO(words);
    REQUIRE(place != std::string::npos);
    return place;
}

}  // namespace

TEST_CASE("the first page says what can have happened, and a word finds it, in three languages") {
    const WalletTown town;
    for (const auto& [language, name, typed] :
         {std::tuple{"pt", "Perdi a carteira", "CARTEIRA"}, std::tuple{"en", "I lost my wallet", "wallet"},
          std::tuple{"es", "He perdido la cartera", "perdido"}}) {
        const std::string root = std::string{"/"} + language;
        CHECK(has(town.get(root), name));
        CHECK(has(town.get(root + "/events"), name));
        CHECK(has(town.get(root + "?q=" + typed), name));
        CHECK_FALSE(has(town.get(root + "?q=zebra"), name));
    }
    CHECK(Town{}.get("/pt/events").status == 404);
    CHECK(town.get("/pt/events/marriage").status == 404);
}

TEST_CASE("one question is asked at a time, and none that changes nothing") {
    const WalletTown town;
    const auto first = town.get("/en/events/wallet");
    CHECK(has(first, "What did you lose?"));
    CHECK_FALSE(has(first, "On which day?"));
    // Who lost the licence alone is not asked for the day: nothing has a deadline.
    const auto second = town.say("asked=lost&fact.lost=licence");
    CHECK(has(second, "Do you live in Portugal?"));
    CHECK_FALSE(has(second, "On which day?"));
    CHECK(has(second, R"(name="fact.lost" value="licence")"));  // travels on
    const auto plan = town.say("asked=resident&fact.lost=licence&fact.resident=yes");
    CHECK(has(plan, "What to do, in this order"));
    CHECK(has(plan, "These are single services"));
}

TEST_CASE("a question without an answer is asked again, with what is missing") {
    const WalletTown town;
    const auto none = town.say("asked=lost");
    CHECK(none.status == 422);
    CHECK(has(none, "Choose one answer at least."));
    const auto wrong = town.say("fact.lost=card&fact.lost=licence&asked=day&fact.day=yesterday", "pt");
    CHECK(wrong.status == 422);
    CHECK(has(wrong, "Escreva uma data"));
    CHECK(has(wrong, "yesterday"));
    // Nothing is asked of a fact that the city does not have, nor of an answer that is none.
    CHECK(has(town.say("asked=lost&fact.lost=passport&fact.shoe=43"), "Choose one answer at least."));
}

TEST_CASE("the plan says in which order, why, by when, what to bring, what it costs and where") {
    const WalletTown town;
    const auto plan = town.say(all_said);
    CHECK(plan.status == 200);
    CHECK(place_of(plan, "Cancel the card") < place_of(plan, "Replacement card"));
    CHECK(has(plan, "So that nobody else uses it."));
    CHECK(has(plan, "Only once this is concluded: Cancel the card."));
    CHECK(has(plan, "Monday, 12 January 2026"));  // ten days after the loss
    CHECK(has(plan, "Photograph and Proof of cancellation (Registry office has it already)"));
    CHECK(has(plan, "18.00 €"));
    CHECK(has(plan, "48.00 €"));  // with the licence, at the counter
    CHECK(has(plan, "8 working days"));
    CHECK(has(plan, "Because you said: Driving licence."));
    CHECK(has(plan, "With a ticket: Shop"));
    CHECK(has(plan, "With an appointment: Shop"));
    CHECK_FALSE(has(plan, "These are single services"));
    CHECK(has(town.say(all_said, "pt"), "Só depois de concluído: Cancelar o cartão."));
    CHECK(has(town.say(all_said, "es"), "Solo una vez concluido: Anular la tarjeta."));
}

TEST_CASE("FE-02 what it costs and takes stands beside each answer, before one is chosen") {
    const WalletTown town;
    const auto asked = town.say("asked=day&fact.lost=card&fact.lost=licence&fact.day=2026-01-02");
    CHECK(has(asked, "How soon?"));
    CHECK(has(asked, "At the counter: 18.00 € · Online: 16.20 € · 8 working days"));
    CHECK(has(asked, "At the counter: 33.00 € · 3 working days"));
    // Whether somebody lives here decides who can have something, not what it costs.
    const auto other =
        town.say("asked=speed&fact.lost=card&fact.lost=licence&fact.day=2026-01-02&fact.speed=urgent");
    CHECK(has(other, "Do you live in Portugal?"));
    CHECK_FALSE(has(other, "working days"));
}

TEST_CASE("who cannot have a service is told why, and what would change that") {
    const WalletTown town;
    const auto plan =
        town.say("fact.lost=card&fact.lost=licence&fact.day=2026-01-02&fact.speed=normal&fact.resident=no");
    CHECK(has(plan, "What you cannot ask for"));
    CHECK(has(plan, "Ask for it where you live."));
    CHECK_FALSE(has(plan, "30.00 €"));
}

TEST_CASE("an answer can be changed, and what no longer matters is forgotten") {
    const WalletTown town;
    const auto again = town.say(all_said + "&change=lost");
    CHECK(has(again, "What did you lose?"));
    CHECK(has(again, R"(value="card" checked)"));
    CHECK(has(again, R"(name="fact.day" value="2026-01-02")"));  // it may still matter
    const auto after =
        town.say("asked=lost&fact.lost=licence&fact.day=2026-01-02&fact.speed=normal&fact.resident=yes");
    CHECK(has(after, "What to do, in this order"));
    CHECK_FALSE(has(after, "On which day?"));
    CHECK_FALSE(has(after, "Cancel the card"));
}

TEST_CASE("another site's form learns nothing") {
    const WalletTown town;
    http::Headers headers;
    headers.set("Sec-Fetch-Site", "cross-site");
    CHECK(town.ask(http::Method::post, "/en/events/wallet", all_said, headers).status == 403);
}
