// Who has lost the link of an appointment gets it again, at the address that is in the booking; whoever asks
// learns nothing.
#include "web/booking_pages.hpp"
#include "web/forms.hpp"
#include "web/letter_words.hpp"
#include "web/providers.hpp"
#include "web/reach.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;

struct Told {
    std::string sentence{};
    bool is_complaint = false;
    std::string typed{};
};

http::Response lost_page(const http::Request& request, const Shared& shared, const Told& told) {
    const Words words = shared.words_of(request);
    const Frame frame{
        .words = words, .title = words("Get the links of your appointments again"), .path = "/appointments"};
    return http::Response::html(
        page(
            shared.city(words), frame,
            [&](Content& main) {
                main.element<"h1">(frame.title);
                if (told.is_complaint)
                    write_complaint(main, told.sentence);
                else if (!told.sentence.empty())
                    main.element<"p">({with<"role">("status")}, told.sentence);
                write_way_to_mine(main, shared, words);
                if (!shared.writes_letters()) {
                    main.element<"p">(words("No letters are sent here. Ask at the site."));
                    return;
                }
                main.element<"form">(
                    {with<"method">("post"), with<"action">(url(words, {"appointments"})),
                     with<"class">("sheet")},
                    [&](Content& form) {
                        write_hidden(form, "key", new_form_key());
                        write_field(form, {"reach", reach_label(shared, words), "text", told.typed, "email"});
                        form.element<"button">({with<"class">("main")}, words("Send"));
                    });
            }),
        told.is_complaint ? 422 : 200);
}

http::Response show(const http::Request& request, const Shared& shared) {
    return lost_page(request, shared, {});
}

http::Response ask_for_links(const http::Request& request, const Shared& shared) {
    const Words words = shared.words_of(request);
    const std::string typed{request.form.text("reach")};
    const auto reached = reach_of(typed, shared, words);
    if (const auto* complaint = std::get_if<std::string>(&reached))
        return lost_page(request, shared, {*complaint, true, typed});
    const auto& contact = std::get<booking::Contact>(reached);
    const auto mark = shared.bookings.address_mark_of(contact.mail.empty() ? contact.phone : contact.mail);
    if (!shared.outbox->ask_links(contact, mark)) return shared.failure(request, 503);
    return lost_page(
        request, shared,
        {words("If there are appointments for it, their links are on the way to it now."), false, {}});
}

}  // namespace

void add_lost_link_routes(http::Router& router, Shared& shared) {
    router.add(http::Method::get, "/{language}/appointments", on_worker(shared, show));
    add_post(router, shared, "/{language}/appointments", on_worker(shared, ask_for_links));
}

}  // namespace balcao::web
