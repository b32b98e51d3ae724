#include "stand_in/stand_in.hpp"

#include <mutex>
#include <set>
#include <utility>

#include "base/moment.hpp"
#include "crypto/hash.hpp"
#include "crypto/hmac.hpp"
#include "crypto/keys.hpp"
#include "http/client.hpp"
#include "http/server.hpp"
#include "http/uri.hpp"
#include "random/stream.hpp"
#include "stand_in/answers.hpp"
#include "stand_in/later.hpp"
#include "text/json.hpp"
#include "text/number.hpp"

namespace balcao::stand_in {
namespace {

using http::Reply;
using http::Request;
using http::Response;
using std::chrono::milliseconds;
using std::chrono::seconds;
using text::Json;
using text::JsonView;
using Steady = std::chrono::steady_clock;

constexpr std::size_t listed_at_once = 100;
constexpr std::size_t key_bytes_most = 128;
constexpr milliseconds look_again{20};  // whether who waits for nothing has gone
constexpr seconds silence_most{60};     // then the line is let go of
constexpr seconds report_again{5};      // a report that did not arrive
constexpr int reports_most = 120;       // and how often
constexpr std::string_view json_type = "application/json";
constexpr std::string_view event_type = "application/cloudevents+json";

// One entity: its books and how it goes with it.
struct Desk {
    Desk(Kind kind, const Habits& its_habits) : habits{its_habits}, books{kind, its_habits} {}

    Habits habits;
    Books books;
    std::uint64_t drawn = 0;
    Steady::time_point fails_until{};
    Failing how = Failing::busy;
    bool was_asked = false;
};

// What goes wrong with one request, by the dice.
struct Luck {
    bool is_busy = false;
    bool is_lost = false;
    milliseconds slow{};
};

bool has_type(const Request& request, std::string_view type) {
    const auto said = request.header("content-type");
    return said.substr(0, said.find(';')) == type;
}

std::string decoded_header(const Request& request, std::string_view name) {
    return http::percent_decode(request.header(name)).value_or("");
}

Response with_wait(Response response, seconds wait) {
    response.headers.set("Retry-After", std::to_string(std::max<std::int64_t>(1, wait.count())));
    return response;
}

// Keeps the line without a word until its asker has gone.
Later::Task silence(Reply reply) {
    auto kept = std::make_shared<Reply>(std::move(reply));
    return [kept, until = Steady::now() + silence_most]() -> std::optional<milliseconds> {
        if (kept->is_gone() || Steady::now() > until) return std::nullopt;
        return look_again;
    };
}

}  // namespace

struct StandIn::Core {
    Core(Settings its_settings, const Clock& its_clock)
        : settings{std::move(its_settings)}, clock{its_clock} {
        for (const Kind kind : settings.kinds) {
            const auto own = settings.habits.find(kind);
            desks.emplace(kind, Desk{kind, own == settings.habits.end() ? usual_habits(kind) : own->second});
        }
    }

    http::Router routes();
    void post(Kind kind, const Request& request, Reply reply);
    void get(Kind kind, const Request& request, Reply reply);
    void take_letter(const Request& request, Reply reply);
    void control(Kind kind, const Request& request, Reply reply);

    std::optional<Response> hindrance(const Request& request) const;
    // `begins`: it is asked to do something, from the first of which it may fail for a while.
    std::optional<Failing> failing(Kind kind, seconds& left, bool begins);
    Luck draw(Kind kind);
    std::variant<Asked, Response> read(Kind kind, const Request& request) const;
    std::variant<Asked, Response> read_event(const Request& request) const;
    Response taken(Kind kind, const Asked& asked);
    void conclude_later(Kind kind, const Effect& effect);
    std::optional<milliseconds> report(const Effect& effect,
                                       const std::string& city,
                                       const std::shared_ptr<int>& tries) const;
    std::vector<LedgerLine> ledger() const;

