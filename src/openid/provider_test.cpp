#include "openid/provider.hpp"

#include "openid/false_provider_test.hpp"

using namespace balcao;
using namespace balcao::openid;

namespace {

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

std::string form_of(const FalseProvider& line) {
    for (const auto& ask : line.asked)
        if (ask.url == issuer + "/token") return ask.form;
    return {};
}

std::string authorization_of(const FalseProvider& line) {
    for (const auto& ask : line.asked)
        if (ask.url == issuer + "/token")
            for (const auto& header : ask.headers)
                if (header.starts_with("Authorization: ")) return header;
    return {};
}

}  // namespace

TEST_CASE("the challenge of RFC 7636 is made of its verifier") {
    CHECK(challenge_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") ==
          "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

TEST_CASE("a browser is sent away with what only this sign-in knows") {
    Scene scene;
    const auto errand = scene.begin();
    CHECK(scene.address.starts_with(issuer + "/authorize?for=city&response_type=code&client_id=balcao&"));
    CHECK(has(scene.address, "redirect_uri=https%3A%2F%2Fcity.example%2Fsign-in%2Freturn"));
    CHECK(has(scene.address, "scope=openid&"));
    CHECK(has(scene.address, "state=" + errand.state));
    CHECK(has(scene.address, "nonce=" + errand.nonce));
    CHECK(has(scene.address, "code_challenge=" + challenge_of(errand.verifier)));
    CHECK(has(scene.address, "code_challenge_method=S256"));
    CHECK_FALSE(has(scene.address, errand.verifier));
    CHECK(errand.state.size() == 43);
    CHECK(errand.verifier.size() == 43);
    const auto other = scene.begin();
    CHECK(other.state != errand.state);
    CHECK(other.nonce != errand.nonce);
    CHECK(other.verifier != errand.verifier);
}

TEST_CASE("who signed in at the provider is known here") {
    Scene scene;
    const auto errand = scene.begin();
    const auto outcome = scene.finish(errand);
    CHECK(complaint_of(outcome) == "nothing");
    const auto& who = std::get<Identity>(outcome);
    CHECK(who.issuer == issuer);
    CHECK(who.subject == "ana-4711");
    CHECK(who.mail.empty());
    CHECK_FALSE(who.has_second_factor);
    CHECK(has(form_of(scene.line), "code_verifier=" + errand.verifier));
    CHECK(has(form_of(scene.line), "redirect_uri=https%3A%2F%2Fcity.example%2Fsign-in%2Freturn"));
}

TEST_CASE("keys of RSA and of the curve sign, by each algorithm that we take") {
    using crypto::SignatureAlgorithm;
    for (const auto algorithm :
         {SignatureAlgorithm::rs256, SignatureAlgorithm::ps256, SignatureAlgorithm::es256}) {
        Scene scene;
        const bool is_rsa = algorithm != SignatureAlgorithm::es256;
        scene.line.keys = {{"two", is_rsa ? crypto::Signer::rsa() : crypto::Signer::p256(), algorithm}};
        CHECK(complaint_of(scene.sign_in()) == "nothing");
    }
}

TEST_CASE("the city proves who it is in the way that settings or provider say") {
    struct Way {
        ClientProof proof;
        std::string secret;
        std::string offered;
        bool is_basic;
        bool is_post;
    };

    for (const auto& [proof, secret, offered, is_basic, is_post] :
         std::vector<Way>{{ClientProof::as_told, "quiet:word &", "", true, false},
                          {ClientProof::as_told, "quiet:word &", R"(["client_secret_post"])", false, true},
                          {ClientProof::as_told, "", R"(["none"])", false, false},
                          {ClientProof::post, "quiet:word &", R"(["client_secret_basic"])", false, true},
                          {ClientProof::none, "", "", false, false}}) {
        auto with = settings();
        with.proof = proof;
        with.secret = secret;
        Scene scene{with};
        if (!offered.empty()) scene.line.metadata["token_endpoint_auth_methods_supported"] = offered;
        CHECK(complaint_of(scene.sign_in()) == "nothing");
        // RFC 6749, 2.3.1: encoded, then joined.
        const std::string header =
            is_basic ? "Authorization: Basic " + crypto::to_base64("balcao:quiet%3Aword%20%26") : "";
        CHECK(authorization_of(scene.line) == header);
        CHECK(has(form_of(scene.line), "client_secret=quiet%3Aword%20%26") == is_post);
        CHECK(has(form_of(scene.line), "client_id=balcao") == !is_basic);
    }
}

TEST_CASE("an answer to another sign-in, or to none, is not taken") {
    Scene scene;
    const auto errand = scene.begin();
    CHECK(complaint_of(scene.finish(errand, {.state = "another"})) == "over: state");
    CHECK(complaint_of(scene.provider.finish(errand, {.code = "code-1"}, here)) == "over: state");
    CHECK(complaint_of(scene.provider.finish({}, {.code = "code-1"}, here)) == "over: state");
    CHECK(scene.line.times_asked("/token") == 0);
}

TEST_CASE("a sign-in that took longer than ten minutes is over") {
    Scene scene;
    const auto errand = scene.begin();
    scene.clock.pass(9min);
    CHECK(complaint_of(scene.finish(errand)) == "nothing");
    scene.clock.pass(1min);
    CHECK(complaint_of(scene.finish(errand)) == "over: time");
}

TEST_CASE("the answer of another provider is not taken for this one's") {
    Scene scene;
    const auto errand = scene.begin();
    CHECK(complaint_of(scene.finish(errand, {.issuer = "https://evil.example", .has_issuer = true})) ==
          "untrue: iss of the answer");
    CHECK(complaint_of(scene.finish(errand, {.issuer = issuer, .has_issuer = true})) == "nothing");
    Scene strict;
    strict.line.metadata["authorization_response_iss_parameter_supported"] = "true";
    CHECK(complaint_of(strict.sign_in()) == "untrue: iss of the answer");
    CHECK(complaint_of(strict.finish(strict.begin(), {.issuer = issuer, .has_issuer = true})) == "nothing");
}

TEST_CASE("a person who does not agree is told apart from a provider that does not work") {
    Scene scene;
    CHECK(complaint_of(scene.finish(scene.begin(), {.error = "access_denied"})) == "refused: access_denied");
    CHECK(complaint_of(scene.finish(scene.begin(), {.error = "temporarily_unavailable"})) ==
          "away: server_error");
    CHECK(complaint_of(scene.finish(scene.begin(), {.error = "invalid_scope"})) == "misfit: authorization");
    CHECK(scene.line.times_asked("/token") == 0);
}

TEST_CASE("a code that was used, a wrong secret and a broken answer are told apart") {
    Scene scene;
    scene.line.token_answer = Heard{400, R"({"error":"invalid_grant"})"};
    CHECK(complaint_of(scene.sign_in()) == "over: code");
    scene.line.token_answer = Heard{401, R"({"error":"invalid_client"})"};
    CHECK(complaint_of(scene.sign_in()) == "misfit: token");
    scene.line.token_answer = Heard{200, "<html>"};
    CHECK(complaint_of(scene.sign_in()) == "misfit: token");
    scene.line.token_answer = Heard{503, ""};
    CHECK(complaint_of(scene.sign_in()) == "away: token");
    scene.line.token_answer = Heard{200, "{}"};
    CHECK(complaint_of(scene.sign_in()) == "untrue: token");
}

TEST_CASE("a provider that was not reached rests for some seconds, then is asked again") {
    Scene scene;
    scene.line.is_away = true;
    CHECK(complaint_of(scene.provider.begin(here, "")) == "away: no-answer");
    CHECK(complaint_of(scene.provider.begin(here, "")) == "away: rests");
    CHECK(scene.line.asked.size() == 1);
    scene.line.is_away = false;
    CHECK(complaint_of(scene.provider.begin(here, "")) == "away: rests");
    scene.clock.pass(5s);
    CHECK(complaint_of(scene.provider.begin(here, "")) == "nothing");
}

TEST_CASE("what a provider says of itself is asked for once an hour, and kept a day while it is away") {
    Scene scene;
    for (int times = 0; times < 5; ++times)
        CHECK(complaint_of(scene.sign_in()) == "nothing");
    CHECK(scene.line.times_asked("/.well-known/openid-configuration") == 1);
    CHECK(scene.line.times_asked("/keys") == 1);
    scene.clock.pass(61min);
    CHECK(complaint_of(scene.provider.begin(here, "")) == "nothing");
    CHECK(scene.line.times_asked("/.well-known/openid-configuration") == 2);
    scene.line.is_away = true;
    scene.clock.pass(61min);
    CHECK(complaint_of(scene.provider.begin(here, "")) == "nothing");
    scene.clock.pass(24h);
    CHECK(complaint_of(scene.provider.begin(here, "")) == "away: no-answer");
}

TEST_CASE("a provider that says it is somebody else, or cannot do what is needed, is not used") {
    const std::vector<std::pair<std::string, std::string>> wrongs{
        {"issuer", in_quotes(issuer + "/")},
        {"issuer", ""},
        {"authorization_endpoint", in_quotes("http://login.city.example/authorize")},
        {"authorization_endpoint", in_quotes("javascript:alert(1)")},
        {"token_endpoint", in_quotes("https://user@login.city.example/token")},
        {"token_endpoint", "5"},
        {"jwks_uri", ""},
        {"jwks_uri", in_quotes("file:///etc/passwd")},
        {"response_types_supported", R"(["id_token"])"},
        {"code_challenge_methods_supported", R"(["plain"])"},
        {"id_token_signing_alg_values_supported", R"(["none","HS256"])"},
        {"token_endpoint_auth_methods_supported", R"(["tls_client_auth"])"}};
    for (const auto& wrong : wrongs) {
        Scene scene;
        scene.line.metadata[wrong.first] = wrong.second;
        CHECK_MESSAGE(complaint_of(scene.provider.begin(here, "")) == "misfit: " + wrong.first,
                      (wrong.first + wrong.second));
    }
}

TEST_CASE("a new key of the provider is found, and nobody makes us ask for keys again and again") {
    Scene scene;
    CHECK(complaint_of(scene.sign_in()) == "nothing");
    scene.line.keys.push_back({"two", crypto::Signer::p256(), crypto::SignatureAlgorithm::es256});
    scene.line.signs_with = 1;
    CHECK(complaint_of(scene.sign_in()) == "untrue: key");  // asked for just now
    CHECK(scene.line.times_asked("/keys") == 1);
    scene.clock.pass(1min);
    CHECK(complaint_of(scene.sign_in()) == "nothing");
    CHECK(scene.line.times_asked("/keys") == 2);
    scene.line.keys[1].id = "three";
    CHECK(complaint_of(scene.sign_in()) == "untrue: key");
    CHECK(complaint_of(scene.sign_in()) == "untrue: key");
    CHECK(scene.line.times_asked("/keys") == 2);
}

TEST_CASE("an address counts only when the provider has verified it, wherever it tells it") {
    auto with = settings();
    with.scopes = {"openid", "email", "phone"};
    Scene scene{with};
    scene.line.user_info["email"] = in_quotes("ana@city.example");
    scene.line.user_info["email_verified"] = "true";
    scene.line.user_info["phone_number"] = in_quotes("+351912345678");
    auto outcome = scene.sign_in();
    REQUIRE(complaint_of(outcome) == "nothing");
    CHECK(std::get<Identity>(outcome).mail == "ana@city.example");
    CHECK(std::get<Identity>(outcome).phone.empty());
    scene.line.user_info["email_verified"] = "false";
    scene.line.user_info["phone_number_verified"] = in_quotes("true");
    outcome = scene.sign_in();
    CHECK(std::get<Identity>(outcome).mail.empty());
    CHECK(std::get<Identity>(outcome).phone == "+351912345678");
    scene.line.user_info["sub"] = in_quotes("somebody-else");
    CHECK(complaint_of(scene.sign_in()) == "untrue: userinfo");
    // All in the token: nothing is asked besides.
    scene.line.other_claims = {{"email", in_quotes("ana@city.example")},
                               {"email_verified", "true"},
                               {"phone_number", in_quotes("+351912345678")},
                               {"phone_number_verified", "true"}};
    CHECK(complaint_of(scene.sign_in()) == "nothing");
}

TEST_CASE("a second factor counts when the provider says one that the settings name") {
    auto with = settings();
    with.second_factor_acr = {"urn:city:high"};
    with.second_factor_amr = {"otp", "hwk"};
    Scene scene{with};
    const auto vouched = [&](const Members& claims) {
        scene.line.other_claims = claims;
        const auto outcome = scene.sign_in();
        REQUIRE(complaint_of(outcome) == "nothing");
        return std::get<Identity>(outcome).has_second_factor;
    };
    CHECK_FALSE(vouched({}));
    CHECK(vouched({{"acr", in_quotes("urn:city:high")}}));
    CHECK_FALSE(vouched({{"acr", in_quotes("urn:city:low")}}));
    CHECK(vouched({{"amr", R"(["pwd","otp"])"}}));
    CHECK_FALSE(vouched({{"amr", R"(["pwd"])"}}));
    CHECK_FALSE(vouched({{"amr", in_quotes("otp")}}));  // a list by the standard
    scene.begin();
    CHECK(has(scene.address, "acr_values=urn%3Acity%3Ahigh"));
}

TEST_CASE("who proved it too long ago is not taken where the settings say so") {
    auto with = settings();
    with.max_age = 15min;
    Scene scene{with};
    const auto now = seconds_of(scene.clock.now());
    CHECK(complaint_of(scene.sign_in()) == "untrue: auth_time");
    CHECK(has(scene.address, "max_age=900"));
    scene.line.other_claims = {{"auth_time", std::to_string(now - 800)}};
    CHECK(complaint_of(scene.sign_in()) == "nothing");
    scene.line.other_claims = {{"auth_time", std::to_string(now - 1000)}};
    CHECK(complaint_of(scene.sign_in()) == "untrue: auth_time");
}

TEST_CASE("the session at the provider ends there, where it has an address for that") {
    Scene scene;
    CHECK(scene.provider.end_address("https://city.example/sign-in/out") ==
          issuer +
              "/end?client_id=balcao&post_logout_redirect_uri=https%3A%2F%2Fcity.example%2Fsign-in%2Fout");
    Scene without;
    without.line.metadata.erase("end_session_endpoint");
    CHECK_FALSE(without.provider.end_address("https://city.example/sign-in/out").has_value());
    Scene away;
    away.line.is_away = true;
    CHECK_FALSE(away.provider.end_address("https://city.example/sign-in/out").has_value());
}

TEST_CASE("only https is asked, and http on this machine alone") {
    for (const char* good : {"https://login.example/a?b=c", "http://127.0.0.1:3000/x", "http://localhost/",
                             "http://[::1]:80/a", "https://login.example"})
        CHECK_MESSAGE(is_safe_address(good), good);
    for (const char* bad :
         {"http://login.example/", "http://127.0.0.1.evil.example/", "http://localhost@evil.example/",
          "http://evil.example#localhost", "https://a@b/", "https:///x", "ftp://127.0.0.1/", "https://a b/",
          "https://a\\b/", "//a", "", "http://[::1", "https://a/#x"})
        CHECK_MESSAGE(!is_safe_address(bad), bad);
}
