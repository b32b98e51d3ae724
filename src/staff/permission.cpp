#include "staff/permission.hpp"

#include <algorithm>
#include <array>

namespace balcao::staff {
namespace {

using enum Permission;

constexpr std::array permissions{see_hall,       run_desk,          assist_citizen, manage_hall,
                                 see_statistics, see_personal_data, change_model,   manage_people,
                                 see_journal,    handle_cases,      handle_money};
constexpr std::array<std::string_view, permissions.size()> permission_names{
    "see-hall",     "run-desk",      "assist-citizen", "manage-hall",  "see-statistics", "see-personal-data",
    "change-model", "manage-people", "see-journal",    "handle-cases", "handle-money"};

constexpr std::array roles{Role::attendant,     Role::mediator, Role::manager,
                           Role::administrator, Role::auditor,  Role::case_worker};
constexpr std::array<std::string_view, roles.size()> role_names{"attendant",     "mediator", "manager",
                                                                "administrator", "auditor",  "case-worker"};

constexpr std::array attendant{see_hall, run_desk, see_personal_data};
constexpr std::array mediator{see_hall, run_desk, see_personal_data, assist_citizen};
constexpr std::array manager{see_hall,    run_desk,       see_personal_data, assist_citizen,
                             manage_hall, see_statistics, manage_people,     handle_money};
constexpr std::array auditor{see_hall, see_statistics, see_journal};
constexpr std::array case_worker{handle_cases, see_personal_data};

std::span<const Permission> permissions_of(Role role) {
    switch (role) {
        case Role::attendant:
            return attendant;
        case Role::mediator:
            return mediator;
        case Role::manager:
            return manager;
        case Role::administrator:
            return permissions;
        case Role::auditor:
            return auditor;
        case Role::case_worker:
            return case_worker;
    }
    return {};
}

}  // namespace

std::span<const Permission> all_permissions() { return permissions; }

std::span<const Role> all_roles() { return roles; }

std::string_view name_of(Permission permission) {
    return permission_names[static_cast<std::size_t>(permission)];
}

std::string_view name_of(Role role) { return role_names[static_cast<std::size_t>(role)]; }

std::optional<Role> role_of(std::string_view name) {
    const auto* found = std::find(role_names.begin(), role_names.end(), name);
    if (found == role_names.end()) return std::nullopt;
    return roles[static_cast<std::size_t>(found - role_names.begin())];
}

bool allows(Role role, Permission permission) {
    const auto allowed = permissions_of(role);
    return std::find(allowed.begin(), allowed.end(), permission) != allowed.end();
}

bool is_strong(Permission permission) {
    return permission == change_model || permission == manage_people || permission == see_journal;
}

}  // namespace balcao::staff
