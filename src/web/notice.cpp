// Being told when a ticket's turn is near: one message when so many people are still before it.
#include "web/notice.hpp"

#include <algorithm>

#include "web/booking_pages.hpp"
#include "web/forms.hpp"
#include "web/letter_words.hpp"
#include "web/reach.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;

constexpr auto& choices = letters::Outbox::notice_choices;

letters::TicketName letter_name(const TicketName& name) { return {name.site, name.date, name.number.value}; }

struct TypedNotice {
    std::string reach{};
    std::string complaint{};
};

void write_form(Content& main,
                const Shared& shared,
                const Words& words,
                const TicketName& name,
                const TypedNotice& typed) {
    main.element<"form">(
        {with<"method">("post"), with<"action">(url(words, {"tickets", shared.links.write(name), "notice"})),
         with<"class">("sheet")},
        [&](Content& form) {
            write_hidden(form, "key", new_form_key());
            form.element<"p">([&](Content& line) {
                line.element<"label">({with<"for">("before")}, words("People still before me"));
                line.element<"select">({with<"id">("before"), with<"name">("before")}, [&](Content& list) {
                    for (const int count : choices)
                        list.element<"option">({with<"value">(std::to_string(count))}, std::to_string(count));
                });
            });
            write_field(form, {"reach", reach_label(shared, words), "text", typed.reach, "email"});
            form.element<"p">({with<"class">("quiet")},
                              words("One message, and it is forgotten when the visit is over."));
            form.element<"button">(words("Tell me"));
        });
}

http::Response complaint_page(const http::Request& request,
                              const Shared& shared,
                              const TicketName& name,
                              const TypedNotice& typed) {
    const Words words = shared.words_of(request);
    const std::string link = shared.links.write(name);
    const Frame frame{
        .words = words, .title = words("Tell me when it is nearly my turn"), .path = "/tickets/" + link};
    return http::Response::html(page(shared.city(words), frame,
                                     [&](Content& main) {
                                         main.element<"h1">(frame.title);
                                         write_complaint(main, typed.complaint);
                                         write_form(main, shared, words, name, typed);
                                         main.element<"p">([&](Content& line) {
                                             line.element<"a">({with<"href">(url(words, {"tickets", link}))},
                                                               words("Back to the ticket"));
                                         });
                                     }),
                                422);
}

http::Response ask_for_notice(const http::Request& request, const Shared& shared) {
    const Words words = shared.words_of(request);
    const auto name = shared.links.read(request.parameters.text("ticket"));
    if (!name || shared.office.layout(name->site) == nullptr || !shared.writes_letters())
        return shared.failure(request, 404);
    const auto ticket = shared.ticket(*name);
    if (!ticket) return shared.failure(request, 503);
    const std::string reach{request.form.text("reach")};
    const auto before = number_of(request.form.text("before"));
    const auto reached = reach_of(reach, shared, words);
    if (const auto* complaint = std::get_if<std::string>(&reached))
        return complaint_page(request, shared, *name, {reach, *complaint});
    if (!before ||
        std::find(choices.begin(), choices.end(), static_cast<int>(before->value)) == choices.end())
        return complaint_page(request, shared, *name, {reach, words("Choose how many people.")});
    if (ticket->state != "waiting")
        return complaint_page(request, shared, *name, {reach, words("This ticket does not wait now.")});
    const auto answer = shared.outbox->ask_notice(letter_name(*name), static_cast<int>(before->value),
                                                  std::get<booking::Contact>(reached));
    if (answer == letters::NoticeAnswer::unavailable) return shared.failure(request, 503);
    if (answer == letters::NoticeAnswer::too_often)
        return complaint_page(request, shared, *name,
                              {reach, words("Two messages were sent for this ticket: there is no third.")});
    return http::Response::redirect(url(words, {"tickets", shared.links.write(*name)}).text());
}

}  // namespace

void write_notice(Content& main,
                  const Shared& shared,
                  const Words& words,
                  const TicketName& name,
                  const TicketView& ticket) {
    if (!shared.writes_letters() || ticket.state != "waiting" || ticket.ahead == 0) return;
    const auto open = shared.outbox->open_notice(letter_name(name));
    if (open) {
        main.element<"p">({with<"role">("status")},
                          words("We write to you when at most {count} are before you.",
                                {{"count", std::to_string(*open)}}));
        return;
    }
    main.element<"details">([&](Content& more) {
        more.element<"summary">(words("Tell me when it is nearly my turn"));
        write_form(more, shared, words, name, {});
    });
}

void add_notice_routes(http::Router& router, Shared& shared) {
    add_post(router, shared, "/{language}/tickets/{ticket}/notice", on_worker(shared, ask_for_notice));
}

}  // namespace balcao::web
