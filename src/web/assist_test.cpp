// The double screen through its pages: a mediator and a citizen go through a wallet that was lost.
#include "web/spot_test.hpp"

using namespace balcao;
using namespace balcao::web;

TEST_CASE("AS-01 a mediator and a citizen go through a whole plan, and what was confirmed is a case") {
    const SpotTown town;
    Mediator rita{{town}};
    Screen screen{town};
    screen.join(rita.begin());
    CHECK(has(rita.look(), "The citizen&#39;s screen is there."));
    rita.answer_all();
    CHECK(has(screen.look(), "Being filled in"));
    REQUIRE(rita.send("show", "step=situation").status == 303);
    const auto situation = screen.look();
    CHECK(has(situation, "Yes, this is right"));
    CHECK(has(situation, "What did you lose?"));
    CHECK(screen.confirm().status == 303);
    CHECK(rita.send("hand-over").status == 409);
    for (const char* step : {"step=service.cancel&detail.full-name=Ana+S%C3%B3&detail.card-number=1234+5678",
                             "step=service.card&detail.full-name=Ana+S%C3%B3&detail.card-number=12345678",
                             "step=service.licence&detail.full-name=Ana+S%C3%B3&detail.born=1984-05-31",
                             "step=contact&contact.mail=ana@example.org"}) {
        const auto shown = rita.send("show", step);
        INFO(shown.body);
        REQUIRE(shown.status == 303);
        const auto confirmed = screen.confirm();
        INFO(confirmed.body);
        REQUIRE(confirmed.status == 303);
    }
    CHECK(has(screen.look(), "All steps are confirmed."));
    const auto handed = rita.send("hand-over");
    INFO(handed.body);
    REQUIRE(handed.status == 303);
    CHECK(has(rita.look(), "2026-000001"));
    const auto done = screen.look();
    CHECK(has(done, "Handed in. The number of your request is 2026-000001."));
    const std::string there = between(done, "class=\"step main\" href=\"", "\"");
    CHECK(has(town.get(there), "0 of 3 done."));
    CHECK(has(town.get(there + "/handed-over"), "12345678"));
    CHECK(has(town.get(there + "/handed-over"), "ana@example.org"));
}

TEST_CASE("AS-03 the citizen stops: the mediator reads why, nothing goes on, and the same screen goes on") {
    const SpotTown town;
    Mediator rita{{town}};
    Screen screen{town};
    screen.join(rita.begin());
    rita.answer_all();
    REQUIRE(rita.send("show", "step=situation").status == 303);
    REQUIRE(screen.send("dispute", "why=not-understood&words=Which+day%3F").status == 303);
    CHECK(has(rita.look(), "I do not understand it"));
    CHECK(rita.send("show", "step=situation").status == 409);
    CHECK(rita.send("hand-over").status == 409);
    CHECK(screen.confirm().status == 409);
    CHECK(screen.send("call-supervisor").status == 303);
    CHECK(has(screen.look(), "A supervisor was called."));
    REQUIRE(screen.send("lift").status == 303);
    CHECK(screen.confirm().status == 303);
    const auto paper = screen.look("/summary");
    CHECK(has(paper, "stopped by the citizen: I do not understand it"));
    CHECK(has(paper, "Which day?"));
    CHECK(town.cases.open() == 0);
}

TEST_CASE("AS-04 without the citizen's screen a mediator sees nothing of it, and shows nothing") {
    SpotTown town;
    Mediator rita{{town}};
    Screen screen{town};
    screen.join(rita.begin());
    rita.answer_all();
    REQUIRE(rita.send("show", "step=situation").status == 303);
    CHECK(has(rita.look(), "What did you lose?"));
    town.clock.pass(61s);
    const auto alone = rita.look();
    CHECK_FALSE(has(alone, "What did you lose?"));
    CHECK(has(alone, "was not heard of in the last minute"));
    CHECK(rita.send("show", "step=situation").status == 409);
    CHECK(rita.get(rita.page + "/summary").status == 409);
    REQUIRE(screen.send("beat").status == 204);
    CHECK(has(rita.look(), "What did you lose?"));
}

