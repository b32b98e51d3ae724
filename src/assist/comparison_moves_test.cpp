// The plain model of who drives, stops, stands in, goes elsewhere and looks.
#include <algorithm>
#include <utility>

#include "assist/comparison_test.hpp"

namespace balcao::assist::town {

// What a mediator and a citizen who mean it would do next, so that sessions come to their ends.
void Comparison::go_on(Plain& plain, const Order& order) {
    if (plain.is_over()) {
        Plain next = opened(plain.is_practice, order.server);
        former_.push_back(std::exchange(plain, std::move(next)));
        return;
    }
    const int desk = std::max(plain.mediator, 0);
    const auto as = [&](int hand, int with) {
        return Order{order.verb, order.session, hand, with, order.server};
    };
    if (plain.is_disputed) return stop_or_lift(plain, as(2, 5));
    if (plain.stage == Plainly::home) return go_home(plain, as(2, 5));
    if (plain.stage == Plainly::kept)
        return plain.screen.empty() ? take_over(plain, as(desk, 0))
                                    : ask_and_agree(plain, as(desk, plain.asking == desk ? 7 : 5));
    if (plain.screen.empty()) {
        if (!is_good(plain.screen_code, order.server)) new_code(plain, as(desk, 1));
        return join(plain, as(2, order.with % 2 == 0 ? 0 : 3));
    }
    if (!is_here(plain, order.server)) say_here(plain, as(2, 0));
    const int hand = plain.driver == Side::mediator ? plain.mediator : 2;
    for (std::size_t place = 0; place < plain.steps.size(); ++place) {
        const PlainStep& step = plain.steps.at(place);
        if (!step.is_known || step.is_left_out || step.is_confirmed) continue;
        show(plain, as(hand, static_cast<int>(place)));
        return confirm(plain, as(2, order.with % 4));
    }
    if (plain.is_ready()) hand_over(plain, as(order.with < 4 ? hand : 2, plain.is_practice ? 6 : 0));
}

void Comparison::stop_or_lift(Plain& plain, const Order& order) {
    const int hand = std::max(order.hand, 2);
    if (order.with < 3) {
        const bool may = is_hand(plain, hand) && may_move(plain, order.server);
        const auto answer = tried([&](const std::string& key) {
            return sessions(order.server)
                .dispute(screen_of(plain, hand, key), {DisputeReason::other, "Zé pare"});
        });
        heard(plain, hand, order.server);
        compare(answer, may, "stopping");
        if (!may) return;
        plain.is_disputed = true;
        return plain.void_codes();
    }
    const bool may = is_hand(plain, hand) && plain.is_disputed && now(plain, order.server) < plain.until;
    const auto answer = tried(
        [&](const std::string& key) { return sessions(order.server).lift(screen_of(plain, hand, key)); });
    heard(plain, hand, order.server);
    compare(answer, may, "lifting");
    if (!may) return;
    plain.is_disputed = false;
    ++lived_.lifted;
}

// Who drives; what is left out; who helped.
void Comparison::teach(Plain& plain, const Order& order) {
    if (order.with == 7) {
        const auto place = static_cast<std::size_t>(order.session + 1);
        const bool may = may_drive(plain, order) && plain.steps.at(place).is_known;
        const auto answer = tried([&](const std::string& key) {
            return sessions(order.server).leave_out(call_of(plain, order.hand, key), step_keys.at(place));
        });
        heard(plain, order.hand, order.server);
        compare(answer, may, "leaving out");
        if (!may) return;
        PlainStep& step = plain.steps.at(place);
        step.is_left_out = true;
        step.is_confirmed = step.is_shown = false;
        if (plain.on_screen == static_cast<int>(place)) plain.on_screen = -1;
        return;
    }
    const Side driver = order.with < 4 ? Side::mediator : Side::citizen;
    const Lesson lesson{driver == Side::mediator ? Mode::show_me : Mode::let_me_try, driver};
    const bool is_given = order.hand == 2 || driver == Side::citizen || plain.driver == Side::mediator;
    const bool may = is_hand(plain, order.hand) && goes_on(plain, order.server) && is_given &&
                     (plain.mediator >= 0 || driver == Side::citizen);
    const auto answer = tried([&](const std::string& key) {
        return sessions(order.server).set_lesson(call_of(plain, order.hand, key), lesson);
    });
    heard(plain, order.hand, order.server);
    compare(answer, may, "taking the wheel");
    if (may) plain.driver = driver;
}

void Comparison::stand_in(Plain& plain, const Order& order) {
    if (order.with < 5) {
        const int hand = order.hand % 2;
        const bool may = is_hand(plain, hand) && goes_on(plain, order.server) && is_here(plain, order.server);
        const auto answer = tried([&](const std::string& key) {
            return sessions(order.server)
                .name_proxy({plain.key, {mediators.at(static_cast<std::size_t>(hand))}, key},
                            {ProxyKind::power_of_attorney, "Eva Zé", "procuração Zé", MediatorKey{"eva"}});
        });
        compare(answer, may, "naming a proxy");
        if (may) plain.has_proxy = true;
        return;
    }
    const bool may = is_hand(plain, order.hand) && goes_on(plain, order.server) && plain.has_proxy;
    const auto answer = tried([&](const std::string& key) {
        return sessions(order.server).end_proxy(call_of(plain, order.hand, key));
    });
    heard(plain, order.hand, order.server);
    compare(answer, may, "ending a proxy");
    if (may) plain.has_proxy = false;
}

// Kept by the citizen, taken over by code, or asked for and agreed to.
void Comparison::move_on(Plain& plain, const Order& order) {
    if (order.with >= 5) return ask_and_agree(plain, order);
    if (order.with >= 2) return take_over(plain, order);
    const int hand = std::max(order.hand, 2);
    const bool may = is_hand(plain, hand) && goes_on(plain, order.server) && plain.mediator >= 0;
    const auto answer = tried(
        [&](const std::string& key) { return sessions(order.server).keep(screen_of(plain, hand, key)); });
    heard(plain, hand, order.server);
    compare(answer, may, "keeping");
    if (!may) return;
    plain.stage = Plainly::kept;
    plain.void_codes();
    plain.desk_code = {};
    plain.desk_code.text = std::get<CodeSlip>(answer).text;
    plain.desk_code.until = plain.until;
    secrets_.push_back(plain.desk_code.text);
    if (plain.is_own_screen) return;
    plain.former_screen = plain.screen;
    plain.screen.clear();
}

void Comparison::take_over(Plain& plain, const Order& order) {
    const int mediator = order.hand % 2;
    PlainCode& code = plain.desk_code;
    if (code.text.empty()) return;
    const bool may =
        is_good(code, order.server) && plain.stage == Plainly::kept && may_move(plain, order.server);
    const auto answer = tried([&](const std::string& key) {
        return sessions(order.server)
            .take_over(code.text, {mediators.at(static_cast<std::size_t>(mediator)), other_spot}, key);
    });
    compare(answer, may, "taking over");
    if (!may) return;
    plain.mediator = mediator;
    plain.stage = Plainly::under_way;
    plain.void_codes();
    code.is_used = true;
    ++lived_.taken_over;
}

void Comparison::ask_and_agree(Plain& plain, const Order& order) {
    const int mediator = order.hand % 2;
    const Desk desk{mediators.at(static_cast<std::size_t>(mediator)), spot};
    if (order.with < 7) {
        const bool may = may_move(plain, order.server);
        const auto answer = tried(
            [&](const std::string& key) { return sessions(order.server).ask_over(plain.key, desk, key); });
        compare(answer, may, "asking over");
        if (may) plain.asking = mediator;
        return;
    }
    const int hand = std::max(order.hand, 2);
    const bool may = is_hand(plain, hand) && may_move(plain, order.server) && plain.asking == mediator;
    const auto answer = tried([&](const std::string& key) {
        return sessions(order.server).agree_over(screen_of(plain, hand, key), desk);
    });
    heard(plain, hand, order.server);
    compare(answer, may, "agreeing");
    if (!may) return;
    plain.mediator = mediator;
    plain.stage = Plainly::under_way;
    plain.void_codes();
    ++lived_.agreed;
}

void Comparison::go_home(Plain& plain, const Order& order) {
    if (order.with < 3) {
        const int hand = std::max(order.hand, 2);
        const bool may =
            is_hand(plain, hand) && goes_on(plain, order.server) && !plain.is_practice && plain.mediator >= 0;
        const auto answer = tried([&](const std::string& key) {
            return sessions(order.server).carry_home(screen_of(plain, hand, key));
        });
        heard(plain, hand, order.server);
        compare(answer, may, "carrying home");
        if (!may) return;
        plain.stage = Plainly::home;
        plain.until = std::get<Instant>(answer);
        plain.former_screen = plain.screen;
        plain.screen.clear();
        plain.mediator = -1;
        return plain.void_codes();
    }
    const bool is_open = plain.stage == Plainly::home || plain.stage == Plainly::under_way;
    const bool may =
        is_open && plain.mediator < 0 && !plain.is_disputed && now(plain, order.server) < plain.until;
    const std::string secret = Sessions::new_secret();
    secrets_.push_back(secret);
    const auto answer = tried([&](const std::string& key) {
        return sessions(order.server).enter_at_home({plain.key, {secret}, key});
    });
    compare(answer, may, "entering at home");
    if (!may) return;
    plain.stage = Plainly::under_way;
    plain.driver = Side::citizen;
    plain.void_codes();
    take_screen(plain, secret, true, order.server);
}

// Another code, or a screen that is sent away.
void Comparison::new_code(Plain& plain, const Order& order) {
    if (order.with == 0) {
        const bool may = is_hand(plain, order.hand) && goes_on(plain, order.server) && !plain.screen.empty();
        const auto answer = tried([&](const std::string& key) {
            return sessions(order.server).part(call_of(plain, order.hand, key));
        });
        heard(plain, order.hand, order.server);
        compare(answer, may, "sending a screen away");
        if (!may) return;
        plain.former_screen = plain.screen;
        plain.screen.clear();
        return;
    }
    const int hand = order.hand % 2;
    const bool may = is_hand(plain, hand) && goes_on(plain, order.server);
    const auto answer = tried([&](const std::string& key) {
        return sessions(order.server)
            .new_code({plain.key, {mediators.at(static_cast<std::size_t>(hand))}, key});
    });
    compare(answer, may, "another code");
    if (!may) return;
    plain.screen_code = {};
    plain.screen_code.text = std::get<CodeSlip>(answer).text;
    plain.screen_code.until = std::get<CodeSlip>(answer).until;
    secrets_.push_back(plain.screen_code.text);
}

// Who may see what is personal now; by 6 and 7 after breaking the glass.
void Comparison::look(Plain& plain, const Order& order) {
    if (order.with >= 6 && order.hand < 2) {
        const bool may = !plain.is_over() || plain.stage == Plainly::handed_over;
        const auto place = static_cast<std::size_t>(order.hand);
        const auto answer = tried([&](const std::string& key) {
            return sessions(order.server)
                .break_glass(
                    {plain.key, mediators.at(place), MediatorKey{"eva"}, GlassReason::person_taken_ill, key});
        });
        compare(answer, may, "breaking the glass");
        // By what the journal says: the command may have been written at its first try.
        world_.faults = {};
        const auto found = sure(sessions(order.server).find(plain.key));
        if (may) plain.glass.at(place) = found.glass.back().what.until;
    }
    // Where no value is left, it is nobody's affair whether a mediator is shown that.
    const bool has_values = !plain.is_over() || plain.stage == Plainly::handed_over;
    if (order.hand < 2 && !has_values) return;
    bool may = is_hand(plain, order.hand);
    if (order.hand < 2) {
        const bool is_broken = clock(order.server) < plain.glass.at(static_cast<std::size_t>(order.hand));
        may = is_broken || (may && plain.stage != Plainly::kept && is_here(plain, order.server));
    }
    world_.faults = {};
    const auto answer = sessions(order.server).see(call_of(plain, order.hand, {}), Depth::all);
    heard(plain, order.hand, order.server);
    compare(answer, may, "seeing");
}

void Comparison::say_here(Plain& plain, const Order& order) {
    const int hand = std::max(order.hand, 2);
    world_.faults = {};
    const auto answer = sessions(order.server).beat(screen_of(plain, hand, {}));
    heard(plain, hand, order.server);
    // Of one that was it until just now this server may not know it yet; it makes nobody present.
    if (hand != 3) compare(answer, is_hand(plain, hand), "a sign of life");
}

// What the journal says of it is what the plain model says.
void Comparison::check_glance(const Plain& plain) {
    const auto events = world_.disk.read(stream_of(plain.key), 0);
    const auto whole = fold(plain.key, *events);
    check(whole.has_value(), "the stream can be read");
    static const std::array states{State::under_way,   State::kept,      State::carried_home,
                                   State::handed_over, State::practised, State::abandoned,
                                   State::expired};
    const State state =
        plain.is_disputed ? State::disputed : states.at(static_cast<std::size_t>(plain.stage));
    check(state_of(*whole) == state, "it is in the state that it is in");
    check(whole->screen.has_value() == !plain.screen.empty(), "it has the screen that it has");
    for (std::size_t place = 0; place < plain.steps.size(); ++place) {
        const Step* step = whole->find(step_keys.at(place));
        const bool counts = step != nullptr && std::holds_alternative<Confirmed>(step->state);
        check(counts == plain.steps.at(place).is_confirmed, "what counts is what was confirmed");
    }
}

// No value, secret or code in anything that is kept.
void Comparison::check_bytes() const {
    std::string all;
    const auto out = world_.disk.write_out([&](const journal::Kept& kept) -> Result<void> {
        if (const auto* event = std::get_if<journal::Event>(&kept)) all += journal::entry_of(*event) + "\n";
        if (const auto* answer = std::get_if<journal::Answer>(&kept))
            all += answer->command + " " + answer->text + "\n";
        return {};
    });
    check(out.has_value(), "the journal can be written out");
    check(all.find("Zé") == std::string::npos, "no value is in the journal in clear");
    check(all.find("4711-Rua") == std::string::npos, "nor a secret");
    for (const auto& secret : secrets_) {
        check(all.find(secret) == std::string::npos, "nor the secret of a screen, nor a code");
        std::string digits;
        for (const char letter : secret)
            if (letter != ' ') digits.push_back(letter);
        check(digits.size() > 9 || all.find("\"" + digits + "\"") == std::string::npos, "nor its digits");
    }
}

void Comparison::finish() {
    world_.faults = {};
    for (const auto& server : servers_)
        while (*server->sessions.catch_up(50) > 0) {
        }
    former_.insert(former_.end(), plains_.begin(), plains_.end());
    for (const auto& plain : former_) {
        const auto events = world_.disk.read(stream_of(plain.key), 0);
        const auto whole = fold(plain.key, *events);
        for (const auto& server : servers_)
            check(sure(server->sessions.find(plain.key)) == *whole, "both servers fold the same");
    }
    const auto everything = [](const Session&) { return true; };
    check(servers_[0]->sessions.open_sessions(everything) == servers_[1]->sessions.open_sessions(everything),
          "both servers know the same sessions");
    check(servers_[0]->sessions.teaching() == servers_[1]->sessions.teaching(), "and count the same");
    for (const auto& wrong : faults_of(world_.disk))
        check(false, wrong);
    check_bytes();
}

}  // namespace balcao::assist::town
