#pragma once
// What a person has come about: a life event, or a single service, which is one of its own. Its conversation
// is the same: questions that decide something, then what is to be done. Internal to `web`.
#include <optional>
#include <string>

#include "http/message.hpp"
#include "rules/life_plan.hpp"
#include "web/shared.hpp"

namespace balcao::web {

struct Matter {
    model::LifeEvent event;
    std::optional<model::ServiceKey> service{};  // it is that one alone
    std::optional<html::Url> here{};             // where its forms go, if not to pages of its own

    [[nodiscard]] std::string title(const Words& words) const;
    // Of the conversation, without its language; and with it.
    [[nodiscard]] std::string path() const;
    [[nodiscard]] html::Url url(const Words& words) const;
    // Where the forms of the request go.
    [[nodiscard]] html::Url request_url(const Words& words) const;
};

// What the address names: {event}, or {service} that can be asked for from afar; nothing for none of ours.
std::optional<Matter> matter_in(const http::Request& request, const Shared& shared);

// What was said of it in the form that came.
rules::Conversation conversation_in(const http::Request& request, const Shared& shared, const Matter& matter);

// The answers as hidden fields of the next form, but for one.
void write_answers(html::Content& form,
                   const rules::Conversation& said,
                   const model::FactKey* without = nullptr);

enum class Asked : unsigned char {
    nothing,     // all is known
    something,   //
    once_again,  // what came is no answer, and the page says so
};

// The next question, or one that shall be answered anew; nothing is written where there is none.
Asked write_next_question(html::Content& main,
                          const http::Request& request,
                          const Shared& shared,
                          const Matter& matter,
                          const rules::Conversation& said);

// What was answered, each with a way to change it.
void write_said(html::Content& main,
                const Shared& shared,
                const Words& words,
                const Matter& matter,
                const rules::Conversation& said);

// On the plan: the way to ask for all that can be asked for from here; nothing where nothing can.
void write_way_to_request(html::Content& main,
                          const Shared& shared,
                          const Words& words,
                          const Matter& matter,
                          const rules::Conversation& said);

void add_request_routes(http::Router& router, Shared& shared);

}  // namespace balcao::web
