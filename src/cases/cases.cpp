// Accepting a submission, and how a command is made.
#include "cases/cases.hpp"

#include "crypto/hash.hpp"
#include "journal/codec.hpp"

namespace balcao::cases {

// What was answered to a submission, as it is kept under its key: the number, and a mark of what was handed
// in, by which another submission under the same key is known.
struct Accepting {
    CaseNumber number;
    std::string mark;
};

template <class Part, class Value>
requires std::same_as<std::remove_const_t<Value>, Accepting>

void members(Part& part, Value& accepting) {
    part("number", accepting.number);
    part("mark", accepting.mark);
}

Cases::Cases(journal::Store& store,
             const Clock& clock,
             const Stopwatch& stopwatch,
             const crypto::SecretKey& installation,
             const Settings& settings)
    : store_{store},
      clock_{clock},
      stopwatch_{stopwatch},
      settings_{settings},
      marking_{installation.derive("submissions of cases")},
      persons_{store, installation},
      numbers_{store, settings},
      ledger_{store, clock, stopwatch, settings} {}

std::unique_ptr<Carrier> Cases::carry(const Connectors& connectors) {
    return std::make_unique<Carrier>(ledger_, persons_, stopwatch_, settings_, connectors);
}

Answer<Receipt> Cases::repeat(const std::string& answer, const std::string& mark) const {
    const auto before = journal::read_members<Accepting>(answer, "receipt");
    if (!before) return Refusal{Reason::unavailable};
    Refusal otherwise{Reason::key_used_otherwise};
    otherwise.number = before->number;
    if (before->mark != mark) return otherwise;
    return Receipt{before->number, true};
}

// The first event of the case: everything that it will ever need to know of what was agreed.
Answer<CaseOpened> Cases::seal(const Submission& submission,
                               const CaseNumber& number,
                               journal::Commit& commit) {
    CaseOpened opened;
    opened.person = PersonName{journal::Persons::new_person()};
    const auto& person = opened.person.text();
    auto contact = persons_.seal(person, "contact", write_contact(submission.contact), commit);
    if (!contact) return Refusal{Reason::unavailable};
    opened.contact = *std::move(contact);
    opened.life_event = submission.life_event;
    opened.edition = submission.edition;
    opened.by = submission.by;
    for (const auto& wanted : submission.steps) {
        const EntityTerms terms = settings_.entities.of(wanted.entity);
        auto data = persons_.seal(person, "data/" + wanted.step.text(), write_data(wanted.data), commit);
        if (!data) return Refusal{Reason::unavailable};
        StepAsked asked;
        asked.step = wanted.step;
        asked.entity = wanted.entity;
        asked.service = wanted.service;
        asked.after = wanted.after;
        asked.effect_class = wanted.effect_class;
        asked.kind = terms.kind;
        asked.is_undone_by_hand = terms.is_undone_by_hand;
        asked.haste = wanted.haste;
        asked.eyes = terms.eyes;
        asked.task_minutes = terms.task.count();
        asked.protocol = terms.protocol;
        asked.term = wanted.term;
        asked.fee = Fee{wanted.fee};
        asked.consents = wanted.consents;
        asked.data = *std::move(data);
        asked.effect = key_of({number, wanted.step, Errand::deliver, terms.protocol, 0});
        opened.steps.push_back(std::move(asked));
    }
    return opened;
}

Answer<Receipt> Cases::accept(const Submission& submission, const std::string& key) {
    constexpr int tries_most = 20;
    if (key.empty()) return Refusal{Reason::key_missing};
    if (!is_fit_key(key)) return Refusal{Reason::name_unfit};
    const std::string command = "cases/accept/" + key;
    const std::string mark =
        crypto::to_hex(crypto::bytes_of(crypto::authenticate(marking_, body_of(submission))));
    for (int tries = 0; tries < tries_most; ++tries) {
        const auto before = journal::made_before(store_, command);
        if (!before) return Refusal{Reason::unavailable};
        if (*before) return repeat((*before)->answer, mark);
        if (auto fault = fault_of(submission, settings_)) return *fault;
        const Instant now = clock_.now();
        const auto number = numbers_.next(now);
        if (!number) return Refusal{Reason::unavailable};
        journal::Commit commit;
        auto opened = seal(submission, *number, commit);
        if (const auto* refusal = std::get_if<Refusal>(&opened)) return *refusal;
        const CaseEvent event = std::get<CaseOpened>(std::move(opened));
        journal::append(commit, stream_of(*number), {}, encode(event), now);
        commit.command = command;
        commit.answer = journal::write_members(Accepting{*number, mark});
        Case whole;
        whole.number = *number;
        BALCAO_CHECK(apply(whole, event, commit.writings.front().events.front()).has_value());
        const auto outcome = journal::write_and_wait(store_, std::move(commit));
        if (outcome == journal::Outcome::unavailable) return Refusal{Reason::unavailable};
        if (outcome != journal::Outcome::written) continue;
        ledger_.add(std::move(whole));
        return Receipt{*number, false};
    }
    return Refusal{Reason::unavailable};
}

Answer<CaseView> Cases::see(const CaseNumber& number) const {
    const auto found = ledger_.find(number);
    if (const auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
    return view_of(std::get<Case>(found));
}

Answer<Case> Cases::find(const CaseNumber& number) const { return ledger_.find(number); }

std::vector<Case> Cases::open_cases(const std::function<bool(const Case&)>& holds) const {
    return ledger_.open_cases(holds);
}

// A word in the answer is a refusal that was recorded; empty: it was done.
Answer<CaseState> Cases::command(const Command& command, const Ledger::Decide& decide) {
    if (!command.key.empty() && !is_fit_key(command.key)) return Refusal{Reason::name_unfit};
    std::string name;
    if (!command.key.empty())
        name = "cases/" + std::string{command.verb} + "/" + to_text(command.number) + "/" + command.key;
    std::optional<CaseState> state;
    const auto made = ledger_.run(command.number, name, [&](Draft& draft) -> std::optional<Refusal> {
        if (auto refusal = decide(draft)) return refusal;
        draw_consequences(draft, settings_);
        state = state_of(draft.whole());
        return std::nullopt;
    });
    if (const auto* refusal = std::get_if<Refusal>(&made)) return *refusal;
    const auto& answer = std::get<journal::Made>(made).answer;
    for (const Reason recorded : {Reason::other_reference, Reason::not_at_entity})
        if (answer == name_of(recorded)) return Refusal{recorded};
    if (state && !std::get<journal::Made>(made).is_repeated) return *state;
    const auto found = ledger_.find(command.number);
    if (const auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
    return state_of(std::get<Case>(found));
}

Answer<CaseState> Cases::cancel(const CaseNumber& number, const ClerkKey& by, const std::string& key) {
    return command({"cancel", number, key}, [&](Draft& draft) -> std::optional<Refusal> {
        const Case& whole = draft.whole();
        Refusal refusal{whole.cancelled ? Reason::already_cancelled : Reason::case_over};
        refusal.when = whole.cancelled;
        refusal.state = state_of(whole);
        if (whole.cancelled || std::none_of(whole.steps.begin(), whole.steps.end(), is_open)) return refusal;
        draft.record(CancelAsked{by});
        return std::nullopt;
    });
}

}  // namespace balcao::cases
