// The pages as a browser without scripts meets them: a real server, a real office, a journal in memory.
#include "web/pages.hpp"

#include <atomic>
#include <set>

#include <doctest/doctest.h>

#include "http/client.hpp"
#include "http/uri.hpp"
#include "journal/memory_store.hpp"
#include "model/read.hpp"
#include "web/language.hpp"
#include "web/link.hpp"
#include "web/refusal.hpp"

using namespace balcao;
using namespace std::chrono_literals;

namespace {

constexpr const char* city = R"(balcao: 1
name: {pt: Vila, en: Town, es: Villa}
languages: [pt, en, es]
time_zone: Europe/Lisbon
first_day: 2026-01-05
services:
  identity: {name: {pt: Cartão de cidadão, en: Identity card, es: Documento de identidad}, duration: 6 min}
  tax: {name: {pt: Finanças, en: Tax, es: Hacienda}, duration: 6 min}
sites:
  shop:
    name: {pt: Loja, en: Shop, es: Tienda}
    open: {mon-fri: "09:00-17:00"}
    tickets: {first: 1, last: 5}
    desks:
      both: {name: {pt: Balcão, en: Counter, es: Mostrador}, count: 2, serves: [identity, tax]}
demand:
  - {site: shop, service: identity, arrivals: {poisson: 10 per hour}}
)";

class SetClock final : public Clock {
public:
    [[nodiscard]] Instant now() const override { return Instant{std::chrono::milliseconds{time_.load()}}; }

    void pass(std::chrono::milliseconds length) { time_ += length.count(); }

private:
    std::atomic<std::int64_t> time_{
        (Zone::find("Europe/Lisbon")->midnight(*parse_date("2026-01-05")) + 10h).time_since_epoch().count()};
};

std::shared_ptr<const model::Model> model_of(const char* yaml) {
    const model::MemoryFiles files{{{"town.yaml", yaml}}};
    const auto read = model::read_model("town.yaml", files, {});
    for (const auto& remark : read.remarks)
        MESSAGE(model::format_remark(remark));
    REQUIRE(read.value.has_value());
    return std::make_shared<const model::Model>(*read.value);
}

struct Town {
    SetClock clock;
    journal::MemoryStore store;
    std::unique_ptr<office::FrontOffice> office = *office::FrontOffice::open(store, clock, model_of(city));
    crypto::SecretKey key = crypto::SecretKey::random();
    std::unique_ptr<staff::Staff> staff = open_staff();
    web::Pages pages{*office, *staff, clock, {.installation = key}};
    std::unique_ptr<http::Server> server = start();

    std::unique_ptr<staff::Staff> open_staff() {
        staff::Settings settings;
        settings.cost = crypto::PasswordCost::lowest;
        settings.second_factor = staff::SecondFactor::as_one_likes;
        auto opened = staff::Staff::open(store, clock, key, settings);
        REQUIRE(opened.has_value());
        return *std::move(opened);
    }

    std::unique_ptr<http::Server> start() {
        http::Settings settings;
        settings.hooks = pages.hooks();
        auto started = http::Server::start(std::move(settings), pages.router());
        REQUIRE(started.has_value());
        return *std::move(started);
    }

    http::Answer ask(http::Method method,
                     const std::string& path,
                     const std::string& form = {},
                     http::Headers headers = {}) const {
        if (!form.empty() || method == http::Method::post)
            headers.set("Content-Type", "application/x-www-form-urlencoded");
        auto answer = http::fetch({.method = method,
                                   .url = "http://127.0.0.1:" + std::to_string(server->port()) + path,
                                   .headers = std::move(headers),
                                   .body = form});
        REQUIRE(answer.has_value());
        return *std::move(answer);
    }

    http::Answer get(const std::string& path, http::Headers headers = {}) const {
        return ask(http::Method::get, path, {}, std::move(headers));
    }

    http::Answer take(const std::string& form) const {
        return ask(http::Method::post, "/pt/sites/shop/tickets", form);
    }

    office::Reply command(office::Command what) const {
        std::optional<office::Reply> reply;
        REQUIRE(office
                    ->handle({.site = model::SiteKey{"shop"}, .command = std::move(what)},
                             [&](const office::Reply& answer) { reply = answer; })
                    .has_value());
        REQUIRE(reply.has_value());
        return *reply;
    }
};

std::string location_of(const http::Answer& answer) { return std::string{answer.headers.text("location")}; }

