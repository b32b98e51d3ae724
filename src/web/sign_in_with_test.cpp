// Signing in by a provider, on a real server: what goes with the browser, what comes back, and what is never
// let through.
#include "openid/false_provider_test.hpp"
#include "staff/totp.hpp"
#include "web/town_test.hpp"

using namespace balcao;
using namespace balcao::web;
using openid::in_quotes;
using openid::Members;

namespace {

openid::ProviderSettings city_account() {
    auto settings = openid::settings();
    settings.is_for_citizens = true;
    settings.scopes = {"openid", "email", "phone"};
    settings.second_factor_amr = {"otp"};
    settings.label.texts = {{"pt", "Conta da Câmara"}, {"en", "City account"}, {"es", "Cuenta municipal"}};
    return settings;
}

std::string part_of(std::string_view text, std::string_view begin, std::string_view end) {
    const auto from = text.find(begin);
    REQUIRE(from != std::string_view::npos);
    const auto rest = text.substr(from + begin.size());
    return std::string{rest.substr(0, rest.find_first_of(end))};
}

std::string cookie_in(const http::Answer& answer, std::string_view name) {
    for (const auto& one : answer.headers.all("set-cookie"))
        if (one.starts_with(std::string{name})) return std::string{one.substr(0, one.find(';'))};
    return {};
}

// A browser away at the provider.
struct Away {
    std::string cookie;  // its own and those that it had
    std::string state;
};

struct Scene {
    balcao::SetClock world{openid::morning};
    openid::FalseProvider line{world};
    openid::Provider provider{city_account(), line, world};
    Town town{{&provider}};

    Away leave(const std::string& path, const std::string& cookie = {}) {
        const auto away = town.get(path, {{"Cookie", cookie}});
        REQUIRE(away.status == 303);
        const auto address = location_of(away);
        REQUIRE(address.starts_with(openid::issuer + "/authorize"));
        line.nonce = part_of(address, "&nonce=", "&");
        const auto trip = cookie_in(away, "trip-");
        REQUIRE_FALSE(trip.empty());
        return {cookie.empty() ? trip : cookie + "; " + trip, part_of(address, "&state=", "&")};
    }

    [[nodiscard]] http::Answer come_back(const Away& away, const std::string& more = "&code=code-1") const {
        return town.get("/sign-in/return?state=" + away.state + more, {{"Cookie", away.cookie}});
    }

    // Somebody whose account is linked.
    staff::AccountKey linked() const {
        const auto made = town.staff->found({"ana", "Ana"}, password, "first");
        auto account = std::get<staff::AccountKey>(made);
        REQUIRE(std::holds_alternative<staff::Done>(
            town.staff->link(account, {openid::issuer, "ana-4711", false, {}}, "link")));
        return account;
    }
};

}  // namespace

TEST_CASE("who is linked comes in by the provider, to the page that was asked for") {
    Scene scene;
    scene.linked();
    CHECK(has(scene.town.get("/pt/sign-in"), "Iniciar sessão com Conta da Câmara"));
    CHECK(has(scene.town.get("/en/sign-in"), "Sign in with City account"));
    CHECK(has(scene.town.get("/es/sign-in"), "Iniciar sesión con Cuenta municipal"));
    const auto away = scene.leave("/en/sign-in/with/city?to=%2Fen%2Fpeople");
    const auto back = scene.come_back(away);
    CHECK(back.status == 303);
    CHECK(location_of(back) == "/en/people");
    const auto session = cookie_in(back, "session=");
    REQUIRE_FALSE(session.empty());
    CHECK(scene.town.get("/en/desk", {{"Cookie", session}}).status == 200);
    // The cookie of the way is taken back, and the way is good once.
    CHECK(cookie_in(back, "trip-").ends_with("="));
    CHECK(cookie_in(scene.come_back(away), "session=").empty());
}

