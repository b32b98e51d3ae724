// The kiosk: one press, one ticket. Large buttons for what most people come for, groups behind some of them,
// several matters at once, priority without a reason, help and the complaints book.
#include <algorithm>

#include "web/forms.hpp"
#include "web/kiosk_frame.hpp"
#include "web/qr_picture.hpp"
#include "web/waits.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;
using model::KioskButton;
using model::ServiceKey;

bool claims_priority(const http::Request& request) {
    return request.query.has("priority") || request.form.has("priority");
}

std::string name_of_service(const Machine& machine, const ServiceKey& key, const Words& words) {
    const auto* service = machine.layout->city().find(key);
    return service != nullptr ? model::name_of(*service, words.code()) : key.text();
}

std::string name_of_button(const Machine& machine, const KioskButton& button, const Words& words) {
    if (!button.name.texts.empty()) return button.name.in(words.code(), "");
    return button.services.size() == 1 ? name_of_service(machine, button.services.front(), words)
                                       : words("Other services");
}

// One page's buttons; they share its key, so that two quick presses are one command.
struct Buttons {
    const Shared& shared;
    const Machine& machine;
    const Words& words;
    std::string key;
    bool has_priority = false;
    bool gives = false;
};

void write_closed_button(Content& item, std::string_view name, std::string_view why) {
    item.element<"button">({with<"type">("button"), with<"class">("press choice"), with<"disabled">()},
                           [&](Content& button) {
                               button.element<"span">(name);
                               if (!why.empty()) button.element<"small">(why);
                           });
}

// A service is a form: one press sends it.
void write_service(Content& item, const Buttons& all, const ServiceKey& service) {
    const std::string name = name_of_service(all.machine, service, all.words);
    if (!all.gives) return write_closed_button(item, name, "");
    if (!all.machine.layout->offers(service))
        return write_closed_button(item, name,
                                   all.machine.layout->offers_booked(service)
                                       ? all.words("By appointment only")
                                       : all.words("Not given here now"));
    item.element<"form">(
        {with<"method">("post"), with<"action">(url(all.words, {"kiosk", "tickets"})),
         with<"data-press">("")},
        [&](Content& form) {
            write_hidden(form, "key", all.key);
            if (all.has_priority) write_hidden(form, "priority", "yes");
            form.element<"button">(
                {with<"class">("press choice"), with<"name">("service"), with<"value">(service.text())},
                [&](Content& button) {
                    button.element<"span">(name);
                    const auto wait = wait_of_service(all.shared, all.words, all.machine.site().key, service);
                    if (!wait.empty()) button.element<"small">(all.words("Wait: {wait}", {{"wait", wait}}));
                });
        });
}

void write_group(Content& item, const Buttons& all, const KioskButton& button, std::size_t place) {
    const std::string name = name_of_button(all.machine, button, all.words);
    if (!all.gives) return write_closed_button(item, name, "");
    item.element<"a">(
        {with<"class">("press choice"),
         with<"href">(kiosk_url(all.words, {"groups", std::to_string(place)}, all.has_priority))},
        [&](Content& link) {
            link.element<"span">(name);
            link.element<"small">(
                all.words("{count} services", {{"count", std::to_string(button.services.size())}}));
        });
}

void write_choices(Content& into, const Buttons& all, const std::vector<KioskButton>& buttons) {
    into.element<"ul">({with<"class">("choices")}, [&](Content& list) {
        for (std::size_t place = 0; place < buttons.size(); ++place)
            list.element<"li">([&](Content& item) {
                const auto& button = buttons[place];
                const bool is_group = !button.name.texts.empty() || button.services.size() != 1;
                if (is_group)
                    write_group(item, all, button, place);
                else
                    write_service(item, all, button.services.front());
            });
    });
}

// Priority is a mark of the visit; nobody asks why, and nothing of why is kept.
void write_priority(Content& into, const Words& words, bool has_priority) {
    into.element<"a">(
        {with<"class">(has_priority ? "press on" : "press"),
         with<"href">(kiosk_url(words, {}, !has_priority)), when(has_priority, with<"aria-current">("true"))},
        [&](Content& link) {
            link.element<"span">(has_priority ? words("You have priority") : words("I have priority by law"));
            link.element<"small">(has_priority ? words("Now choose what you come for.")
                                               : words("Nobody asks why, and it is not kept why."));
        });
}

void write_other_ways(Content& into, const Buttons& all) {
    into.element<"nav">(
        {with<"class">("ways"), with<"aria-label">(all.words("Other ways"))}, [&](Content& nav) {
            if (!all.machine.site().appointments.windows.empty())
                nav.element<"a">(
                    {with<"class">("press"), with<"href">(kiosk_url(all.words, {"check-in"}, false))},
                    all.words("I have an appointment"));
            if (!all.gives) return;
            if (all.machine.layout->services().size() > 1)
                nav.element<"a">({with<"class">("press"),
                                  with<"href">(kiosk_url(all.words, {"several"}, all.has_priority))},
                                 all.words("Several matters"));
            write_priority(nav, all.words, all.has_priority);
        });
}