bool has(const http::Answer& answer, std::string_view words) {
    return answer.body.find(words) != std::string::npos;
}

}  // namespace

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
    CHECK(has(found, "<h2>Cartão de cidadão</h2>"));
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
            const std::string sentence = web::refusal_text(refusal, *layout, web::Words{language});
            CHECK(!sentence.empty());
            CHECK(sentence.find('{') == std::string::npos);
            told.insert(sentence);
        }
        CHECK(told.size() == 3);
        CHECK(web::status_of(refusal) >= 400);
    }
}

namespace {

constexpr const char* password = "quatro casas verdes hoje";

// Somebody who may do everything, and the cookie of her session.
std::string sign_in(const Town& town) {
    REQUIRE(std::holds_alternative<staff::AccountKey>(town.staff->found({"ana", "Ana"}, password, "first")));
    const auto in =
        town.ask(http::Method::post, "/en/sign-in", "sign-in-name=ana&password=quatro+casas+verdes+hoje");
    REQUIRE(in.status == 303);
    const std::string cookie{in.headers.text("set-cookie")};
    CHECK(cookie.find("HttpOnly") != std::string::npos);
    CHECK(cookie.find("SameSite=Lax") != std::string::npos);
    return cookie.substr(0, cookie.find(';'));
}

http::Answer press(const Town& town,
                   const std::string& cookie,
                   const std::string& verb,
                   const std::string& form = {}) {
    return town.ask(http::Method::post, "/en/desk/shop/both-2/" + verb, form, {{"Cookie", cookie}});
}

// The key that stands in the form of a button.
std::string key_in(const http::Answer& page, const std::string& verb) {
    const auto form = page.body.find("/both-2/" + verb + "\"");
    REQUIRE(form != std::string::npos);
    const auto value = page.body.find("name=\"key\" value=\"", form) + 18;
    return page.body.substr(value, page.body.find('"', value) - value);
}

}  // namespace

TEST_CASE("nobody comes to a desk without signing in, and signing out ends it") {
    const Town town;
    CHECK(location_of(town.get("/en/desk/shop/both-2")) == "/en/sign-in?to=%2Fen%2Fdesk%2Fshop%2Fboth-2");
    CHECK(location_of(press(town, "session=guess", "open")).starts_with("/en/sign-in"));
    const std::string cookie = sign_in(town);
    CHECK(town.get("/en/desk", {{"Cookie", cookie}}).status == 200);
    CHECK(town.get("/en/live/desk/shop/nowhere-1", {{"Cookie", cookie}}).status == 404);
    CHECK(town.ask(http::Method::post, "/en/sign-out", "", {{"Cookie", cookie}}).status == 303);
    CHECK(town.get("/en/desk", {{"Cookie", cookie}}).status == 303);
    CHECK(town.get("/en/live/desk/shop/both-2", {{"Cookie", cookie}}).status == 303);
}

TEST_CASE("a wrong password says no more than that, and keeps the name that was typed") {
    const Town town;
    sign_in(town);
    const auto wrong = town.ask(http::Method::post, "/en/sign-in", "sign-in-name=ana&password=wrong");
    const auto unknown = town.ask(http::Method::post, "/en/sign-in", "sign-in-name=eva&password=wrong");
    CHECK(wrong.status == 403);
    CHECK(unknown.status == 403);
    CHECK(has(wrong, "Name or password is not right."));
    CHECK(has(unknown, "Name or password is not right."));
    CHECK(has(wrong, "value=\"ana\""));
    CHECK(!has(wrong, "value=\"wrong\""));
    CHECK(!wrong.headers.has("set-cookie"));
    CHECK(location_of(town.ask(
              http::Method::post, "/en/sign-in",
              "sign-in-name=ana&password=quatro+casas+verdes+hoje&to=https%3A%2F%2Felsewhere.example")) ==
          "/en/desk");
}

TEST_CASE("an attendant opens a desk, calls the next by the rule, serves her and sends her on") {
    const Town town;
    const std::string cookie = sign_in(town);
    const auto ticket = location_of(town.take("service=identity"));
    CHECK(press(town, cookie, "open").status == 303);
    CHECK(press(town, cookie, "next").status == 303);
    CHECK(has(town.get(ticket), "É a sua vez: Balcão 2"));
    CHECK(press(town, cookie, "start").status == 303);
    CHECK(press(town, cookie, "transfer", "service=tax").status == 303);
    const auto page = town.get("/en/desk/shop/both-2", {{"Cookie", cookie}});
    CHECK(has(page, "Waiting: 1"));
    CHECK(press(town, cookie, "call", "number=1").status == 303);
    CHECK(press(town, cookie, "start").status == 303);
    CHECK(press(town, cookie, "park").status == 303);
    CHECK(press(town, cookie, "resume", "number=1").status == 303);
    CHECK(press(town, cookie, "finish").status == 303);
    CHECK(has(town.get(ticket), "A sua visita terminou."));
    const auto nobody = press(town, cookie, "next");
    CHECK(nobody.status == 409);
    CHECK(has(nobody, "Nobody waits for this desk."));
    CHECK(press(town, cookie, "dance").status == 404);
    CHECK(press(town, cookie, "call", "number=0x1").status == 404);
}

