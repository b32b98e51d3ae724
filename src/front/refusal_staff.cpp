#include "front/refusal.hpp"

namespace balcao::front {
namespace {

const char* english_of(staff::Reason reason) {
    using staff::Reason;
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
        case Reason::identity_unknown:
            return "Nobody here is linked to that account of yours. Ask who manages the people of your site "
                   "for "
                   "an invitation, or sign in with a password and link it at Your account.";
        case Reason::identity_taken:
            return "That account elsewhere is linked to another account here. Unlink it there first, or take "
                   "another one.";
        case Reason::identity_missing:
            return "This link is not there any more.";
        case Reason::last_way_in:
            return "You would not get in any more. Ask who manages people for an invitation and set a "
                   "password "
                   "first.";
        case Reason::second_factor_missing:
            return "Your rights need a second factor, and none was given there. Set one up there and sign in "
                   "again.";
        case Reason::sign_in_over:
            return "This sign-in was used or took too long. Begin again.";
    }
    return "";
}

}  // namespace

std::string refusal_text(const staff::Refusal& refusal, const Zone& zone, const Words& words) {
    const std::string_view english = english_of(refusal.reason);
    if (refusal.reason != staff::Reason::locked || !refusal.until) return words(english);
    const auto at = zone.at(*refusal.until + std::chrono::seconds{59});
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(at.since_midnight).count();
    return words(english, {{"time", format_time_of_day(static_cast<int>(minutes))}});
}

int status_of(const staff::Refusal& refusal) {
    switch (refusal.reason) {
        case staff::Reason::unavailable:
            return 503;
        case staff::Reason::not_allowed:
        case staff::Reason::sign_in_wrong:
        case staff::Reason::code_needed:
        case staff::Reason::code_wrong:
        case staff::Reason::code_used:
        case staff::Reason::account_disabled:
        case staff::Reason::identity_unknown:
        case staff::Reason::second_factor_missing:
        case staff::Reason::sign_in_over:
            return 403;
        case staff::Reason::locked:
            return 429;
        default:
            return 422;
    }
}

}  // namespace balcao::front
