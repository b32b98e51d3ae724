#include "main/sign_in_providers.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include <fmt/format.h>

#include "main/console.hpp"
#include "openid/metadata.hpp"
#include "text/file.hpp"
#include "text/words.hpp"
#include "text/yaml.hpp"

namespace balcao::cli {
namespace {

using openid::ClientProof;
using openid::ProviderSettings;
using text::Yaml;

constexpr int minutes_most = 24 * 60;

Error wrong(const text::YamlMark& mark, const std::string& what) {
    const std::string file = mark.file ? *mark.file : std::string{};
    return {Errc::invalid, fmt::format("{}:{}:{}: {}", file, mark.line, mark.column, what), "--sign-in"};
}

Result<std::string> text_of(const Yaml& node, std::string_view name) {
    if (!node.is_scalar() || node.scalar.empty())
        return wrong(node.mark, fmt::format("{}: write a text", name));
    return node.scalar;
}

Result<std::vector<std::string>> texts_of(const Yaml& node, std::string_view name) {
    std::vector<std::string> texts;
    if (!node.is_sequence()) return wrong(node.mark, fmt::format("{}: write a list, as [one, other]", name));
    for (const auto& item : node.items) {
        BALCAO_TRY(auto one, text_of(item, name));
        texts.push_back(std::move(one));
    }
    return texts;
}

Result<LocalText> label_of(const Yaml& node) {
    LocalText label;
    if (!node.is_map()) return wrong(node.mark, "label: write {pt: …, en: …, es: …}");
    for (const auto& entry : node.entries) {
        if (!text::parse_language(entry.key))
            return wrong(entry.key_mark, "label: the languages are pt, en, es");
        BALCAO_TRY(auto text, text_of(entry.value, entry.key));
        label.texts.emplace_back(entry.key, std::move(text));
    }
    for (const auto language : text::spoken_languages)
        if (node.find(text::code_of(language)) == nullptr)
            return wrong(node.mark, fmt::format("label: it is missing in {}", text::code_of(language)));
    return label;
}

// A file beside the settings that nobody else may read, with the secret and nothing else.
Result<std::string> secret_in(const Yaml& node, const std::filesystem::path& beside) {
    BALCAO_TRY(const std::string name, text_of(node, "secret_file"));
    const auto path = beside.parent_path() / name;
    std::error_code failed;
    const auto rights = std::filesystem::status(path, failed).permissions();
    using std::filesystem::perms;
    if (failed || rights == perms::none || !std::filesystem::exists(path, failed))
        return wrong(node.mark, "secret_file: there is no file " + path.string());
    if ((rights & (perms::group_all | perms::others_all)) != perms::none)
        return wrong(node.mark, "secret_file: " + path.string() + " can be read by others; chmod 600 it");
    BALCAO_TRY(std::string secret, text::read_file(path));
    while (!secret.empty() && (secret.back() == '\n' || secret.back() == '\r' || secret.back() == ' '))
        secret.pop_back();
    if (secret.empty()) return wrong(node.mark, "secret_file: " + path.string() + " is empty");
    return secret;
}

Result<void> read_second_factor(const Yaml& node, ProviderSettings& into) {
    if (!node.is_map()) return wrong(node.mark, "second_factor: write {acr: […]} or {amr: […]}");
    for (const auto& entry : node.entries) {
        if (entry.key != "acr" && entry.key != "amr")
            return wrong(entry.key_mark, fmt::format("second_factor: '{}' is none of acr, amr", entry.key));
        BALCAO_TRY(auto values, texts_of(entry.value, entry.key));
        (entry.key == "acr" ? into.second_factor_acr : into.second_factor_amr) = std::move(values);
    }
    return {};
}

Result<void> read_people(const Yaml& node, ProviderSettings& into) {
    BALCAO_TRY(const auto people, texts_of(node, "for"));
    for (const auto& one : people) {
        if (one != "staff" && one != "citizens")
            return wrong(node.mark, fmt::format("for: '{}' is none of staff, citizens", one));
        (one == "staff" ? into.is_for_staff : into.is_for_citizens) = true;
    }
    return {};
}

Result<void> read_proof(const Yaml& node, ProviderSettings& into) {
    BALCAO_TRY(const auto name, text_of(node, "client_proof"));
    if (name == "basic")
        into.proof = ClientProof::basic;
    else if (name == "post")
        into.proof = ClientProof::post;
    else if (name == "none")
        into.proof = ClientProof::none;
    else
        return wrong(node.mark, fmt::format("client_proof: '{}' is none of basic, post, none", name));
    return {};
}

Result<void> read_max_age(const Yaml& node, ProviderSettings& into) {
    BALCAO_TRY(const auto digits, text_of(node, "max_age_minutes"));
    int minutes = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), minutes);
    if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size() || minutes < 0 ||
        minutes > minutes_most)
        return wrong(node.mark,
                     fmt::format("max_age_minutes: write a whole number from 0 to {}", minutes_most));
    into.max_age = std::chrono::minutes{minutes};
    return {};
}

Result<void> read_match(const Yaml& node, ProviderSettings& into) {
    BALCAO_TRY(const auto name, text_of(node, "match"));
    if (name != "mail") return wrong(node.mark, fmt::format("match: '{}' is not mail", name));
    into.match = openid::Match::mail;
    return {};
}

