#pragma once
// The table of everything that the API does, room by room. Inside `api`.
#include <vector>

#include "api/operation.hpp"

namespace balcao::api {

// In the order in which they are described.
const std::vector<Operation>& operations();

using Table = std::vector<Operation>;

void add_city(Table& table);
void add_catalogue(Table& table);
void add_life_events(Table& table);
void add_cases(Table& table);       // for who asks for something
void add_inbox(Table& table);       // for who works on it
void add_assistance(Table& table);  // the double screen
void add_reports(Table& table);     // of entities
void add_fees(Table& table);
void add_tickets(Table& table);
void add_slots(Table& table);
void add_appointments(Table& table);
void add_sessions(Table& table);
void add_account(Table& table);
void add_desks(Table& table);
void add_floor(Table& table);
void add_agenda(Table& table);
void add_people(Table& table);
void add_log(Table& table);
void add_staff_bookings(Table& table);
void add_looks(Table& table);
void add_own_data(Table& table);
void add_machines(Table& table);      // what a kiosk or display does
void add_machine_list(Table& table);  // who manages them
void add_notices(Table& table);
void add_calendars(Table& table);
void add_letters(Table& table);
void add_record(Table& table);
void add_outcomes(Table& table);
void add_versions(Table& table);  // of the model
void add_changes(Table& table);   // of the model
void add_founding(Table& table);

}  // namespace balcao::api
