// The plain model of what is shown, confirmed and handed over.
#include "assist/comparison_test.hpp"

#include <algorithm>
#include <stdexcept>

namespace balcao::assist::town {
namespace {

// The same digits but for the last.
std::string mistyped(std::string code) {
    code.back() = code.back() == '0' ? '1' : '0';
    return code;
}

}  // namespace

// RapidCheck shows what an exception says, and makes the case smaller that led to it.
void Comparison::check(bool holds, const std::string& what) {
    if (!holds) throw std::runtime_error{what};
}

Comparison::Comparison(unsigned seed, Lived& lived) : lived_{lived}, world_{seed} {
    for (int number = 0; number < 2; ++number)
        servers_.push_back(std::make_unique<Server>(world_, number));
    servers_[1]->clock.pass(seconds{7});
    world_.meanwhile = [this](int server) { serve_meanwhile(server); };
    for (const bool is_practice : {false, true})
        plains_.push_back(opened(is_practice, 0));
}

Plain Comparison::opened(bool is_practice, int server) {
    const auto slip = sure(tried([&](const std::string& key) {
        return sessions(server).open(Town::opening({}, is_practice ? Purpose::practice : Purpose::real), key);
    }));
    Plain plain;
    plain.key = slip.session;
    plain.is_practice = is_practice;
    plain.until = sure(tried([&](const std::string&) { return sessions(server).outline(plain.key); })).until;
    plain.screen_code.text = slip.text;
    plain.screen_code.until = slip.until;
    plain.steps[0].is_known = plain.steps[1].is_known = true;
    secrets_.push_back(slip.text);
    return plain;
}

void Comparison::step(const Order& order) {
    world_.faults = {5, 5, 8, 4};
    busy_ = order.session;
    Plain& plain = plains_[static_cast<std::size_t>(order.session)];
    act(plain, order);
    world_.faults = {};
    check_glance(plain);
}

void Comparison::act(Plain& plain, const Order& order) {
    switch (order.verb) {
        case 0:
            return pass_time(order);
        case 1:
            return join(plain, order);
        case 2:
            return show(plain, order);
        case 3:
            return confirm(plain, order);
        case 4:
            return hand_over(plain, order);
        case 5:
            return end(plain, order);
        case 6:
            return stop_or_lift(plain, order);
        case 7:
            return teach(plain, order);
        case 8:
            return stand_in(plain, order);
        case 9:
            return move_on(plain, order);
        case 10:
            return go_home(plain, order);
        case 11:
            return new_code(plain, order);
        case 12:
            return look(plain, order);
        case 13:
            return say_here(plain, order);
        default:
            return go_on(plain, order);
    }
}

// The time of a decision: never before what has happened.
Instant Comparison::now(const Plain& plain, int server) const {
    const auto events = world_.disk.read(stream_of(plain.key), 0);
    return std::max(clock(server), events->back().at);
}

bool Comparison::goes_on(const Plain& plain, int server) const {
    return plain.stage == Plainly::under_way && !plain.is_disputed && now(plain, server) < plain.until;
}

bool Comparison::may_move(const Plain& plain, int server) const {
    return (plain.stage == Plainly::under_way || plain.stage == Plainly::kept) && !plain.is_disputed &&
           now(plain, server) < plain.until;
}

bool Comparison::is_here(const Plain& plain, int server) const {
    const auto& [screen, at] = plain.beats.at(static_cast<std::size_t>(server));
    const auto since = clock(server) - at;
    return !plain.screen.empty() && screen == plain.screen && since >= seconds{0} && since <= minutes{1};
}

bool Comparison::is_hand(const Plain& plain, int hand) {
    if (hand < 2) return plain.mediator == hand;
    return hand == 2 && !plain.screen.empty();
}

bool Comparison::may_drive(const Plain& plain, const Order& order) const {
    if (!is_hand(plain, order.hand) || !goes_on(plain, order.server)) return false;
    const bool is_mediator = order.hand < 2;
    if (plain.driver != (is_mediator ? Side::mediator : Side::citizen)) return false;
    return !is_mediator || is_here(plain, order.server);
}

bool Comparison::is_good(const PlainCode& code, int server) const {
    return !code.text.empty() && !code.is_void && !code.is_used && code.misses < 5 &&
           clock(server) < code.until;
}

std::string Comparison::secret_of(const Plain& plain, int hand) {
    if (hand == 2 && !plain.screen.empty()) return plain.screen;
    return hand == 3 && !plain.former_screen.empty() ? plain.former_screen : stranger;
}

Call Comparison::call_of(const Plain& plain, int hand, const std::string& key) {
    if (hand < 2) return {plain.key, ByMediator{mediators.at(static_cast<std::size_t>(hand))}, key};
    return {plain.key, ByScreen{secret_of(plain, hand)}, key};
}

ScreenCall Comparison::screen_of(const Plain& plain, int hand, const std::string& key) {
    return {plain.key, {secret_of(plain, hand)}, key};
}

// A command of the citizen's screen is a sign of life, whatever became of it.
void Comparison::heard(Plain& plain, int hand, int server) {
    if (hand == 2 && is_hand(plain, 2))
        plain.beats.at(static_cast<std::size_t>(server)) = {plain.screen, clock(server)};
}

// Somebody else is served between a decision and its writing, so that it is decided anew: a stranger in vain,
// and two people who break the glass, which is an event of the session and changes nothing that counts.
void Comparison::serve_meanwhile(int busy_server) {
    if (is_serving_) return;
    is_serving_ = true;
    const Faults before = world_.faults;
    world_.faults = {};
    const auto& plain = plains_[static_cast<std::size_t>(busy_)];
    Sessions& other = sessions(1 - busy_server);
    check(std::holds_alternative<Refusal>(other.hand_over({plain.key, ByScreen{stranger}, {}})),
          "a stranger hands nothing over");
    if (!plain.is_over())
        static_cast<void>(other.break_glass(
            {plain.key, MediatorKey{"eva"}, MediatorKey{"auditor"}, GlassReason::to_put_right, {}}));
    world_.faults = before;
    is_serving_ = false;
}

void Comparison::pass_time(const Order& order) {
    static const std::array<std::chrono::milliseconds, 8> lengths{
        seconds{10}, seconds{10}, seconds{61}, minutes{11}, hours{2}, seconds{-20}, minutes{-30}, hours{13}};
    for (const auto& server : servers_)
        server->clock.pass(lengths.at(static_cast<std::size_t>(order.with)));
    for (int server = 0; server < 2; ++server)
        static_cast<void>(sessions(server).let_time_pass());
    world_.faults = {};
    for (auto& plain : plains_)
        if (!plain.is_over() && std::max(now(plain, 0), now(plain, 1)) >= plain.until) expire(plain);
}

// Whoever knows of it, on whatever server, lets it expire; its key goes with it.
void Comparison::expire(Plain& plain) {
    for (const auto& server : servers_) {
        while (*server->sessions.catch_up(50) > 0) {
        }
        static_cast<void>(server->sessions.let_time_pass());
    }
    ++lived_.expired;
    plain.stage = Plainly::expired;
    plain.is_disputed = false;
    plain.void_codes();
    const auto found = sure(sessions(0).find(plain.key));
    check(state_of(found) == State::expired, "what is over by the clock expires");
    check(!world_.disk.key_of(found.person.text())->has_value(), "its key is destroyed");
}

// How often wrong digits were written down for the code that stands behind its door.
void Comparison::count_misses(PlainCode& code) const {
    const auto door = "/" + code.text.substr(0, 3) + code.text.substr(4, 1);
    const auto all = world_.disk.follow({}, 1'000'000);
    for (const auto& event : all->events) {
        if (!event.stream.starts_with("assist-door/") || !event.stream.ends_with(door)) continue;
        if (event.type == "door-given") code.misses = 0;
        if (event.type == "door-missed") ++code.misses;
    }
}

// Whoever comes with a code that is nearly the one.
void Comparison::mistype(PlainCode& code, int server) {
    const auto answer = tried([&](const std::string& key) {
        return sessions(server).join(mistyped(code.text), {stranger, ScreenKind::own}, key);
    });
    compare(answer, false, "joining by a wrong code");
    count_misses(code);
}

// Whoever comes with the code for the citizen's screen: by 1 it is a wrong one, by 5 many wrong ones before.
void Comparison::join(Plain& plain, const Order& order) {
    PlainCode& code = plain.screen_code;
    if (order.with == 1) return mistype(code, order.server);
    for (int tries = 0; order.with == 5 && tries < 6; ++tries)
        mistype(code, order.server);
    const JoiningScreen screen{Sessions::new_secret(),
                               order.with % 2 == 0 ? ScreenKind::own : ScreenKind::desk};
    secrets_.push_back(screen.secret);
    const bool may = is_good(code, order.server) && goes_on(plain, order.server);
    const auto answer =
        tried([&](const std::string& key) { return sessions(order.server).join(code.text, screen, key); });
    compare(answer, may, "joining");
    const auto* refusal = std::get_if<Refusal>(&answer);
    if (refusal != nullptr && refusal->reason == Reason::code_blocked) ++lived_.blocked;
    if (!may) return;
    code.is_used = true;
    take_screen(plain, screen.secret, screen.kind == ScreenKind::own, order.server);
}

void Comparison::take_screen(Plain& plain, const std::string& secret, bool is_own, int server) {
    if (!plain.screen.empty()) plain.former_screen = plain.screen;
    plain.screen = secret;
    plain.is_own_screen = is_own;
    heard(plain, 2, server);
}

void Comparison::show(Plain& plain, const Order& order) {
    const auto place = static_cast<std::size_t>(order.with % 3);
    const std::string street = "Rua Zé " + std::to_string(++values_);
    const Sheet wanted = sheet(step_keys.at(place), street);
    const bool may = may_drive(plain, order);
    const auto answer = tried([&](const std::string& key) {
        return sessions(order.server).show(call_of(plain, order.hand, key), wanted);
    });
    heard(plain, order.hand, order.server);
    compare(answer, may, "showing");
    const auto* refusal = std::get_if<Refusal>(&answer);
    if (refusal != nullptr && refusal->reason == Reason::citizen_absent) ++lived_.absent;
    if (!may) return;
    PlainStep& step = plain.steps.at(place);
    step = {true, true, false, false, false, false, street, std::get<OnScreen>(answer)};
    plain.on_screen = static_cast<int>(place);
    plain.all_shown.push_back(step.shown);
    world_.faults = {};
    const auto view = sure(sessions(order.server).see(call_of(plain, 2, {}), Depth::on_screen));
    heard(plain, 2, order.server);
    check(view.now == step.shown, "the citizen sees what was shown");
    const auto seen = std::find_if(view.steps.begin(), view.steps.end(),
                                   [&](const StepSeen& one) { return one.step == wanted.step; });
    check(seen->sheet->fields[0].value == street, "with its values");
    check(seen->sheet->fields[1].value == secret_mask, "without its secrets");
    check(outsiders_hash(*seen->sheet) == step.shown.hash, "and anybody makes the same hash of it");
}

// By 0 to 3 of what stands there, by 4 of what stood there some time, by 5 and more of nothing of the kind.
void Comparison::confirm(Plain& plain, const Order& order) {
    const PlainStep* on_screen =
        plain.on_screen < 0 ? nullptr : &plain.steps.at(static_cast<std::size_t>(plain.on_screen));
    std::string hash = std::string(64, 'a');
    if (order.with < 4 && on_screen != nullptr) hash = on_screen->shown.hash;
    if (order.with == 4 && !plain.all_shown.empty())
        hash = plain.all_shown.at(plain.all_shown.size() / 2).hash;
    const bool is_proxy = order.with == 1;
    Confirmation confirmation{hash, is_proxy ? Confirmer::proxy : Confirmer::citizen, {}};
    if (order.with == 2) confirmation.given = {{registry, "street"}};
    const int hand = std::max(order.hand, 2);
    const bool may = is_hand(plain, hand) && goes_on(plain, order.server) && on_screen != nullptr &&
                     on_screen->shown.hash == hash && (!is_proxy || plain.has_proxy);
    const auto answer = tried([&](const std::string& key) {
        return sessions(order.server).confirm(screen_of(plain, hand, key), confirmation);
    });
    heard(plain, hand, order.server);
    compare(answer, may, "confirming");
    const auto* refusal = std::get_if<Refusal>(&answer);
    if (refusal != nullptr && refusal->reason == Reason::other_hash) ++lived_.other_hash;
    if (!may) return;
    PlainStep& step = plain.steps.at(static_cast<std::size_t>(plain.on_screen));
    step.is_confirmed = true;
    step.is_by_proxy = is_proxy;
    step.is_consent_given = order.with == 2;
    ++lived_.confirmed;
    if (is_proxy) ++lived_.by_proxy;
}

// By 6 and 7 as practice, else for real.
void Comparison::hand_over(Plain& plain, const Order& order) {
    const bool is_real = order.with < 6;
    const bool may = is_hand(plain, order.hand) && goes_on(plain, order.server) && !plain.screen.empty() &&
                     plain.is_ready() && (order.hand == 2 || is_here(plain, order.server)) &&
                     plain.is_practice != is_real;
    if (is_real) {
        const auto answer = tried([&](const std::string& key) {
            return sessions(order.server).hand_over(call_of(plain, order.hand, key));
        });
        heard(plain, order.hand, order.server);
        compare(answer, may, "handing over");
        if (may) check_handover(plain, std::get<Handover>(answer).given());
    } else {
        const auto answer = tried([&](const std::string& key) {
            return sessions(order.server).end_practice(call_of(plain, order.hand, key));
        });
        heard(plain, order.hand, order.server);
        compare(answer, may, "ending practice");
    }
    if (!may) return;
    ++(is_real ? lived_.handed_over : lived_.practised);
    if (plain.mediator < 0) ++lived_.at_home;
    plain.stage = is_real ? Plainly::handed_over : Plainly::practised;
    plain.void_codes();
}

// Only practice is abandoned, so that there are more that are handed over.
void Comparison::end(Plain& plain, const Order& order) {
    if (!plain.is_practice) return;
    const bool is_on = !plain.is_over() && now(plain, order.server) < plain.until;
    const bool may = is_hand(plain, order.hand) && (order.hand == 2 ? is_on : goes_on(plain, order.server));
    const auto answer = tried([&](const std::string& key) {
        return sessions(order.server).abandon(call_of(plain, order.hand, key));
    });
    heard(plain, order.hand, order.server);
    compare(answer, may, "abandoning");
    if (!may) return;
    plain.stage = Plainly::abandoned;
    plain.is_disputed = false;
    plain.void_codes();
}

void Comparison::check_handover(const Plain& plain, const Given& given) {
    std::size_t count = 0;
    for (std::size_t place = 0; place < plain.steps.size(); ++place) {
        const PlainStep& step = plain.steps.at(place);
        if (!step.is_known || step.is_left_out) continue;
        ++count;
        const auto handed = std::find_if(given.steps.begin(), given.steps.end(),
                                         [&](const auto& one) { return one.step == step_keys.at(place); });
        check(handed != given.steps.end(), "a confirmed step is handed over");
        check(handed->hash == step.shown.hash, "by the hash of what was shown last");
        check(handed->fields == sheet(step_keys.at(place), step.street).fields, "with its very values");
        check(handed->proxy.has_value() == step.is_by_proxy, "and by whom");
        check(handed->given.size() == (step.is_consent_given ? 1U : 0U), "and what was agreed to");
    }
    check(given.steps.size() == count, "and nothing else is");
}

}  // namespace balcao::assist::town