void write_refused(Content& into, const std::string& complaint) {
    if (!complaint.empty()) into.element<"p">({with<"class">("complaint"), with<"role">("alert")}, complaint);
}

struct Told {
    std::string complaint{};
    int status = 200;
};

Buttons buttons_of(const http::Request& request,
                   const Shared& shared,
                   const Machine& machine,
                   const Words& words) {
    return {shared,
            machine,
            words,
            new_form_key(),
            claims_priority(request),
            kiosk_state(shared, machine.site().key).gives_tickets()};
}

http::Response start_page(const http::Request& request,
                          const Shared& shared,
                          const Machine& machine,
                          const Told& told = {}) {
    const Words words = shared.words_of(request);
    const Buttons all = buttons_of(request, shared, machine, words);
    const bool is_plain = !all.has_priority && told.complaint.empty() &&
                          kiosk_start(machine).text() == url(words, {"kiosk"}).text();
    KioskPage about{.words = words, .title = words("What do you need?"), .is_start = true};
    about.back_after = is_plain ? 0 : choice_seconds;
    about.has_priority = all.has_priority;
    about.status = told.status;
    return kiosk_page(shared, machine, about, [&](Content& kiosk) {
        write_refused(kiosk, told.complaint);
        write_choices(kiosk, all, front::kiosk_of(machine).buttons);
        write_other_ways(kiosk, all);
    });
}

http::Response group_page(const http::Request& request, const Shared& shared, const Machine& machine) {
    const Words words = shared.words_of(request);
    const auto buttons = front::kiosk_of(machine).buttons;
    const auto place = number_of(request.parameters.text("place"));
    if (!place || place->value >= buttons.size()) return shared.failure(request, 404);
    const auto& button = buttons[place->value];
    const Buttons all = buttons_of(request, shared, machine, words);
    const KioskPage about{.words = words,
                          .title = name_of_button(machine, button, words),
                          .path = "/groups/" + std::to_string(place->value),
                          .has_priority = all.has_priority};
    return kiosk_page(shared, machine, about, [&](Content& kiosk) {
        kiosk.element<"ul">({with<"class">("choices")}, [&](Content& list) {
            for (const auto& service : button.services)
                list.element<"li">([&](Content& item) { write_service(item, all, service); });
        });
    });
}

http::Response several_page(const http::Request& request,
                            const Shared& shared,
                            const Machine& machine,
                            const Told& told = {}) {
    const Words words = shared.words_of(request);
    const Buttons all = buttons_of(request, shared, machine, words);
    KioskPage about{.words = words,
                    .title = words("Several matters with one ticket"),
                    .path = "/several",
                    .has_priority = all.has_priority};
    about.status = told.status;
    return kiosk_page(shared, machine, about, [&](Content& kiosk) {
        write_refused(kiosk, told.complaint);
        kiosk.element<"form">(
            {with<"method">("post"), with<"action">(url(words, {"kiosk", "tickets"})),
             with<"data-press">("")},
            [&](Content& form) {
                write_hidden(form, "key", all.key);
                write_hidden(form, "several", "yes");
                if (all.has_priority) write_hidden(form, "priority", "yes");
                form.element<"fieldset">({with<"class">("services")}, [&](Content& set) {
                    set.element<"legend">(words("Choose everything that you come for."));
                    for (const auto& service : machine.layout->services())
                        set.element<"label">({with<"class">("press")}, [&](Content& label) {
                            label.empty<"input">(
                                {with<"type">("checkbox"), with<"name">("service"),
                                 with<"value">(service.text()),
                                 when(std::ranges::count(request.form.all("service"), service.text()) > 0,
                                      with<"checked">())});
                            label.element<"span">(name_of_service(machine, service, words));
                        });
                });
                form.element<"button">({with<"class">("press main"), when(!all.gives, with<"disabled">())},
                                       words("Take a ticket"));
            });
    });
}

http::Response help_page(const http::Request& request, const Shared& shared, const Machine& machine) {
    const Words words = shared.words_of(request);
    const KioskPage about{.words = words, .title = words("Help"), .path = "/help"};
    return kiosk_page(shared, machine, about, [&](Content& kiosk) {
        kiosk.element<"ol">({with<"class">("steps")}, [&](Content& steps) {
            steps.element<"li">(words("Press what you come for. You get a ticket with a number."));
            steps.element<"li">(
                words("Wait in the room until your number is shown on the board and spoken."));
            steps.element<"li">(words("Go to the desk that stands beside your number."));
        });
        kiosk.element<"p">(words("Whoever works at the reception helps you, and gives tickets too."));
        const auto interpreters = shared.city(words).interpreters;
        if (!interpreters.empty()) kiosk.element<"p">({with<"class">("interpreters")}, interpreters);
    });
}

