#pragma once
// What somebody who works for the city may do, and the roles that allow it. Used by `staff` to decide and by
// the pages to offer only what is allowed. A role is held at one site or everywhere (staff/account.hpp).
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace balcao::staff {

enum class Permission : std::uint8_t {
    see_hall,           // who waits and which desk is open, by number
    run_desk,           // open it, call, serve, transfer; give out tickets
    assist_citizen,     // the double screen
    manage_hall,        // any desk, emergencies, stepping in
    see_statistics,     //
    see_personal_data,  // each look is recorded
    change_model,       //
    manage_people,      // accounts and roles
    see_journal,        // events and their proofs
    handle_cases,       // what was asked of entities: tasks, and what went wrong
    handle_money,       // what was collected, and what waits for a decision; tills need run_desk alone
};

enum class Role : std::uint8_t { attendant, mediator, manager, administrator, auditor, case_worker };

std::span<const Permission> all_permissions();
std::span<const Role> all_roles();

// "run-desk", "mediator": the names that programs see.
std::string_view name_of(Permission permission);
std::string_view name_of(Role role);
std::optional<Role> role_of(std::string_view name);

bool allows(Role role, Permission permission);

// Rights with which somebody could give themselves all others, or read what people entrusted to the city in
// bulk: whoever holds one must sign in with a second factor (OWASP ASVS 4.0.3, 4.3.1).
bool is_strong(Permission permission);

}  // namespace balcao::staff
