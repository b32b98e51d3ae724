#include "front/moment.hpp"
#include "front/refusal.hpp"

namespace balcao::front {
namespace {

std::string english_of(booking::Reason reason) {
    using booking::Reason;
    switch (reason) {
        case Reason::unavailable:
            return "This cannot be done right now. Nothing was lost; try again in a moment.";
        case Reason::no_such_site:
        case Reason::no_such_booking:
            return "There is no such appointment. It may have been cancelled, or the address is not whole.";
        case Reason::name_missing:
            return "Write your name.";
        case Reason::name_unfit:
            return "A name has at most 100 letters.";
        case Reason::contact_missing:
            return "Write your mail address, so that we can send you the confirmation.";
        case Reason::phone_missing:
            return "Write your telephone number: we call you there.";
        case Reason::mail_unfit:
            return "This is no mail address. Write it as in ana@example.org.";
        case Reason::phone_unfit:
            return "This is no phone number. Write digits, with the country's code if it is not Portuguese.";
        case Reason::note_unfit:
            return "The note is too long: at most 500 letters.";
        case Reason::hold_over:
            return "The time to confirm was over, and the place was given back. Choose another time.";
        case Reason::not_confirmed:
            return "This appointment was not confirmed.";
        case Reason::no_contact_yet:
            return "Write first who the appointment is for.";
        case Reason::already_arrived:
            return "This person is here already, since {when}.";
        case Reason::not_arrived:
            return "This person has not arrived.";
        case Reason::already_reminded:
            return "The reminder was sent already.";
        case Reason::is_over:
            return "The time of this appointment has come or gone; it can no longer be changed.";
        case Reason::not_at_site:
            return "This appointment is by telephone or video, on {start}. Nobody needs to come for it.";
        case Reason::not_today:
            return "This appointment is not today but on {start}.";
        case Reason::too_early:
            return "It is too early: come in from {when} on.";
        case Reason::too_late:
            return "It is too late for this appointment: one could come in until {when}. Take a ticket.";
        case Reason::nobody_named:
            return "Nobody was named yet, or it is not known any more whom this appointment was for.";
        case Reason::look_over:
            return "This look is over. Say again why you need to see the data.";
        case Reason::too_many_changes:
            return "Name and address were changed as often as one may. Ask at the site.";
        case Reason::not_offered:
            return "These services cannot be booked together here.";
        case Reason::too_many_open:
            return "This person has as many appointments as one may have.";
        case Reason::too_many_that_day:
            return "This person has as many appointments on that day as one may have.";
        case Reason::no_such_slot:
            return "No appointment begins at that time.";
        case Reason::past:
            return "That time is past.";
        case Reason::too_many_slots:
            return "This is too long for one appointment. Choose fewer services.";
        case Reason::too_soon:
            return "That is too soon to book. Choose a later day.";
        case Reason::not_yet_released:
            return "That day cannot be booked yet. Choose an earlier one.";
        case Reason::does_not_fit:
            return "The appointment would not end in time. Choose an earlier one.";
        case Reason::full:
        case Reason::following_full:
            return "Somebody else was faster: that time is taken. Choose another one.";
    }
    return "";
}

}  // namespace

std::string refusal_text(const booking::Refusal& refusal, const Zone& zone, const Words& words) {
    const std::string english = english_of(refusal.reason);
    const auto moment = [&](Instant at) {
        return day_text(zone.at(at).date, words) + ", " + time_text(zone, at);
    };
    std::string text = english;
    if (english.find("{when}") != std::string::npos && refusal.when)
        text = words(english, {{"when", time_text(zone, *refusal.when)}});
    else if (english.find("{start}") != std::string::npos && refusal.start)
        text = words(english, {{"start", moment(*refusal.start)}});
    else
        text = words(english);
    if (refusal.next)
        text += " " + words("The next one that is free: {time}.", {{"time", moment(refusal.next->start)}});
    return text;
}

int status_of(const booking::Refusal& refusal) {
    using booking::Reason;
    switch (refusal.reason) {
        case Reason::unavailable:
            return 503;
        case Reason::no_such_site:
        case Reason::no_such_booking:
            return 404;
        case Reason::name_missing:
        case Reason::name_unfit:
        case Reason::contact_missing:
        case Reason::phone_missing:
        case Reason::mail_unfit:
        case Reason::phone_unfit:
        case Reason::note_unfit:
        case Reason::not_offered:
        case Reason::no_such_slot:
        case Reason::too_many_slots:
            return 422;
        default:
            return 409;
    }
}

}  // namespace balcao::front
