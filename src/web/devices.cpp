// The machines of a hall, for who manages it: enabled by the code that they show, seen, taken out of use.
#include "web/book_words.hpp"
#include "web/device_pages.hpp"
#include "web/forms.hpp"
#include "web/people.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;

// What was typed, again.
struct TypedDevice {
    std::string code{};
    std::string what{};
    std::string name{};
    bool prints = true;
    std::string complaint{};
    int status = 200;
};

// "kiosk/entrance": a kiosk of the model; "kiosk": what a kiosk offers by itself; "display".
device::Duty duty_of(const http::Request& request, const model::Site& site) {
    constexpr std::string_view of_model = "kiosk/";
    const auto what = request.form.text("what");
    device::Duty duty{.site = site.key, .name = std::string{request.form.text("name")}};
    if (what == "display") duty.kind = device::Kind::display;
    if (what.starts_with(of_model)) duty.kiosk = model::KioskKey{std::string{what.substr(of_model.size())}};
    duty.prints = duty.kind == device::Kind::kiosk && request.form.has("prints");
    return duty;
}

std::string name_of_kiosk(const model::Site& site, const model::KioskKey& key, const Words& words) {
    for (const auto& kiosk : site.kiosks)
        if (kiosk.key == key) return words("Kiosk: {name}", {{"name", model::name_of(kiosk, words.code())}});
    return words("Kiosk");
}

std::string what_it_is(const device::Device& device, const model::Site& site, const Words& words) {
    if (device.duty.kind == device::Kind::display) return words("Display of the waiting room");
    return name_of_kiosk(site, device.duty.kiosk, words);
}

// Where it is, and when it was last heard of.
std::string how_it_is(const device::Device& device, const Shared& shared, const Words& words) {
    constexpr std::chrono::minutes fresh{10};
    if (!device.is_enabled) return words("Out of use");
    if (!device.is_taken) return words("Enabled; the machine has not come yet");
    const Instant seen = device.seen.value_or(device.enabled);
    const auto& zone = shared.office.zone();
    const std::string when = zone.at(seen).date == shared.now().date
                                 ? time_text(zone, seen)
                                 : format_date(zone.at(seen).date) + " " + time_text(zone, seen);
    return shared.clock.now() - seen < fresh ? words("In use; last seen {time}", {{"time", when}})
                                             : words("Silent since {time}", {{"time", when}});
}

void write_machine(Content& row,
                   const device::Device& device,
                   const Shared& shared,
                   const Words& words,
                   const model::Site& site) {
    row.element<"th">({with<"scope">("row")}, device.duty.name);
    row.element<"td">(what_it_is(device, site, words));
    row.element<"td">(how_it_is(device, shared, words));
    row.element<"td">([&](Content& cell) {
        if (!device.is_enabled) return;
        cell.element<"form">({with<"method">("post"),
                              with<"action">(url(words, {"hall", site.key.text(), "devices", "disable"}))},
                             [&](Content& form) {
                                 write_hidden(form, "key", new_form_key());
                                 write_hidden(form, "device", device.key.text());
                                 form.element<"button">(
                                     {with<"aria-label">(words("Disable") + " " + device.duty.name)},
                                     words("Disable"));
                             });
    });
}

void write_machines(Content& main, const Shared& shared, const Words& words, const model::Site& site) {
    const auto machines = shared.devices.at(site.key);
    if (machines.empty()) {
        main.element<"p">(words("There is no kiosk and no display here yet."));
        return;
    }
    main.element<"table">({with<"class">("queue")}, [&](Content& table) {
        table.element<"thead">([&](Content& head) {
            head.element<"tr">([&](Content& row) {
                for (const char* word : {"Machine", "What it is", "How it is"})
                    row.element<"th">({with<"scope">("col")}, words(word));
                row.element<"td">("");
            });
        });
        table.element<"tbody">([&](Content& rows) {
            for (const auto& device : machines)
                rows.element<"tr">([&](Content& row) { write_machine(row, device, shared, words, site); });
        });
    });
}

void write_options(Content& select, const Words& words, const model::Site& site, std::string_view chosen) {
    const auto option = [&](const std::string& value, const std::string& label) {
        select.element<"option">({with<"value">(value), when(value == chosen, with<"selected">())}, label);
    };
    for (const auto& kiosk : site.kiosks)
        option("kiosk/" + kiosk.key.text(), name_of_kiosk(site, kiosk.key, words));
    if (site.kiosks.empty()) option("kiosk", words("Kiosk"));
    option("display", words("Display of the waiting room"));
}

