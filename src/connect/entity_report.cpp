#include "connect/entity_report.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/moment.hpp"
#include "base/utf8.hpp"
#include "crypto/hash.hpp"
#include "crypto/hmac.hpp"
#include "crypto/keys.hpp"
#include "text/json.hpp"

namespace balcao::connect {
namespace {

using cases::Report;
using text::JsonView;

constexpr std::size_t report_id_bytes_most = 128;

struct ReportSignature {
    std::int64_t seconds = 0;
    std::vector<std::string_view> macs{};  // hexadecimal
};

// "t=1795165200,v1=…"; more than one v1 may stand there, and what is not known is passed over.
std::optional<ReportSignature> parse_signature(std::string_view header) {
    ReportSignature signature;
    bool has_time = false;
    for (std::size_t from = 0; from < header.size();) {
        const auto end = std::min(header.find(',', from), header.size());
        auto part = header.substr(from, end - from);
        while (part.starts_with(' '))
            part.remove_prefix(1);
        from = end + 1;
        if (part.starts_with("v1=")) signature.macs.push_back(part.substr(3));
        if (!part.starts_with("t=")) continue;
        part.remove_prefix(2);
        const auto read = std::from_chars(part.data(), part.data() + part.size(), signature.seconds);
        if (has_time || read.ec != std::errc{} || read.ptr != part.data() + part.size()) return std::nullopt;
        has_time = true;
    }
    if (!has_time || signature.macs.empty()) return std::nullopt;
    return signature;
}

std::string mac_of(std::string_view secret, std::int64_t seconds, std::string_view body) {
    const std::string message = std::to_string(seconds) + "." + std::string{body};
    return crypto::to_hex(crypto::bytes_of(crypto::hmac_sha256(secret, message)));
}

bool is_signed_by(std::string_view secret, const ReportSignature& signature, std::string_view body) {
    const std::string mac = mac_of(secret, signature.seconds, body);
    return std::any_of(signature.macs.begin(), signature.macs.end(),
                       [&](std::string_view one) { return crypto::is_equal_in_constant_time(mac, one); });
}

std::optional<Report::Word> parse_word(std::string_view state) {
    if (state == "concluded") return Report::Word::concluded;
    if (state == "denied") return Report::Word::denied;
    if (state == "citizen_needed") return Report::Word::citizen_needed;
    return std::nullopt;
}

std::string text_of(JsonView object, std::string_view member) {
    return std::string{object[member].as_text().value_or(std::string_view{})};
}

// A member that is there is of the kind that it should be.
bool is_text_or_none(JsonView object, std::string_view member) {
    return !object[member].exists() || object[member].as_text().has_value();
}

std::optional<EntityReport> read_body(const model::EntityKey& entity, std::string_view body) {
    const auto json = text::Json::parse(body, "report");
    if (!json) return std::nullopt;
    const JsonView object = json->root();
    EntityReport read;
    const auto word = parse_word(text_of(object, "state"));
    const std::string id = text_of(object, "id");
    const bool is_whole = object.is_object() && word && !id.empty() && id.size() <= report_id_bytes_most &&
                          cases::from_text(text_of(object, "case"), read.step.number) &&
                          is_text_or_none(object, "text") && is_text_or_none(object, "until");
    read.step.step = cases::StepKey{text_of(object, "step")};
    read.report.reference = text_of(object, "reference");
    if (!is_whole || read.step.step.empty() || read.report.reference.empty()) return std::nullopt;
    read.report.word = *word;
    read.report.text = text_of(object, "text");
    if (const std::string until = text_of(object, "until"); !until.empty()) {
        const auto moment = parse_moment(until);
        if (!moment) return std::nullopt;
        read.report.until = *moment;
    }
    if (*word == Report::Word::citizen_needed && (read.report.text.empty() || read.report.until == Instant{}))
        return std::nullopt;
    if (*word == Report::Word::denied && read.report.text.empty()) return std::nullopt;
    read.key =
        "report/" + crypto::to_hex(crypto::bytes_of(crypto::sha256({entity.text(), "\n", id}))).substr(0, 40);
    return read;
}

}  // namespace

std::string_view name_of(ReportFault fault) {
    constexpr std::array<std::string_view, 5> names{"no-secret", "unsigned", "too-old", "not-signed-so",
                                                    "unreadable"};
    return names.at(static_cast<std::size_t>(fault));
}

std::string report_signature(std::string_view secret, Instant at, std::string_view body) {
    const auto seconds =
        static_cast<std::int64_t>(std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count());
    return "t=" + std::to_string(seconds) + ",v1=" + mac_of(secret, seconds, body);
}

std::variant<EntityReport, ReportFault> read_report(const ReportPosted& posted,
                                                    const std::vector<std::string>& secrets,
                                                    Instant now) {
    if (secrets.empty()) return ReportFault::no_secret;
    const auto signature = parse_signature(posted.signature);
    if (!signature) return ReportFault::unsigned_;
    const bool is_ours = std::any_of(secrets.begin(), secrets.end(), [&](const std::string& secret) {
        return !secret.empty() && is_signed_by(secret, *signature, posted.body);
    });
    if (!is_ours) return ReportFault::not_signed_so;
    const auto said = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    constexpr std::int64_t apart_most = std::chrono::seconds{report_age_most}.count();
    if (signature->seconds < said - apart_most || signature->seconds > said + apart_most)
        return ReportFault::too_old;
    if (posted.body.size() > report_bytes_most || find_invalid_utf8(posted.body))
        return ReportFault::unreadable;
    auto read = read_body(posted.entity, posted.body);
    if (!read) return ReportFault::unreadable;
    return *std::move(read);
}

bool is_of_entity(const EntityReport& report, const model::EntityKey& entity, const cases::Case& whole) {
    const cases::Step* step = whole.find(report.step.step);
    return whole.number == report.step.number && step != nullptr && step->asked.entity == entity;
}

}  // namespace balcao::connect
