#pragma once
// What the API shows of a site, a hall, a ticket, an appointment, a desk and an account: each shape as it is
// described, and its writer. Inside `api`; what anybody may see is taken by `front`.
#include <string>
#include <vector>

#include "api/call.hpp"

namespace balcao::api {

// A JSON document that `fill` writes.
template <class Fill>
std::string json_of(Fill&& fill) {
    std::string out;
    text::JsonWriter json{out};
    std::forward<Fill>(fill)(json);
    return out;
}

void write_instant(text::JsonWriter& json, std::string_view name, Instant at);

// A receipt of keeping::receipt_of, or why there is none yet.
void answer_receipt(const CallRef& call, Result<std::string> json);

namespace shape {
const SchemaRef& named_service();
const SchemaRef& wait();
const SchemaRef& hall();
const SchemaRef& ticket();
const SchemaRef& appointment();
const SchemaRef& agenda_entry();
const SchemaRef& staff_appointment();
const SchemaRef& slots();
const SchemaRef& desk();
const SchemaRef& floor();
const SchemaRef& account();
const SchemaRef& session();
const SchemaRef& command();  // what an order at a desk led to
const SchemaRef& receipt();

SchemaRef site_key(std::string about);
SchemaRef service_key(std::string about);
SchemaRef desk_key(std::string about);
SchemaRef number(std::string about);
SchemaRef link(std::string about);
}  // namespace shape

// Each appends one value.
void write_hall(text::JsonWriter& json,
                const Shared& shared,
                const Words& words,
                const office::Layout& layout,
                const front::HallView& view);
void write_ticket(text::JsonWriter& json,
                  const Shared& shared,
                  const Words& words,
                  const front::TicketName& name,
                  const front::TicketView& view);
void write_appointment(text::JsonWriter& json,
                       const booking::Appointment& appointment,
                       const std::string& link,
                       Instant now);
void write_agenda_entry(text::JsonWriter& json, const booking::Appointment& appointment, Instant now);

// For staff: without a name (staff_bookings.cpp).
void write_staff_appointment(text::JsonWriter& json, const booking::Appointment& appointment, Instant now);

// The hall as anybody may see it; nothing when the journal cannot be read.
std::optional<front::HallView> hall_of(const Shared& shared, const model::SiteKey& site);
std::optional<front::TicketView> ticket_of(const Shared& shared, const front::TicketName& name);

}  // namespace balcao::api
