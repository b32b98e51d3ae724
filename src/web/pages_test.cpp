// The pages as a citizen's browser without scripts meets them.
#include "web/pages.hpp"

#include <set>

#include "front/link.hpp"
#include "front/refusal.hpp"
#include "journal/memory_store.hpp"
#include "web/frame.hpp"
#include "web/language.hpp"
#include "web/town_test.hpp"

using namespace balcao;
using namespace balcao::web;

TEST_CASE("a ticket is two steps from the page of its site, and its page says what is true") {
    const Town town;
    const auto site = town.get("/pt/sites/shop");
    CHECK(site.status == 200);
    CHECK(has(site, "Cartão de cidadão"));
    const auto taken = town.take("service=identity&key=0123456789ABCDEFGHJKMNPQRS");
    REQUIRE(taken.status == 303);
    const auto ticket = town.get(location_of(taken));
    CHECK(ticket.status == 200);
    CHECK(has(ticket, "data-state=\"waiting\">1<"));
    CHECK(has(ticket, "É o próximo."));
    town.command(office::OpenDesk{{office::DeskKey{"both"}, 2}, office::StaffKey{"ana"}});
    town.command(office::CallNext{{office::DeskKey{"both"}, 2}});
    CHECK(has(town.get(location_of(taken)), "É a sua vez: Balcão 2"));
    CHECK(has(town.get("/en/sites/shop/board"), "Counter 2"));
}

TEST_CASE("S051 the same form sent twice is one ticket; another form is another") {
    const Town town;
    const auto first = town.take("service=tax&key=0123456789ABCDEFGHJKMNPQRS");
    CHECK(location_of(town.take("service=tax&key=0123456789ABCDEFGHJKMNPQRS")) == location_of(first));
    CHECK(location_of(town.take("service=tax&key=S123456789ABCDEFGHJKMNPQRS")) != location_of(first));
    CHECK(location_of(town.take("service=tax&key=short")) != location_of(town.take("service=tax&key=short")));
}

TEST_CASE("who is ahead is who goes first at the same desks, priority by law before the others") {
    Town town;
    town.take("service=tax");
    const auto second = town.take("service=identity");
    CHECK(has(town.get(location_of(second)), "Há uma pessoa à sua frente."));
    town.clock.pass(1min);
    const auto third = town.take("service=identity&priority=yes");
    CHECK(has(town.get(location_of(third)), "É o próximo."));
    CHECK(has(town.get(location_of(second)), "Há 2 pessoas à sua frente."));
}

TEST_CASE("a form that cannot be carried out is shown again with what was chosen and what to do") {
    const Town town;
    const auto empty = town.take("priority=yes");
    CHECK(empty.status == 422);
    CHECK(has(empty, "Escolha pelo menos um serviço."));
    CHECK(has(empty, "name=\"priority\" value=\"yes\" checked"));
    const auto unknown = town.take("service=tax&service=flying");
    CHECK(unknown.status == 422);
    CHECK(has(unknown, "value=\"tax\" checked"));
    for (int number = 1; number <= 5; ++number)
        CHECK(town.take("service=tax").status == 303);
    const auto none = town.take("service=tax");
    CHECK(none.status == 409);
    CHECK(has(none, "As senhas de hoje esgotaram."));
}

TEST_CASE("a disk that cannot write refuses the ticket with 503, and the same form later gives it") {
    Town town;
    town.store.set_broken(true);
    const auto refused = town.take("service=tax&key=0123456789ABCDEFGHJKMNPQRS");
    CHECK(refused.status == 503);
    CHECK(has(refused, "Nada se perdeu"));
    CHECK(town.get("/pt/sites/shop").status == 200);
    town.store.set_broken(false);
    CHECK(town.take("service=tax&key=0123456789ABCDEFGHJKMNPQRS").status == 303);
}

