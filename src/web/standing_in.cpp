// Who confirms in the citizen's place: named by the mediator, who saw the document; where a witness is asked
// for, a second mediator stands for it, signed in at a place of her own.
#include "front/assist_words.hpp"
#include "web/forms.hpp"
#include "web/table.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;

constexpr std::size_t name_bytes_most = 200;

http::Response name_proxy(const http::Request& request, const Shared& shared, const Seat& seat) {
    const Words words = shared.words_of(request);
    const auto kind = assist::word_of<assist::ProxyKind>(request.form.text("proxy-kind"));
    const assist::Proxy proxy{kind.value_or(assist::ProxyKind::companion),
                              std::string{request.form.text("proxy-name")},
                              std::string{request.form.text("proxy-document")}};
    if (!kind || proxy.name.empty() || proxy.name.size() > name_bytes_most)
        return seat_page(
            request, shared, seat,
            {.complaint = words("Write the name of who confirms in the citizen's place."), .status = 422});
    const auto& mediator = std::get<assist::ByMediator>(seat.hand);
    const auto named = shared.sessions->name_proxy({seat.session, mediator, form_key(request)}, proxy);
    const auto* refusal = std::get_if<assist::Refusal>(&named);
    if (refusal != nullptr && refusal->reason == assist::Reason::witness_missing) {
        shared.sittings->ask_witness(seat.session, proxy);
        return back_to(request, shared, seat);
    }
    return answered_at(request, shared, seat, named);
}

http::Response end_proxy(const http::Request& request, const Shared& shared, const Seat& seat) {
    return answered_at(request, shared, seat, shared.sessions->end_proxy(seat.call(form_key(request))));
}

// The second mediator stands for it; the session's own one has named who it is.
http::Response witness(const http::Request& request, const Shared& shared, const Seat& seat) {
    const Words words = shared.words_of(request);
    auto asked = shared.sittings->witness_asked(seat.session);
    const auto outline = shared.sessions->outline(seat.session);
    if (const auto* refusal = std::get_if<assist::Refusal>(&outline))
        return shared.failure(words, front::status_of(*refusal), front::refusal_text(*refusal, words));
    if (!asked) return shared.failure(request, 404);
    asked->witness = std::get<assist::ByMediator>(seat.hand).mediator;
    const auto named = shared.sessions->name_proxy(
        {seat.session, {std::get<assist::Outline>(outline).mediator}, form_key(request)}, *asked);
    if (const auto* refusal = std::get_if<assist::Refusal>(&named))
        return shared.failure(words, front::status_of(*refusal), front::refusal_text(*refusal, words));
    shared.sittings->drop_witness(seat.session);
    return http::Response::redirect(url(words, {"mediation", seat.site.text()}).text());
}

}  // namespace

void write_proxy_form(Content& into, const Words& words, const Seat& seat, bool is_asked) {
    into.element<"details">({with<"id">("proxy"), with<"data-keep">("proxy")}, [&](Content& more) {
        more.element<"summary">(words("Somebody confirms in the citizen's place"));
        if (is_asked)
            more.element<"p">(
                {with<"class">("told")},
                words("A witness is asked for: a second mediator finds it on the page of the place."));
        more.element<"form">(
            {with<"method">("post"), with<"action">(seat.url(words, "proxy")), with<"class">("sheet")},
            [&](Content& form) {
                write_hidden(form, "key", new_form_key());
                form.element<"label">({with<"for">("proxy-kind")}, words("By what right"));
                form.element<"select">(
                    {with<"id">("proxy-kind"), with<"name">("proxy-kind")}, [&](Content& select) {
                        for (const auto word : assist::words_of(assist::ProxyKind{}))
                            select.element<"option">(
                                {with<"value">(word)},
                                front::proxy_text(*assist::word_of<assist::ProxyKind>(word), words));
                    });
                write_field(form, {"proxy-name", words("Name"), "text", "", "off"});
                write_field(form, {"proxy-document", words("Document that you saw, and its number"), "text",
                                   "", "off"});
                form.element<"button">(words("Name this person"));
            });
    });
}

void write_witness_asked(Content& into,
                         const Shared& shared,
                         const Words& words,
                         const model::SiteKey& site,
                         const assist::Outline& outline) {
    const auto asked = shared.sittings->witness_asked(outline.session);
    if (!asked) return;
    const Seat seat{outline.session, assist::ByMediator{}, site};
    into.element<"p">(words("{name} would confirm in the citizen's place: {right}. A witness is asked for.",
                            {{"name", asked->name}, {"right", front::proxy_text(asked->kind, words)}}));
    into.element<"form">({with<"method">("post"), with<"action">(seat.url(words, "witness"))},
                         [&](Content& form) {
                             write_hidden(form, "key", new_form_key());
                             form.element<"button">(words("I am here, and stand for it"));
                         });
}

void add_standing_in_routes(http::Router& router, Shared& shared) {
    add_seat_form(router, shared, For::mediator, "proxy", name_proxy);
    add_seat_form(router, shared, For::both, "end-proxy", end_proxy);
    add_seat_form(router, shared, For::mediator, "witness", witness);
}

}  // namespace balcao::web
