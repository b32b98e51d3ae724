#include "api/call.hpp"

#include <algorithm>
#include <array>

#include "crypto/hash.hpp"
#include "http/negotiate.hpp"

namespace balcao::api {
namespace {

constexpr std::size_t depth_most = 8;
constexpr std::size_t key_least = 16;
constexpr std::size_t key_most = 255;

// The value of Idempotency-Key: a string of RFC 8941 in quotes, or bare, as many send it.
std::string_view key_in(std::string_view header) {
    if (header.size() >= 2 && header.front() == '"' && header.back() == '"')
        return header.substr(1, header.size() - 2);
    return header;
}

bool is_json(std::string_view type) {
    type = type.substr(0, type.find(';'));
    while (type.ends_with(' '))
        type.remove_suffix(1);
    constexpr std::string_view wanted = "application/json";
    return std::ranges::equal(type, wanted, {}, [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
}

const SchemaRef& key_shape() {
    static const SchemaRef shape =
        text("", {.least = static_cast<int>(key_least), .most = static_cast<int>(key_most)});
    return shape;
}

}  // namespace

text::Language language_of(const http::Request& request, const std::vector<std::string>& of_city) {
    std::vector<std::string_view> spoken;
    for (const std::string& code : of_city)
        if (text::parse_language(code)) spoken.emplace_back(code);
    for (const auto language : text::spoken_languages)
        spoken.push_back(text::code_of(language));
    const auto asked = http::choose_language(request.headers.joined("accept-language"), spoken);
    return text::parse_language(asked.value_or(spoken.front())).value_or(text::Language::en);
}

Shared::Shared(const Rooms& rooms, const Clock& by, const Settings& given)
    : office{rooms.office},
      staff{rooms.staff},
      bookings{rooms.bookings},
      devices{rooms.devices},
      cases{rooms.cases},
      clock{by},
      settings{given},
      links{given.installation},
      case_links{given.installation},
      live{given.look_again},
      workers{2, 64} {
    office.listen(
        [this](const office::Happened& happened) { live.changed(happened.hall.layout().site().key); });
    cases.listen([this](const balcao::cases::CaseNumber& number) { live.changed(number); });
    if (settings.foresight != nullptr)
        settings.foresight->listen([this](const model::SiteKey& site) { live.changed(site); });
}

std::shared_ptr<const office::SiteOutlook> Shared::outlook(const model::SiteKey& site) const {
    auto outlook = settings.foresight != nullptr ? settings.foresight->of(site) : nullptr;
    return outlook != nullptr && outlook->date == now().date ? outlook : nullptr;
}

Call::Call(Shared& shared, const Operation& operation, http::Reply reply)
    : shared_{shared},
      operation_{operation},
      reply_{std::move(reply)},
      words_{language_of(reply_.request(), shared.office.model().languages)} {}

bool Call::admit() { return read_site() && know_who() && read_query() && read_body(); }

bool Call::read_site() {
    const auto named = request().parameters.find("site");
    if (!named) return true;
    layout_ = shared_.office.layout(model::SiteKey{std::string{*named}});
    if (layout_ != nullptr) return true;
    refuse(404);
    return false;
}

std::string_view Call::token() const {
    constexpr std::string_view scheme = "Bearer ";
    const auto header = request().header("authorization");
    return header.starts_with(scheme) ? header.substr(scheme.size()) : std::string_view{};
}

bool Call::know_machine() {
    constexpr std::size_t length = 43;  // as Devices::new_secret makes them
    if (token().size() == length) return true;
    auto problem = problem_of_status(401, words_);
    problem.detail = words_("Ask for a secret first, and send it as Authorization: Bearer.");
    refuse(problem);
    return false;
}

// By whom is looked at where the body is read; without a signature there is nothing to look at.
bool Call::is_signed() {
    if (!request().header("balcao-signature").empty()) return true;
    refuse(Problem{.name = "report-unsigned",
                   .status = 401,
                   .detail = words_("Sign it in the header Balcao-Signature: t=SECONDS,v1=HMAC."),
                   .challenge = "Balcao-Signature"});
    return false;
}

bool Call::know_who() {
    if (operation_.who == Who::machine) return know_machine();
    if (operation_.who == Who::entity) return is_signed();
    if (operation_.who != Who::staff) return true;
    if (!token().empty()) session_ = shared_.staff.session(token());
    if (!session_) {
        refuse(401);
        return false;
    }
    if (!operation_.permission) return true;
    const staff::Where where = layout_ != nullptr ? staff::Where{layout_->site().key} : staff::Where{};
    if (shared_.staff.may(session_->account, *operation_.permission, where)) return true;
    if (session_->is_second_factor_due && staff::is_strong(*operation_.permission))
        refuse(Problem{.name = "second-factor-due",
                       .status = 403,
                       .detail = words_("To do this, set up a second factor in your account first.")});
    else
        refuse(403);
    return false;
}

bool Call::read_query() {
    std::vector<Fault> faults;
    for (const auto& field : request().query) {
        const auto known = std::ranges::find(operation_.query, field.name, &Member::name);
        const std::string pointer = "?" + field.name;
        if (known == operation_.query.end()) {
            faults.push_back({pointer, Fault::Kind::unknown, nullptr});
            continue;
        }
        for (auto& fault : faults_of_text(known->schema, field.value, pointer))
            faults.push_back(std::move(fault));
    }
    for (const auto& member : operation_.query)
        if (member.is_needed && !request().query.has(member.name))
            faults.push_back({"?" + member.name, Fault::Kind::missing, member.schema});
    if (const auto sent = request().headers.find("idempotency-key")) {
        for (auto& fault : faults_of_text(key_shape(), key_in(*sent), "?Idempotency-Key"))
            faults.push_back(std::move(fault));
    }
    if (faults.empty()) return true;
    refuse(problem_of_faults(std::move(faults), words_));
    return false;
}

bool Call::read_body() {
    const std::string& sent = request().body;
    const bool is_empty = sent.empty();
    if (operation_.body == nullptr) {
        if (is_empty) return true;
        refuse(problem_of_faults({{"", Fault::Kind::unknown, nullptr}}, words_));
        return false;
    }
    if (is_empty && operation_.may_lack_body) return true;
    if (!is_json(request().header("content-type"))) {
        refuse(415);
        return false;
    }
    auto parsed = depth_of(sent) <= depth_most ? text::Json::parse(sent, "body")
                                               : Result<text::Json>{Error{Errc::invalid, "too deep"}};
    if (!parsed) {
        auto problem = problem_of_status(400, words_);
        problem.detail = parsed.error().what == "too deep"
                             ? words_("The JSON is nested too deep: at most {most} levels.",
                                      {{"most", std::to_string(depth_most)}})
                             : words_("This is not JSON: {what}", {{"what", parsed.error().what}});
        refuse(problem);
        return false;
    }
    body_ = *std::move(parsed);
    auto faults = faults_of(operation_.body, body_->root());
    if (faults.empty()) return true;
    refuse(problem_of_faults(std::move(faults), words_));
    return false;
}

std::string Call::key() const {
    const auto sent = request().headers.find("idempotency-key");
    if (!sent) return "api/" + crypto::random_name();
    // Whoever asks something else, or is somebody else, means another command.
    const std::string who = session_                         ? session_->account.text()
                            : operation_.who == Who::machine ? std::string{token()}
                                                             : std::string{};
    return "api/" +
           crypto::to_hex(crypto::bytes_of(crypto::sha256(
               {operation_.id, "\n", request().path, "\n", who, "\n", key_in(*sent), "\n", request().body})));
}

void Call::answer(http::Response response) {
    response.headers.set("Content-Language", std::string{words_.code()});
    reply_.send(std::move(response));
}

void Call::answer(std::string json) { answer(http::Response::json(std::move(json), operation_.status)); }

void Call::answer_nothing() { answer(http::Response::no_content()); }

http::EventStream Call::stream() { return reply_.stream(); }

void Call::refuse(const Problem& problem) { reply_.send(response_of(problem, words_)); }

void Call::refuse(const booking::Refusal& refusal) {
    refuse(problem_of(refusal, shared_.office.zone(), words_));
}

void Call::refuse(const staff::Refusal& refusal) {
    refuse(problem_of(refusal, shared_.office.zone(), words_, shared_.clock.now()));
}

void Call::refuse(const device::Refusal& refusal) { refuse(problem_of(refusal, words_)); }

void Call::refuse(const cases::Refusal& refusal) {
    refuse(problem_of(refusal, shared_.office.zone(), words_));
}

void Call::refuse(const assist::Refusal& refusal) { refuse(problem_of(refusal, words_)); }

void Call::refuse(const pay::Refusal& refusal) { refuse(problem_of(refusal, words_)); }

void Call::refuse(const edition::Refusal& refusal) {
    const auto now = shared_.settings.editions != nullptr ? shared_.settings.editions->in_force()
                                                          : std::optional<edition::InForce>{};
    refuse(problem_of(refusal, now ? now->entry.number : 0, words_));
}

void Call::refuse_member(const std::string& pointer, Fault::Kind kind, const SchemaRef& schema) {
    refuse(problem_of_faults({{pointer, kind, schema}}, words_));
}

}  // namespace balcao::api