TEST_CASE("who has the link of a ticket gives it up; nobody finds another's by counting") {
    const Town town;
    const auto taken = town.take("service=tax");
    const std::string page = location_of(taken);
    std::string guessed = page;
    guessed.replace(guessed.find(".1."), 3, ".2.");
    CHECK(town.get(guessed).status == 404);
    CHECK(town.get("/pt/tickets/shop.2026-01-05.1").status == 404);
    CHECK(town.ask(http::Method::post, guessed + "/leave", "").status == 404);
    CHECK(town.ask(http::Method::post, page + "/leave", "").status == 303);
    CHECK(has(town.get(page), "Desistiu desta senha."));
    const auto again = town.ask(http::Method::post, page + "/leave", "");
    CHECK(again.status == 409);
    CHECK(has(again, "A visita com o número 1 já terminou."));
}

TEST_CASE("a form of another site does nothing here") {
    const Town town;
    const auto refused = town.ask(http::Method::post, "/pt/sites/shop/tickets", "service=tax",
                                  {{"Sec-Fetch-Site", "cross-site"}});
    CHECK(refused.status == 403);
    CHECK(town.ask(http::Method::post, "/pt/sites/shop/tickets", "service=tax",
                   {{"Origin", "https://elsewhere.example"}})
              .status == 403);
    CHECK(has(town.get("/en/sites/shop"), "<strong>0</strong> people are waiting"));
}

TEST_CASE("the language follows the address, then the person's choice, then the browser, then the city") {
    const Town town;
    CHECK(location_of(town.get("/")) == "/pt");
    CHECK(location_of(town.get("/", {{"Accept-Language", "fr, es;q=0.8"}})) == "/es");
    CHECK(location_of(town.get("/sites/shop", {{"Accept-Language", "es"}, {"Cookie", "language=en"}})) ==
          "/en/sites/shop");
    CHECK(has(town.get("/en/sites/shop", {{"Cookie", "language=pt"}}), "Take a ticket"));
    const auto chosen = town.get("/language/es?to=%2Fsites%2Fshop");
    CHECK(location_of(chosen) == "/es/sites/shop");
    CHECK(chosen.headers.text("set-cookie").find("language=es") != std::string_view::npos);
    CHECK(location_of(town.get("/language/es?to=%2F%2Felsewhere.example")) == "/es");
    const auto missing = town.get("/es/nowhere");
    CHECK(missing.status == 404);
    CHECK(has(missing, "Esta página no existe."));
}

TEST_CASE("no page runs, frames or fetches anything that is not ours, and none is kept") {
    const Town town;
    for (const char* path : {"/pt", "/en/sites/shop", "/es/sites/shop/board", "/pt/nowhere"}) {
        const auto page = town.get(path);
        const auto policy = page.headers.text("content-security-policy");
        CHECK(policy.find("default-src 'none'") != std::string_view::npos);
        CHECK(policy.find("unsafe") == std::string_view::npos);
        CHECK(policy.find("frame-ancestors 'none'") != std::string_view::npos);
        CHECK(page.headers.text("x-content-type-options") == "nosniff");
        CHECK(page.headers.text("cache-control") == "no-store");
        CHECK(!has(page, " style="));
        CHECK(!has(page, "<style"));
    }
}

TEST_CASE("what an open page shows changes with the hall, and who comes back is brought up to date") {
    const Town town;
    const std::string address =
        "http://127.0.0.1:" + std::to_string(town.server->port()) + "/en/live/sites/shop";
    auto stream = http::EventReader::open({.url = address});
    REQUIRE(stream.has_value());
    const auto now = stream->next(5s);
    REQUIRE((now.has_value() && now->has_value()));
    CHECK((*now)->data.find("<strong>0</strong> people are waiting") != std::string::npos);
    town.take("service=tax");
    const auto then = stream->next(5s);
    REQUIRE((then.has_value() && then->has_value()));
    CHECK((*then)->data.find("<strong>1</strong> person is waiting") != std::string::npos);
    auto late = http::EventReader::open({.url = address});
    REQUIRE(late.has_value());
    const auto seen = late->next(5s);
    REQUIRE((seen.has_value() && seen->has_value()));
    CHECK((*seen)->data == (*then)->data);
}

