#include "pay/rehearsal_test.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "text/json.hpp"

namespace balcao::pay::town {
namespace {

Error line_is_down() { return Error{Errc::unavailable, "the line is down"}; }

// Whoever is not told what came of a command gives it again under its key.
template <class Command>
auto insist(const Command& command) -> decltype(command()) {
    for (int tries = 0; tries < 200; ++tries) {
        auto answer = command();
        const auto* refusal = std::get_if<Refusal>(&answer);
        if (refusal == nullptr || refusal->reason != Reason::unavailable) return answer;
    }
    return command();
}

template <class T>
bool is_good(const Answer<T>& answer) {
    return !std::holds_alternative<Refusal>(answer);
}

StandInHabits bad_habits(unsigned seed) { return {5, 5, 9, 9, 3, 3, seed}; }

}  // namespace

void Line::submit(journal::Commit commit, journal::Done done) {
    if (world_.strikes(world_.faults.interleaved) && world_.meanwhile) world_.meanwhile(server_);
    if (world_.strikes(world_.faults.write_refused)) return done(journal::Outcome::unavailable);
    journal::Outcome outcome{};
    world_.disk.submit(std::move(commit), [&outcome](journal::Outcome found) { outcome = found; });
    if (world_.strikes(world_.faults.write_silent)) outcome = journal::Outcome::unavailable;
    done(outcome);
}

Result<std::vector<journal::Event>> Line::read(std::string_view stream, std::uint64_t after) const {
    if (world_.strikes(world_.faults.reading_fails)) return line_is_down();
    return world_.disk.read(stream, after);
}

Result<journal::Followed> Line::follow(const journal::Cursor& after, std::size_t limit) const {
    if (world_.strikes(world_.faults.reading_fails)) return line_is_down();
    return world_.disk.follow(after, limit);
}

Result<std::optional<std::string>> Line::key_of(std::string_view person) const {
    return world_.disk.key_of(person);
}

Result<std::optional<std::string>> Line::answer_to(std::string_view command) const {
    if (world_.strikes(world_.faults.reading_fails)) return line_is_down();
    return world_.disk.answer_to(command);
}

Rehearsal::Rehearsal(unsigned seed, Lived& lived)
    : lived_{lived},
      world_{seed},
      at_bank_{Means::reference, "99999", clock_, bad_habits(seed)},
      at_terminal_{Means::card, "99999", clock_, bad_habits(seed + 1)},
      providers_{{bank, {at_bank_, {Means::reference, seconds{10}, minutes{2}, true, "a secret"}}},
                 {terminal, {at_terminal_, {Means::card, seconds{60}, minutes{2}, true, {}}}}},
      till_{shop, TillDeskKey{"1"}, settings_.zone.at(morning).date} {
    for (int number = 0; number < 2; ++number)
        hosts_.push_back(std::make_unique<Host>(world_, number, *this));
    good(at(0).tills.open({till_, ana}, drawer_));
    bool is_busy = false;
    world_.meanwhile = [this, is_busy](int server) mutable {
        if (std::exchange(is_busy, true)) return;
        static_cast<void>(at(server + 1).payments.catch_up(50));
        static_cast<void>(at(server + 1).payments.work());
        tell(at(server + 1), 1);
        is_busy = false;
    };
    set_faults(true);
}

void Rehearsal::set_faults(bool are_there) {
    world_.faults = are_there ? Faults{12, 12, 25, 4} : Faults{};
    at_bank_.set_habits(are_there ? bad_habits(1) : StandInHabits{});
    at_terminal_.set_habits(are_there ? bad_habits(2) : StandInHabits{});
}

// A server dies with all that it knew, and another begins in its place.
void Rehearsal::restart(int number) {
    auto& host = hosts_[static_cast<std::size_t>(number) % 2];
    host = std::make_unique<Host>(world_, number % 2, *this);
    ++lived_.restarts;
}

void Rehearsal::pass(Milliseconds time) {
    clock_.pass(time);
    for (auto& host : hosts_)
        host->server.stopwatch.pass(time);
}

void Rehearsal::settle(int rounds) {
    for (int round = 0; round < rounds; ++round)
        for (int number = 0; number < 2; ++number) {
            for (int times = 0; times < 20; ++times)
                if (const auto taken = at(number).payments.catch_up(100); taken && *taken == 0) break;
            for (int things = 0; things < 50 && at(number).payments.work(); ++things) {
            }
        }
}

std::optional<PaymentNumber> Rehearsal::one_of(int which) const {
    if (numbers_.empty()) return std::nullopt;
    return numbers_[static_cast<std::size_t>(which) % numbers_.size()];
}

void Rehearsal::ask(Server& server, int how) {
    const auto services = how % 3 == 0 ? std::vector{card} : std::vector{card, licence};
    const auto quote = *quote_of(model_, {counter, services, "7", clock_.now(), clock_.now() + hours{1}}, {});
    const std::string key = new_key();
    const auto number = insist([&] { return server.payments.ask({quote, {}, shop}, key); });
    if (is_good(number) && numbers_.size() < 12) numbers_.push_back(std::get<PaymentNumber>(number));
}

void Rehearsal::pay_at_machine(const PaymentNumber& number, int how) {
    const auto payment = fold(number, *world_.disk.read(stream_of(number), 0));
    for (const auto& collection : payment->collections) {
        const auto* given = std::get_if<Given>(&collection.state);
        if (given == nullptr) continue;
        const std::int64_t cents = payment->sum + (how == 0 ? 300 : (how == 1 ? -100 : 0));
        at_bank_.pay(given->reference, Money{cents}, StandInProvider::Machine::looks_away);
        break;
    }
    for (const auto& notice : at_bank_.notices())
        on_their_way_.push_back(notice);
}

// Notices come late, in any order, twice, or never.
void Rehearsal::tell(Server& server, int how) {
    if (how == 4 && !told_.empty()) on_their_way_.push_back(told_[world_.dice() % told_.size()]);
    if (on_their_way_.empty()) return;
    const auto place = static_cast<std::ptrdiff_t>(world_.dice() % on_their_way_.size());
    const Notice notice = on_their_way_[static_cast<std::size_t>(place)];
    on_their_way_.erase(on_their_way_.begin() + place);
    if (how == 0) return;  // lost
    const auto heard = server.payments.hear(bank, notice);
    if (!is_good(heard)) {
        on_their_way_.push_back(notice);
        return;
    }
    told_.push_back(notice);
    if (std::get<Heard>(heard) == Heard::known_already) ++lived_.known_already;
}

void Rehearsal::take_cash(Server& server, const PaymentNumber& number) {
    const auto payment = fold(number, *world_.disk.read(stream_of(number), 0));
    const std::string key = new_key();
    const auto taken = insist([&] {
        return server.tills.take_cash({till_, ana, key}, number, payment->sum);
    });
    if (!is_good(taken)) return;
    drawer_ += payment->sum;
    ++lived_.in_cash;
}

void Rehearsal::pay_out(Server& server, int which) {
    const auto waiting = server.payments.at_desks();
    if (waiting.empty()) return;
    const auto& [number, refund] = waiting[static_cast<std::size_t>(which) % waiting.size()];
    const auto payment = fold(number, *world_.disk.read(stream_of(number), 0));
    const std::string key = new_key();
    const auto payment_number = number;
    const auto refund_number = refund;
    const auto paid_out = insist([&] {
        return server.tills.pay_out({till_, ana, key}, payment_number, refund_number);
    });
    if (!is_good(paid_out)) return;
    drawer_ -= payment->refund(refund)->what.cents;
    ++lived_.paid_out;
}

// A person who looks at what became of a refund says the truth.
void Rehearsal::declare(Server& server, const PaymentNumber& number) {
    const auto payment = *fold(number, *world_.disk.read(stream_of(number), 0));
    for (const auto& refund : payment.refunds) {
        if (!std::holds_alternative<Unclear>(refund.state)) continue;
        auto& provider = payment.taking(refund.what.taking)->what.provider == bank ? at_bank_ : at_terminal_;
        // It takes the time of a telephone call to be sure.
        pass(minutes{4});
        static_cast<void>(server.payments.catch_up(100));
        provider.set_habits({});
        const auto fate = provider.look_up_refund(key_of_refund(payment, refund.what.refund));
        provider.set_habits(bad_habits(3));
        const auto* out = std::get_if<WentOut>(&fate);
        const std::string evidence = out == nullptr ? "not in their books" : out->transaction;
        if (is_good(server.payments.declare({number, refund.what.refund, out != nullptr, evidence, rui})))
            ++lived_.declared;
    }
}

void Rehearsal::decide(Server& server, const PaymentNumber& number, int how) {
    auto& payments = server.payments;
    if (how == 0) static_cast<void>(payments.cancel(number, {}, new_key()));
    if (how == 1) static_cast<void>(payments.give_back_surplus(number, 1, rui));
    if (how == 2) static_cast<void>(payments.give_back_surplus(number, 2, rui));
    if (how == 3)
        for (const auto& waiting : payments.to_decide())
            for (const auto taking : waiting.takings)
                if (is_good(payments.accept_late(waiting.payment, taking, rui))) ++lived_.accepted;
    if (how == 4) static_cast<void>(payments.refund_again(number, 1, Way::desk, rui));
    if (how == 5) static_cast<void>(payments.refund_again(number, 1, Way::provider, rui));
    if (how == 6) declare(server, number);
    if (how == 7) static_cast<void>(payments.look(number));
    if (how == 8)
        static_cast<void>(payments.hear(bank, {{}, "000000000", {new_key(), Money{100}, clock_.now()}}));
}

void Rehearsal::step(const Order& order) {
    auto& server = at(order.server);
    const auto number = one_of(order.which);
    if (order.what == 0 || !number) return ask(server, order.how);
    const ItemKey item{order.how % 2 == 0 ? "card" : "licence"};
    const auto why = order.how % 3 == 0 ? Because::refused : Because::compensated;
    const std::string key = new_key();
    switch (order.what) {
        case 1:
            static_cast<void>(insist([&] { return server.payments.begin({*number, bank}, key); }));
            break;
        case 2:
            static_cast<void>(insist([&] {
                return server.payments.begin({*number, terminal, till_, ana}, key);
            }));
            break;
        case 3:
            pay_at_machine(*number, order.how);
            break;
        case 4:
            tell(server, order.how);
            break;
        case 5:
            take_cash(server, *number);
            break;
        case 6:
            static_cast<void>(insist([&] {
                return server.payments.give_back(*number, {{item, why}}, ana, key);
            }));
            break;
        case 7:
            pay_out(server, order.which);
            break;
        case 8:
            decide(server, *number, order.how);
            break;
        case 9:
            pass(order.how <= 1 ? Milliseconds{hours{30}} : Milliseconds{seconds{20 << order.how}});
            break;
        case 10:
            restart(order.server);
            break;
        default:
            static_cast<void>(server.payments.catch_up(100));
            for (int things = 0; things < 5 && server.payments.work(); ++things) {
            }
            break;
    }
}

std::vector<Payment> Rehearsal::all_payments() const {
    std::vector<Payment> all;
    for (const auto& number : numbers_)
        all.push_back(*fold(number, *world_.disk.read(stream_of(number), 0)));
    return all;
}

}  // namespace balcao::pay::town