TEST_CASE("a session belongs to its screen and its mediator: no other screen, account or form comes to it") {
    const SpotTown town;
    Mediator rita{{town}};
    Screen screen{town};
    const std::string code = rita.begin();
    screen.join(code);
    CHECK(town.get(screen.page).status == 403);
    Screen stranger{town, "screen=" + screen.page.substr(11) + ".AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                    screen.page};
    CHECK(stranger.look().status == 403);
    CHECK(stranger.send("confirm", "hash=00").status == 403);
    CHECK(stranger.look("/live").status == 403);
    CHECK(town.get(rita.page).status == 303);  // to sign in
    const auto wrong =
        post(town, "/en/screen", "code=" + code + "&kind=own&secret=" + assist::Sessions::new_secret());
    CHECK(wrong.status == 409);
    CHECK(has(wrong, "This code was used already."));
    CHECK(post(town, "/en/screen", "code=12&kind=own&secret=" + assist::Sessions::new_secret()).status ==
          422);
    CHECK(town.ask(http::Method::post, screen.page + "/abandon", "x=y",
                   {{"Cookie", screen.cookie}, {"Sec-Fetch-Site", "cross-site"}})
              .status == 403);
    CHECK(has(screen.look(), "I lost my wallet"));
}

TEST_CASE(
    "what is confirmed is what stood there: another hash, or a consent that is not ticked, confirms "
    "nothing") {
    const SpotTown town;
    Mediator rita{{town}};
    Screen screen{town};
    screen.join(rita.begin());
    rita.answer_all();
    REQUIRE(rita.send("show", "step=situation").status == 303);
    CHECK(screen.send("confirm", "hash=" + std::string(64, '0')).status == 409);
    REQUIRE(screen.confirm().status == 303);
    const auto amiss = rita.send("show", "step=service.cancel&detail.full-name=&detail.card-number=12");
    CHECK(amiss.status == 422);
    CHECK(has(amiss, "Write 8 digits."));
    CHECK(has(amiss, "value=\"12\""));
    REQUIRE(
        rita.send("show", "step=service.cancel&detail.full-name=Ana&detail.card-number=12345678").status ==
        303);
    const auto seen = screen.look();
    const std::string hash = between(seen, "name=\"hash\" value=\"", "\"");
    CHECK(screen.send("confirm", "hash=" + hash).status == 422);
    CHECK(rita.send("hand-over").status == 409);
    CHECK(screen.confirm().status == 303);
    CHECK(has(screen.look("/summary"), hash));
}

TEST_CASE(
    "AS-05 practice sends nothing and says so; what was learnt is kept under a code, shown and erased by "
    "it") {
    const SpotTown town;
    Mediator rita{{town}};
    Screen screen{town};
    screen.join(rita.begin("subject=event/wallet&purpose=practice"));
    CHECK(has(rita.look(), "nothing is sent to anybody"));
    CHECK(has(screen.look(), "nothing is sent to anybody"));
    rita.go_through(screen);
    REQUIRE(screen.send("hand-over").status == 303);
    const auto end = screen.look();
    CHECK(has(end, "nothing was sent to anybody"));
    CHECK(town.cases.open() == 0);
    const std::string learner = between(end, "name=\"new-learner\" value=\"", "\"");
    const auto kept = screen.send("keep-lesson", "learner=&new-learner=" + learner);
    CHECK(has(kept, learner));
    CHECK(screen.send("keep-lesson", "learner=" + learner).status == 409);  // once
    const auto learnt = post(town, "/en/learnt", "learner=" + learner);
    CHECK(has(learnt, "I lost my wallet"));
    CHECK(has(learnt, "Steps done alone: 0; with help: 0; by the mediator: 5."));
    // The next session begins where this one ended: the citizen tries.
    Screen again{town};
    again.join(rita.begin());
    REQUIRE(again.send("propose", "learner=" + learner).status == 303);
    CHECK(has(again.look(), "Let me try: the citizen drives"));
    CHECK(has(rita.look(), "Let me try: the citizen drives"));
    CHECK(has(post(town, "/en/learnt/erase", "learner=" + learner), "Nothing is kept under this code."));
    CHECK(post(town, "/en/learnt/erase", "learner=" + learner).status == 404);
    CHECK_FALSE(has(post(town, "/en/learnt", "learner=" + learner), "I lost my wallet"));
}

TEST_CASE("the share of steps done alone stands on the public page of the site, practice left out") {
    SpotTown town;
    Mediator rita{{town}};
    CHECK_FALSE(has(town.get("/en/sites/shop/record"), "What is learnt here"));
    Screen screen{town};
    screen.join(rita.begin());
    rita.go_through(screen);
    REQUIRE(rita.send("hand-over").status == 303);
    REQUIRE(town.sessions.catch_up(10'000).has_value());
    const auto record = town.get("/en/sites/shop/record");
    CHECK(has(record, "What is learnt here"));
    CHECK(has(record, "0 % of 5"));
}

TEST_CASE(
    "AS-07 a session is kept and goes on at a desk by its code, or at home by a link, with what was "
    "confirmed") {
    const SpotTown town;
    Mediator rita{{town}};
    Screen screen{town};
    screen.join(rita.begin(), "own");
    rita.answer_all();
    REQUIRE(rita.send("show", "step=situation").status == 303);
    REQUIRE(screen.confirm().status == 303);
    const auto kept = screen.send("keep");
    std::string code = between(kept, "<p class=\"code\">", "<");
    std::erase(code, ' ');
    CHECK(rita.send("show", "step=contact&contact.mail=ana@example.org").status == 409);
    const auto taken = rita.post("/en/mediation/shop/take-over", "code=" + code);
    REQUIRE(taken.status == 303);
    CHECK(location_of(taken) == rita.page);
    CHECK(has(screen.look(), "Confirmed"));
    const auto carried = screen.send("carry-home");
    const std::string link = between(carried, "href=\"/en/at-home/", "\"");
    REQUIRE_FALSE(link.empty());
    CHECK(rita.send("show", "step=contact").status >= 403);
    CHECK(town.get("/en/at-home/" + link.substr(0, link.size() - 1) + "x").status == 404);
    const auto door = town.get("/en/at-home/" + link);
    const auto in =
        post(town, "/en/at-home/" + link, "secret=" + between(door, "name=\"secret\" value=\"", "\""));
    REQUIRE(in.status == 303);
    const std::string set{in.headers.text("set-cookie")};
    const Screen home{town, set.substr(0, set.find(';')), location_of(in)};
    REQUIRE(
        home.send("show", "step=service.cancel&detail.full-name=Ana&detail.card-number=12345678").status ==
        303);
    CHECK(home.confirm().status == 303);
    CHECK(has(home.look(), "Confirmed"));
}

TEST_CASE(
    "who cannot confirm alone has it done by a person who is named, with a witness where one is asked for") {
    const SpotTown town;
    Mediator rita{{town}};
    Screen screen{town};
    screen.join(rita.begin());
    rita.answer_all();
    REQUIRE(rita.send("show", "step=situation").status == 303);
    CHECK(rita.send("proxy", "proxy-kind=legal-guardian&proxy-name=Rui").status ==
          422);  // no document was seen
    REQUIRE(rita.send("proxy", "proxy-kind=companion&proxy-name=Rui").status == 303);
    CHECK_FALSE(has(screen.look(), "confirms in the citizen"));
    CHECK(rita.send("witness").status == 403);  // nobody is a witness of their own
    REQUIRE(rita.send("proxy", "proxy-kind=legal-guardian&proxy-name=Rui&proxy-document=Court+12").status ==
            303);
    CHECK(has(screen.look(), "Rui confirms in the citizen"));
    const auto seen = screen.look();
    REQUIRE(screen.send("confirm", "by=proxy&hash=" + between(seen, "name=\"hash\" value=\"", "\"")).status ==
            303);
    CHECK(has(screen.look("/summary"), ", Rui"));
    REQUIRE(screen.send("end-proxy").status == 303);
    CHECK_FALSE(has(screen.look(), "Rui confirms"));
}

TEST_CASE("a second mediator finds on the page of the place that a witness is asked for, and stands for it") {
    const SpotTown town;
    Mediator rita{{town}};
    Screen screen{town};
    screen.join(rita.begin());
    rita.answer_all();
    REQUIRE(rita.send("show", "step=situation").status == 303);
    REQUIRE(rita.send("proxy", "proxy-kind=companion&proxy-name=Rui").status == 303);
    const Clerk other{town, colleague(town, "joao", staff::Role::mediator)};
    CHECK(has(other.get("/en/mediation/shop"), "Rui would confirm in the citizen"));
    CHECK(other.get(rita.page).status == 404);  // the session is not his
    REQUIRE(other.post(rita.page + "/witness").status == 303);
    CHECK(has(screen.look(), "Rui confirms in the citizen"));
    CHECK_FALSE(has(other.get("/en/mediation/shop"), "Rui would confirm"));
}

TEST_CASE("AS-09 both screens speak three languages, and what was said stays with a change of language") {
    const SpotTown town;
    Mediator rita{{town}};
    Screen screen{town};
    screen.join(rita.begin());
    rita.answer_all();
    for (const auto& [language, words] : {std::pair{"pt", "O seu ecrã"}, std::pair{"es", "Su pantalla"}})
        CHECK(has(town.get("/" + std::string{language} + "/screen"), words));
    Screen spanish{town, screen.cookie, "/es" + screen.page.substr(3)};
    CHECK(has(spanish.look(), "Se está rellenando"));
    // What is shown is in the language in which the citizen reads.
    REQUIRE(rita.send("show", "step=situation").status == 303);
    CHECK(has(spanish.look(), "¿Qué ha perdido?"));
    CHECK(spanish.confirm().status == 303);
    CHECK(has(town.get("/pt" + rita.page.substr(3), {{"Cookie", rita.cookie}}), "Confirmado"));
}

TEST_CASE("only who may assist at a site has these pages") {
    const SpotTown town;
    Mediator rita{{town}};
    (void)rita.begin();
    CHECK(town.get("/en/mediation").status == 303);
    CHECK(town.get("/en/mediation/shop").status == 303);
    CHECK(rita.get("/en/mediation/nowhere").status == 404);
    CHECK(rita.post("/en/mediation/shop", "subject=event/fishing").status == 422);
    CHECK(rita.post("/en/mediation/shop", "subject=service/identity").status ==
          422);                                      // not to be asked for from afar
    CHECK(rita.get("/en/mediation").status == 303);  // there is one site
    CHECK(has(rita.get("/en/mediation/shop"), "I lost my wallet"));
}