TEST_CASE("a button pressed twice, or on two machines, does once; an old one does nothing new") {
    const Town town;
    const std::string cookie = sign_in(town);
    town.take("service=identity");
    town.take("service=identity");
    press(town, cookie, "open");
    const auto free = town.get("/en/desk/shop/both-2", {{"Cookie", cookie}});
    const std::string call = "key=" + key_in(free, "next");
    CHECK(press(town, cookie, "next", call).status == 303);
    CHECK(press(town, cookie, "next", call).status == 303);
    press(town, cookie, "start");
    const auto served = town.get("/en/desk/shop/both-2", {{"Cookie", cookie}});
    const std::string finish = "key=" + key_in(served, "finish");
    CHECK(press(town, cookie, "finish", finish).status == 303);
    CHECK(press(town, cookie, "next").status == 303);
    press(town, cookie, "start");
    CHECK(press(town, cookie, "finish", finish).status == 303);
    CHECK(has(town.get("/en/desk/shop/both-2", {{"Cookie", cookie}}), "data-state=\"served\">2<"));
}

TEST_CASE("a desk that was closed is opened again by its button") {
    Town town;
    const std::string cookie = sign_in(town);
    const auto page = [&] { return town.get("/en/desk/shop/both-2", {{"Cookie", cookie}}); };
    for (int time = 0; time < 2; ++time) {
        town.clock.pass(1s);
        CHECK(press(town, cookie, "open", "key=" + key_in(page(), "open")).status == 303);
        CHECK(has(page(), "/both-2/next"));
        CHECK(press(town, cookie, "close", "key=" + key_in(page(), "close")).status == 303);
        CHECK(!has(page(), "/both-2/next"));
    }
}

TEST_CASE("nobody works at a desk where somebody else sits, but who manages the hall") {
    const Town town;
    const std::string cookie = sign_in(town);
    const auto boss = town.staff->accounts().front().key;
    const auto added =
        town.staff->add(boss, {"rui", "Rui"}, {{staff::Role::attendant, model::SiteKey{"shop"}}}, "rui");
    REQUIRE(std::holds_alternative<staff::AccountKey>(added));
    const auto invited = town.staff->invite(boss, std::get<staff::AccountKey>(added), "invite");
    REQUIRE(std::holds_alternative<staff::Invitation>(invited));
    REQUIRE(std::holds_alternative<staff::AccountKey>(
        town.staff->accept(std::get<staff::Invitation>(invited).token, password, "accept")));
    const auto in =
        town.ask(http::Method::post, "/en/sign-in", "sign-in-name=rui&password=quatro+casas+verdes+hoje");
    REQUIRE(in.status == 303);
    const std::string set{in.headers.text("set-cookie")};
    const std::string ruis = set.substr(0, set.find(';'));
    town.take("service=identity");
    press(town, cookie, "open");
    const auto refused = press(town, ruis, "next");
    CHECK(refused.status == 409);
    CHECK(has(refused, "Somebody else is signed in at this desk."));
    CHECK(town.ask(http::Method::post, "/en/desk/shop/both-1/open", "", {{"Cookie", ruis}}).status == 303);
    CHECK(town.ask(http::Method::post, "/en/desk/shop/both-1/next", "", {{"Cookie", cookie}}).status == 303);
}

TEST_CASE("the first account is made once, by who has the link that the server told") {
    const Town town;
    const std::string link = "/en/found/" + web::founding_secret_of(town.key);
    CHECK(town.get("/en/found/guess").status == 404);
    CHECK(town.get(link).status == 200);
    const auto weak = town.ask(http::Method::post, link, "name=Ana&sign-in-name=ana&password=short");
    CHECK(weak.status == 422);
    CHECK(has(weak, "twelve letters or more"));
    CHECK(has(weak, "value=\"Ana\""));
    CHECK(town.ask(http::Method::post, link, "name=Ana&sign-in-name=ana&password=quatro+casas+verdes+hoje")
              .status == 303);
    CHECK(town.get(link).status == 404);
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
    const web::TicketLinks links{crypto::SecretKey::random()};
    const web::TicketLinks others{crypto::SecretKey::random()};
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
