#include "front/own_data_words.hpp"

namespace balcao::front {
namespace {

using namespace booking;

// In English, the name of each text.
const char* english_of(const BookingHeld& event) {
    return event.what.person.empty() ? "A place was kept." : "The appointment was booked.";
}

const char* english_of(const ContactGiven&) { return "It was said who the appointment is for."; }

const char* english_of(const BookingConfirmed&) { return "The appointment was confirmed."; }

const char* english_of(const BookingMovedAway&) { return "The appointment left this day for another time."; }

const char* english_of(const BookingMovedHere&) { return "The appointment came to its new time."; }

const char* english_of(const BookingCancelled&) { return "This appointment was cancelled."; }

const char* english_of(const LinkRenewed&) { return "The link was made anew; the one before ended."; }

const char* english_of(const CheckedIn&) { return "The person was here and came in."; }

const char* english_of(const CheckInUndone&) { return "The coming in was taken back."; }

const char* english_of(const BookingMissed&) { return "The day ended, and nobody had come."; }

const char* english_of(const ReminderHandedOut&) { return "A reminder was handed out for sending."; }

const char* english_of(const NoteWritten& event) {
    return event.note.empty() ? "The note of staff was taken away." : "Staff wrote a note.";
}

const char* english_of(const PersonForgotten&) { return "Who it was for was forgotten."; }

const char* english_of(const office::VisitBegun&) { return "The ticket was taken."; }

const char* english_of(const office::VisitCalled&) { return "The number was called."; }

const char* english_of(const office::VisitRecalled&) { return "The number was called again."; }

const char* english_of(const office::CallUndone&) { return "The call was a mistake and was taken back."; }

const char* english_of(const office::VisitRequeued&) {
    return "Nobody came to the desk; the number waits again.";
}

const char* english_of(const office::VisitMissed&) { return "Nobody came; the number was missed."; }

const char* english_of(const office::VisitReturned&) { return "The person came back and waits again."; }

const char* english_of(const office::ServiceStarted&) { return "The service began."; }

const char* english_of(const office::VisitParked&) { return "The visit was put on hold."; }

const char* english_of(const office::ServiceAdded&) { return "A service was added."; }

const char* english_of(const office::VisitTransferred&) { return "The visit was sent on."; }

const char* english_of(const office::TransferUndone&) { return "The sending on was taken back."; }

const char* english_of(const office::ServiceEnded&) { return "The service ended."; }

const char* english_of(const office::VisitCollected&) { return "What was prepared was collected."; }

const char* english_of(const office::VisitLeft&) { return "The ticket was given up."; }

const char* english_of(const office::PromiseMade&) { return "It was promised by when the number is called."; }

}  // namespace

std::string text_of(const BookEvent& event, const Words& words) {
    return std::visit([&](const auto& one) { return words(english_of(one)); }, event);
}

std::string text_of(const office::HallEvent& event, const Words& words) {
    return std::visit(
        [&](const auto& one) -> std::string {
            if constexpr (requires { english_of(one); })
                return words(english_of(one));
            else
                return {};
        },
        event);
}

}  // namespace balcao::front
