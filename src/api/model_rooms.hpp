#pragma once
// What calls about the model of the city have in common. Inside `api`.
#include <string>

#include "api/call.hpp"
#include "front/change_plan.hpp"

namespace balcao::api {

// Where it is administered; answers with 404 where nobody does so here.
edition::Editions* editions_of(const CallRef& call);

front::ChangeRooms change_rooms(const CallRef& call);

// As an ETag (RFC 9110, 8.8.3): "\"7\"".
std::string tag_of(edition::Number number);

// One version, as its list has it (versions.cpp).
void write_version(text::JsonWriter& json, const edition::Entry& entry, const Call& call);
SchemaRef version_shape();

// An appointment without a place, and other times for it (versions.cpp).
void write_clash(text::JsonWriter& json, const booking::Clash& clash, Instant now);
SchemaRef clash_shape();

}  // namespace balcao::api
