#include "web/people.hpp"

#include <algorithm>

namespace balcao::web {
namespace {

using staff::Reason;

const char* english_of(Reason reason) {
    switch (reason) {
        case Reason::unavailable:
            return "This cannot be done right now. Nothing was lost; try again in a moment.";
        case Reason::not_allowed:
            return "Your account may not do this. Ask who manages the people of your site.";
        case Reason::no_such_account:
            return "There is no such account.";
        case Reason::no_such_session:
            return "This session has ended. Sign in again.";
        case Reason::already_founded:
            return "There is a first account already. Sign in with it.";
        case Reason::last_administrator:
            return "Nobody would be left who may manage people. Give that role to somebody else first.";
        case Reason::name_missing:
            return "Write your name.";
        case Reason::name_unfit:
            return "A name has at most 100 letters.";
        case Reason::sign_in_name_unfit:
            return "The name to sign in with has 3 to 64 letters, digits and the signs . _ - + @.";
        case Reason::sign_in_name_taken:
            return "Somebody signs in with this name already. Choose another one.";
        case Reason::password_too_short:
            return "The password is too short: twelve letters or more.";
        case Reason::password_too_long:
            return "The password is too long: at most 128 letters.";
        case Reason::password_not_text:
            return "The password holds something that is not text.";
        case Reason::password_too_even:
            return "The password is easy to guess: it repeats or follows the keyboard. Take several words.";
        case Reason::password_common:
            return "This password is among those that everybody tries first. Take several words.";
        case Reason::password_names_person:
            return "The password is mostly your own name. Take other words.";
        case Reason::password_names_city:
            return "The password is mostly the name of the city or a site. Take other words.";
        case Reason::password_wrong:
            return "The old password is not right.";
        case Reason::sign_in_wrong:
            return "Name or password is not right.";
        case Reason::code_needed:
            return "Type the code of your second factor as well.";
        case Reason::code_wrong:
            return "The code is not right. Type the one that is shown now.";
        case Reason::code_used:
            return "This code was used. Wait for the next one.";
        case Reason::locked:
            return "Too many attempts failed. Try again at {time}.";
        case Reason::account_disabled:
            return "This account is disabled. Ask who manages the people of your site.";
        case Reason::no_totp:
            return "There is no second factor to take away.";
        case Reason::enrolment_over:
            return "This took too long. Begin again.";
        case Reason::invitation_over:
            return "This invitation has ended or was used. Ask for a new one.";
    }
    return "";
}

}  // namespace

std::string refusal_text(const staff::Refusal& refusal, const Shared& shared, const Words& words) {
    const std::string_view english = english_of(refusal.reason);
    if (refusal.reason != Reason::locked) return words(english);
    const auto at =
        shared.office.zone().at(refusal.until.value_or(shared.clock.now()) + std::chrono::seconds{59});
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(at.since_midnight).count();
    return words(english, {{"time", format_time_of_day(static_cast<int>(minutes))}});
}

Live::Holds holds_while(const Shared& shared,
                        const staff::Session& session,
                        staff::Permission permission,
                        const model::SiteKey& site) {
    return [&shared, session, permission, site] {
        const auto alive = shared.staff.sessions_of(session.account);
        return std::ranges::any_of(alive, [&](const auto& one) { return one.key == session.key; }) &&
               shared.staff.may(session.account, permission, site);
    };
}

}  // namespace balcao::web