TEST_CASE("what goes with the browser is sealed, short-lived and for the way back alone") {
    Scene scene;
    const auto away = scene.town.get("/en/sign-in/with/city");
    const std::string cookie{away.headers.text("set-cookie")};
    for (const char* flag : {"HttpOnly", "SameSite=Lax", "Path=/sign-in", "Max-Age=600"})
        CHECK_MESSAGE(cookie.find(flag) != std::string::npos, flag);
    CHECK(cookie.find(part_of(location_of(away), "&nonce=", "&")) == std::string::npos);
    CHECK(location_of(away).find("redirect_uri=http%3A%2F%2Ftown.example%2Fsign-in%2Freturn") !=
          std::string::npos);
}

TEST_CASE("an answer without its cookie, with another's or with a changed one is over") {
    Scene scene;
    scene.linked();
    const auto mine = scene.leave("/en/sign-in/with/city");
    const auto other = scene.leave("/en/sign-in/with/city");
    CHECK(scene.come_back({"", other.state}).status == 422);
    CHECK(scene.come_back({mine.cookie, other.state}).status == 422);
    const auto equals = other.cookie.find('=');
    const auto moved = other.cookie.substr(0, equals) + mine.cookie.substr(mine.cookie.find('='));
    CHECK(scene.come_back({moved, other.state}).status == 422);
    auto changed = other.cookie;
    changed[changed.size() - 20] = changed[changed.size() - 20] == 'A' ? 'B' : 'A';
    CHECK(scene.come_back({changed, other.state}).status == 422);
    CHECK(scene.town.get("/sign-in/return").status == 422);
    CHECK(scene.come_back(other).status == 303);
}

TEST_CASE("two windows sign in beside each other") {
    Scene scene;
    scene.linked();
    const auto one = scene.leave("/en/sign-in/with/city");
    const auto nonce = scene.line.nonce;
    const auto two = scene.leave("/pt/sign-in/with/city");
    const std::string both = one.cookie + "; " + two.cookie;
    CHECK(location_of(scene.come_back({both, two.state})) == "/pt/desk");
    scene.line.nonce = nonce;
    CHECK(location_of(scene.come_back({both, one.state})) == "/en/desk");
}

TEST_CASE("another site sends nobody on the way") {
    Scene scene;
    for (const auto& [from, to] :
         std::vector<std::pair<std::string, std::string>>{{"/en/sign-in/with/city", "/en/sign-in"},
                                                          {"/en/account/link/city", "/en/account"},
                                                          {"/en/mine/with/city", "/en/mine"}}) {
        const auto sent = scene.town.get(from, {{"Sec-Fetch-Site", "cross-site"}});
        CHECK(sent.status == 303);
        CHECK(location_of(sent) == to);
        CHECK(cookie_in(sent, "trip-").empty());
    }
    CHECK(scene.line.asked.empty());
}

TEST_CASE("nobody is sent elsewhere afterwards") {
    Scene scene;
    scene.linked();
    for (const char* to :
         {"https%3A%2F%2Fevil.example%2Fen%2Fdesk", "%2F%2Fevil.example", "%2Fen%2F..%2F", ""}) {
        const auto back = scene.come_back(scene.leave(std::string{"/en/sign-in/with/city?to="} + to));
        CHECK(location_of(back) == "/en/desk");
    }
}

TEST_CASE("somebody whom nobody knows is told whom to ask, and the form stays") {
    Scene scene;
    for (const auto& [language, words] : std::vector<std::pair<std::string, std::string>>{
             {"pt", "Peça um convite"}, {"en", "for an invitation"}, {"es", "Pida una invitación"}}) {
        const auto back = scene.come_back(scene.leave("/" + language + "/sign-in/with/city"));
        CHECK(back.status == 403);
        CHECK(has(back, words));
        CHECK(has(back, "id=\"password\""));
        CHECK(cookie_in(back, "session=").empty());
    }
}