TEST_CASE("a search finds services whatever the accents, and says where they are given") {
    const Town town;
    const auto found = town.get("/pt?q=CARTAO+cidad");
    CHECK(has(found, R"(<h2><a href="/pt/services/identity">Cartão de cidadão</a></h2>)"));
    CHECK(has(town.get("/pt?q=cartao+de+cidaddao"), "/pt/services/identity"));
    CHECK(has(town.get("/pt?q=zebra"), "Nada foi encontrado com estas palavras."));
    CHECK(has(found, "/pt/sites/shop?service=identity"));
    CHECK(has(town.get("/pt/sites/shop?service=identity"), "value=\"identity\" checked"));
    CHECK(has(town.get("/pt?q=%3Cscript%3E"), "value=\"&lt;script&gt;\""));
}

TEST_CASE("every refusal is told in three languages, with the number and the desk that it speaks of") {
    const Town town;
    const auto layout = town.office->layout(model::SiteKey{"shop"});
    for (int place = 0; place <= static_cast<int>(office::Reason::own_emergency); ++place) {
        office::Refusal refusal;
        refusal.reason = static_cast<office::Reason>(place);
        refusal.number = office::Number{17};
        refusal.desk = office::DeskId{office::DeskKey{"both"}, 2};
        std::set<std::string> told;
        for (const auto language : text::spoken_languages) {
            const std::string sentence = front::refusal_text(refusal, *layout, web::Words{language});
            CHECK(!sentence.empty());
            CHECK(sentence.find('{') == std::string::npos);
            told.insert(sentence);
        }
        CHECK(told.size() == 3);
        CHECK(front::status_of(refusal) >= 400);
    }
}

TEST_CASE("health and figures are for machines, and name nobody") {
    Town town;
    town.take("service=tax");
    CHECK(has(town.get("/health"), "ok"));
    const auto figures = town.get("/metrics");
    CHECK(has(figures, "balcao_waiting{site=\"shop\"} 1"));
    CHECK(has(figures, "route=\"/{language}/sites/{site}/tickets\",status=\"303\""));
}

TEST_CASE("a link that was written is read, and no other text is") {
    const front::TicketLinks links{crypto::SecretKey::random()};
    const front::TicketLinks others{crypto::SecretKey::random()};
    const web::TicketName name{model::SiteKey{"loja-baixa"}, *parse_date("2026-01-05"), {117}};
    const std::string link = links.write(name);
    CHECK(links.read(link) == name);
    CHECK(!others.read(link));
    for (std::size_t place = 0; place < link.size(); ++place) {
        std::string changed = link;
        changed[place] = changed[place] == 'x' ? 'y' : 'x';
        CHECK(!links.read(changed));
        CHECK(!links.read(link.substr(0, place)));
    }
}

TEST_CASE("a page with its style, script and letters is under 100 kB over the wire, and asks nobody else") {
    const Town town;
    const http::Headers packed{{"Accept-Encoding", "gzip"}};
    std::size_t bytes = town.get("/pt/sites/shop", packed).body.size();
    for (const auto& name : {style_name(), script_name(), std::string{"noto-sans.woff2"}}) {
        const auto part = town.get("/assets/" + name, packed);
        CHECK(part.status == 200);
        CHECK(part.headers.text("cache-control") == "public, max-age=31536000, immutable");
        bytes += part.body.size();
    }
    CHECK(bytes < 100'000);
    CHECK(has(town.get("/assets/" + style_name()), "url(noto-sans.woff2)"));
    CHECK(has(town.get("/assets/noto-sans.txt"), "SIL OPEN FONT LICENSE"));
}
