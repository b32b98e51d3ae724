// The page for who came too often: how long to wait, and what was typed, ready to be sent again.
#include <algorithm>

#include "web/forms.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;

bool is_secret(std::string_view name) { return name == "password" || name == "old" || name == "code"; }

std::string wait_text(const Words& words, std::chrono::seconds wait) {
    const auto minutes = std::chrono::ceil<std::chrono::minutes>(wait).count();
    return minutes <= 1
               ? words("Wait a minute, then try again.")
               : words("Wait {minutes} minutes, then try again.", {{"minutes", std::to_string(minutes)}});
}

// Sends the same again. Secrets are never written into a page: they are typed anew.
void write_again(Content& main, const Words& words, const http::Request& request) {
    main.element<"form">({with<"method">("post"), with<"class">("sheet")}, [&](Content& form) {
        for (const auto& field : request.form) {
            if (!is_secret(field.name)) {
                write_hidden(form, field.name, field.value);
                continue;
            }
            const bool is_code = field.name == "code";
            write_field(form,
                        {field.name,
                         is_code               ? words("Code, when you have a second factor")
                         : field.name == "old" ? words("The old password")
                                               : words("Password"),
                         is_code ? "text" : "password", "", is_code ? "one-time-code" : "current-password"});
        }
        form.element<"button">({with<"class">("main")}, words("Send it again"));
    });
}

}  // namespace

http::Response too_many_page(const http::Request& request, const Shared& shared, std::chrono::seconds wait) {
    constexpr int too_many_requests = 429;
    const Words words = shared.words_of(request);
    const Frame frame{.words = words, .title = words("Too many at once")};
    auto response = http::Response::html(
        page(shared.city(words), frame,
             [&](Content& main) {
                 main.element<"h1">(frame.title);
                 main.element<"p">({with<"class">("complaint"), with<"role">("alert")},
                                   words("From where you are, this was asked for very often just now.") +
                                       " " + wait_text(words, wait));
                 if (request.method != http::Method::post) return;
                 main.element<"p">(words("What you typed is kept here."));
                 write_again(main, words, request);
             }),
        too_many_requests);
    response.headers.set("Retry-After", std::to_string(wait.count()));
    return response;
}

// What makes the office write to an address counts like a place that is kept, with a right link too: nobody
// has it write to strangers.
std::vector<front::Counted> counted_pages() {
    using front::Limit;
    using http::Method;
    return {
        {Method::post, "/{language}/sites/{site}/tickets", Limit::tickets},
        {Method::post, "/{language}/sites/{site}/book", Limit::holds},
        {Method::post, "/{language}/events/{event}/request", Limit::holds},
        {Method::post, "/{language}/services/{service}/request", Limit::holds},
        {Method::post, "/{language}/sign-in", Limit::sign_in},
        {Method::post, "/{language}/found/{secret}", Limit::sign_in},
        {Method::post, "/{language}/sign-in/code", Limit::sign_in},
        {Method::get, "/sign-in/return", Limit::sign_in},
        {Method::post, "/{language}/invitation/{token}", Limit::sign_in},
        {Method::get, "/{language}/found/{secret}", Limit::wrong_links},
        {Method::get, "/{language}/tickets/{ticket}", Limit::wrong_links},
        {Method::get, "/{language}/live/tickets/{ticket}", Limit::wrong_links},
        {Method::get, "/{language}/tickets/{ticket}/receipt", Limit::wrong_links},
        {Method::post, "/{language}/tickets/{ticket}/leave", Limit::wrong_links},
        {Method::post, "/{language}/tickets/{ticket}/back", Limit::wrong_links},
        {Method::get, "/{language}/appointments/{link}", Limit::wrong_links},
        {Method::post, "/{language}/cases", Limit::wrong_links},
        {Method::post, "/{language}/screen", Limit::wrong_links},
        {Method::get, "/{language}/at-home/{link}", Limit::wrong_links},
        {Method::post, "/{language}/learnt", Limit::wrong_links},
        {Method::get, "/{language}/cases/{case}", Limit::wrong_links},
        {Method::get, "/{language}/cases/{case}/handed-over", Limit::wrong_links},
        {Method::post, "/{language}/cases/{case}/answer", Limit::wrong_links},
        {Method::post, "/{language}/cases/{case}/withdraw", Limit::wrong_links},
        {Method::get, "/{language}/live/cases/{case}", Limit::wrong_links},
        {Method::get, "/{language}/appointments/{link}/move", Limit::wrong_links},
        {Method::post, "/{language}/appointments/{link}/move", Limit::wrong_links},
        {Method::post, "/{language}/appointments/{link}/contact", Limit::holds},
        {Method::post, "/{language}/appointments/{link}/cancel", Limit::wrong_links},
        {Method::post, "/{language}/appointments/{link}/check-in", Limit::wrong_links},
        {Method::post, "/{language}/confirm/{link}", Limit::wrong_links},
        {Method::get, "/{language}/appointments/{link}/calendar.ics", Limit::wrong_links},
        {Method::get, "/{language}/calendars/{link}/appointments.ics", Limit::wrong_links},
        {Method::get, "/{language}/sites/{site}/calendars/{token}/appointments.ics", Limit::wrong_links},
        {Method::post, "/{language}/tickets/{ticket}/notice", Limit::holds},
        {Method::post, "/{language}/appointments", Limit::lost_links},
    };
}

}  // namespace balcao::web
