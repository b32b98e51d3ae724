#include "api/problem.hpp"

#include <algorithm>

#include "front/assist_words.hpp"
#include "front/case_words.hpp"
#include "front/change_plan.hpp"
#include "front/fee_words.hpp"
#include "front/refusal.hpp"

namespace balcao::api {
namespace {

void member(text::JsonWriter& json, std::string_view name, const std::optional<Instant>& at) {
    if (at) json.member(name, format_instant(at->time_since_epoch().count()));
}

// The same for every problem of one status (RFC 9457, 3.1.3).
const char* title_of(int status) {
    switch (status) {
        case 401:
            return "Sign in first";
        case 403:
            return "Not allowed";
        case 404:
            return "There is no such thing";
        case 405:
            return "Not done with this method";
        case 409:
            return "Not possible as things are now";
        case 412:
            return "Somebody else was faster";
        case 413:
            return "Too large";
        case 415:
            return "Not JSON";
        case 422:
            return "Something in it is not right";
        case 428:
            return "Say which version you saw";
        case 429:
            return "Too many at once";
        case 503:
            return "Not possible right now";
        default:
            return status >= 500 ? "A mistake on our side" : "The request cannot be read";
    }
}

std::string joined(const std::vector<std::string>& all) {
    std::string text;
    for (const auto& one : all)
        text += (text.empty() ? "" : ", ") + one;
    return text;
}

std::string count_of(const std::optional<std::int64_t>& count) { return std::to_string(count.value_or(0)); }

}  // namespace

const std::vector<OwnProblem>& own_problems() {
    static const std::vector<OwnProblem> all{
        {"unreadable", 400},
        {"not-signed-in", 401},
        {"not-allowed", 403},
        {"not-found", 404},
        {"wrong-method", 405},
        {"too-slow", 408},
        {"not-in-the-log-yet", 503},
        {"too-large", 413},
        {"not-json", 415},
        {"mistakes", 422},
        {"too-many", 429},
        {"internal", 500},
        {"unavailable", 503},
        {"no-letters", 409},
        {"second-factor-due", 403},
        {"version-needed", 428},
        {"in-the-way", 409},
        {"not-waiting", 409},
        {"no-third-notice", 409},
        {"not-a-kiosk", 409},
        {"question-open", 409},
        {"report-no-secret", 401},
        {"report-unsigned", 401},
        {"report-too-old", 401},
        {"report-not-signed-so", 401},
        {"report-unreadable", 422},
    };
    return all;
}

std::string text_of(const Fault& fault, const Words& words) {
    const auto count = [&](const std::optional<std::int64_t>& number) { return count_of(number); };
    switch (fault.kind) {
        case Fault::Kind::missing:
            return words("This is missing.");
        case Fault::Kind::unknown:
            return words("This is not known here. Leave it out.");
        case Fault::Kind::not_text:
            return words("Give a text.");
        case Fault::Kind::not_whole:
            return words("Give a whole number.");
        case Fault::Kind::not_number:
            return words("Give a number.");
        case Fault::Kind::not_truth:
            return words("Give true or false.");
        case Fault::Kind::not_list:
            return words("Give a list.");
        case Fault::Kind::not_object:
            return words("Give an object.");
        case Fault::Kind::too_short:
            return words("This is too short: at least {least}.", {{"least", count(fault.schema->least)}});
        case Fault::Kind::too_long:
            return words("This is too long: at most {most}.", {{"most", count(fault.schema->most)}});
        case Fault::Kind::too_few:
            return words("Give at least {least}.", {{"least", count(fault.schema->least)}});
        case Fault::Kind::too_many:
            return words("Give at most {most}.", {{"most", count(fault.schema->most)}});
        case Fault::Kind::out_of_range:
            return words("Give a whole number from {least} to {most}.",
                         {{"least", count(fault.schema->least)}, {"most", count(fault.schema->most)}});
        case Fault::Kind::not_one_of:
            return words("Give one of: {words}.", {{"words", joined(fault.schema->any)}});
        case Fault::Kind::not_date:
            return words("Give a date, as in 2026-11-24.");
        case Fault::Kind::not_instant:
            return words("Give a moment with its zone, as in 2026-11-24T09:30:00Z.");
        case Fault::Kind::said:
            return fault.words;
    }
    return {};
}

Problem problem_of(const office::Refusal& refusal, const office::Layout& layout, const Words& words) {
    Problem problem{.name = std::string{office::name_of(refusal.reason)},
                    .status = front::status_of(refusal),
                    .detail = front::refusal_text(refusal, layout, words)};
    problem.now = [refusal](text::JsonWriter& json) {
        if (refusal.number) json.member("number", refusal.number->value);
        if (refusal.desk) json.member("desk", office::to_string(*refusal.desk));
        if (!refusal.state.empty()) json.member("state", refusal.state);
        if (!refusal.service.empty()) json.member("service", refusal.service.text());
    };
    return problem;
}

Problem problem_of(const booking::Refusal& refusal, const Zone& zone, const Words& words) {
    Problem problem{.name = std::string{booking::name_of(refusal.reason)},
                    .status = front::status_of(refusal),
                    .detail = front::refusal_text(refusal, zone, words)};
    problem.now = [refusal](text::JsonWriter& json) {
        member(json, "start", refusal.start);
        member(json, "when", refusal.when);
        if (refusal.next) member(json, "next_free", refusal.next->start);
    };
    return problem;
}

Problem problem_of(const staff::Refusal& refusal, const Zone& zone, const Words& words, Instant now) {
    Problem problem{.name = std::string{staff::name_of(refusal.reason)},
                    .status = front::status_of(refusal),
                    .detail = front::refusal_text(refusal, zone, words)};
    problem.now = [refusal](text::JsonWriter& json) { member(json, "until", refusal.until); };
    constexpr int too_many_requests = 429;
    if (problem.status == too_many_requests && refusal.until)
        problem.wait =
            std::max(std::chrono::seconds{1}, std::chrono::ceil<std::chrono::seconds>(*refusal.until - now));
    return problem;
}

Problem problem_of(const device::Refusal& refusal, const Words& words) {
    return {.name = std::string{device::name_of(refusal.reason)},
            .status = front::status_of(refusal),
            .detail = front::refusal_text(refusal, words)};
}

Problem problem_of(const cases::Refusal& refusal, const Zone& zone, const Words& words) {
    Problem problem{.name = std::string{cases::name_of(refusal.reason)},
                    .status = front::status_of(refusal),
                    .detail = front::refusal_text(refusal, zone, words)};
    if (refusal.state || refusal.number)
        problem.now = [refusal](text::JsonWriter& json) {
            if (refusal.state) json.member("state", cases::name_of(*refusal.state));
            if (refusal.number) json.member("case", to_text(*refusal.number));
        };
    return problem;
}

Problem problem_of(const pay::Refusal& refusal, const Words& words) {
    return {.name = std::string{pay::name_of(refusal.reason)},
            .status = front::status_of(refusal),
            .detail = front::refusal_text(refusal, words)};
}

Problem problem_of(const assist::Refusal& refusal, const Words& words) {
    Problem problem{.name = std::string{assist::name_of(refusal.reason)},
                    .status = front::status_of(refusal),
                    .detail = front::refusal_text(refusal, words)};
    problem.now = [refusal](text::JsonWriter& json) {
        if (!refusal.step.empty()) json.member("step", refusal.step.text());
        if (refusal.state) json.member("state", assist::name_of(*refusal.state));
        if (refusal.side) json.member("driver", assist::name_of(*refusal.side));
        if (refusal.now) json.member("hash", refusal.now->hash);
        member(json, "when", refusal.when);
    };
    return problem;
}

Problem problem_of(const edition::Refusal& refusal, edition::Number in_force, const Words& words) {
    Problem problem{.name = std::string{edition::name_of(refusal.reason)},
                    .status = front::status_of(refusal),
                    .detail = front::refusal_text(refusal, words)};
    for (const auto& remark : refusal.remarks)
        if (remark.severity == model::Severity::mistake)
            problem.faults.push_back({"", Fault::Kind::said, nullptr, remark.what.in(words.code())});
    if (in_force > 0)
        problem.now = [in_force](text::JsonWriter& json) {
            json.member("version", static_cast<std::int64_t>(in_force));
        };
    return problem;
}

Problem problem_of_status(int status, const Words& words) {
    switch (status) {
        case 401:
            return {.name = "not-signed-in",
                    .status = status,
                    .detail = words("Sign in, and send the token as Authorization: Bearer."),
                    .challenge = "Bearer realm=\"balcao\""};
        case 403:
            return {
                .name = "not-allowed",
                .status = status,
                .detail = words("Your account may not do this. Ask who manages the people of your site.")};
        case 404:
            return {.name = "not-found",
                    .status = status,
                    .detail = words("Nothing is at this address. A link may have ended, or is not whole.")};
        case 405:
            return {.name = "wrong-method",
                    .status = status,
                    .detail = words("The header Allow says what this address takes.")};
        case 428:
            return {.name = "version-needed",
                    .status = status,
                    .detail = words("Read the model first, and send its ETag as If-Match.")};
        case 408:
            return {.name = "too-slow",
                    .status = status,
                    .detail = words("The request took too long to arrive. Send it again.")};
        case 413:
            return {.name = "too-large", .status = status, .detail = words("What was sent is too large.")};
        case 415:
            return {.name = "not-json",
                    .status = status,
                    .detail = words("Send JSON, with Content-Type: application/json.")};
        case 503:
            return {
                .name = "unavailable",
                .status = status,
                .detail = words("This cannot be done right now. Nothing was lost; try again in a moment.")};
        default:
            return status >= 500
                       ? Problem{.name = "internal",
                                 .status = 500,
                                 .detail = words("Something went wrong on our side. Try again in a moment.")}
                       : Problem{.name = "unreadable",
                                 .status = status,
                                 .detail = words("The request could not be read.")};
    }
}

Problem problem_of_faults(std::vector<Fault> faults, const Words& words) {
    constexpr int unprocessable = 422;
    return {.name = "mistakes",
            .status = unprocessable,
            .detail = words("Each mistake is named with its cure."),
            .faults = std::move(faults)};
}

http::Response response_of(const Problem& problem, const Words& words) {
    std::string out;
    {
        text::JsonWriter json{out};
        json.begin_object();
        json.member("type", std::string{type_prefix} + problem.name);
        json.member("title", words(title_of(problem.status)));
        json.member("status", problem.status);
        if (!problem.detail.empty()) json.member("detail", problem.detail);
        if (!problem.faults.empty()) {
            json.key("errors").begin_array();
            for (const auto& fault : problem.faults) {
                json.begin_object();
                if (fault.pointer.starts_with('?'))
                    json.member("parameter", fault.pointer.substr(1));
                else
                    json.member("pointer", "#" + fault.pointer);
                json.member("detail", text_of(fault, words)).end();
            }
            json.end();
        }
        if (problem.now) {
            std::string inner;
            json.key("now").begin_object();
            problem.now(json);
            json.end();
        }
        json.end();
    }
    auto response = http::Response::problem(problem.status, std::move(out));
    response.headers.set("Content-Language", std::string{words.code()});
    response.headers.set("Cache-Control", "no-store");
    constexpr int unavailable = 503;
    constexpr std::chrono::seconds soon{2};
    const auto wait =
        problem.status == unavailable ? std::optional{problem.wait.value_or(soon)} : problem.wait;
    if (wait) response.headers.set("Retry-After", std::to_string(wait->count()));
    if (!problem.challenge.empty()) response.headers.set("WWW-Authenticate", problem.challenge);
    return response;
}

}  // namespace balcao::api
