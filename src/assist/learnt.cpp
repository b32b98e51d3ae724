// What a person keeps of what was learnt.
#include "assist/hands.hpp"

namespace balcao::assist {
namespace {

// As it was made, from what a person typed: capitals, without blanks and hyphens.
std::string as_kept(const std::string& learner) {
    std::string kept;
    for (const char letter : learner)
        if (letter != ' ' && letter != '-')
            kept.push_back(letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter);
    return kept;
}

Learnt learnt_of(const Session& session) {
    const Tally tally = tally_of(session);
    Instant at = session.last;
    if (const auto* over = std::get_if<HandedOver>(&session.stage)) at = over->at;
    if (const auto* over = std::get_if<Practised>(&session.stage)) at = over->at;
    return {session.subject,
            session.site,
            at,
            session.lesson.mode,
            tally.alone,
            tally.with_help,
            tally.by_mediator,
            session.purpose == Purpose::practice};
}

}  // namespace

std::string Sessions::new_learner() { return crypto::random_name(); }

std::string Sessions::mark_of(const std::string& learner) const {
    return crypto::to_hex(crypto::bytes_of(crypto::authenticate(learners_, as_kept(learner))));
}

Answer<Learner> Sessions::find_learner(const std::string& learner) const {
    if (!is_fit_secret(as_kept(learner))) return Refusal{Reason::learner_unfit};
    const auto events = store_.read(stream_of_learner(mark_of(learner)), 0);
    if (!events) return Refusal{Reason::unavailable};
    auto found = fold_learner(*events);
    if (!found) return Refusal{Reason::unavailable};
    return *std::move(found);
}

// Both streams in one commit: a session is learnt from once, and says so without saying by whom.
Answer<Done> Sessions::keep_lesson(const ScreenCall& call, const std::string& learner) {
    return done("keep-lesson", whole_of(call), [&](Draft& draft, Side) -> std::optional<Refusal> {
        const Session& session = draft.whole();
        if (!std::holds_alternative<HandedOver>(session.stage) &&
            !std::holds_alternative<Practised>(session.stage))
            return Refusal{Reason::not_handed_over};
        if (session.is_lesson_kept) return Refusal{Reason::already_learnt};
        auto answer = find_learner(learner);
        if (const auto* refusal = std::get_if<Refusal>(&answer)) return *refusal;
        auto& found = std::get<Learner>(answer);
        const std::string stream = stream_of_learner(mark_of(learner));
        const Instant at = std::max(draft.now(), found.last);
        const auto record = [&](const LearningEvent& event) {
            journal::append(draft.commit, stream, found.end, encode(event), at);
        };
        if (found.person.empty()) {
            found.person = PersonName{journal::Persons::new_person()};
            record(LearningBegun{found.person});
        }
        auto sealed =
            persons_.seal(found.person.text(), "lesson", write_learnt(learnt_of(session)), draft.commit);
        if (!sealed) return Refusal{Reason::unavailable};
        record(LessonLearnt{*std::move(sealed)});
        draft.record(LessonKept{});
        return std::nullopt;
    });
}

Answer<std::vector<Learnt>> Sessions::learnt(const std::string& learner) const {
    const auto answer = find_learner(learner);
    if (const auto* refusal = std::get_if<Refusal>(&answer)) return *refusal;
    const auto& found = std::get<Learner>(answer);
    std::vector<Learnt> all;
    for (const auto& sealed : found.sealed) {
        const auto text = persons_.open(found.person.text(), "lesson", sealed);
        if (!text) return Refusal{Reason::unavailable};
        if (!*text) return std::vector<Learnt>{};  // erased otherwise
        auto one = read_learnt(**text);
        if (!one) return Refusal{Reason::unavailable};
        all.push_back(*std::move(one));
    }
    return all;
}

Answer<Done> Sessions::forget_learnt(const std::string& learner, const std::string& key) {
    if (!key.empty() && !is_fit_name(key)) return Refusal{Reason::name_unfit};
    const std::string mark = mark_of(learner);
    const auto made = journal::settle(
        store_, command_of("forget-learnt", mark, key), Refusal{Reason::unavailable},
        [&]() -> std::variant<journal::Commit, Refusal> {
            const auto answer = find_learner(learner);
            if (const auto* refusal = std::get_if<Refusal>(&answer)) return *refusal;
            const auto& found = std::get<Learner>(answer);
            if (found.person.empty()) return Refusal{Reason::nothing_learnt};
            journal::Commit commit;
            journal::append(commit, stream_of_learner(mark), found.end,
                            encode(LearningEvent{LearningErased{}}), std::max(clock_.now(), found.last));
            journal::Persons::erase(found.person.text(), commit);
            return commit;
        });
    if (const auto* refusal = std::get_if<Refusal>(&made)) return *refusal;
    return Done{std::get<Made>(made).is_repeated};
}

Answer<Lesson> Sessions::propose(const std::string& learner, const Subject& subject) const {
    const auto found = learnt(learner);
    if (const auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
    return lesson_for(subject, std::get<std::vector<Learnt>>(found));
}

}  // namespace balcao::assist
