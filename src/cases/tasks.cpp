// Tasks in an inbox: claimed, released, delegated, finished, by one or two people.
#include "cases/cases.hpp"

namespace balcao::cases {
namespace {

std::string_view word_of(Verdict::Word word) {
    switch (word) {
        case Verdict::Word::taken_up:
            return "taken-up";
        case Verdict::Word::done:
            return "done";
        case Verdict::Word::denied:
            return "denied";
    }
    return "";
}

// What a verdict makes of the step.
void carry_out(Draft& draft, const Settings& settings, const Step& step, const Verdict& verdict) {
    const StepKey key = step.asked.step;
    const Errand errand = std::get<WithPerson>(step.state).errand;
    const std::string why = cut(verdict.text, why_bytes_most);
    if (errand == Errand::undo) {
        if (verdict.word == Verdict::Word::done) return draft.record(StepUndone{key});
        return open_incident(draft, settings, {0, key, IncidentKind::undo_failed, why, {}, {}, true, false});
    }
    if (verdict.word == Verdict::Word::denied) return draft.record(StepDenied{key, why});
    draft.record(EffectDelivered{key, verdict.text, verdict.word == Verdict::Word::done});
}

}  // namespace

Answer<CaseState> Cases::on_task(
    const Command& command,
    const StepKey& step,
    const std::function<std::optional<Refusal>(Draft&, const WithPerson&)>& decide) {
    return this->command(command, [&](Draft& draft) -> std::optional<Refusal> {
        const Step* found = draft.whole().find(step);
        if (found == nullptr) return Refusal{Reason::no_such_step, step};
        const auto* task = std::get_if<WithPerson>(&found->state);
        if (task == nullptr) return Refusal{Reason::no_task, step};
        const WithPerson now = *task;
        return decide(draft, now);
    });
}

Answer<CaseState> Cases::claim(const StepName& task, const ClerkKey& by, const std::string& key) {
    if (!is_fit_name(by.text())) return Refusal{Reason::name_unfit};
    return on_task({"claim", task.number, key}, task.step,
                   [&](Draft& draft, const WithPerson& now) -> std::optional<Refusal> {
                       if (!now.claimed_by.empty() && now.claimed_by != by)
                           return Refusal{Reason::claimed_by_other, task.step, {}, now.claimed_by};
                       if (now.vouched_by == by) return Refusal{Reason::same_eyes, task.step};
                       if (now.claimed_by.empty()) draft.record(TaskClaimed{task.step, by});
                       return std::nullopt;
                   });
}

Answer<CaseState> Cases::release(const StepName& task, const ClerkKey& by, const std::string& key) {
    return on_task({"release", task.number, key}, task.step,
                   [&](Draft& draft, const WithPerson& now) -> std::optional<Refusal> {
                       if (now.claimed_by != by || by.empty()) return Refusal{Reason::not_claimed, task.step};
                       draft.record(TaskReleased{task.step, by, {}, false});
                       return std::nullopt;
                   });
}

Answer<CaseState> Cases::delegate(const StepName& task,
                                  const ClerkKey& by,
                                  const ClerkKey& to,
                                  const std::string& key) {
    if (!is_fit_name(to.text())) return Refusal{Reason::name_unfit};
    return on_task({"delegate", task.number, key}, task.step,
                   [&](Draft& draft, const WithPerson& now) -> std::optional<Refusal> {
                       if (now.claimed_by != by || by.empty()) return Refusal{Reason::not_claimed, task.step};
                       if (now.vouched_by == to) return Refusal{Reason::same_eyes, task.step};
                       draft.record(TaskReleased{task.step, by, to, false});
                       return std::nullopt;
                   });
}

Answer<CaseState> Cases::finish(const StepName& task,
                                const ClerkKey& by,
                                const Verdict& verdict,
                                const std::string& key) {
    return on_task({"finish", task.number, key}, task.step,
                   [&](Draft& draft, const WithPerson& now) -> std::optional<Refusal> {
                       if (now.claimed_by != by || by.empty())
                           return Refusal{Reason::not_claimed, task.step, {}, now.claimed_by};
                       if (now.vouched_by == by) return Refusal{Reason::same_eyes, task.step};
                       const bool needs_reference =
                           verdict.word != Verdict::Word::denied && now.errand == Errand::deliver;
                       if (needs_reference && !is_fit_reference(verdict.text))
                           return Refusal{Reason::reference_unfit, task.step};
                       const Step step = *draft.whole().find(task.step);
                       const std::string said =
                           std::string{word_of(verdict.word)} + " " + cut(verdict.text, why_bytes_most);
                       if (step.asked.eyes == Eyes::four && now.vouched_by.empty()) {
                           draft.record(TaskVouched{task.step, by, said});
                           return std::nullopt;
                       }
                       if (step.asked.eyes == Eyes::four && now.verdict != said) {
                           draft.record(TaskReleased{task.step, by, {}, true});
                           return std::nullopt;
                       }
                       draft.record(TaskFinished{task.step, by});
                       carry_out(draft, settings_, step, verdict);
                       return std::nullopt;
                   });
}

}  // namespace balcao::cases
