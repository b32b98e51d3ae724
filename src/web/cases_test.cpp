// Asking for a whole plan from home, the page of the case, and the inbox of who works on it.
#include "connect/entity_link.hpp"
#include "web/case_town_test.hpp"

using namespace balcao;
using namespace balcao::web;

namespace {

struct CaseWorker : Clerk {
    [[nodiscard]] std::string page_of(const std::string& number, const std::string& step) const {
        return "/en/inbox/" + number + "/" + step;
    }
};

}  // namespace

TEST_CASE("LE-01 a plan is asked for in one go: each thing is asked once, and it says who gets what") {
    const CaseTown town;
    const auto plan = town.ask(http::Method::post, "/en/events/wallet", answers);
    CHECK(has(plan, "All of this can be asked for here, in one go."));
    const auto form = town.say(answers);
    CHECK(form.status == 200);
    for (const char* words :
         {"Cancel the card", "Replacement card", "Replacement licence", "Full name", "Number of the card",
          "Date of birth", "autocomplete=\"bday\"", "Together: 46.20 €",
          "I agree that Registry office gets: Full name, Number of the card and “How soon? No hurry”.",
          "I agree that Transport authority gets: Full name and Date of birth."}) {
        INFO(words);
        CHECK(has(form, words));
    }
    const auto first = form.body.find("name=\"detail.full-name\"");
    REQUIRE(first != std::string::npos);
    CHECK(form.body.find("name=\"detail.full-name\"", first + 1) == std::string::npos);
    CHECK_FALSE(has(form, "name=\"contact.name\""));  // is asked as a detail already
    CHECK(has(form, "name=\"contact.mail\""));
    CHECK(town.cases.open() == 0);
}

TEST_CASE("what is missing or wrong is said at its place, and what was typed is kept, in three languages") {
    const CaseTown town;
    for (const auto& [language, needed, digits] : {std::tuple{"pt", "É necessário.", "Escreva 8 algarismos."},
                                                   std::tuple{"en", "This is needed.", "Write 8 digits."},
                                                   std::tuple{"es", "Es necesario.", "Escriba 8 cifras."}}) {
        const auto wrong =
            town.say(answers + "&hand=in&detail.card-number=12a&detail.born=1984-05-31", language);
        CHECK(wrong.status == 422);
        CHECK(has(wrong, needed));
        CHECK(has(wrong, digits));
        CHECK(has(wrong, "value=\"12a\""));
        CHECK(has(wrong, "aria-invalid=\"true\""));
        CHECK(has(wrong, "href=\"#agree.registry\""));
    }
    const auto unwritten = town.say(filled + "&contact.mail=ana");
    CHECK(unwritten.status == 422);
    CHECK(has(unwritten, "This is no mail address."));
    CHECK(town.cases.open() == 0);
}

TEST_CASE("LE-05 without consent nothing goes to an entity, and each gets only what it was agreed to") {
    CaseTown town;
    std::string form = filled;
    const auto refused = town.say(form.erase(form.find("&agree.transport=yes"), 20));
    CHECK(refused.status == 422);
    CHECK(has(refused, "Without your consent nothing can be asked for there."));
    (void)town.handed_in();
    const auto open = town.cases.open_cases([](const cases::Case&) { return true; });
    REQUIRE(open.size() == 1);
    for (const auto& step : open.front().steps) {
        const std::vector<std::string> agreed = step.asked.consents;
        if (step.asked.entity.text() == "transport")
            CHECK(agreed == std::vector<std::string>{"full-name", "born"});
        if (step.asked.step.text() == "card")
            CHECK(agreed == std::vector<std::string>{"full-name", "card-number", "speed"});
    }
}

TEST_CASE("a case has one page that says what is true of each step, in three languages") {
    CaseTown town;
    const std::string page = town.handed_in();
    const auto seen = town.get(page);
    CHECK(seen.status == 200);
    CHECK(has(seen, "Your request 2026-000001"));
    CHECK(has(seen, "0 of 3 done."));
    CHECK(has(seen, "Waits until this is concluded: Cancel the card."));
    CHECK(has(town.get("/pt" + page.substr(3)), "O seu pedido 2026-000001"));
    CHECK(has(town.get("/es" + page.substr(3)), "Su solicitud 2026-000001"));
    // The same form twice is one case.
    CHECK(location_of(town.say(filled + "&key=" + CaseTown::key_of_form(1))) == page);
    CHECK(town.cases.open() == 1);
    // Nobody finds another's.
    CHECK(town.get("/en/cases/2026-000001.AAAAAAAAAAAAAAAA").status == 404);
    CHECK(town.get("/en/cases/2026-000001").status == 404);
}

