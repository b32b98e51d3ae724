#include "openid/provider.hpp"

#include <algorithm>

#include "crypto/hash.hpp"
#include "crypto/keys.hpp"
#include "text/json.hpp"

namespace balcao::openid {
namespace {

constexpr std::size_t secret_bytes = 32;
constexpr std::size_t code_letters_most = 4096;

std::string secret() { return crypto::to_base64url(crypto::random_bytes(secret_bytes)); }

// All but the unreserved characters (RFC 3986, 2.3) as %XX.
std::string encoded(std::string_view text) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    static constexpr std::string_view plain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    std::string out;
    for (const char letter : text) {
        if (plain.find(letter) != std::string_view::npos) {
            out += letter;
            continue;
        }
        const auto byte = static_cast<unsigned char>(letter);
        out += {'%', digits[byte >> 4U], digits[byte & 0xFU]};
    }
    return out;
}

class Form {
public:
    Form& add(std::string_view name, std::string_view value) {
        if (!text_.empty()) text_ += '&';
        text_ += encoded(name) + "=" + encoded(value);
        return *this;
    }

    [[nodiscard]] const std::string& text() const { return text_; }

private:
    std::string text_;
};

std::string with_query(const std::string& address, const Form& form) {
    return address + (address.find('?') == std::string::npos ? "?" : "&") + form.text();
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

// What the provider's word for a failure (RFC 6749, 4.1.2.1; Core, 3.1.2.6) is to us.
Complaint said(const std::string& error) {
    if (error == "access_denied") return {Trouble::refused, "access_denied"};
    if (error == "temporarily_unavailable" || error == "server_error") return {Trouble::away, "server_error"};
    return {Trouble::misfit, "authorization"};
}

bool holds_one_of(const std::vector<std::string>& wanted, const std::string& given) {
    return std::ranges::find(wanted, given) != wanted.end();
}

}  // namespace

std::string challenge_of(std::string_view verifier) {
    return crypto::to_base64url(crypto::bytes_of(crypto::sha256({verifier})));
}

Provider::Provider(ProviderSettings settings, Asker& asker, const Clock& clock)
    : settings_{std::move(settings)}, asker_{asker}, clock_{clock} {}

Outcome<std::string> Provider::fetch(const std::string& address) {
    const auto heard = asker_.ask({.url = address, .headers = {"Accept: application/json"}});
    if (!heard || heard->status >= 500) return Complaint{Trouble::away, heard ? "status" : "no-answer"};
    if (heard->status != 200) return Complaint{Trouble::misfit, "status"};
    return heard->body;
}

// While a provider that was not reached rests, whoever asks hears so at once.
Outcome<Metadata> Provider::metadata() {
    const std::lock_guard lock{mutex_};
    const Instant now = clock_.now();
    if (metadata_ && now < metadata_read_ + metadata_kept) return *metadata_;
    const bool helps_in_need = metadata_ && now < metadata_read_ + metadata_kept_in_need;
    if (now < rests_until_) {
        if (helps_in_need) return *metadata_;
        return Complaint{Trouble::away, "rests"};
    }
    const auto told = fetch(metadata_address(settings_.issuer));
    auto read = std::holds_alternative<std::string>(told)
                    ? read_metadata(std::get<std::string>(told), settings_)
                    : Outcome<Metadata>{std::get<Complaint>(told)};
    if (std::holds_alternative<Complaint>(read)) {
        rests_until_ = clock_.now() + rest_when_away;
        if (helps_in_need && std::get<Complaint>(read).trouble == Trouble::away) return *metadata_;
        return read;
    }
    metadata_ = std::get<Metadata>(read);
    metadata_read_ = now;
    return read;
}

Outcome<std::vector<WebKey>> Provider::keys(const Metadata& metadata, bool is_missing) {
    const std::lock_guard lock{mutex_};
    const Instant now = clock_.now();
    const bool is_kept = now < keys_read_ + metadata_kept && !keys_.empty();
    if (is_kept && (!is_missing || now < keys_read_ + keys_asked_every)) return keys_;
    const auto told = fetch(metadata.keys);
    if (const auto* complaint = std::get_if<Complaint>(&told)) return *complaint;
    auto read = read_key_set(std::get<std::string>(told));
    if (!read) return Complaint{Trouble::misfit, "jwks"};
    keys_ = *std::move(read);
    keys_read_ = now;
    return keys_;
}

Outcome<Begun> Provider::begin(const std::string& return_address, std::string_view language) {
    const auto known = metadata();
    if (const auto* complaint = std::get_if<Complaint>(&known)) return *complaint;
    Begun begun{{secret(), secret(), secret(), clock_.now()}, {}};
    Form form;
    form.add("response_type", "code")
        .add("client_id", settings_.client)
        .add("redirect_uri", return_address)
        .add("scope", joined(settings_.scopes))
        .add("state", begun.errand.state)
        .add("nonce", begun.errand.nonce)
        .add("code_challenge", challenge_of(begun.errand.verifier))
        .add("code_challenge_method", "S256");
    if (!language.empty()) form.add("ui_locales", language);
    if (!settings_.second_factor_acr.empty()) form.add("acr_values", joined(settings_.second_factor_acr));
    if (settings_.max_age) form.add("max_age", std::to_string(settings_.max_age->count()));
    begun.address = with_query(std::get<Metadata>(known).authorization, form);
    return begun;
}

std::optional<Complaint> Provider::fault_of(const Errand& errand, const Returned& returned) const {
    if (errand.state.empty() || !crypto::is_equal_in_constant_time(errand.state, returned.state))
        return Complaint{Trouble::over, "state"};
    const Instant now = clock_.now();
    if (now >= errand.begun + errand_length || now + clock_leeway < errand.begun)
        return Complaint{Trouble::over, "time"};
    return std::nullopt;
}

Outcome<Identity> Provider::finish(const Errand& errand,
                                   const Returned& returned,
                                   const std::string& return_address) {
    if (auto fault = fault_of(errand, returned)) return *fault;
    const auto told = metadata();
    if (const auto* complaint = std::get_if<Complaint>(&told)) return *complaint;
    const auto& known = std::get<Metadata>(told);
    // RFC 9207, 2.4: the answer of another provider is not taken for this one's.
    if (returned.has_issuer ? returned.issuer != settings_.issuer : known.says_issuer)
        return Complaint{Trouble::untrue, "iss of the answer"};
    if (!returned.error.empty()) return said(returned.error);
    if (returned.code.empty() || returned.code.size() > code_letters_most)
        return Complaint{Trouble::untrue, "code"};
    const auto redeemed = redeem(known, errand, returned.code, return_address);
    if (const auto* complaint = std::get_if<Complaint>(&redeemed)) return *complaint;
    auto believed = claims(known, std::get<Tokens>(redeemed), errand);
    if (const auto* complaint = std::get_if<Complaint>(&believed)) return *complaint;
    auto& who = std::get<Claims>(believed);
    if (auto complaint = add_user_info(known, std::get<Tokens>(redeemed), who)) return *complaint;
    const bool has_second_factor = (!who.acr.empty() && holds_one_of(settings_.second_factor_acr, who.acr)) ||
                                   std::ranges::any_of(who.amr, [&](const auto& method) {
                                       return holds_one_of(settings_.second_factor_amr, method);
                                   });
    return Identity{settings_.issuer,    std::move(who.subject), std::move(who.name),
                    std::move(who.mail), std::move(who.phone),   has_second_factor};
}

Outcome<Provider::Tokens> Provider::redeem(const Metadata& metadata,
                                           const Errand& errand,
                                           const std::string& code,
                                           const std::string& return_address) {
    Form form;
    form.add("grant_type", "authorization_code")
        .add("code", code)
        .add("redirect_uri", return_address)
        .add("code_verifier", errand.verifier);
    Ask ask{.url = metadata.token, .headers = {"Accept: application/json"}};
    if (metadata.proof == ClientProof::basic) {
        // RFC 6749, 2.3.1: both encoded as in a form before they are joined.
        const std::string pair = encoded(settings_.client) + ":" + encoded(settings_.secret);
        ask.headers.push_back("Authorization: Basic " + crypto::to_base64(pair));
    } else {
        form.add("client_id", settings_.client);
        if (metadata.proof == ClientProof::post) form.add("client_secret", settings_.secret);
    }
    ask.form = form.text();
    const auto heard = asker_.ask(ask);
    if (!heard || heard->status >= 500) return Complaint{Trouble::away, "token"};
    const auto json = text::Json::parse(heard->body, "token");
    if (!json) return Complaint{Trouble::misfit, "token"};
    if (heard->status != 200) {
        const bool is_over = json->root()["error"].as_text() == "invalid_grant";
        return Complaint{is_over ? Trouble::over : Trouble::misfit, is_over ? "code" : "token"};
    }
    return Tokens{std::string{json->root()["id_token"].as_text().value_or("")},
                  std::string{json->root()["access_token"].as_text().value_or("")}};
}

Outcome<Claims> Provider::claims(const Metadata& metadata, const Tokens& tokens, const Errand& errand) {
    const Expected expected{.issuer = settings_.issuer,
                            .client = settings_.client,
                            .nonce = errand.nonce,
                            .now = clock_.now(),
                            .max_age = settings_.max_age,
                            .access_token = tokens.access_token};
    for (const bool is_missing : {false, true}) {
        const auto known = keys(metadata, is_missing);
        if (const auto* complaint = std::get_if<Complaint>(&known)) return *complaint;
        auto checked = check_id_token(tokens.id_token, std::get<0>(known), expected);
        if (const auto* complaint = std::get_if<Complaint>(&checked)) return *complaint;
        if (!std::get<Checked>(checked).is_key_unknown) return std::get<Checked>(std::move(checked)).claims;
    }
    return Complaint{Trouble::untrue, "key"};
}

// Many providers tell address and number only here. It is believed only of the same subject (Core, 5.3.2).
std::optional<Complaint> Provider::add_user_info(const Metadata& metadata,
                                                 const Tokens& tokens,
                                                 Claims& claims) {
    const auto asks_for = [&](const char* scope) { return holds_one_of(settings_.scopes, scope); };
    const bool is_complete = (!claims.mail.empty() || !asks_for("email")) &&
                             (!claims.phone.empty() || !asks_for("phone")) &&
                             (!claims.name.empty() || !asks_for("profile"));
    if (is_complete || metadata.user_info.empty() || tokens.access_token.empty()) return std::nullopt;
    const auto heard =
        asker_.ask({.url = metadata.user_info,
                    .headers = {"Accept: application/json", "Authorization: Bearer " + tokens.access_token}});
    if (!heard || heard->status >= 500) return Complaint{Trouble::away, "userinfo"};
    if (heard->status != 200) return Complaint{Trouble::misfit, "userinfo"};
    const auto json = text::Json::parse(heard->body, "userinfo");
    if (!json) return Complaint{Trouble::misfit, "userinfo"};
    if (json->root()["sub"].as_text() != claims.subject) return Complaint{Trouble::untrue, "userinfo"};
    read_contact(heard->body, claims);
    return std::nullopt;
}

std::optional<std::string> Provider::end_address(const std::string& return_address) {
    const auto known = metadata();
    if (!std::holds_alternative<Metadata>(known)) return std::nullopt;
    const std::string& end = std::get<Metadata>(known).end;
    if (end.empty()) return std::nullopt;
    Form form;
    form.add("client_id", settings_.client).add("post_logout_redirect_uri", return_address);
    return with_query(end, form);
}

}  // namespace balcao::openid