TEST_CASE("what went wrong at the provider is told with what to do") {
    Scene scene;
    const auto told = [&](const std::string& more) {
        return scene.come_back(scene.leave("/en/sign-in/with/city"), more);
    };
    CHECK(told("&error=access_denied").status == 403);
    CHECK(has(told("&error=access_denied"), "You did not agree at City account"));
    CHECK(told("&error=server_error").status == 503);
    CHECK(told("&error=invalid_scope").status == 502);
    CHECK(has(told("&error=invalid_scope"), "Tell who runs these pages"));
    scene.line.other_claims = {{"exp", "5"}};
    CHECK(has(told("&code=1"), "The clocks here and at City account differ"));
    scene.line.other_claims = {{"aud", in_quotes("another")}};
    CHECK(told("&code=1").status == 403);
    CHECK(has(told("&code=1"), "was not the answer of City account"));
    CHECK(has(told("&code=1"), "href=\"/en/sign-in\""));
    scene.line.other_claims = {};
    scene.line.is_away = true;
    CHECK(told("&code=1").status == 503);
}

TEST_CASE("a provider that is away leaves name and password as they are") {
    Scene scene;
    scene.linked();
    scene.line.is_away = true;
    const auto sent = scene.town.get("/pt/sign-in/with/city");
    CHECK(sent.status == 503);
    CHECK(has(sent, "Conta da Câmara não responde agora"));
    CHECK(scene.town.get("/pt/sign-in").status == 200);
    CHECK(scene.town
              .ask(http::Method::post, "/pt/sign-in", "sign-in-name=ana&password=quatro+casas+verdes+hoje")
              .status == 303);
}

TEST_CASE("an account is linked by a form of ours, and by the account that began") {
    Scene scene;
    const auto cookie = sign_in(scene.town);
    CHECK(has(scene.town.get("/en/account", {{"Cookie", cookie}}), "Link an account at City account"));
    const auto page = scene.come_back(scene.leave("/en/account/link/city", cookie));
    CHECK(page.status == 200);
    CHECK(has(page, "Whoever signs in at City account as ana-4711 then comes in here as Ana."));
    const auto form = "ticket=" + part_of(page.body, "name=\"ticket\" value=\"", "\"");
    const auto root = scene.town.staff->accounts().at(0).key;
    CHECK(scene.town.staff->account(root)->identities.empty());  // coming back links nobody
    const auto elsewhere = scene.town.ask(http::Method::post, "/en/account/link", form,
                                          {{"Cookie", cookie}, {"Sec-Fetch-Site", "cross-site"}});
    CHECK(elsewhere.status == 403);
    CHECK(scene.town.staff->account(root)->identities.empty());
    CHECK(scene.town.ask(http::Method::post, "/en/account/link", form, {{"Cookie", cookie}}).status == 303);
    REQUIRE(scene.town.staff->account(root)->identities.size() == 1);
    const auto link = scene.town.staff->account(root)->identities.at(0).link;
    CHECK(scene.town.ask(http::Method::post, "/en/account/unlink", "link=" + link, {{"Cookie", cookie}})
              .status == 303);
    CHECK(scene.town.staff->account(root)->identities.empty());
    CHECK(scene.town.get("/en/desk", {{"Cookie", cookie}}).status == 303);  // signed out everywhere
}

TEST_CASE("a ticket to link is good for who began, for five minutes, and for nothing else") {
    Scene scene;
    const auto cookie = sign_in(scene.town);
    const auto away = scene.leave("/en/account/link/city", cookie);
    CHECK(scene.come_back({away.cookie.substr(away.cookie.find("; ") + 2), away.state}).status == 422);
    const auto page = scene.come_back(scene.leave("/en/account/link/city", cookie));
    const auto form = "ticket=" + part_of(page.body, "name=\"ticket\" value=\"", "\"");
    CHECK(
        scene.town.ask(http::Method::post, "/en/account/link", "ticket=AAAA", {{"Cookie", cookie}}).status ==
        422);
    CHECK(scene.town.ask(http::Method::post, "/en/account/link", form).status == 303);  // to sign in
    scene.world.pass(5min);
    CHECK(scene.town.ask(http::Method::post, "/en/account/link", form, {{"Cookie", cookie}}).status == 422);
    CHECK(scene.town.staff->accounts().at(0).identities.empty());
}

