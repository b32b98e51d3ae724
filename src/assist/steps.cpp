// Steps: typed, shown, confirmed, left out; and who drives.
#include <algorithm>

#include "assist/hands.hpp"
#include "base/utf8.hpp"
#include "journal/codec.hpp"

namespace balcao::assist {

template <class Part, class Value>
requires std::same_as<std::remove_const_t<Value>, OnScreen>

void members(Part& part, Value& shown) {
    part("step", shown.step);
    part("showing", shown.showing);
    part("hash", shown.hash);
}

namespace {

constexpr std::size_t random_bytes_of_showing = 16;

std::vector<Consent> asked_of(const Sheet& sheet) {
    std::vector<Consent> asked;
    for (const auto& one : sheet.consents)
        asked.push_back({one.receiver, one.item});
    return asked;
}

// Why those consents cannot be given with what was shown.
std::optional<Refusal> fault_of_consents(const LastShown& shown, const std::vector<Consent>& given) {
    for (std::size_t place = 0; place < given.size(); ++place) {
        const auto& one = given[place];
        if (std::find(shown.asked.begin(), shown.asked.end(), one) == shown.asked.end())
            return Refusal{Reason::consent_not_asked, {}, one.item};
        const auto rest = given.begin() + static_cast<std::ptrdiff_t>(place) + 1;
        if (std::find(rest, given.end(), one) != given.end())
            return Refusal{Reason::consent_twice, {}, one.item};
    }
    return std::nullopt;
}

}  // namespace

Answer<std::uint64_t> Sessions::type(const Call& call, const Typed& typed) {
    if (!is_fit_name(typed.step.text()) || !is_fit_name(typed.field.text()) || find_invalid_utf8(typed.text))
        return Refusal{Reason::name_unfit, typed.step, typed.field.text()};
    const Side side = side_of(call.by);
    const auto fault = glance(call.session, [&](const Session& session) -> std::optional<Refusal> {
        if (auto found = fault_of_hand(session, call.by)) return found;
        if (auto found = fault_of_going_on(session, std::max(clock_.now(), session.last))) return found;
        return fault_of_driving(session, side);
    });
    if (fault) return *fault;
    return echo_.type(call.session, side, typed);
}

Answer<std::vector<EchoLine>> Sessions::echoed(const Call& call, std::uint64_t sequence) {
    if (auto fault =
            glance(call.session, [&](const Session& session) { return fault_of_seeing(session, call.by); }))
        return *fault;
    return echo_.after(call.session, sequence);
}

Answer<OnScreen> Sessions::show(const Call& call, const Sheet& sheet) {
    if (auto fault = fault_of(sheet)) return *fault;
    const auto made = run("show", call, [&](Draft& draft, Side side) -> std::optional<Refusal> {
        const Session& session = draft.whole();
        if (auto fault = fault_of_going_on(session, draft.now())) return fault;
        if (auto fault = fault_of_driving(session, side)) return fault;
        if (session.find(sheet.step) == nullptr && session.steps.size() >= steps_most)
            return Refusal{Reason::too_much, sheet.step};
        const Showing showing{session.key, session.showings + 1, sheet,
                              crypto::random_bytes(random_bytes_of_showing),
                              crypto::random_bytes(random_bytes_of_showing)};
        StepShown shown;
        shown.step = sheet.step;
        shown.showing = showing.number;
        shown.by = side;
        if (side == Side::mediator) shown.mediator = session.mediator;
        shown.language = sheet.language;
        shown.asked = asked_of(sheet);
        shown.hash = hash_of(seen_of(showing));
        shown.seen = seen(session).value_or(Instant{});
        const std::string field = "showing/" + std::to_string(showing.number);
        if (auto refusal = seal(draft, field, write_showing(showing), shown.sealed)) return refusal;
        draft.record(shown);
        draft.commit.answer = journal::write_members(OnScreen{sheet.step, showing.number, shown.hash});
        return std::nullopt;
    });
    if (const auto* refusal = std::get_if<Refusal>(&made)) return *refusal;
    auto shown = journal::read_members<OnScreen>(std::get<Made>(made).answer, "showing");
    if (!shown) return Refusal{Reason::unavailable};
    echo_.clear(call.session, sheet.step);
    return *std::move(shown);
}

Answer<Done> Sessions::confirm(const ScreenCall& call, const Confirmation& confirmation) {
    return done("confirm", whole_of(call), [&](Draft& draft, Side) -> std::optional<Refusal> {
        const Session& session = draft.whole();
        if (auto fault = fault_of_going_on(session, draft.now())) return fault;
        const auto now = session.shown();
        if (!now) return Refusal{Reason::nothing_shown};
        if (now->hash != confirmation.hash) {
            Refusal refusal{Reason::other_hash, now->step};
            refusal.now = now;
            return refusal;
        }
        const bool is_proxy = confirmation.by == Confirmer::proxy;
        if (is_proxy && session.proxy == 0) return Refusal{Reason::no_proxy};
        const Step& step = *session.find(now->step);
        if (auto fault = fault_of_consents(*shown_of(step), confirmation.given)) return fault;
        const auto* before = std::get_if<Confirmed>(&step.state);
        if (before != nullptr && before->given == confirmation.given &&
            before->proxy == (is_proxy ? session.proxy : 0))
            return std::nullopt;
        draft.record(StepConfirmed{now->step, now->showing, now->hash, confirmation.by, confirmation.given});
        return std::nullopt;
    });
}

Answer<Done> Sessions::help(const Call& call, const StepKey& step) {
    return done("help", call, [&](Draft& draft, Side side) -> std::optional<Refusal> {
        if (auto fault = fault_of_going_on(draft.whole(), draft.now())) return fault;
        const Step* found = draft.whole().find(step);
        if (found == nullptr) return Refusal{Reason::no_such_step, step};
        if (!found->is_helped) draft.record(HelpGiven{step, side});
        return std::nullopt;
    });
}

Answer<Done> Sessions::leave_out(const Call& call, const StepKey& step) {
    return done("leave-out", call, [&](Draft& draft, Side side) -> std::optional<Refusal> {
        if (auto fault = fault_of_going_on(draft.whole(), draft.now())) return fault;
        if (auto fault = fault_of_driving(draft.whole(), side)) return fault;
        const Step* found = draft.whole().find(step);
        if (found == nullptr) return Refusal{Reason::no_such_step, step};
        if (!std::holds_alternative<LeftOut>(found->state)) draft.record(StepLeftOut{step, side});
        return std::nullopt;
    });
}

Answer<Done> Sessions::set_lesson(const Call& call, const Lesson& lesson) {
    return done("lesson", call, [&](Draft& draft, Side side) -> std::optional<Refusal> {
        const Session& session = draft.whole();
        if (auto fault = fault_of_going_on(session, draft.now())) return fault;
        const bool is_alone = session.mediator.empty();
        if (!lesson.is_fit() || (is_alone && lesson.driver == Side::mediator))
            return Refusal{Reason::driver_unfit};
        Refusal taking{Reason::not_driving};
        taking.side = session.lesson.driver;
        if (side == Side::mediator && lesson.driver == side && session.lesson.driver != side) return taking;
        if (!(session.lesson == lesson)) draft.record(LessonSet{lesson.mode, lesson.driver, side});
        return std::nullopt;
    });
}

}  // namespace balcao::assist
