#pragma once
// The machines of a hall and their pages: who a machine is by its cookie, what it shows until it is enabled,
// and where managers enable it. Internal to `web`.
#include <functional>
#include <memory>

#include "front/machine.hpp"
#include "web/shared.hpp"

namespace balcao::web {

using front::Machine;

// The machine that sent this, from memory; nothing for one that is not enabled.
std::optional<Machine> machine_of(const http::Request& request, const Shared& shared);

// A page of machines of that kind. Others are told that they are not
// enabled, with the code that they show; a machine of the other kind is sent where it belongs.
using AtMachine = std::function<http::Response(const http::Request&, const Machine&)>;
http::Handler for_machine(Shared& shared, device::Kind kind, AtMachine work);

// While the machine is enabled: for what stays open (Live::close_unless).
Live::Holds enabled_while(const Shared& shared, const http::Request& request);

// What a machine shows that is not enabled: that it gives nothing, and its code.
http::Response waiting_page(const http::Request& request, const Shared& shared, device::Kind kind);

void add_device_routes(http::Router& router, Shared& shared);
void add_kiosk_routes(http::Router& router, Shared& shared);
void add_kiosk_ticket_routes(http::Router& router, Shared& shared);
void add_kiosk_check_in_routes(http::Router& router, Shared& shared);

}  // namespace balcao::web