TEST_CASE("TR-06 who has no link at hand finds the page by number and code") {
    CaseTown town;
    const std::string page = town.handed_in();
    const auto seen = town.get(page);
    const std::string said = "this code: ";
    const std::string code = seen.body.substr(seen.body.find(said) + said.size(), 9);
    std::string typed = code;
    for (char& sign : typed)
        if (sign >= 'A' && sign <= 'Z') sign = static_cast<char>(sign - 'A' + 'a');
    typed[4] = '+';
    CHECK(location_of(post(town, "/en/cases", "number=2026-000001&code=" + typed)) == page);
    const auto wrong = post(town, "/en/cases", "number=2026-000001&code=AAAA-AAAA");
    CHECK(wrong.status == 404);
    CHECK(has(wrong, "There is no request of that number and code."));
    CHECK(post(town, "/en/cases", "number=2026-000002&code=" + code).status == 404);
}

TEST_CASE("IN-02 an entity without programs works in an inbox, and the citizen's page follows") {
    CaseTown town;
    const CaseWorker worker{town};
    const std::string page = town.handed_in();
    town.work();
    const std::string number = number_in(page);
    const auto inbox = worker.get("/en/inbox");
    CHECK(has(inbox, number));
    CHECK(has(inbox, "To be taken on"));
    CHECK_FALSE(has(inbox, "Ana Só"));
    CHECK_FALSE(has(worker.get("/en/inbox?entity=transport"), "Cancel the card"));
    const std::string cancel = worker.page_of(number, "cancel");
    CHECK_FALSE(has(worker.get(cancel), "12345678"));
    CHECK(worker.post(cancel + "/finish", "word=done&text=A-1").status == 409);  // not taken on yet
    CHECK(worker.post(cancel + "/claim").status == 303);
    CHECK(worker.post(cancel + "/finish", "text=A-1").status == 422);
    CHECK(worker.post(cancel + "/finish", "word=done&text=A-1").status == 303);
    const auto seen = town.get(page);
    CHECK(has(seen, "1 of 3 done."));
    CHECK(has(seen, "A-1"));
    town.work();
    const std::string card = worker.page_of(number, "card");
    CHECK(worker.post(card + "/claim").status == 303);
    CHECK(worker.post(card + "/finish", "word=denied&text=The+photograph+is+too+old").status == 303);
    CHECK(has(town.get(page), "Registry office said no: The photograph is too old"));
}

TEST_CASE("TR-01 who looks says why, and the citizen reads it") {
    CaseTown town;
    const CaseWorker worker{town};
    const std::string page = town.handed_in();
    town.work();
    CHECK(has(town.get(page), "Nobody yet."));
    const std::string cancel = worker.page_of(number_in(page), "cancel");
    const auto shown = worker.post(cancel + "/look", "why=to-do-it&key=look-1");
    CHECK(has(shown, "12345678"));
    CHECK(has(shown, "Ana Só"));
    CHECK_FALSE(has(shown, "31 May 1984"));  // the transport authority's alone
    const auto seen = town.get(page);
    CHECK(has(seen, "Administrator, Cancel the card. To do what was asked for."));
    CHECK(worker.post(cancel + "/look", "why=curiosity").status == 404);
}

