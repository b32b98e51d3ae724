// Whole weeks with everything going wrong that may. CASES_SEEDS=N lives more of them, CASES_SEED=S lives one.
#include "cases/rehearsal_test.hpp"

#include <algorithm>
#include <cstdlib>

#include <doctest/doctest.h>

#include "cases/erasing_test.hpp"

namespace balcao::cases::stage {
namespace {

template <class State>
bool is_in(const Step& step) {
    return std::holds_alternative<State>(step.state);
}

}  // namespace

Rehearsal::Rehearsal(std::uint64_t seed, std::size_t steps) : world_{seed}, steps_{steps} {
    const Settings settings = agreed("any");
    const auto agreed_with = settings.entities.all();
    for (const auto& [key, terms] : agreed_with) {
        auto entity = std::make_unique<Entity>(world_, terms.kind, terms);
        entity->before_done = [this](const Effect& effect) { look_before_done(effect); };
        entity->concludes_at_once = world_.dice.once_in(2);
        connectors_.emplace(key, *entity);
        entities_[key] = std::move(entity);
    }
    for (const char* name : {"a", "b"})
        servers_.push_back(std::make_unique<Server>(world_, agreed(name), connectors_, Milliseconds{}));
    world_.meanwhile = [this] { let_work(world_.dice.below(2), 1 + world_.dice.below(3)); };
}

// Each seed has its own weather: some faults are frequent, others do not strike at all.
void Rehearsal::break_things() {
    const auto some = [&](std::size_t often) -> std::size_t {
        const std::size_t how = world_.dice.below(4);
        return how == 0 ? 0 : often * how;
    };
    Faults& faults = world_.faults;
    faults.write_refused = some(40);
    faults.write_silent = some(40);
    faults.killed_before = some(80);
    faults.killed_after = some(80);
    faults.reading_fails = some(100);
    faults.request_lost = some(6);
    faults.reply_lost = some(5);
    faults.request_late = some(8);
    faults.reply_astray = some(12);
    faults.reply_nonsense = some(15);
    faults.overloaded = some(8);
    faults.refused_for_now = some(20);
    faults.refused = some(15);
    faults.slow = some(6);
    faults.killed_sending = some(25);
    faults.interleaved = some(5);
}

void Rehearsal::mend_things() {
    world_.faults = Faults{};
    for (auto& [key, entity] : entities_)
        entity->down_until = {};
    for (auto& server : servers_)
        server->clock.skew = {};
}

void Rehearsal::restart(std::size_t server) {
    ++tally_.kills;
    const Milliseconds skew = servers_[server]->clock.skew;
    servers_[server] = std::make_unique<Server>(world_, agreed(server == 0 ? "a" : "b"), connectors_, skew);
}

// A server does something, unless it is in the midst of something already; it may die of it.
template <class Do>
void Rehearsal::on(std::size_t server, const Do& act) {
    if (servers_[server]->is_busy) return;
    servers_[server]->is_busy = true;
    try {
        act(*servers_[server]);
        servers_[server]->is_busy = false;
    } catch (const Killed&) {
        restart(server);
    }
}

void Rehearsal::let_work(std::size_t server, std::size_t pieces) {
    on(server, [&](Server& here) {
        for (std::size_t piece = 0; piece < pieces; ++piece)
            if (!here.carrier->work()) break;
    });
}

void Rehearsal::hand_in() {
    static constexpr std::array names{"one", "two", "three", "four", "five", "six"};
    std::vector<model::EntityKey> where;
    for (const auto& [key, entity] : entities_)
        where.push_back(key);
    std::vector<StepWanted> steps;
    const std::size_t count = 1 + world_.dice.below(names.size());
    for (std::size_t number = 0; number < count; ++number) {
        StepWanted step = wanted(names.at(number), where[world_.dice.below(where.size())]);
        for (std::size_t before = 0; before < number; ++before)
            if (world_.dice.once_in(3)) step.after.emplace_back(names.at(before));
        step.effect_class = static_cast<EffectClass>(world_.dice.below(3));
        step.haste = static_cast<Haste>(world_.dice.below(2));
        if (world_.dice.once_in(3)) step.term = morning + world_.time.passed + hours{world_.dice.below(100)};
        steps.push_back(std::move(step));
    }
    handed_.push_back({submission(std::move(steps)), {}});
    hand_in(handed_.size() - 1, world_.dice.below(2));
}

void Rehearsal::hand_in(std::size_t which, std::size_t server) {
    on(server, [&](Server& here) {
        const auto answer = here.cases->accept(handed_[which].submission, "sitting-" + std::to_string(which));
        if (const auto* receipt = std::get_if<Receipt>(&answer)) {
            auto& number = handed_[which].number;
            if (number && *number != receipt->number) fault("another number under the same key");
            number = receipt->number;
        } else if (std::get<Refusal>(answer).reason != Reason::unavailable) {
            fault("refused: " + std::string{name_of(std::get<Refusal>(answer).reason)});
        }
    });
}

void Rehearsal::cancel_one() {
    if (handed_.empty()) return;
    const auto number = handed_[world_.dice.below(handed_.size())].number;
    if (!number) return;
    on(world_.dice.below(2), [&](Server& here) {
        const auto answer = here.cases->cancel(*number, {}, "cancel");
        if (std::holds_alternative<CaseState>(answer)) ++tally_.cancelled;
    });
}

// Somebody else erases a person; sometimes the case is not told of it.
void Rehearsal::erase_one() {
    const auto numbers = numbers_on_disk();
    if (numbers.empty()) return;
    const auto number = numbers[world_.dice.below(numbers.size())];
    const auto saying = world_.dice.once_in(3) ? Saying::nowhere : Saying::in_the_case;
    if (!has_key(world_, number)) return;
    if (!erase_person_of(world_, number, saying)) fault(to_text(number) + ": cannot be erased");
    erased_.insert(number);
    ++tally_.erased;
}

void Rehearsal::let_time_pass() {
    const std::size_t how = world_.dice.below(100);
    if (how < 70) return world_.pass(Milliseconds{static_cast<Milliseconds::rep>(world_.dice.below(3000))});
    if (how < 90) return world_.pass(seconds{world_.dice.below(120)});
    if (how < 98) return world_.pass(minutes{world_.dice.below(60)});
    world_.pass(hours{world_.dice.below(30)});
}

Case Rehearsal::on_disk(const CaseNumber& number) {
    return *fold(number, *world_.disk.read(stream_of(number), 0));
}

std::vector<CaseNumber> Rehearsal::numbers_on_disk() const {
    std::set<CaseNumber> numbers;
    const auto followed = world_.disk.follow({}, 10'000'000);
    for (const auto& event : followed->events)
        if (const auto number = case_of_stream(event.stream)) numbers.insert(*number);
    return {numbers.begin(), numbers.end()};
}

void Rehearsal::work_on_task(std::size_t server, const Case& whole, const Step& step) {
    static const std::array clerks{ClerkKey{"rita"}, ClerkKey{"joao"}, ClerkKey{"eva"}};
    const StepName task{whole.number, step.asked.step};
    const ClerkKey by = clerks.at(world_.dice.below(clerks.size()));
    const std::string key = "t" + std::to_string(++commands_);
    on(server, [&](Server& here) {
        const auto& now = std::get<WithPerson>(step.state);
        if (now.claimed_by.empty()) {
            static_cast<void>(here.cases->claim(task, by, key));
            return;
        }
        if (world_.dice.once_in(8)) {
            static_cast<void>(here.cases->release(task, now.claimed_by, key));
            return;
        }
        const auto word = world_.dice.once_in(5) ? Verdict::Word::denied : Verdict::Word::done;
        static_cast<void>(here.cases->finish(task, now.claimed_by, {word, "by-hand"}, key));
    });
}

bool Rehearsal::is_on_its_way(const std::string& effect) const {
    return std::any_of(world_.to_come.begin(), world_.to_come.end(),
                       [&](const Arriving& one) { return one.effect == effect; });
}

// A person looks at the entity and says what is true there.
void Rehearsal::settle(std::size_t server, const Case& whole, const Incident& incident) {
    const Step& step = *whole.find(incident.step);
    Settling settling{Settlement::noted, {}, ClerkKey{"rita"}};
    if (const auto* held = std::get_if<Held>(&step.state); held != nullptr && held->incident == incident.id) {
        const bool is_there = entity_of(step).done(step.effect) > 0;
        const bool gives_up = world_.dice.once_in(3);
        // Nobody looks while it may still be on its way; the clocks of servers may say otherwise.
        if (held->is_unknown && !is_there && is_on_its_way(step.effect)) return;
        if (held->errand == Errand::undo)
            settling.how = is_there ? Settlement::undone_by_hand
                                    : (gives_up ? Settlement::cannot_be_undone : Settlement::send_again);
        else if (is_there)
            settling = {Settlement::it_is_there, entity_of(step).reference(step.effect), ClerkKey{"rita"}};
        else
            settling.how = gives_up ? Settlement::give_up : Settlement::send_again;
    }
    on(server, [&](Server& here) {
        static_cast<void>(
            here.cases->settle({whole.number, incident.id}, settling, "s" + std::to_string(++commands_)));
    });
}

// Clerks do tasks, entities report what they concluded, somebody looks after incidents.
void Rehearsal::people_work(std::size_t server, bool settles_all) {
    for (const auto& number : numbers_on_disk()) {
        const Case whole = on_disk(number);
        for (const auto& step : whole.steps) {
            if (!settles_all && !world_.dice.once_in(4)) continue;
            if (is_in<WithPerson>(step)) work_on_task(server, whole, step);
            if (!is_in<Accepted>(step) && !is_in<AwaitsCitizen>(step)) continue;
            const StepName name{number, step.asked.step};
            Report report{Report::Word::concluded, step.reference, {}, {}};
            // What nobody can give any more its entity does without, or denies the rest.
            const bool is_in_vain = is_in<AwaitsCitizen>(step) && !has_key(world_, number);
            if (is_in_vain || world_.dice.once_in(10)) report.word = Report::Word::denied;
            if (is_in<Accepted>(step) && world_.dice.once_in(6))
                report = {Report::Word::citizen_needed, step.reference, "a photo",
                          morning + world_.time.passed + hours{40}};
            if (!settles_all && world_.dice.once_in(6)) report.reference = "of-another";
            const std::string key = "r" + std::to_string(++commands_);
            on(server, [&](Server& here) {
                if (is_in<AwaitsCitizen>(step) && !(is_in_vain && settles_all))
                    static_cast<void>(here.cases->answer(name, {{"photo", "…"}}, {"photo"}, key));
                else
                    static_cast<void>(here.cases->report(name, report, key));
            });
        }
        for (const auto& incident : whole.incidents)
            if (!incident.settled && (settles_all || world_.dice.once_in(12)))
                settle(server, whole, incident);
    }
}

void Rehearsal::act() {
    const std::size_t server = world_.dice.below(2);
    const std::size_t what = world_.dice.below(100);
    if (what < 45) return let_work(server, 1 + world_.dice.below(6));
    if (what < 62) return let_time_pass();
    if (what < 77) return on(server, [](Server& here) { static_cast<void>(here.cases->catch_up(50)); });
    if (what < 85) return hand_in();
    if (what < 88 && !handed_.empty()) return hand_in(world_.dice.below(handed_.size()), server);
    if (what < 90) return cancel_one();
    if (what < 93) return people_work(server, false);
    if (what < 95) return restart(server);
    if (what < 97) {
        servers_[server]->clock.skew = seconds{world_.dice.below(14400)} - seconds{7200};
        return;
    }
    if (what < 98) return erase_one();
    auto down = entities_.begin();
    std::advance(down, world_.dice.below(entities_.size()));
    down->second->down_until =
        world_.time.passed + minutes{1 + world_.dice.below(world_.dice.once_in(3) ? 4320 : 30)};
}

bool Rehearsal::is_all_over() {
    const auto numbers = numbers_on_disk();
    return std::all_of(numbers.begin(), numbers.end(), [&](const CaseNumber& number) {
        const Case whole = on_disk(number);
        return std::none_of(whole.steps.begin(), whole.steps.end(), is_open) &&
               std::all_of(whole.incidents.begin(), whole.incidents.end(),
                           [](const Incident& one) { return one.settled.has_value(); });
    });
}

// Everything works again: each case comes to its end.
void Rehearsal::drain() {
    constexpr int rounds_most = 4000;
    mend_things();
    for (std::size_t which = 0; which < handed_.size(); ++which)
        hand_in(which, world_.dice.below(2));
    for (int round = 0; round < rounds_most; ++round) {
        for (std::size_t server = 0; server < servers_.size(); ++server) {
            on(server, [](Server& here) {
                while (here.cases->catch_up(1000) && *here.cases->catch_up(1000) > 0) {
                }
            });
            let_work(server, 10'000);
        }
        if (round % 20 == 19) people_work(world_.dice.below(2), true);
        if (round % 20 == 19 && is_all_over()) break;
        world_.pass(round % 20 == 0 ? Milliseconds{minutes{20}} : Milliseconds{seconds{20}});
    }
    for (auto& server : servers_)
        while (*server->cases->catch_up(1000) > 0) {
        }
}

std::vector<std::string> Rehearsal::live() {
    break_things();
    for (std::size_t step = 0; step < steps_ && world_.wrong.empty(); ++step)
        act();
    if (world_.wrong.empty()) drain();
    if (world_.wrong.empty()) {
        check_numbers();
        check_ends();
        check_servers();
    }
    for (const auto& [key, entity] : entities_)
        tally_.sends += static_cast<std::size_t>(entity->sends);
    return world_.wrong;
}

}  // namespace balcao::cases::stage

using balcao::cases::stage::Rehearsal;

namespace {

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
    const char* text = std::getenv(variable);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

}  // namespace

TEST_CASE(
    "RB-01 LE-07: whatever fails, each effect is done once at most, and each case comes to a true end") {
    const std::uint64_t one = number_from("CASES_SEED", 0);
    const std::uint64_t first = one > 0 ? one : 1;
    const std::uint64_t seeds = one > 0 ? 1 : number_from("CASES_SEEDS", 300);
    Rehearsal::Tally all;
    for (std::uint64_t seed = first; seed < first + seeds; ++seed) {
        Rehearsal rehearsal{seed, 250};
        const auto wrong = rehearsal.live();
        for (const auto& what : wrong)
            FAIL_CHECK(what, "\n  live it again: CASES_SEED=", seed, " cases_test -tc='RB-01*'");
        if (one > 0) rehearsal.tell();
        if (!wrong.empty()) break;
        const auto& tally = rehearsal.tally();
        all.accepted += tally.accepted;
        all.cancelled += tally.cancelled;
        all.sends += tally.sends;
        all.kills += tally.kills;
        all.incidents += tally.incidents;
        all.escalated += tally.escalated;
        all.undone += tally.undone;
        all.erased += tally.erased;
        for (const auto& [state, count] : tally.states)
            all.states[state] += count;
    }
    std::string told;
    for (const auto& [state, count] : all.states)
        told += " " + state + " " + std::to_string(count);
    MESSAGE(seeds, " seeds: ", all.accepted, " cases, ", all.sends, " sends, ", all.kills,
            " ends of a server, ", all.incidents, " incidents, ", all.escalated, " escalated, ", all.undone,
            " undone, ", all.erased, " erased;", told);
    if (seeds < 100) return;
    // The weather was bad enough.
    CHECK(all.kills > 10 * seeds / 10);
    CHECK(all.incidents > seeds);
    CHECK(all.escalated > 0);
    CHECK(all.undone > 0);
    CHECK(all.erased > 0);
    for (const char* state : {"concluded", "concluded-in-part", "not-concluded", "cancelled"})
        CHECK(all.states[state] > 0);
}
