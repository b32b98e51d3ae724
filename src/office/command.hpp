#pragma once
// What people and their machines ask of a hall: the commands, and the reasons for which one is refused. A
// command says who wants what; whether that person may is decided before it comes here.
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "office/hall_event.hpp"

namespace balcao::office {

// A ticket for one service or several, in the order in which they were named; the hall may change the order
// so that fewer desks are needed.
struct TakeTicket {
    std::vector<ServiceKey> services;
    Standing standing = Standing::ordinary;
    std::optional<int> rank{};  // the model's priority number; none: that of ordinary people
    std::string channel = "reception";
    PersonName person{};
    std::optional<Instant> appointment{};  // of who comes with one; whether it is so, its keeper has checked
};

// Who sits down behind a desk. Who already sits behind another moves here, with the person being served.
struct OpenDesk {
    DeskId desk;
    StaffKey staff;
};

struct PauseDesk {
    DeskId desk;
};

struct ResumeDesk {
    DeskId desk;
};

struct CloseDesk {
    DeskId desk;
};

// By the rule. Nobody of `except` is called.
struct CallNext {
    DeskId desk;
    std::vector<Number> except{};
};

struct CallNumber {
    DeskId desk;
    Number number;
};

struct Recall {
    DeskId desk;
};

struct UndoCall {
    DeskId desk;
};

// Who was called came to the desk.
struct Start {
    DeskId desk;
};

// Who was called did not come.
struct NotCome {
    DeskId desk;
    Requeue manner = Requeue::keep_count;
};

enum class Stay : std::uint8_t {
    here_if_possible,  // the next leg at this desk where it serves it
    no,                // the next leg waits for any desk
};

// The leg is done. `next`: the step that follows, where the model leaves a choice; none: to leave, or the
// only one.
struct Finish {
    DeskId desk;
    std::optional<StepKey> next{};
    bool must_collect = false;  // something is not ready: comes back to collect it
    Stay stay = Stay::here_if_possible;
};

struct Park {
    DeskId desk;
};

// Who is parked is served again, at this desk.
struct Resume {
    DeskId desk;
    Number number;
};

struct AddService {
    Number number;
    ServiceKey service;
};

// To another service, or to one desk for the same service.
struct Transfer {
    DeskId desk;
    std::optional<ServiceKey> service{};
    std::optional<DeskId> to{};
};

struct UndoTransfer {
    DeskId desk;
    Number number;
    std::string reason;
};

// Who was missed is back.
struct ComeBack {
    Number number;
};

struct Collect {
    Number number;
};

struct Leave {
    Number number;
};

struct RaiseEmergency {
    DeskId desk;
};

struct AcceptEmergency {
    DeskId desk;
    StaffKey by;
};

struct ClearEmergency {
    DeskId desk;
    StaffKey by;
};

// What the forecast says of those who wait. Who is not waiting for the first call any more, or was promised
// an earlier time, or had the promise moved once, is left out.
struct MakePromises {
    std::vector<PromiseMade> promises;
};

struct EndDay {};

using Command = std::variant<TakeTicket,
                             OpenDesk,
                             PauseDesk,
                             ResumeDesk,
                             CloseDesk,
                             CallNext,
                             CallNumber,
                             Recall,
                             UndoCall,
                             Start,
                             NotCome,
                             Finish,
                             Park,
                             Resume,
                             AddService,
                             Transfer,
                             UndoTransfer,
                             ComeBack,
                             Collect,
                             Leave,
                             RaiseEmergency,
                             AcceptEmergency,
                             ClearEmergency,
                             MakePromises,
                             EndDay>;

enum class Reason : std::uint8_t {
    day_has_ended,
    site_is_closed,
    no_service_named,
    service_not_offered,
    service_named_twice,
    numbers_given_out,
    person_already_waits,  // number: the ticket that she has
    no_such_desk,
    desk_is_closed,
    desk_rests,
    desk_has_visit,  // number
    desk_has_no_visit,
    desk_taken_by_other,  // staff
    desk_serves_other_things,
    nobody_waits,
    no_such_number,
    visit_is_elsewhere,    // number, desk: where it is called or served
    visit_is_not_waiting,  // number, state
    visit_not_called,      // number
    visit_not_served,      // number
    visit_not_parked,      // number
    visit_not_missed,      // number
    visit_not_collecting,  // number
    visit_is_over,         // number, state
    too_many_services,
    next_step_needed,
    no_such_step,
    transfer_leads_nowhere,
    transfer_cannot_be_undone,
    no_emergency,
    emergency_already_raised,
    own_emergency,
};

// "nobody-waits": the name that programs see.
std::string_view name_of(Reason reason);

// Why not, and what is true now.
struct Refusal {
    Reason reason{};
    std::optional<Number> number{};
    std::optional<DeskId> desk{};
    std::string state{};  // of that visit
    StaffKey staff{};
    ServiceKey service{};
    friend bool operator==(const Refusal&, const Refusal&) = default;
};

}  // namespace balcao::office