    Settings settings;  // `callback` is guarded
    const Clock& clock;
    mutable std::mutex mutex;
    std::map<Kind, Desk> desks;
    std::vector<Letter> letters;
    Later answers;
    Later reports;
    std::unique_ptr<http::Server> server;
};

// Who may ask at all.
std::optional<Response> StandIn::Core::hindrance(const Request& request) const {
    if (settings.token.empty() || request.header("authorization") == "Bearer " + settings.token ||
        request.header("x-api-key") == settings.token)
        return std::nullopt;
    return answer_of(Wrong{401, "unknown-here", "Send Authorization: Bearer and the token."});
}

std::optional<Failing> StandIn::Core::failing(Kind kind, seconds& left, bool begins) {
    const std::lock_guard lock{mutex};
    Desk& desk = desks.at(kind);
    const auto now = Steady::now();
    const auto first = settings.fails_first.find(kind);
    ++desk.books.requests;
    if (begins && !std::exchange(desk.was_asked, true) && first != settings.fails_first.end()) {
        desk.fails_until = now + first->second.length;
        desk.how = first->second.how;
    }
    if (now >= desk.fails_until) return std::nullopt;
    left = std::chrono::ceil<seconds>(desk.fails_until - now);
    return desk.how;
}

Luck StandIn::Core::draw(Kind kind) {
    const std::lock_guard lock{mutex};
    Desk& desk = desks.at(kind);
    const auto stream = random::Stream::of({settings.seed, 0}, random::hash_text(name_of(kind)), 1);
    random::Draws draws{stream, desk.drawn++};
    Luck luck;
    luck.is_busy = draws.chance(desk.habits.is_busy);
    luck.is_lost = draws.chance(desk.habits.loses_answers);
    luck.slow = milliseconds{
        static_cast<std::int64_t>(draws.uniform() * static_cast<double>(desk.habits.slowest.count()))};
    return luck;
}

std::variant<Asked, Response> StandIn::Core::read_event(const Request& request) const {
    if (!has_type(request, event_type))
        return answer_of(Wrong{415, "no-event", "Send application/cloudevents+json."});
    const auto json = Json::parse(request.body, "event");
    if (!json) return answer_of(Wrong{400, "unreadable", "What was sent is no JSON."});
    const JsonView event = json->root();
    const auto text = [&](std::string_view member) {
        return std::string{event[member].as_text().value_or(std::string_view{})};
    };
    Asked asked;
    asked.key = text("id");
    asked.service = text("service");
    const std::string subject = text("subject");
    asked.number = subject.substr(0, subject.find('/'));
    asked.step = subject.substr(std::min(subject.find('/') + 1, subject.size()));
    asked.entity = decoded_header(request, "balcao-entity");
    const std::string type = text("type");
    const bool is_event = text("specversion") == "1.0" && !text("source").empty() &&
                          event["data"].is_object() && !asked.key.empty() &&
                          asked.key.size() <= key_bytes_most;
    if (!is_event || (type != "city.balcao.request.deliver" && type != "city.balcao.request.undo"))
        return answer_of(Wrong{422, "no-such-event", "Send a request as an event of CloudEvents 1.0."});
    if (type.ends_with(".undo")) {
        asked.errand = Errand::undo;
        asked.undoes = event["data"]["reference"].as_text().value_or(std::string_view{});
    }
    return asked;
}

// A request without what makes it one is refused, and leaves nothing.
std::variant<Asked, Response> StandIn::Core::read(Kind kind, const Request& request) const {
    const Habits& habits = desks.at(kind).habits;
    if (habits.takes_events) return read_event(request);
    if (!has_type(request, json_type)) return answer_of(Wrong{415, "no-json", "Send application/json."});
    const auto json = Json::parse(request.body, "request");
    if (!json || !json->root().is_object())
        return answer_of(Wrong{400, "unreadable", "Send one object of JSON."});
    Asked asked;
    asked.key = decoded_header(request, "idempotency-key");
    if ((asked.key.empty() && (habits.knows_keys || habits.can_be_asked)) ||
        asked.key.size() > key_bytes_most)
        return answer_of(Wrong{400, "no-key", "Send Idempotency-Key, at most 128 bytes."});
    asked.entity = decoded_header(request, "balcao-entity");
    asked.number = decoded_header(request, "balcao-case");
    asked.step = decoded_header(request, "balcao-step");
    asked.service = decoded_header(request, "balcao-service");
    asked.content = crypto::to_hex(crypto::bytes_of(crypto::sha256({request.body})));
    if (const auto reference = request.parameters.find("reference")) {
        asked.errand = Errand::undo;
        asked.undoes = *reference;
    }
    return asked;
}

Response StandIn::Core::taken(Kind kind, const Asked& asked) {
    const bool concludes = settings.concludes_after == milliseconds{};
    std::variant<Effect, No> done = No::not_here;
    bool is_new = false;
    {
        const std::lock_guard lock{mutex};
        Books& books = desks.at(kind).books;
        const auto before = books.effects().size();
        done = books.take(asked, clock.now(), concludes);
        is_new = books.effects().size() > before;
    }
    if (const auto* effect = std::get_if<Effect>(&done)) {
        if (is_new) conclude_later(kind, *effect);
        return answer_of(*effect, asked.key, is_new ? 201 : 200);
    }
    switch (std::get<No>(done)) {
        case No::other_content:
            return answer_of(
                Wrong{409, "other-content", "This key came with something else before.", asked.key});
        case No::not_here:
            return answer_of(Wrong{404, "not-here", "Nothing here has that reference.", asked.key});
        case No::not_taken_back:
            return answer_of(Wrong{422, "not-taken-back", "Nothing is taken back here.", asked.key});
    }
    return answer_of(Wrong{500, "lost", "This cannot happen."});
}

void StandIn::Core::post(Kind kind, const Request& request, Reply reply) {
    if (auto wrong = hindrance(request)) return reply.send(*std::move(wrong));
    seconds left{};
    if (const auto how = failing(kind, left, true)) {
        if (*how == Failing::silent) return answers.in({}, silence(std::move(reply)));
        if (*how == Failing::error)
            return reply.send(answer_of(Wrong{500, "failing", "It fails, as it was told to."}));
        return reply.send(with_wait(answer_of(Wrong{503, "failing", "It fails, as it was told to."}), left));
    }
    const Luck luck = draw(kind);
    if (luck.is_busy)
        return reply.send(with_wait(answer_of(Wrong{503, "busy", "Come again a little later."}), seconds{1}));
    const auto read_so = read(kind, request);
    Response response = std::holds_alternative<Response>(read_so) ? std::get<Response>(read_so)
                                                                  : taken(kind, std::get<Asked>(read_so));
    if (luck.is_lost) return answers.in({}, silence(std::move(reply)));
    if (luck.slow == milliseconds{}) return reply.send(std::move(response));
    auto kept = std::make_shared<std::pair<Reply, Response>>(std::move(reply), std::move(response));
    answers.in(luck.slow, [kept]() -> std::optional<milliseconds> {
        kept->first.send(std::move(kept->second));
        return std::nullopt;
    });
}

void StandIn::Core::get(Kind kind, const Request& request, Reply reply) {
    if (auto wrong = hindrance(request)) return reply.send(*std::move(wrong));
    seconds left{};
    if (failing(kind, left, false))
        return reply.send(with_wait(answer_of(Wrong{503, "failing", "It fails, as it was told to."}), left));
    const auto key = request.query.find("key");
    const auto since = request.query.find("since");
    const std::lock_guard lock{mutex};
    const Desk& desk = desks.at(kind);
    if (!desk.habits.can_be_asked || (!key && !since))
        return reply.send(answer_of(Wrong{404, "no-such-page", "Nothing can be asked here."}));
    if (key) {
        const std::string name{*key};
        if (const Effect* effect = desk.books.find(name)) return reply.send(answer_of(*effect, name, 200));
        return reply.send(answer_of(Wrong{404, "absent", "Nothing came under this key.", name}));
    }
    const auto from = parse_moment(*since);
    const auto place = text::parse_whole_number(request.query.find("page").value_or("0"));
    if (!from || !place || *place < 0)
        return reply.send(answer_of(Wrong{400, "no-such-page", "since is a moment, page what next said."}));
    reply.send(list_of(desk.books.list(*from, static_cast<std::size_t>(*place), listed_at_once)));
}

void StandIn::Core::conclude_later(Kind kind, const Effect& effect) {
    const auto after = settings.concludes_after;
    if (effect.errand == Errand::undo || !after || *after == milliseconds{}) return;
    reports.in(*after,
               [this, kind, reference = effect.reference, tries = std::make_shared<int>(0),
                concluded = std::make_shared<std::optional<Effect>>()]() -> std::optional<milliseconds> {
                   std::string city;
                   {
                       const std::lock_guard lock{mutex};
                       if (!*concluded) *concluded = desks.at(kind).books.conclude(reference);
                       city = settings.callback;
                   }
                   if (!*concluded || city.empty()) return std::nullopt;
                   return report(**concluded, city, tries);
               });
}

// Tells the city, as docs/entities.md has it; again later where it did not arrive.
std::optional<milliseconds> StandIn::Core::report(const Effect& effect,
                                                  const std::string& city,
                                                  const std::shared_ptr<int>& tries) const {
    std::string body;
    {
        text::JsonWriter json{body};
        json.begin_object().member("id", effect.reference + "/concluded").member("case", effect.number);
        json.member("step", effect.step).member("reference", effect.reference);
        json.member("state", "concluded").member("stand_in", true).end();
    }
    const auto now = std::chrono::floor<seconds>(clock.now()).time_since_epoch().count();
    const auto mac = crypto::hmac_sha256(settings.token, std::to_string(now) + "." + body);
    http::Ask ask{.method = http::Method::post,
                  .url = city + "/api/v1/entities/" + http::percent_encode(effect.entity) + "/reports",
                  .body = body,
                  .timeout = seconds{5}};
    ask.headers.add("Content-Type", std::string{json_type});
    ask.headers.add("Balcao-Signature",
                    "t=" + std::to_string(now) + ",v1=" + crypto::to_hex(crypto::bytes_of(mac)));
    const auto answer = http::fetch(ask);
    // 4xx: the city has understood, and will not take it.
    const bool is_heard = answer && answer->status < 500 && answer->status != 429 && answer->status != 408;
    if (is_heard || ++*tries >= reports_most) return std::nullopt;
    return report_again;
}

void StandIn::Core::take_letter(const Request& request, Reply reply) {
    seconds left{};
    if (failing(Kind::mail, left, true))
        return reply.send(with_wait(answer_of(Wrong{503, "failing", "It fails, as it was told to."}), left));
    const auto json = Json::parse(request.body, "letter");
    const JsonView letter = json ? json->root() : JsonView{};
    const auto text = [&](std::string_view member) {
        return std::string{letter[member].as_text().value_or(std::string_view{})};
    };
    if (text("id").empty() || text("to").empty() || text("text").empty())
        return reply.send(answer_of(Wrong{422, "no-letter", "Send id, to, subject and text."}));
    {
        const std::lock_guard lock{mutex};
        letters.push_back({text("id"), text("to"), text("subject"), text("text")});
        Asked asked;
        asked.key = text("id");
        desks.at(Kind::mail).books.take(asked, clock.now(), false);
    }
    reply.send(Response::no_content());
}

void StandIn::Core::control(Kind kind, const Request& request, Reply reply) {
    const auto json = Json::parse(request.body, "control");
    const JsonView wish = json ? json->root() : JsonView{};
    const auto length = wish["fails_for"].as_number();
    const auto how = wish["how"].as_text().value_or("busy");
    const bool is_known = how == "busy" || how == "error" || how == "silent";
    if (!length || *length < 0 || *length > 86'400 || !is_known)
        return reply.send(answer_of(
            Wrong{422, "no-such-control", "Send {\"fails_for\": seconds, \"how\": busy, error or silent}."}));
    {
        const std::lock_guard lock{mutex};
        Desk& desk = desks.at(kind);
        desk.fails_until = Steady::now() + milliseconds{static_cast<std::int64_t>(*length * 1000)};
        desk.how = how == "busy" ? Failing::busy : how == "error" ? Failing::error : Failing::silent;
    }
    reply.send(Response::no_content());
}

std::vector<LedgerLine> StandIn::Core::ledger() const {
    std::vector<LedgerLine> lines;
    for (const auto& [kind, desk] : desks) {
        std::set<std::string_view> seen;
        for (const auto& effect : desk.books.effects()) {
            if (effect.key.empty())
                lines.push_back({kind, effect, 1});
            else if (seen.insert(effect.key).second)
                lines.push_back({kind, effect, desk.books.times(effect.key)});
        }
    }
    return lines;
}

http::Router StandIn::Core::routes() {
    http::Router router;
    for (const Kind kind : settings.kinds) {
        const std::string path = "/" + std::string{name_of(kind)};
        router.add(http::Method::post, "/control" + path, [this, kind](const Request& request, Reply reply) {
            control(kind, request, std::move(reply));
        });
        if (kind == Kind::mail) continue;
        for (const auto& pattern : {path, path + "/{reference}/undo"})
            router.add(http::Method::post, pattern, [this, kind](const Request& request, Reply reply) {
                post(kind, request, std::move(reply));
            });
        router.add(http::Method::get, path, [this, kind](const Request& request, Reply reply) {
            get(kind, request, std::move(reply));
        });
    }
    if (desks.contains(Kind::mail))
        router.add(http::Method::post, "/mail/letters",
                   [this](const Request& request, Reply reply) { take_letter(request, std::move(reply)); });
    router.add(http::Method::get, "/mail/letters", [this](const Request&, Reply reply) {
        const std::lock_guard lock{mutex};
        reply.send(letters_of(letters));
    });
    router.add(http::Method::get, "/ledger", [this](const Request&, Reply reply) {
        const std::lock_guard lock{mutex};
        std::vector<std::pair<Kind, std::size_t>> requests;
        for (const auto& [kind, desk] : desks)
            requests.emplace_back(kind, desk.books.requests);
        reply.send(ledger_of(ledger(), requests));
    });
    router.add(http::Method::get, "/", [this](const Request&, Reply reply) {
        const std::lock_guard lock{mutex};
        reply.send(page_of(ledger(), letters));
    });
    return router;
}

StandIn::StandIn(std::unique_ptr<Core> core) : core_{std::move(core)} {}

StandIn::~StandIn() {
    core_->answers.stop();
    core_->reports.stop();
    core_->server->stop(milliseconds{});
}

Result<std::unique_ptr<StandIn>> StandIn::start(Settings settings, const Clock& clock) {
    auto core = std::make_unique<Core>(std::move(settings), clock);
    http::Settings served;
    served.address = core->settings.address;
    served.port = core->settings.port;
    // An answer that is held back stays held back: a word of the server's would say that nothing was done.
    served.limits.reply_time = 2 * milliseconds{silence_most};
    served.hooks.before_send = [](const Request&, Response& response) {
        response.headers.set("Balcao-Stand-In", "nothing here is real");
    };
    BALCAO_TRY(core->server, http::Server::start(std::move(served), core->routes()));
    return std::unique_ptr<StandIn>{new StandIn{std::move(core)}};
}

std::uint16_t StandIn::port() const { return core_->server->port(); }

std::string StandIn::address(Kind kind) const {
    return "http://" + core_->settings.address + ":" + std::to_string(port()) + "/" +
           std::string{name_of(kind)};
}

void StandIn::report_to(const std::string& city) {
    const std::lock_guard lock{core_->mutex};
    core_->settings.callback = city;
}

void StandIn::fail(Kind kind, milliseconds length, Failing how) {
    const std::lock_guard lock{core_->mutex};
    Desk& desk = core_->desks.at(kind);
    desk.fails_until = Steady::now() + length;
    desk.how = how;
}

std::vector<LedgerLine> StandIn::ledger() const {
    const std::lock_guard lock{core_->mutex};
    return core_->ledger();
}

std::size_t StandIn::requests(Kind kind) const {
    const std::lock_guard lock{core_->mutex};
    return core_->desks.at(kind).books.requests;
}

std::vector<Letter> StandIn::letters() const {
    const std::lock_guard lock{core_->mutex};
    return core_->letters;
}

}  // namespace balcao::stand_in
