// Kiosks and displays: a machine asks for a secret and shows its code until somebody enables it; a kiosk
// gives tickets and lets people in. And the list of them, for who manages the hall.
#include <algorithm>

#include "api/orders.hpp"
#include "api/shapes.hpp"
#include "api/table.hpp"
#include "front/machine.hpp"

namespace balcao::api {
namespace {

using front::Machine;

std::string_view name_of(device::Kind kind) { return kind == device::Kind::kiosk ? "kiosk" : "display"; }

device::ManagerKey manager(const CallRef& call) { return device::ManagerKey{call->session().account.text()}; }

void write_duty(text::JsonWriter& json, const device::Duty& duty) {
    json.member("kind", name_of(duty.kind)).member("site", duty.site.text());
    if (!duty.kiosk.empty()) json.member("kiosk", duty.kiosk.text());
    json.member("name", duty.name).member("prints", duty.prints);
}

void write_device(text::JsonWriter& json, const device::Device& device) {
    json.begin_object().member("device", device.key.text());
    write_duty(json, device.duty);
    json.member("is_enabled", device.is_enabled).member("has_come", device.is_taken);
    write_instant(json, "enabled_at", device.enabled);
    if (device.seen) write_instant(json, "seen_at", *device.seen);
    json.end();
}

// "given", "by-appointment" or "not-now".
std::string_view how_given(const Machine& machine, const model::ServiceKey& service) {
    if (machine.layout->offers(service)) return "given";
    return machine.layout->offers_booked(service) ? "by-appointment" : "not-now";
}

void write_buttons(text::JsonWriter& json, const Machine& machine, const Words& words) {
    json.key("buttons").begin_array();
    for (const auto& button : front::kiosk_of(machine).buttons) {
        json.begin_object();
        if (!button.name.texts.empty()) json.member("name", button.name.in(words.code(), ""));
        json.key("services").begin_array();
        for (const auto& key : button.services) {
            const auto* service = machine.layout->city().find(key);
            json.begin_object().member("service", key.text());
            json.member("name", service != nullptr ? model::name_of(*service, words.code()) : key.text());
            json.member("how", how_given(machine, key)).end();
        }
        json.end().end();
    }
    json.end();
}

void ask_in(const CallRef& call) {
    const auto secret = device::Devices::new_secret();
    call->answer(json_of([&](text::JsonWriter& json) {
        json.begin_object().member("secret", secret);
        json.member("code", call->rooms().devices.code_of(secret)).end();
    }));
}

// The first time after its code was typed it becomes that machine for good.
void who_am_i(const CallRef& call) {
    auto& devices = call->rooms().devices;
    const auto found = devices.recognise(call->token());
    if (const auto* refusal = std::get_if<device::Refusal>(&found);
        refusal != nullptr && refusal->reason == device::Reason::unavailable)
        return call->refuse(*refusal);
    const auto machine = front::machine_from(found, call->rooms().office);
    call->answer(json_of([&](text::JsonWriter& json) {
        json.begin_object().member("code", devices.code_of(call->token()));
        json.member("is_enabled", machine.has_value());
        if (machine) {
            write_duty(json, machine->device.duty);
            if (machine->device.duty.kind == device::Kind::kiosk)
                write_buttons(json, *machine, call->words());
        }
        json.end();
    }));
}

// The kiosk that asks; answers with why not.
std::optional<Machine> kiosk(const CallRef& call) {
    const auto found = call->rooms().devices.find(call->token());
    auto machine = front::machine_from(found, call->rooms().office);
    if (!machine) {
        const auto* refusal = std::get_if<device::Refusal>(&found);
        call->refuse(refusal != nullptr ? *refusal : device::Refusal{device::Reason::not_enabled});
        return std::nullopt;
    }
    if (machine->device.duty.kind == device::Kind::kiosk) return machine;
    call->refuse(Problem{.name = "not-a-kiosk",
                         .status = 409,
                         .detail = call->words()("This machine is a display: it gives no tickets.")});
    return std::nullopt;
}

void take_ticket(const CallRef& call) {
    const auto machine = kiosk(call);
    if (!machine) return;
    office::TakeTicket command{.services = {}, .channel = "kiosk"};
    const auto services = call->body()["services"];
    for (std::size_t place = 0; place < services.size(); ++place)
        command.services.emplace_back(std::string{services.at(place).as_text().value_or("")});
    if (call->body()["has_priority"].as_bool().value_or(false)) command.standing = office::Standing::priority;
    give_ticket(call, {.site = machine->site().key, .key = call->key(), .command = std::move(command)});
}

void check_in(const CallRef& call) {
    if (const auto machine = kiosk(call))
        let_in(call, booking::ByCode{machine->site().key, call->body_text("code")}, front::Entrance::kiosk);
}

void list_devices(const CallRef& call) {
    call->answer(json_of([&](text::JsonWriter& json) {
        json.begin_object().key("devices").begin_array();
        for (const auto& device : call->rooms().devices.at(call->site().key))
            write_device(json, device);
        json.end().end();
    }));
}

void show_device(const CallRef& call, const device::DeviceKey& key) {
    for (const auto& device : call->rooms().devices.at(call->site().key))
        if (device.key == key)
            return call->answer(json_of([&](text::JsonWriter& json) { write_device(json, device); }));
    call->refuse(device::Refusal{device::Reason::no_such_device});
}

void enable(const CallRef& call) {
    device::Duty duty{.site = call->site().key, .name = call->body_text("name")};
    if (call->body_text("kind") == "display") duty.kind = device::Kind::display;
    if (call->body()["kiosk"].exists()) {
        duty.kiosk = model::KioskKey{call->body_text("kiosk")};
        std::vector<std::string> names;
        for (const auto& one : call->site().kiosks)
            names.push_back(one.key.text());
        const bool is_there = std::ranges::count(names, duty.kiosk.text()) > 0;
        if (!is_there && names.empty()) return call->refuse_member("/kiosk", Fault::Kind::unknown, nullptr);
        if (!is_there) return call->refuse_member("/kiosk", Fault::Kind::not_one_of, one_of("", names));
    }
    duty.prints = duty.kind == device::Kind::kiosk && call->body()["prints"].as_bool().value_or(false);
    const auto enabled =
        call->rooms().devices.enable(manager(call), call->body_text("code"), duty, call->key());
    if (const auto* refusal = std::get_if<device::Refusal>(&enabled)) return call->refuse(*refusal);
    show_device(call, std::get<device::DeviceKey>(enabled));
}

void disable(const CallRef& call) {
    const auto done = call->rooms().devices.disable(
        manager(call), call->site().key, device::DeviceKey{call->parameter("device")}, call->key());
    if (const auto* refusal = std::get_if<device::Refusal>(&done)) return call->refuse(*refusal);
    call->answer_nothing();
}

SchemaRef kind() { return one_of("What it is.", {"kiosk", "display"}); }

SchemaRef kiosk_key() {
    return text("Which kiosk of the site's model; missing: what a kiosk offers there by itself.",
                {.example = "entrance", .least = 1, .most = 100});
}

SchemaRef device_name() {
    return text("What managers call it: the place where it stands.",
                {.example = "By the east door", .most = 240});
}

SchemaRef device_shape() {
    static const SchemaRef shape =
        object("Device", "A machine of the hall.",
               {needed("device", text("Its key.", {.example = "01J9ZK3M9QZT7K3M9QZT7K3M9Q"})),
                needed("kind", kind()), needed("site", shape::site_key("Where it stands.")),
                maybe("kiosk", kiosk_key()), needed("name", device_name()),
                needed("prints", truth("A kiosk with a printer.")),
                needed("is_enabled", truth("Else somebody took it out of use.")),
                needed("has_come", truth("A machine with the code has come.")),
                needed("enabled_at", instant("When it was enabled.")),
                maybe("seen_at", instant("When it last asked for something; noted every few minutes."))});
    return shape;
}

SchemaRef machine_shape() {
    static const SchemaRef service = object("KioskService", "A service behind a button.",
                                            {needed("service", shape::service_key("The service.")),
                                             needed("name", text("Its name.", {.example = "Identity card"})),
                                             needed("how", one_of("Whether tickets are given for it now.",
                                                                  {"given", "by-appointment", "not-now"}))});
    static const SchemaRef button = object("KioskButton", "A service, or several under a name of their own.",
                                           {maybe("name", text("Of a group.", {.example = "Family"})),
                                            needed("services", list(service, "What it leads to."))});
    static const SchemaRef shape =
        object("Machine", "What a machine is.",
               {needed("code", text("What it shows until somebody enables it.", {.example = "7KQ4-M2XD"})),
                needed("is_enabled", truth("Else it gives and shows nothing.")), maybe("kind", kind()),
                maybe("site", shape::site_key("Where it stands.")), maybe("kiosk", kiosk_key()),
                maybe("name", device_name()), maybe("prints", truth("It has a printer.")),
                maybe("buttons", list(button, "What a kiosk offers, in the order of the model."))});
    return shape;
}

}  // namespace

void add_machines(Table& table) {
    static const SchemaRef secret =
        object("MachineSecret", "What a new machine keeps. Shown only now; nothing is written.",
               {needed("secret", text("256 random bits; send it as Authorization: Bearer.",
                                      {.example = "mF_9B5f4-1JqMmF_9B5f4-1JqMmF_9B5f4-1JqMmF_9"})),
                needed("code", text("What it shows until somebody enables it.", {.example = "7KQ4-M2XD"}))});
    static const SchemaRef wish =
        asked("KioskTicketRequest", "A ticket for one service or several.",
              {needed("services", list(shape::service_key("A service of the site."),
                                       "In the order in which they matter.", 1, 20)),
               maybe("has_priority", truth("By law. Nobody asks why, and it is not kept why."))});
    static const SchemaRef code = asked(
        "CodeRequest", "Who has an appointment.",
        {needed("code", text("Its six letters and digits.", {.example = "7K3M9Q", .least = 1, .most = 20}))});
    const auto add = [&](Operation operation) {
        operation.tag = "Machines";
        if (operation.who == Who::machine) operation.where = Where::worker;
        table.push_back(std::move(operation));
    };
    add({.method = http::Method::post,
         .path = "/machines",
         .id = "askForMachine",
         .summary = "Ask for the secret of a new machine",
         .about = "Nothing is known of it until somebody who manages the hall has typed its code.",
         .status = 201,
         .answer = secret,
         .takes_key = false,
         .work = ask_in});
    add({.path = "/machines/self",
         .id = "getMachine",
         .summary = "What this machine is",
         .about = "To be asked every few seconds until it is enabled.",
         .who = Who::machine,
         .answer = machine_shape(),
         .also = {{503, "The journal cannot be read or written now."}},
         .work = who_am_i});
    add({.method = http::Method::post,
         .path = "/machines/self/tickets",
         .id = "takeTicketAtKiosk",
         .summary = "Give a ticket",
         .who = Who::machine,
         .body = wish,
         .status = 201,
         .answer = shape::ticket(),
         .also = {{409, "It is a display; or the site is closed, or its numbers are given out."},
                  {503, "Nothing can be written now."}},
         .work = take_ticket});
    add({.method = http::Method::post,
         .path = "/machines/self/check-ins",
         .id = "checkInAtKiosk",
         .summary = "Let somebody with an appointment in",
         .who = Who::machine,
         .body = code,
         .status = 201,
         .answer = shape::ticket(),
         .also = {{404, "No appointment of today at this site has that code."},
                  {409, "It is a display; or not possible as it is now."},
                  {503, "Nothing can be written now."}},
         .work = check_in});
}

void add_machine_list(Table& table) {
    static const SchemaRef devices =
        object("Devices", "The machines of a site.",
               {needed("devices", list(device_shape(), "Those that are enabled first, then by name."))});
    static const SchemaRef wish = asked(
        "EnableRequest", "What a machine is made into.",
        {needed("code", text("What the machine shows.", {.example = "7KQ4-M2XD", .least = 1, .most = 40})),
         needed("kind", kind()), maybe("kiosk", kiosk_key()), needed("name", device_name()),
         maybe("prints", truth("It has a printer."))});
    const auto add = [&](Operation operation) {
        operation.tag = "Machines";
        operation.who = Who::staff;
        operation.permission = staff::Permission::manage_hall;
        table.push_back(std::move(operation));
    };
    add({.path = "/sites/{site}/devices",
         .id = "listDevices",
         .summary = "The machines of a site",
         .answer = devices,
         .work = list_devices});
    add({.method = http::Method::post,
         .path = "/sites/{site}/devices",
         .id = "enableDevice",
         .summary = "Enable the machine that shows that code",
         .where = Where::worker,
         .body = wish,
         .status = 201,
         .answer = device_shape(),
         .also = {{409, "The machine with that code is in use."}, {503, "Nothing can be written now."}},
         .work = enable});
    add({.method = http::Method::post,
         .path = "/sites/{site}/devices/{device}/disable",
         .id = "disableDevice",
         .summary = "Take a machine out of use",
         .where = Where::worker,
         .status = 204,
         .also = {{503, "Nothing can be written now."}},
         .work = disable});
}

}  // namespace balcao::api
