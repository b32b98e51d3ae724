#pragma once
// A stage for cases: a clock and a stopwatch that tests set, a line to the journal that fails, entities that
// keep count of what was done to them, and servers that are begun and killed. All that happens on it is drawn
// from one seed, on one thread.
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/set_clock.hpp"
#include "cases/cases.hpp"
#include "journal/memory_store.hpp"
#include "random/stream.hpp"

namespace balcao::cases::stage {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

inline const Instant morning{std::chrono::sys_days{std::chrono::year{2026} / 11 / 20} + hours{9}};

// The process of a server ends at this very place.
struct Killed {};

class Dice {
public:
    explicit Dice(std::uint64_t seed) : draws_{random::Stream::of({seed, 0}, 0, 0), 0} {}

    std::size_t below(std::size_t count) { return draws_.below(static_cast<std::uint32_t>(count)); }

    bool once_in(std::size_t count) { return below(count) == 0; }

private:
    random::Draws draws_;
};

// Time as it really passes; what each server's clock shows beside it.
struct Time {
    Milliseconds passed{};
};

class SkewedClock final : public Clock {
public:
    explicit SkewedClock(const Time& time) : time_{time} {}

    [[nodiscard]] Instant now() const override { return morning + time_.passed + skew; }

    Milliseconds skew{};

private:
    const Time& time_;
};

class SetStopwatch final : public Stopwatch {
public:
    explicit SetStopwatch(const Time& time) : time_{time} {}

    [[nodiscard]] Milliseconds elapsed() const override { return time_.passed; }

private:
    const Time& time_;
};

// What goes wrong, once in so many times; 0: never.
struct Faults {
    std::size_t write_refused = 0;
    std::size_t write_silent = 0;  // written, and nobody is told
    std::size_t killed_before = 0;
    std::size_t killed_after = 0;
    std::size_t reading_fails = 0;
    std::size_t request_lost = 0;
    std::size_t reply_lost = 0;
    std::size_t request_late = 0;  // it arrives after the connector gave up
    std::size_t reply_astray = 0;  // of another effect
    std::size_t reply_nonsense = 0;
    std::size_t overloaded = 0;
    std::size_t refused_for_now = 0;
    std::size_t refused = 0;
    std::size_t slow = 0;
    std::size_t killed_sending = 0;
    std::size_t interleaved = 0;  // the other server works meanwhile
};

struct Arriving {
    Milliseconds at{};
    std::string effect;
    std::function<void()> arrives;
};

struct World {
    explicit World(std::uint64_t seed) : dice{seed} {}

    [[nodiscard]] bool strikes(std::size_t once_in) { return once_in > 0 && dice.once_in(once_in); }

    Dice dice;
    Time time{};
    Faults faults{};
    journal::MemoryStore disk{};
    std::vector<std::string> wrong{};   // what must not be
    std::function<void()> meanwhile{};  // lets somebody else work
    std::vector<Arriving> to_come{};    // what arrives late

    void pass(Milliseconds length) {
        time.passed += length;
        for (std::size_t place = 0; place < to_come.size();) {
            if (to_come[place].at > time.passed) {
                ++place;
                continue;
            }
            const auto arrives = to_come[place].arrives;
            to_come.erase(to_come.begin() + static_cast<std::ptrdiff_t>(place));
            arrives();
        }
    }
};

// A server's line to the journal that all share.
class Line final : public journal::Store {
public:
    explicit Line(World& world) : world_{world} {}

    void submit(journal::Commit commit, journal::Done done) override {
        const Faults& faults = world_.faults;
        if (world_.strikes(faults.interleaved) && world_.meanwhile) world_.meanwhile();
        if (world_.strikes(faults.killed_before)) throw Killed{};
        if (world_.strikes(faults.write_refused)) return done(journal::Outcome::unavailable);
        journal::Outcome outcome{};
        world_.disk.submit(std::move(commit), [&outcome](journal::Outcome found) { outcome = found; });
        if (world_.strikes(faults.killed_after)) throw Killed{};
        if (world_.strikes(faults.write_silent)) outcome = journal::Outcome::unavailable;
        done(outcome);
    }