Result<void> read_entry(const text::YamlEntry& entry,
                        const std::filesystem::path& path,
                        ProviderSettings& into) {
    const auto& [key, mark, value] = entry;
    const auto keep = [](auto result, auto& place) -> Result<void> {
        if (!result) return result.error();
        place = *std::move(result);
        return {};
    };
    if (key == "issuer") return keep(text_of(value, key), into.issuer);
    if (key == "client") return keep(text_of(value, key), into.client);
    if (key == "secret_file") return keep(secret_in(value, path), into.secret);
    if (key == "label") return keep(label_of(value), into.label);
    if (key == "scopes") return keep(texts_of(value, key), into.scopes);
    if (key == "for") return read_people(value, into);
    if (key == "client_proof") return read_proof(value, into);
    if (key == "second_factor") return read_second_factor(value, into);
    if (key == "match") return read_match(value, into);
    if (key == "max_age_minutes") return read_max_age(value, into);
    return wrong(mark,
                 fmt::format("'{}' is nothing that a provider has; there are issuer, client, secret_file, "
                             "client_proof, for, label, scopes, second_factor, match, max_age_minutes",
                             key));
}

bool is_key(std::string_view key) {
    return !key.empty() && key.size() <= 40 &&
           key.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

// What one who signs in here must tell: citizens their addresses, staff theirs where it finds the account.
void add_scopes(ProviderSettings& provider, bool are_given) {
    const auto add = [&](const char* scope) {
        if (std::ranges::find(provider.scopes, scope) == provider.scopes.end())
            provider.scopes.emplace_back(scope);
    };
    add("openid");
    if (are_given) return;
    if (provider.is_for_citizens || provider.match == openid::Match::mail) add("email");
    if (provider.is_for_citizens) add("phone");
}

Result<ProviderSettings> read_provider(const text::YamlEntry& entry, const std::filesystem::path& path) {
    ProviderSettings provider{.key = entry.key, .issuer = {}, .client = {}};
    if (!is_key(entry.key))
        return wrong(entry.key_mark, "the name of a provider has small letters, digits and -, forty at most");
    if (!entry.value.is_map()) return wrong(entry.value.mark, "write issuer, client, for and label below it");
    for (const auto& part : entry.value.entries)
        if (auto read = read_entry(part, path, provider); !read) return read.error();
    for (const char* needed : {"issuer", "client", "for", "label"})
        if (entry.value.find(needed) == nullptr)
            return wrong(entry.key_mark, fmt::format("{}: '{}' is missing", entry.key, needed));
    if (!openid::is_safe_address(provider.issuer) || provider.issuer.find('?') != std::string::npos)
        return wrong(entry.value.find("issuer")->mark, "issuer: write https://login.city.example");
    if (!provider.is_for_staff && !provider.is_for_citizens)
        return wrong(entry.value.find("for")->mark, "for: write [staff], [citizens] or both");
    const bool needs_secret = provider.proof == ClientProof::basic || provider.proof == ClientProof::post;
    if (needs_secret && provider.secret.empty())
        return wrong(entry.key_mark, fmt::format("{}: 'secret_file' is missing", entry.key));
    add_scopes(provider, entry.value.find("scopes") != nullptr);
    return provider;
}

}  // namespace

Result<std::vector<ProviderSettings>> read_providers(const std::string& path) {
    std::vector<ProviderSettings> providers;
    if (path.empty()) return providers;
    auto content = text::read_file(path);
    if (!content) return Error{content.error().code, content.error().what, "--sign-in"};
    const auto document = text::parse_yaml(*content, path);
    if (!document.problems.empty())
        return wrong(document.problems.front().mark, document.problems.front().what);
    if (!document.root || !document.root->is_map())
        return Error{Errc::invalid, path + ": write a name for each provider, and below it what it is",
                     "--sign-in"};
    for (const auto& entry : document.root->entries) {
        BALCAO_TRY(auto provider, read_provider(entry, path));
        for (const auto& other : providers)
            if (other.issuer == provider.issuer)
                return wrong(entry.key_mark,
                             fmt::format("{} and {} have one issuer; write one of them, for both "
                                         "staff and citizens",
                                         other.key, provider.key));
        providers.push_back(std::move(provider));
    }
    return providers;
}

SignInProviders::SignInProviders(std::vector<ProviderSettings> settings)
    : line_{connect::ProviderLineSettings{.stops = [this] { return stops_.load(); }}} {
    for (auto& one : settings)
        providers_.push_back(std::make_unique<openid::Provider>(std::move(one), line_, clock_));
}

SignInProviders::~SignInProviders() { stop(); }

void SignInProviders::put_into(web::Settings& settings) {
    for (const auto& one : providers_)
        settings.providers.push_back(one.get());
    settings.tell = [](const std::string& line) { complain(line); };
}

void SignInProviders::put_into(staff::Settings& settings) const {
    for (const auto& one : providers_) {
        const auto& provider = one->settings();
        const bool vouches = !provider.second_factor_acr.empty() || !provider.second_factor_amr.empty();
        if (provider.is_for_staff && vouches) settings.vouching_issuers.push_back(provider.issuer);
    }
}

}  // namespace balcao::cli
