#pragma once
// What somebody who is signed in may do at a desk, besides what a role says: the one rule for pages and API.
#include <functional>
#include <optional>

#include "assist/settings.hpp"
#include "office/front_office.hpp"
#include "staff/staff.hpp"

namespace balcao::front {

// At one's own desk, at one where nobody sits, and at any for who manages the hall. False also when the
// journal cannot be read.
bool may_act_at(const model::SiteKey& site,
                const office::DeskId& desk,
                const staff::AccountKey& account,
                office::FrontOffice& office,
                const staff::Staff& staff);

// Of the model; or gone from it while somebody sits there, who may finish. Nothing when the journal cannot be
// read.
std::optional<bool> has_desk(const office::Layout& layout,
                             const office::DeskId& desk,
                             office::FrontOffice& office);

// While the session is alive and has that right: for what stays open (Live::close_unless). `staff` must
// outlive it.
std::function<bool()> holds_while(const staff::Staff& staff,
                                  const staff::Session& session,
                                  staff::Permission permission,
                                  const model::SiteKey& site);

// Who has a role with which people are assisted, anywhere in the city. `staff` must outlive it.
assist::MayAssist may_assist(const staff::Staff& staff);

// By the protocols of the model in force. `office` must outlive it.
assist::IsAgreed by_protocols(const office::FrontOffice& office);

}  // namespace balcao::front