    Result<std::vector<journal::Event>> read(std::string_view stream, std::uint64_t after) const override {
        if (world_.strikes(world_.faults.reading_fails)) return failure();
        return world_.disk.read(stream, after);
    }

    Result<journal::Followed> follow(const journal::Cursor& after, std::size_t limit) const override {
        if (world_.strikes(world_.faults.reading_fails)) return failure();
        return world_.disk.follow(after, limit);
    }

    Result<std::optional<std::string>> key_of(std::string_view person) const override {
        if (world_.strikes(world_.faults.reading_fails)) return failure();
        return world_.disk.key_of(person);
    }

    Result<std::optional<std::string>> answer_to(std::string_view command) const override {
        if (world_.strikes(world_.faults.reading_fails)) return failure();
        return world_.disk.answer_to(command);
    }

private:
    static Error failure() { return Error{Errc::unavailable, "the line is down"}; }

    World& world_;
};

// An entity, and what was really done there.
class Entity final : public Connector {
public:
    Entity(World& world, ConnectorKind kind, const EntityTerms& terms)
        : world_{world}, kind_{kind}, terms_{terms} {}

    Outcome send(const Effect& effect) override;
    Looked look_up(const Effect& effect) override;

    // How often the effect of that key was done.
    [[nodiscard]] int done(const std::string& key) const {
        const auto found = done_.find(key);
        return found == done_.end() ? 0 : found->second.times;
    }

    [[nodiscard]] std::string reference(const std::string& key) const {
        const auto found = done_.find(key);
        return found == done_.end() ? std::string{} : found->second.reference;
    }

    [[nodiscard]] ConnectorKind kind() const { return kind_; }

    int sends = 0;
    Milliseconds down_until{};
    bool concludes_at_once = true;
    std::function<void(const Effect&)> before_done{};  // looks at what is about to be done

private:
    struct Done {
        int times = 0;
        std::string reference;
    };

    std::string carry_out(const Effect& effect);
    std::string take_in(const Effect& effect);
    std::optional<Outcome> trouble(const Effect& effect);