void write_enable(Content& main, const Words& words, const model::Site& site, const TypedDevice& typed) {
    main.element<"h2">(words("Enable a machine"));
    main.element<"p">(words("Open {kiosk} on a kiosk, or {display} on a display. The machine shows a code.",
                            {{"kiosk", "/kiosk"}, {"display", "/display"}}));
    main.element<"form">(
        {with<"method">("post"), with<"class">("sheet"),
         with<"action">(url(words, {"hall", site.key.text(), "devices", "enable"}))},
        [&](Content& form) {
            write_hidden(form, "key", new_form_key());
            write_field(form, {"code", words("Code that the machine shows"), "text", typed.code, "off"});
            form.element<"p">([&](Content& line) {
                line.element<"label">({with<"for">("what")}, words("What it is"));
                line.element<"select">({with<"id">("what"), with<"name">("what")}, [&](Content& select) {
                    write_options(select, words, site, typed.what);
                });
            });
            write_field(form, {"name", words("Its name, such as the place where it stands"), "text",
                               typed.name, "off"});
            form.element<"p">([&](Content& line) {
                line.element<"label">({with<"class">("priority")}, [&](Content& label) {
                    label.empty<"input">({with<"type">("checkbox"), with<"name">("prints"),
                                          with<"value">("yes"), when(typed.prints, with<"checked">())});
                    label.text(words("It has a printer: tickets are printed by themselves"));
                });
            });
            form.element<"button">({with<"class">("main")}, words("Enable"));
        });
}

http::Response devices_page(const http::Request& request,
                            const Shared& shared,
                            const staff::Session& session,
                            const model::Site& site,
                            const TypedDevice& typed = {}) {
    const Words words = shared.words_of(request);
    const Frame frame{.words = words,
                      .title = words("Kiosks and displays"),
                      .path = "/hall/" + site.key.text() + "/devices"};
    return http::Response::html(
        page(shared.city(words), frame,
             [&](Content& main) {
                 main.element<"p">({with<"class">("who")}, [&](Content& line) {
                     line.text(session.names.name + " · ");
                     line.element<"a">(
                         {with<"href">(url(words, {"hall", site.key.text()}))},
                         words("The hall of {site}", {{"site", model::name_of(site, words.code())}}));
                 });
                 main.element<"h1">(frame.title);
                 write_complaint(main, typed.complaint);
                 write_machines(main, shared, words, site);
                 write_enable(main, words, site, typed);
             }),
        typed.status);
}

http::Response to_devices(const Words& words, const model::Site& site) {
    return http::Response::redirect(url(words, {"hall", site.key.text(), "devices"}).text());
}

device::ManagerKey manager_of(const staff::Session& session) {
    return device::ManagerKey{session.account.text()};
}

http::Response enable(const http::Request& request,
                      const Shared& shared,
                      const staff::Session& session,
                      const model::Site& site) {
    const Words words = shared.words_of(request);
    const auto enabled = shared.devices.enable(manager_of(session), request.form.text("code"),
                                               duty_of(request, site), form_key(request));
    const auto* refusal = std::get_if<device::Refusal>(&enabled);
    if (refusal == nullptr) return to_devices(words, site);
    const auto text = [&](std::string_view name) { return std::string{request.form.text(name)}; };
    return devices_page(request, shared, session, site,
                        {text("code"), text("what"), text("name"), request.form.has("prints"),
                         refusal_text(*refusal, words), status_of(*refusal)});
}

http::Response disable(const http::Request& request,
                       const Shared& shared,
                       const staff::Session& session,
                       const model::Site& site) {
    const Words words = shared.words_of(request);
    const device::DeviceKey device{std::string{request.form.text("device")}};
    const auto done = shared.devices.disable(manager_of(session), site.key, device, form_key(request));
    if (const auto* refusal = std::get_if<device::Refusal>(&done))
        return devices_page(request, shared, session, site,
                            {.complaint = refusal_text(*refusal, words), .status = status_of(*refusal)});
    return to_devices(words, site);
}

using Work = http::Response (*)(const http::Request&,
                                const Shared&,
                                const staff::Session&,
                                const model::Site&);

// For who manages that hall.
http::Handler for_manager(Shared& shared, Work work) {
    return for_staff(shared, [&shared, work](const http::Request& request, const staff::Session& session) {
        const auto* site = site_in(request, shared);
        if (site == nullptr) return shared.failure(request, 404);
        const Words words = shared.words_of(request);
        if (!shared.staff.may(session.account, staff::Permission::manage_hall, site->key))
            return shared.failure(words, 403,
                                  refusal_text({.reason = staff::Reason::not_allowed}, shared, words));
        return work(request, shared, session, *site);
    });
}

}  // namespace

void add_device_routes(http::Router& router, Shared& shared) {
    router.add(http::Method::get, "/{language}/hall/{site}/devices",
               for_manager(shared, [](const http::Request& request, const Shared& all,
                                      const staff::Session& session, const model::Site& site) {
                   return devices_page(request, all, session, site);
               }));
    add_post(router, shared, "/{language}/hall/{site}/devices/enable", for_manager(shared, enable));
    add_post(router, shared, "/{language}/hall/{site}/devices/disable", for_manager(shared, disable));
}

}  // namespace balcao::web
