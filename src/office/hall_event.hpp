#pragma once
// What happens in the hall of one site on one day: the events of its stream. Made by the decisions
// (decide.hpp), folded by the hall (hall.hpp), and the only source of every statistic. An event says what was
// decided and nothing that follows from it.
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/civil.hpp"
#include "base/result.hpp"
#include "journal/event.hpp"
#include "office/layout.hpp"
#include "office/visit.hpp"

namespace balcao::office {

// A desk has somebody behind it from here on. Who was at another desk moves, with the person being served
// there.
struct DeskOpened {
    static constexpr std::string_view type = "desk-opened";
    DeskId desk;
    StaffKey staff;
};

struct DeskMoved {
    static constexpr std::string_view type = "desk-moved";
    DeskId from;
    DeskId to;
    StaffKey staff;
};

struct DeskPaused {
    static constexpr std::string_view type = "desk-paused";
    DeskId desk;
};

struct DeskResumed {
    static constexpr std::string_view type = "desk-resumed";
    DeskId desk;
};

struct DeskClosed {
    static constexpr std::string_view type = "desk-closed";
    DeskId desk;
};

struct VisitBegun {
    static constexpr std::string_view type = "visit-begun";
    Number number;
    std::vector<Leg> legs;
    int rank = 0;
    Standing standing = Standing::ordinary;
    std::string channel;
    PersonName person;
    Instant appointment{};  // the beginning of time: none
};

// Why it was this one who was called.
enum class CalledBy : std::uint8_t {
    unknown,  // in events of versions that did not say
    rule,     // the next by the order of the site
    hand,     // by number, at the desk
    sending,  // was sent to this very desk
};

struct VisitCalled {
    static constexpr std::string_view type = "visit-called";
    Number number;
    DeskId desk;
    std::vector<Number> passed_over;  // with priority by law, waiting for a service of this desk meanwhile
    CalledBy called_by = CalledBy::unknown;
};

struct VisitRecalled {
    static constexpr std::string_view type = "visit-recalled";
    Number number;
    DeskId desk;
};

// Called by mistake: as if it had not been.
struct CallUndone {
    static constexpr std::string_view type = "call-undone";
    Number number;
    DeskId desk;
};

// What becomes of the count of calls of who was called and did not come.
enum class Requeue : std::uint8_t {
    keep_count,    // stays as it is, and so the next misses lead to "missed"
    lower_count,   // one call is forgiven
    forget_calls,  // all are, and the person is offered again at once
};

struct VisitRequeued {
    static constexpr std::string_view type = "visit-requeued";
    Number number;
    DeskId desk;
    Requeue manner = Requeue::keep_count;
};

struct VisitMissed {
    static constexpr std::string_view type = "visit-missed";
    Number number;
};

// Who was missed came back: waits again, by the old arrival.
struct VisitReturned {
    static constexpr std::string_view type = "visit-returned";
    Number number;
};

struct ServiceStarted {
    static constexpr std::string_view type = "service-started";
    Number number;
    DeskId desk;
};

struct VisitParked {
    static constexpr std::string_view type = "visit-parked";
    Number number;
    DeskId desk;
};

struct ServiceAdded {
    static constexpr std::string_view type = "service-added";
    Number number;
    Leg leg;
};

struct VisitTransferred {
    static constexpr std::string_view type = "visit-transferred";
    Number number;
    DeskId desk;  // where it was served
    Leg to;
};

struct TransferUndone {
    static constexpr std::string_view type = "transfer-undone";
    Number number;
    DeskId desk;  // where it is served again
    std::string reason;
};

// What comes after a leg that was served.
enum class Then : std::uint8_t {
    goes,      // all was done
    stays,     // the next leg at the same desk, at once
    waits,     // for the next leg
    collects,  // must come back for something
};

struct ServiceEnded {
    static constexpr std::string_view type = "service-ended";
    Number number;
    DeskId desk;
    Then then = Then::goes;
    std::optional<Leg> next;  // the step that follows, put before the other legs
};

struct VisitCollected {
    static constexpr std::string_view type = "visit-collected";
    Number number;
};

struct VisitLeft {
    static constexpr std::string_view type = "visit-left";
    Number number;
};

struct EmergencyRaised {
    static constexpr std::string_view type = "emergency-raised";
    DeskId desk;
};

struct EmergencyAccepted {
    static constexpr std::string_view type = "emergency-accepted";
    DeskId desk;  // the one in need
    StaffKey by;
};

struct EmergencyCleared {
    static constexpr std::string_view type = "emergency-cleared";
    DeskId desk;
    StaffKey by;
};

// By when somebody who waits is called for the first time, and the range that is shown with it; whole
// minutes. A second one for a number moves the promise to an earlier time.
struct PromiseMade {
    static constexpr std::string_view type = "promise-made";
    Number number;
    Instant from{};
    Instant to{};
    Instant at_latest{};
    rules::WaitBasis basis = rules::WaitBasis::simulated;
};

// The doors are shut and nobody will be called any more: who waits or was missed has been missed, who is at a
// desk or parked has been served.
struct DayEnded {
    static constexpr std::string_view type = "day-ended";
};

// From here on the hall goes by that edition of the model: its hours, services, queues and desks. Whoever is
// here keeps number, place and desk. A hall whose first event is another one went by the first edition.
struct ModelFollowed {
    static constexpr std::string_view type = "model-followed";
    Edition edition = 0;
};

using HallEvent = std::variant<DeskOpened,
                               DeskMoved,
                               DeskPaused,
                               DeskResumed,
                               DeskClosed,
                               VisitBegun,
                               VisitCalled,
                               VisitRecalled,
                               CallUndone,
                               VisitRequeued,
                               VisitMissed,
                               VisitReturned,
                               ServiceStarted,
                               VisitParked,
                               ServiceAdded,
                               VisitTransferred,
                               TransferUndone,
                               ServiceEnded,
                               VisitCollected,
                               VisitLeft,
                               EmergencyRaised,
                               EmergencyAccepted,
                               EmergencyCleared,
                               PromiseMade,
                               DayEnded,
                               ModelFollowed>;

// The stream of the hall of that site and day.
std::string stream_of(const model::SiteKey& site, Date date);

// As the journal keeps it.
journal::Draft encode(const HallEvent& event);

// Error: invalid, with the place, for what no version of Balcão has written.
Result<HallEvent> decode(const journal::Event& event);

}  // namespace balcao::office