http::Response complaints_page(const http::Request& request, const Shared& shared, const Machine& machine) {
    constexpr std::string_view book = "https://www.livroreclamacoes.pt/";
    const Words words = shared.words_of(request);
    const KioskPage about{.words = words, .title = words("Complaints book"), .path = "/complaints"};
    return kiosk_page(shared, machine, about, [&](Content& kiosk) {
        kiosk.element<"p">(
            words("Write your complaint on your phone: read the square code, or open "
                  "{address}. You can also ask for the paper book at any desk.",
                  {{"address", "www.livroreclamacoes.pt"}}));
        write_qr(kiosk, book, words("Square code: www.livroreclamacoes.pt"));
    });
}

// A press of several matters comes back to where they were chosen.
http::Response refused(const http::Request& request,
                       const Shared& shared,
                       const Machine& machine,
                       const Told& told) {
    return request.form.has("several") ? several_page(request, shared, machine, told)
                                       : start_page(request, shared, machine, told);
}

void take_ticket(const http::Request& request, http::Reply reply, Shared& shared, const Machine& machine) {
    office::TakeTicket command;
    for (const auto service : request.form.all("service"))
        command.services.emplace_back(std::string{service});
    if (request.form.has("priority")) command.standing = office::Standing::priority;
    command.channel = "kiosk";
    const std::string key = form_key(request);
    const auto site = machine.site().key;
    const auto answer = std::make_shared<http::Reply>(std::move(reply));
    const auto answered = [answer, machine, &shared](const office::Reply& result) {
        const http::Request& asked = answer->request();
        const Words words = shared.words_of(asked);
        if (const auto* refusal = std::get_if<office::Refusal>(&result))
            return answer->send(
                refused(asked, shared, machine,
                        {refusal_text(*refusal, *machine.layout, words), status_of(*refusal)}));
        const auto* accepted = std::get_if<office::Accepted>(&result);
        const auto ticket = accepted != nullptr ? ticket_in(accepted->json) : std::nullopt;
        if (!ticket) return answer->send(shared.failure(asked, 503));
        answer->send(
            http::Response::redirect(url(words, {"kiosk", "tickets", shared.links.write(*ticket)}).text()));
    };
    const auto handled =
        shared.office.handle({.site = site, .key = key, .command = std::move(command)}, answered);
    if (!handled) answer->send(shared.failure(answer->request(), 404));
}

void follow_kiosk(const http::Request& request, http::Reply reply, Shared& shared) {
    const auto machine = machine_of(request, shared);
    if (!machine) return reply.send(shared.failure(request, 403));
    const Words words = shared.words_of(request);
    const auto stream = reply.stream();
    shared.live.close_unless(stream, enabled_while(shared, request));
    const auto site = machine->site().key;
    shared.live.follow(
        site, "kiosk " + std::string{words.code()}, stream,
        [&shared, words, site]() -> std::optional<std::string> {
            const KioskState state = kiosk_state(shared, site);
            if (state.gives == KioskState::Gives::unknown) return std::nullopt;
            return html::fragment([&](Content& now) { write_kiosk_now(now, state, words); }).text();
        });
}

using Drawn = http::Response (*)(const http::Request&, const Shared&, const Machine&);

http::Handler for_kiosk(Shared& shared, Drawn draw) {
    return for_machine(shared, device::Kind::kiosk,
                       [&shared, draw](const http::Request& request, const Machine& machine) {
                           return draw(request, shared, machine);
                       });
}

}  // namespace

void add_kiosk_routes(http::Router& router, Shared& shared) {
    router.add(http::Method::get, "/{language}/kiosk",
               for_kiosk(shared, [](const http::Request& request, const Shared& all, const Machine& machine) {
                   return start_page(request, all, machine);
               }));
    router.add(http::Method::get, "/{language}/kiosk/groups/{place}", for_kiosk(shared, group_page));
    router.add(http::Method::get, "/{language}/kiosk/several",
               for_kiosk(shared, [](const http::Request& request, const Shared& all, const Machine& machine) {
                   return several_page(request, all, machine);
               }));
    router.add(http::Method::get, "/{language}/kiosk/help", for_kiosk(shared, help_page));
    router.add(http::Method::get, "/{language}/kiosk/complaints", for_kiosk(shared, complaints_page));
    add_post(router, shared, "/{language}/kiosk/tickets",
             [&shared](const http::Request& request, http::Reply reply) {
                 const auto machine = machine_of(request, shared);
                 if (!machine || machine->device.duty.kind != device::Kind::kiosk)
                     return reply.send(waiting_page(request, shared, device::Kind::kiosk));
                 take_ticket(request, std::move(reply), shared, *machine);
             });
    router.add(http::Method::get, "/{language}/live/kiosk",
               [&shared](const http::Request& request, http::Reply reply) {
                   follow_kiosk(request, std::move(reply), shared);
               });
}

}  // namespace balcao::web
