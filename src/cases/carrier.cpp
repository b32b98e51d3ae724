#include "cases/carrier.hpp"

#include <exception>

#include "cases/retry.hpp"
#include "cases/submission.hpp"

namespace balcao::cases {
namespace {

constexpr Milliseconds write_again = std::chrono::milliseconds{500};

// Whether the entity said something that makes sense, for its breaker.
Agenda::Ended ended_by(const std::variant<Outcome, Looked>& what) {
    const auto is_answer = [](const auto& one) {
        using Type = std::decay_t<decltype(one)>;
        return !std::is_same_v<Type, Unknown> && !std::is_same_v<Type, TryLater>;
    };
    const bool is_answered = std::visit([&](const auto& one) { return std::visit(is_answer, one); }, what);
    return is_answered ? Agenda::Ended::answered : Agenda::Ended::not_answered;
}

}  // namespace

Carrier::Carrier(Ledger& ledger,
                 const journal::Persons& persons,
                 const Stopwatch& stopwatch,
                 const Settings& settings,
                 const Connectors& connectors)
    : ledger_{ledger},
      persons_{persons},
      stopwatch_{stopwatch},
      settings_{settings},
      connectors_{connectors} {}

EntityTerms Carrier::terms_of(const model::EntityKey& entity) const { return settings_.entities.of(entity); }

std::optional<Milliseconds> Carrier::next() const {
    {
        const std::lock_guard lock{mutex_};
        if (!late_.empty()) return late_again_;
    }
    return ledger_.agenda().next(stopwatch_.elapsed());
}

// What could not be written when it came. Until it is, nothing new is begun that could not be written either.
bool Carrier::record_late() {
    std::vector<std::pair<CaseNumber, Came>> late;
    {
        const std::lock_guard lock{mutex_};
        if (late_.empty()) return false;
        if (stopwatch_.elapsed() < late_again_) return true;
        late.swap(late_);
    }
    for (auto& [number, came] : late)
        record(number, std::move(came));
    return true;
}

bool Carrier::work() {
    if (record_late()) {
        const std::lock_guard lock{mutex_};
        if (!late_.empty()) return false;
    }
    const auto work = ledger_.agenda().pick(stopwatch_.elapsed());
    if (!work) return false;
    if (work->effect)
        carry(*work);
    else
        static_cast<void>(ledger_.run(work->number, {}, [&](Draft& draft) -> std::optional<Refusal> {
            let_time_pass(draft, settings_);
            return std::nullopt;
        }));
    return true;
}

// Nothing when somebody was first, or the journal cannot be written.
std::optional<Carrier::Carried> Carrier::take(const Agenda::Work& work) {
    const EntityTerms terms = terms_of(work.effect->entity);
    std::optional<Carried> carried;
    const auto made = ledger_.run(work.number, {}, [&](Draft& draft) -> std::optional<Refusal> {
        carried.reset();
        const Step* step = draft.whole().find(work.effect->step);
        const auto doing = step == nullptr ? std::nullopt : doing_of(draft.whole(), *step);
        if (!doing || step->changed_by != work.effect->changed_by) return std::nullopt;
        if (*doing == Doing::ask_person) {
            give_to_person(draft, settings_, work.effect->step);
            return std::nullopt;
        }
        const auto& asked = step->asked;
        Carried now;
        now.doing = *doing;
        now.person = draft.whole().person.text();
        now.data = asked.data;
        now.settles = terms.settles;
        Errand errand = Errand::deliver;
        int attempts = 0;
        if (const auto* owed = std::get_if<Owed>(&step->state)) {
            errand = owed->errand;
            attempts = owed->attempts;
        } else if (const auto* lost = std::get_if<UnderWay>(&step->state)) {
            errand = lost->errand;
            attempts = lost->attempt;
            now.settles += lease_of(terms);
            if (draft.now() > lost->since + budget_of(asked.haste)) {
                give_up(draft, settings_, asked.step);
                return std::nullopt;
            }
        }
        now.effect = {step->effect, work.number,    asked.step, asked.entity,    asked.service,
                      errand,       asked.protocol, {},         step->reference, attempts + 1};
        draft.record(EffectTaken{asked.step, attempts + 1, draft.now() + lease_of(terms)});
        carried = std::move(now);
        return std::nullopt;
    });
    if (!std::holds_alternative<journal::Made>(made)) return std::nullopt;
    return carried;
}

// Puts what the entity is to get into the effect; what came of it where it cannot.
std::optional<Outcome> Carrier::open_data(Carried& carried) const {
    if (carried.effect.errand == Errand::undo || carried.doing == Doing::look_up) return std::nullopt;
    const auto text = persons_.open(carried.person, "data/" + carried.effect.step.text(), carried.data);
    if (!text && text.error().code == Errc::unavailable) return TryLater{"data-unavailable"};
    if (!text) return Refused{"data-unreadable", false};
    carried.is_person_erased = !text->has_value();
    if (carried.is_person_erased) return TryLater{"person-erased"};
    auto data = read_data(**text);
    if (!data) return Refused{"data-unreadable", false};
    carried.effect.data = *std::move(data);
    return std::nullopt;
}

std::variant<Outcome, Looked> Carrier::ask(Carried& carried, const EntityTerms& terms, Milliseconds began) {
    const auto connector = connectors_.find(carried.effect.entity);
    if (connector == connectors_.end()) return Outcome{TryLater{"no-connector"}};
    // Another server will take it for lost soon.
    if (stopwatch_.elapsed() - began > lease_of(terms) - terms.timeout) return Outcome{TryLater{"too-late"}};
    try {
        if (carried.doing == Doing::look_up) return connector->second.get().look_up(carried.effect);
        return connector->second.get().send(carried.effect);
    } catch (const std::exception&) {
        return Outcome{Unknown{"connector-failed"}};
    }
}

void Carrier::carry(const Agenda::Work& work) {
    const Milliseconds began = stopwatch_.elapsed();
    const EntityTerms terms = terms_of(work.effect->entity);
    auto carried = take(work);
    if (!carried) return ledger_.agenda().end(work, stopwatch_.elapsed(), Agenda::Ended::not_sent);
    Came came{carried->effect.step, carried->effect.key, carried->effect.attempt, {}, {}, {}};
    came.pause = pause_after(came.attempt, came.effect, settings_.seed);
    if (const auto silence = stopwatch_.elapsed() - work.effect->heard; silence < carried->settles)
        came.settles = terms.settles;
    auto ended = Agenda::Ended::not_sent;
    if (const auto hindrance = open_data(*carried)) {
        came.what = *hindrance;
        came.is_person_erased = carried->is_person_erased;
    } else {
        came.what = ask(*carried, terms, began);
        ended = ended_by(came.what);
    }
    record(work.number, std::move(came));
    ledger_.agenda().end(work, stopwatch_.elapsed(), ended);
}

void Carrier::record(const CaseNumber& number, Came came) {
    const auto made = ledger_.run(number, {}, [&](Draft& draft) -> std::optional<Refusal> {
        take_outcome(draft, settings_, came);
        return std::nullopt;
    });
    const auto* refusal = std::get_if<Refusal>(&made);
    if (refusal == nullptr || refusal->reason != Reason::unavailable) return;
    const std::lock_guard lock{mutex_};
    late_.emplace_back(number, std::move(came));
    late_again_ = stopwatch_.elapsed() + write_again;
}

}  // namespace balcao::cases
