#include "front/assist_words.hpp"

namespace balcao::front {
namespace {

using assist::Reason;

std::string_view english_of_code(Reason reason) {
    switch (reason) {
        case Reason::code_unfit:
            return "This is no code for this. A code has nine digits.";
        case Reason::no_such_code:
            return "There is no such code. Look again, or ask for a new one.";
        case Reason::code_used:
            return "This code was used already. Ask for a new one.";
        case Reason::code_blocked:
            return "Too many wrong codes were tried. Ask for a new one.";
        default:
            return "This code is over. Ask for a new one.";
    }
}

std::string_view english_of_state(Reason reason) {
    switch (reason) {
        case Reason::session_over:
            return "This session is over.";
        case Reason::disputed:
            return "The citizen has stopped the session.";
        case Reason::kept:
            return "The session is kept for later today.";
        case Reason::carried_home:
        case Reason::at_home:
            return "The citizen goes on with it at home.";
        case Reason::other_hash:
            return "What stands here has changed meanwhile. Read it again before you confirm.";
        case Reason::not_confirmed:
        case Reason::nothing_confirmed:
            return "Not every step is confirmed yet.";
        case Reason::document_missing:
            return "Write which document you saw.";
        case Reason::witness_missing:
            return "A second mediator must be there as a witness.";
        case Reason::already_handed_over:
            return "It was handed in already.";
        case Reason::values_gone:
            return "What was written is no longer kept.";
        case Reason::already_learnt:
            return "This was kept already.";
        case Reason::nothing_learnt:
            return "Nothing is kept under this code.";
        default:
            return "This is no longer so. The page shows what is.";
    }
}

std::string_view english_of(Reason reason) {
    switch (reason) {
        case Reason::unavailable:
        case Reason::no_code_free:
            return "This cannot be done right now. Nothing was lost; try again in a moment.";
        case Reason::name_unfit:
        case Reason::subject_unfit:
        case Reason::field_twice:
        case Reason::consent_twice:
        case Reason::consent_not_asked:
        case Reason::learner_unfit:
        case Reason::driver_unfit:
            return "This is too long, or holds signs that cannot be written.";
        case Reason::too_much:
            return "This is more than a session keeps.";
        case Reason::no_such_session:
            return "There is no such session.";
        case Reason::not_your_session:
            return "Somebody else has this session.";
        case Reason::no_such_screen:
            return "This screen is no longer part of the session. Ask for a new code.";
        case Reason::not_certified:
            return "You may not assist with this.";
        case Reason::not_agreed:
            return "What was agreed with the host of this place does not cover this today.";
        case Reason::same_eyes:
            return "A second person must stand for it.";
        case Reason::citizen_absent:
            return "The citizen's screen was not heard of in the last minute. Wait until it is there again.";
        case Reason::no_screen:
            return "No screen of the citizen has joined yet.";
        case Reason::not_driving:
            return "The other side drives now.";
        case Reason::code_unfit:
        case Reason::no_such_code:
        case Reason::code_over:
        case Reason::code_used:
        case Reason::code_blocked:
            return english_of_code(reason);
        default:
            return english_of_state(reason);
    }
}

}  // namespace

std::string mode_text(assist::Mode mode, const text::Words& words) {
    switch (mode) {
        case assist::Mode::show_me:
            return words("Show me");
        case assist::Mode::let_me_try:
            return words("Let me try");
        case assist::Mode::i_do_you_watch:
            return words("I do it, you watch");
    }
    return {};
}

std::string state_text(assist::State state, const text::Words& words) {
    using assist::State;
    switch (state) {
        case State::under_way:
            return words("Under way");
        case State::disputed:
            return words("Stopped by the citizen");
        case State::kept:
            return words("Kept for later today");
        case State::carried_home:
            return words("Goes on at home");
        case State::handed_over:
            return words("Handed in");
        case State::practised:
            return words("Practised to the end");
        case State::abandoned:
            return words("Given up");
        case State::expired:
            return words("Over, with its day");
    }
    return {};
}

std::string reason_text(assist::DisputeReason reason, const text::Words& words) {
    using assist::DisputeReason;
    switch (reason) {
        case DisputeReason::value_wrong:
            return words("Something is not right");
        case DisputeReason::not_understood:
            return words("I do not understand it");
        case DisputeReason::not_wanted:
            return words("I do not want this");
        case DisputeReason::feels_pressed:
            return words("I feel pressed");
        case DisputeReason::other:
            return words("Another reason");
    }
    return {};
}

std::string proxy_text(assist::ProxyKind kind, const text::Words& words) {
    switch (kind) {
        case assist::ProxyKind::legal_guardian:
            return words("Legal guardian");
        case assist::ProxyKind::power_of_attorney:
            return words("By power of attorney");
        case assist::ProxyKind::companion:
            return words("Companion, as the citizen wishes");
    }
    return {};
}

std::string doer_text(assist::Doer doer, const text::Words& words) {
    switch (doer) {
        case assist::Doer::citizen_alone:
            return words("by the citizen alone");
        case assist::Doer::citizen_with_help:
            return words("by the citizen, with help");
        case assist::Doer::mediator:
            return words("by the mediator");
    }
    return {};
}

std::string refusal_text(const assist::Refusal& refusal, const text::Words& words) {
    return words(english_of(refusal.reason));
}

int status_of(const assist::Refusal& refusal) {
    switch (refusal.reason) {
        case Reason::unavailable:
        case Reason::no_code_free:
            return 503;
        case Reason::no_such_session:
        case Reason::no_such_code:
        case Reason::no_such_step:
        case Reason::nothing_learnt:
            return 404;
        case Reason::not_your_session:
        case Reason::no_such_screen:
        case Reason::not_certified:
        case Reason::not_agreed:
        case Reason::same_eyes:
            return 403;
        case Reason::name_unfit:
        case Reason::subject_unfit:
        case Reason::too_much:
        case Reason::field_twice:
        case Reason::consent_twice:
        case Reason::consent_not_asked:
        case Reason::driver_unfit:
        case Reason::code_unfit:
        case Reason::document_missing:
        case Reason::witness_missing:
        case Reason::learner_unfit:
            return 422;
        default:
            return 409;
    }
}

}  // namespace balcao::front