TEST_CASE(
    "an entity with a mailbox alone answers by the link of its letter, which shows nothing and holds once") {
    CaseTown town;
    const CaseWorker worker{town};
    const std::string page = town.handed_in();
    town.work();
    const std::string number = number_in(page);
    const std::string licence = worker.page_of(number, "licence");
    CHECK(worker.post(licence + "/claim").status == 303);
    CHECK(worker.post(licence + "/finish", "word=taken-up&text=T-9").status == 303);
    const auto link_of_now = [&] {
        cases::CaseNumber name;
        REQUIRE(cases::from_text(number, name));
        const auto whole = std::get<cases::Case>(town.cases.find(name));
        const cases::StepKey step{"licence"};
        return "/en/answers/" + connect::EntityLinks{town.key}.write({name, step, whole.find(step)->effect});
    };
    const std::string link = link_of_now();
    const auto asked = town.get(link);
    CHECK(has(asked, "What becomes of request " + number));
    CHECK(has(asked, "Replacement licence"));
    CHECK_FALSE(has(asked, "Ana Só"));
    CHECK(town.get(link + "x").status == 404);
    CHECK(post(town, link, "text=T-9").status == 422);
    CHECK(post(town, link, "word=denied&text=+").status == 422);
    CHECK(has(post(town, link, "word=citizen-needed&text=Which%3F&until=2026-01-02"),
              "Choose a day that is still to come."));
    CHECK(post(town, link, "word=citizen-needed&text=Which+category%3F&until=2026-01-09").status == 303);
    CHECK(has(town.get(page), "Transport authority asks you: Which category?"));
    CHECK(has(town.get(link), "The person was asked for what you need."));
    CHECK(post(town, page + "/answer", "step=licence&answer=Category+B").status == 303);
    CHECK(town.get(link).status == 410);
    town.work();
    CHECK(worker.post(licence + "/claim").status == 303);
    CHECK(worker.post(licence + "/finish", "word=taken-up&text=T-9").status == 303);
    const std::string newer = link_of_now();
    CHECK(post(town, newer, "word=concluded").status == 303);
    CHECK(has(town.get(newer), "You said that it is done."));
    CHECK(post(town, newer, "word=denied&text=No").status == 409);
    CHECK(has(town.get(page), "1 of 3 done."));
}

TEST_CASE("an entity asks for something, the citizen answers on the page, and it goes there") {
    CaseTown town;
    const CaseWorker worker{town};
    const std::string page = town.handed_in();
    town.work();
    const std::string licence = worker.page_of(number_in(page), "licence");
    CHECK(worker.post(licence + "/claim").status == 303);
    CHECK(worker.post(licence + "/finish", "word=taken-up&text=T-9").status == 303);
    CHECK(worker
              .post(licence + "/report",
                    "word=citizen-needed&reference=T-9&text=Which+category%3F&until=2026-01-09")
              .status == 303);
    const auto asked = town.get(page);
    CHECK(has(asked, "Transport authority asks you: Which category?"));
    CHECK(post(town, page + "/answer", "step=licence&answer=+").status == 422);
    CHECK(post(town, page + "/answer", "step=licence&answer=Category+B").status == 303);
    town.work();
    CHECK(has(worker.post(licence + "/look", "why=to-do-it"), "Category B"));
    CHECK(has(town.get(page + "/handed-over"), "Category B"));
    CHECK(post(town, page + "/answer", "step=licence&answer=Again").status == 409);
}

TEST_CASE("LE-15 a request is withdrawn: what was not sent is not, and the page says what stands") {
    CaseTown town;
    const std::string page = town.handed_in();
    town.work();
    CHECK(post(town, page + "/withdraw").status == 303);
    town.work();
    const auto seen = town.get(page);
    CHECK(has(seen, "Was not sent, because it was withdrawn."));
    CHECK_FALSE(has(seen, "Withdraw all of it"));
    CHECK(post(town, page + "/withdraw").status == 409);
}

TEST_CASE("who has withdrawn a request is not asked again while somebody still works on it") {
    CaseTown town;
    const Clerk worker{town};
    const std::string page = town.handed_in();
    town.work();
    // Somebody has done one step, so somebody has to undo it.
    const std::string step = "/en/inbox/" + number_in(page) + "/licence";
    REQUIRE(worker.post(step + "/claim").status == 303);
    REQUIRE(worker.post(step + "/finish", "word=done&text=A-1").status == 303);
    CHECK(has(town.get(page), "Withdraw all of it"));
    CHECK(post(town, page + "/withdraw").status == 303);
    town.work();
    const auto seen = town.get(page);
    CHECK_FALSE(has(seen, "Withdraw all of it"));
    CHECK(has(seen, "People work on it."));
    CHECK(has(seen, "This request was withdrawn on Monday, 5 January 2026, 10:00."));
}