    World& world_;
    ConnectorKind kind_;
    EntityTerms terms_;
    std::map<std::string, Done> done_;
    std::string last_key_;
};

// What must be true when something is done must be true when it is sent.
inline std::string Entity::carry_out(const Effect& effect) {
    if (before_done && (kind_ != ConnectorKind::idempotent_key || done(effect.key) == 0)) before_done(effect);
    return take_in(effect);
}

inline std::string Entity::take_in(const Effect& effect) {
    Done& done = done_[effect.key];
    if (kind_ == ConnectorKind::idempotent_key && done.times > 0) return done.reference;
    ++done.times;
    done.reference = effect.entity.text() + "-" + std::to_string(done_.size());
    if (done.times > 1) world_.wrong.push_back("done twice at " + effect.entity.text() + ": " + effect.key);
    return done.reference;
}

// What goes wrong before the entity has it; nothing when it gets there.
inline std::optional<Outcome> Entity::trouble(const Effect& effect) {
    const Faults& faults = world_.faults;
    if (world_.strikes(faults.slow)) {
        world_.pass(Milliseconds{static_cast<Milliseconds::rep>(
            world_.dice.below(static_cast<std::size_t>(terms_.timeout.count())))});
        if (world_.meanwhile) world_.meanwhile();
    }
    if (world_.time.passed < down_until)
        return world_.dice.once_in(2) ? Outcome{Unknown{"timeout"}} : Outcome{TryLater{"503"}};
    if (world_.strikes(faults.killed_sending)) {
        if (world_.dice.once_in(2)) carry_out(effect);
        throw Killed{};
    }
    if (world_.strikes(faults.request_lost)) return Unknown{"timeout"};
    if (world_.strikes(faults.request_late)) {
        if (before_done && done(effect.key) == 0) before_done(effect);
        const auto late = Milliseconds{static_cast<Milliseconds::rep>(
            world_.dice.below(static_cast<std::size_t>(terms_.settles.count())))};
        world_.to_come.push_back(
            {world_.time.passed + late, effect.key, [this, effect] { take_in(effect); }});
        return Unknown{"timeout"};
    }
    if (world_.strikes(faults.overloaded)) {
        TryLater later{"429"};
        if (world_.dice.once_in(2)) later.after = seconds{world_.dice.below(3600)};
        return later;
    }
    // It has a memory for those that it has done already: what it did once it does not refuse later.
    if (done(effect.key) > 0) return std::nullopt;
    if (effect.errand == Errand::deliver && world_.strikes(faults.refused)) return Refused{"not-eligible"};
    if (world_.strikes(faults.refused_for_now)) return Refused{"name-differs", false};
    return std::nullopt;
}

inline Outcome Entity::send(const Effect& effect) {
    ++sends;
    if (auto found = trouble(effect)) return *found;
    const std::string reference = carry_out(effect);
    const Faults& faults = world_.faults;
    if (world_.strikes(faults.reply_lost)) return Unknown{"timeout"};
    if (world_.strikes(faults.reply_nonsense)) return Delivered{effect.key, {}, false};
    if (!last_key_.empty() && last_key_ != effect.key && world_.strikes(faults.reply_astray))
        return Delivered{last_key_, "of-another", true};
    last_key_ = effect.key;
    return Delivered{effect.key, reference, concludes_at_once};
}

inline Looked Entity::look_up(const Effect& effect) {
    if (kind_ != ConnectorKind::lookup_by_reference) world_.wrong.emplace_back("looked up what cannot be");
    if (world_.time.passed < down_until || world_.strikes(world_.faults.request_lost))
        return Unknown{"timeout"};
    if (done(effect.key) == 0) return Absent{};
    return Delivered{effect.key, reference(effect.key), concludes_at_once};
}

// One process.
struct Server {
    Server(World& world, const Settings& agreed, const Connectors& connectors, Milliseconds skew)
        : clock{world.time}, stopwatch{world.time}, line{world}, settings{agreed} {
        clock.skew = skew;
        const auto installation = crypto::SecretKey::from(std::string(32, 'i'));
        cases = std::make_unique<Cases>(line, clock, stopwatch, *installation, settings);
        carrier = cases->carry(connectors);
    }

    SkewedClock clock;
    SetStopwatch stopwatch;
    Line line;
    Settings settings;
    std::unique_ptr<Cases> cases;
    std::unique_ptr<Carrier> carrier;
    bool is_busy = false;
};

inline const model::EntityKey keyed{"registry"};    // idempotent_key
inline const model::EntityKey looked{"transport"};  // lookup_by_reference
inline const model::EntityKey blind{"club"};        // none
inline const model::EntityKey inbox{"parish"};      // human, four eyes
inline const model::EntityKey by_hand{"health"};    // idempotent_key, undone by hand

inline Settings agreed(std::string server) {
    Settings settings{*Zone::find("Europe/Lisbon")};
    settings.server = std::move(server);
    settings.numbers_at_once = 5;
    settings.entities.set(keyed, {.kind = ConnectorKind::idempotent_key});
    settings.entities.set(looked, {.kind = ConnectorKind::lookup_by_reference});
    settings.entities.set(blind, {.kind = ConnectorKind::none});
    settings.entities.set(inbox, {.kind = ConnectorKind::human, .eyes = Eyes::four});
    settings.entities.set(by_hand, {.kind = ConnectorKind::idempotent_key, .is_undone_by_hand = true});
    return settings;
}

inline StepWanted wanted(const char* name, const model::EntityKey& entity, std::vector<StepKey> after = {}) {
    StepWanted step;
    step.step = StepKey{name};
    step.entity = entity;
    step.service = model::ServiceKey{name};
    step.after = std::move(after);
    step.consents = {"name"};
    step.data = {{"name", "Ana Silva"}};
    return step;
}

inline Submission submission(std::vector<StepWanted> steps) {
    Submission made;
    made.contact = {"Ana Silva", "ana@example.pt", {}, "pt"};
    made.life_event = model::LifeEventKey{"lost-wallet"};
    made.edition = "7";
    made.steps = std::move(steps);
    return made;
}

}  // namespace balcao::cases::stage
