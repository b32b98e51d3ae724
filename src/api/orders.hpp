#pragma once
// Commands to the office on their way out of a call, and their answers on the way back. Inside `api`.
#include <functional>
#include <string>

#include "api/call.hpp"
#include "front/ticket.hpp"

namespace balcao::api {

// Hands the command in; answers a refusal and what is unavailable by itself, the rest by `accepted` with the
// office's JSON, from any thread.
using OnAccepted = std::function<void(const CallRef&, const std::string& json)>;
void order(const CallRef& call, office::Request request, OnAccepted accepted);

// A command that gives a ticket, answered with the ticket.
void give_ticket(const CallRef& call, office::Request request);

// Lets somebody with an appointment in, answered with the ticket. On a worker's thread.
void let_in(const CallRef& call, const booking::Hand& hand, front::Entrance entrance);

}  // namespace balcao::api
