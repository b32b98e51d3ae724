#pragma once
// What calls of staff have in common. Inside `api`.
#include "api/call.hpp"

namespace balcao::api {

// 204, or why not.
void done(const CallRef& call, const staff::Answer<staff::Done>& answer);

// The shape of a password that is set.
SchemaRef new_password();

// One account, as it is now.
void show_account(const CallRef& call, const staff::AccountKey& key);
void write_account(text::JsonWriter& json, const staff::Account& account);

}  // namespace balcao::api