TEST_CASE("an invitation is accepted by a provider") {
    Scene scene;
    const auto account = std::get<staff::AccountKey>(
        scene.town.staff->add(staff::Actor::installation(), {"eva", "Eva"}, {}, "add"));
    const auto token =
        std::get<staff::Invitation>(scene.town.staff->invite(staff::Actor::installation(), account, "invite"))
            .token;
    CHECK(has(scene.town.get("/en/invitation/" + token), "Or without a password of its own"));
    const auto back = scene.come_back(scene.leave("/en/invitation/" + token + "/with/city"));
    CHECK(location_of(back) == "/en/desk");
    CHECK(has(scene.town.get("/en/desk", {{"Cookie", cookie_in(back, "session=")}}), "Eva"));
    const auto again = scene.come_back(scene.leave("/en/invitation/" + token + "/with/city"));
    CHECK(again.status == 422);
}

TEST_CASE("the second factor here is asked for on the way in, unless one was given there") {
    Scene scene;
    const auto account = scene.linked();
    const auto offered = std::get<staff::Enrolment>(scene.town.staff->propose_totp(account));
    const auto code_of = [&](std::string_view secret) {
        std::string bytes;
        unsigned held = 0;
        int bits = 0;
        for (const char letter : secret) {
            held = (held << 5U) |
                   static_cast<unsigned>(std::string_view{"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"}.find(letter));
            bits += 5;
            if (bits < 8) continue;
            bits -= 8;
            bytes.push_back(static_cast<char>((held >> static_cast<unsigned>(bits)) & 0xFFU));
            held &= (1U << static_cast<unsigned>(bits)) - 1U;
        }
        return staff::totp_code(bytes, staff::step_of(scene.town.clock.now()));
    };
    REQUIRE(std::holds_alternative<staff::Done>(
        scene.town.staff->enrol_totp(account, offered.ticket, code_of(offered.secret), "enrol")));
    scene.town.clock.pass(30s);
    const auto asked = scene.come_back(scene.leave("/en/sign-in/with/city?to=%2Fen%2Fpeople"));
    CHECK(asked.status == 200);
    CHECK(cookie_in(asked, "session=").empty());
    const auto ticket = "ticket=" + part_of(asked.body, "name=\"ticket\" value=\"", "\"");
    CHECK(scene.town.ask(http::Method::post, "/en/sign-in/code", ticket + "&code=").status == 403);
    CHECK(scene.town.ask(http::Method::post, "/en/sign-in/code", ticket + "&code=000000").status == 403);
    CHECK(scene.town.ask(http::Method::post, "/en/sign-in/code", "ticket=x&code=000000").status == 422);
    const auto in =
        scene.town.ask(http::Method::post, "/en/sign-in/code", ticket + "&code=" + code_of(offered.secret));
    CHECK(location_of(in) == "/en/people");
    CHECK_FALSE(cookie_in(in, "session=").empty());
    scene.line.other_claims = {{"amr", R"(["otp"])"}};
    CHECK_FALSE(cookie_in(scene.come_back(scene.leave("/en/sign-in/with/city")), "session=").empty());
}

TEST_CASE("who signed in by a provider is told, signed out, that the session there goes on") {
    Scene scene;
    scene.linked();
    const auto session = cookie_in(scene.come_back(scene.leave("/en/sign-in/with/city")), "session=");
    const auto out = scene.town.ask(http::Method::post, "/en/sign-out", "", {{"Cookie", session}});
    CHECK(location_of(out) == "/en/sign-in?out=city");
    const auto page = scene.town.get("/en/sign-in?out=city");
    CHECK(has(page, "You are signed out here."));
    CHECK(has(page, "href=\"/en/sign-out/city\""));
    const auto end = location_of(scene.town.get("/en/sign-out/city"));
    CHECK(end ==
          openid::issuer +
              "/end?client_id=balcao&post_logout_redirect_uri=http%3A%2F%2Ftown.example%2Fsign-in%2Fout");
    CHECK(location_of(scene.town.get("/sign-in/out", {{"Accept-Language", "es"}})) == "/es/sign-in?done=out");
    // With a password nothing is said of it.
    CHECK_FALSE(has(scene.town.get("/en/sign-in?out=nobody"), "You are signed out here."));
}