TEST_CASE("a single service is asked for from its page, with the questions that decide something") {
    const CaseTown town;
    const std::string there = "/en/services/licence/request";
    CHECK(has(town.get(there), "Do you live in Portugal?"));
    const auto refused = post(town, there, "asked=resident&fact.resident=no");
    CHECK(has(refused, "Ask for it where you live."));
    CHECK_FALSE(has(refused, "Hand it in"));
    const auto form = post(town, there, "fact.resident=yes");
    CHECK(has(form, "Hand it in"));
    CHECK_FALSE(has(form, "Number of the card"));
    const auto done = post(town, there,
                           "fact.resident=yes&hand=in&detail.full-name=Rui&detail.born=1990-01-01"
                           "&agree.transport=yes&key=one");
    CHECK(done.status == 303);
    CHECK(has(town.get(location_of(done)), "Replacement licence"));
    CHECK(town.get("/en/services/identity/request").status == 404);
}

TEST_CASE("the inbox is for case workers alone, and another site's form does nothing") {
    CaseTown town;
    const std::string page = town.handed_in();
    CHECK(town.get("/en/inbox").status == 303);
    http::Headers headers;
    headers.set("Sec-Fetch-Site", "cross-site");
    CHECK(town.ask(http::Method::post, page + "/withdraw", "x=y", headers).status == 403);
    CHECK(town.ask(http::Method::post, "/en/events/wallet/request", filled, headers).status == 403);
    CHECK(has(town.get(page), "Handed in. Nothing was sent yet."));
}

TEST_CASE("who left an address is written when a request comes in and when something is wanted, and once") {
    CaseTown town;
    const CaseWorker worker{town};
    const auto answer = town.say(filled + "&contact.mail=ana%40example.org&key=" + CaseTown::key_of_form(7));
    INFO(answer.body);
    REQUIRE(answer.status == 303);
    const std::string page = location_of(answer);
    const std::string number = number_in(page);
    auto letters = town.letters.all();
    REQUIRE(letters.size() == 1);
    const auto opened = letters.front().letter;
    CHECK(opened.to == "ana@example.org");
    CHECK(opened.subject == "Your request " + number);
    CHECK(opened.text.find("http://town.example" + page) != std::string::npos);
    CHECK(opened.text.find("Cancel the card") != std::string::npos);
    town.work();
    const std::string licence = worker.page_of(number, "licence");
    REQUIRE(worker.post(licence + "/claim").status == 303);
    REQUIRE(worker.post(licence + "/finish", "word=taken-up&text=T-9").status == 303);
    const std::string question = "word=citizen-needed&reference=T-9&text=Which+category%3F&until=2026-01-09";
    REQUIRE(worker.post(licence + "/report", question).status == 303);
    letters = town.letters.all();
    REQUIRE(letters.size() == 2);
    const auto asked = letters.front().letter;
    CHECK(asked.subject == "Something is wanted for your request " + number);
    CHECK(asked.text.find("Transport authority wants something of you for this: Replacement licence.") !=
          std::string::npos);
    CHECK(asked.text.find("Friday, 9 January 2026") != std::string::npos);
    // What is asked may speak of the person, and a letter is open to whoever carries it.
    CHECK(asked.text.find("Which category") == std::string::npos);
    CHECK(town.letters.all().size() == 2);
    // Answered before the letter is carried, it is wanted no more.
    REQUIRE(post(town, page + "/answer", "step=licence&answer=Category+B").status == 303);
    town.work();
    REQUIRE(worker.post(licence + "/claim").status == 303);
    REQUIRE(worker.post(licence + "/finish", "word=taken-up&text=T-9").status == 303);
    REQUIRE(worker.post(licence + "/report", question).status == 303);
    REQUIRE(post(town, page + "/answer", "step=licence&answer=Again").status == 303);
    CHECK(town.letters.all().size() == 2);
}

TEST_CASE("a letter about a request that nobody could carry for days is old news, and no matter for staff") {
    CaseTown town;
    const auto answer = town.say(filled + "&contact.mail=ana%40example.org&key=" + CaseTown::key_of_form(8));
    REQUIRE(answer.status == 303);
    town.clock.pass(std::chrono::hours{73});
    CHECK(town.letters.all().empty());
    CHECK(town.outbox.undelivered().empty());
    CHECK(town.outbox.waiting() == 0);
}

TEST_CASE("who left no address is written nothing, and has the number and the code on the page") {
    CaseTown town;
    const std::string page = town.handed_in();
    CHECK(town.letters.all().empty());
    CHECK(has(town.get(page), "say the number and this code"));
}
