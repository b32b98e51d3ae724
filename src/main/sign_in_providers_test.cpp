#include "main/sign_in_providers.hpp"

#include <array>
#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "base/temporary_folder.hpp"

using namespace balcao;
using namespace balcao::cli;

namespace {

// A folder with a file of providers and a secret.
struct Providers {
    TemporaryFolder folder;

    Providers() { write("city.secret", "a quiet word\n", std::filesystem::perms::owner_read); }

    void write(const std::string& name, const std::string& text, std::filesystem::perms rights) const {
        std::filesystem::permissions(folder.write(name, text), rights);
    }

    [[nodiscard]] Result<std::vector<openid::ProviderSettings>> read(const std::string& text) const {
        return read_providers(folder.write("providers.yaml", text).string());
    }

    [[nodiscard]] std::string complaint(const std::string& text) const {
        const auto providers = read(text);
        return providers ? "nothing" : providers.error().what;
    }
};

const std::string whole = R"(city:
  issuer: https://login.city.example
  client: balcao
  secret_file: city.secret
  for: [staff, citizens]
  label: {pt: Conta, en: Account, es: Cuenta}
  second_factor: {amr: [otp, hwk], acr: [high]}
  match: mail
  client_proof: post
  max_age_minutes: 15
)";

std::string with(const std::string& from, const std::string& to) {
    auto text = whole;
    const auto place = text.find(from);
    REQUIRE(place != std::string::npos);
    return text.replace(place, from.size(), to);
}

}  // namespace

TEST_CASE("a file of providers is read as it says") {
    const Providers known;
    const auto providers = known.read(whole);
    REQUIRE(providers.has_value());
    REQUIRE(providers->size() == 1);
    const auto& city = providers->at(0);
    CHECK(city.key == "city");
    CHECK(city.issuer == "https://login.city.example");
    CHECK(city.secret == "a quiet word");
    CHECK(city.is_for_staff);
    CHECK(city.is_for_citizens);
    CHECK(city.label.in("es") == "Cuenta");
    CHECK(city.second_factor_amr == std::vector<std::string>{"otp", "hwk"});
    CHECK(city.second_factor_acr == std::vector<std::string>{"high"});
    CHECK(city.match == openid::Match::mail);
    CHECK(city.proof == openid::ClientProof::post);
    CHECK(city.max_age == std::chrono::minutes{15});
    CHECK(city.scopes == std::vector<std::string>{"openid", "email", "phone"});
    CHECK(known.read(with("  match: mail\n", "  scopes: [profile]\n"))->at(0).scopes ==
          std::vector<std::string>{"profile", "openid"});
    CHECK(read_providers("")->empty());
}

TEST_CASE("what is wrong in it is told with its place and the cure") {
    const Providers known;
    known.write("open.secret", "seen by all", std::filesystem::perms::all);
    known.write("empty.secret", "\n", std::filesystem::perms::owner_read);
    const std::vector<std::array<std::string, 3>> wrongs{
        {"issuer: https", "issuer: http", "2:11: issuer: write https://login.city.example"},
        {"  client: balcao\n", "", "1:1: city: 'client' is missing"},
        {"city.secret", "none.secret", "there is no file"},
        {"city.secret", "open.secret", "can be read by others; chmod 600 it"},
        {"city.secret", "empty.secret", "is empty"},
        {"[staff, citizens]", "[everybody]", "for: 'everybody' is none of staff, citizens"},
        {"[staff, citizens]", "[]", "for: write [staff], [citizens] or both"},
        {", es: Cuenta", "", "label: it is missing in es"},
        {"{amr: [otp, hwk], acr: [high]}", "{amr: otp}", "amr: write a list"},
        {"match: mail", "match: phone", "match: 'phone' is not mail"},
        {"client_proof: post", "client_proof: jwt", "is none of basic, post, none"},
        {"max_age_minutes: 15", "max_age_minutes: soon", "write a whole number"},
        {"client: balcao", "clinet: balcao", "'clinet' is nothing that a provider has"},
        {"city:", "City Hall:", "small letters, digits and -"},
        {"  secret_file: city.secret\n", "", "'secret_file' is missing"}};
    for (const auto& [from, to, told] : wrongs) {
        const auto complaint = known.complaint(with(from, to));
        CHECK_MESSAGE(complaint.find(told) != std::string::npos, complaint);
    }
    auto twice = whole;
    twice.replace(0, 4, "town");
    CHECK(known.complaint(whole + twice).find("have one issuer") != std::string::npos);
    CHECK(known.complaint("- city").find("write a name for each provider") != std::string::npos);
    CHECK_FALSE(read_providers(known.folder.file("none.yaml").string()).has_value());
}

TEST_CASE("only a provider that vouches for a second factor takes the place of one") {
    const Providers known;
    staff::Settings settings;
    SignInProviders{*known.read(whole)}.put_into(settings);
    CHECK(settings.vouching_issuers == std::vector<std::string>{"https://login.city.example"});
    staff::Settings without;
    SignInProviders{*known.read(with("  second_factor: {amr: [otp, hwk], acr: [high]}\n", ""))}.put_into(
        without);
    CHECK(without.vouching_issuers.empty());
    staff::Settings citizens;
    SignInProviders{*known.read(with("[staff, citizens]", "[citizens]"))}.put_into(citizens);
    CHECK(citizens.vouching_issuers.empty());
}