TEST_CASE("a citizen sees what was booked with the verified address, and has no account") {
    Scene scene;
    const booking::Wanted wanted{.site = model::SiteKey{"shop"},
                                 .services = {model::ServiceKey{"identity"}},
                                 .start = scene.town.clock.now() + 24h,
                                 .window = {},
                                 .by = booking::ClerkKey{"clerk"}};
    const booking::Contact contact{
        .name = "Ana Exemplo", .mail = "ana@example.org", .phone = {}, .note = {}, .language = "pt"};
    const auto booked = scene.town.bookings->book(wanted, contact, "book");
    REQUIRE(std::holds_alternative<booking::Slip>(booked));
    CHECK(has(scene.town.get("/pt"), "/pt/mine"));
    CHECK(has(scene.town.get("/pt/mine"), "Iniciar sessão com Conta da Câmara"));
    scene.line.user_info["email"] = in_quotes("ana@example.org");
    scene.line.user_info["email_verified"] = "true";
    const auto back = scene.come_back(scene.leave("/pt/mine/with/city"));
    CHECK(location_of(back) == "/pt/mine");
    const auto cookie = cookie_in(back, "mine=");
    CHECK(cookie.find("ana@") == std::string::npos);
    const auto page = scene.town.get("/pt/mine", {{"Cookie", cookie}});
    CHECK(has(page, "Cartão de cidadão"));
    CHECK(has(page, "/data.json"));
    CHECK(scene.town.staff->accounts().empty());
    CHECK(scene.town.get("/pt/desk", {{"Cookie", cookie}}).status == 303);
    // A cookie that was changed, that is moved to another purpose, or whose time is over shows nothing.
    auto changed = cookie;
    changed[changed.size() - 20] = changed[changed.size() - 20] == 'A' ? 'B' : 'A';
    CHECK_FALSE(has(scene.town.get("/pt/mine", {{"Cookie", changed}}), "Cartão de cidadão"));
    const auto ended = scene.town.ask(http::Method::post, "/pt/mine/end", "", {{"Cookie", cookie}});
    CHECK(location_of(ended) == "/pt/mine?out=city");
    CHECK(cookie_in(ended, "mine=") == "mine=");
    scene.world.pass(30min);
    CHECK_FALSE(has(scene.town.get("/pt/mine", {{"Cookie", cookie}}), "Cartão de cidadão"));
    // Another person's address shows nothing of Ana's.
    scene.line.user_info["email"] = in_quotes("rui@example.org");
    const auto other = scene.come_back(scene.leave("/pt/mine/with/city"));
    CHECK_FALSE(
        has(scene.town.get("/pt/mine", {{"Cookie", cookie_in(other, "mine=")}}), "Cartão de cidadão"));
}

TEST_CASE("an address that is not verified shows nothing, and the cure is told") {
    Scene scene;
    scene.line.user_info["email"] = in_quotes("ana@example.org");
    for (const auto& [language, words] :
         std::vector<std::pair<std::string, std::string>>{{"pt", "que tenha verificado"},
                                                          {"en", "Have one verified there"},
                                                          {"es", "que haya verificado"}}) {
        const auto back = scene.come_back(scene.leave("/" + language + "/mine/with/city"));
        CHECK(back.status == 403);
        CHECK(has(back, words));
        CHECK(cookie_in(back, "mine=").empty());
    }
}

TEST_CASE("without providers the pages are as they were") {
    const Town town;
    CHECK_FALSE(has(town.get("/en/sign-in"), "Sign in with"));
    CHECK_FALSE(has(town.get("/en"), "/en/mine"));
    CHECK(town.get("/en/sign-in/with/city").status == 404);
    CHECK(town.get("/en/sign-out/city").status == 404);
    CHECK(town.get("/en/mine").status == 200);
    CHECK(has(town.get("/en/mine"), "Each appointment has a link of its own."));
    CHECK(town.get("/sign-in/return?state=a&code=b").status == 422);
}
