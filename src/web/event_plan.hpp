#pragma once
// The plan of a life event as a person reads it: what to do in which order and why, where and how soon, what
// to bring, what it costs and by when. Internal to `web`; `rules` made it.
#include "rules/life_plan.hpp"
#include "web/shared.hpp"

namespace balcao::web {

// Waits for storage, which knows the free appointments.
void write_plan(html::Content& main,
                const Shared& shared,
                const Words& words,
                const model::LifeEvent& event,
                const rules::Conversation& conversation);

// Which life events a page links to.
struct ShownEvents {
    std::string_view typed{};           // whose name, or other name, has these words
    std::optional<std::size_t> most{};  // so many of them, and a link to all
};

// Nothing where there is none.
void write_events(html::Content& main,
                  const Shared& shared,
                  const Words& words,
                  const ShownEvents& shown = {});

void add_event_routes(http::Router& router, Shared& shared);

}  // namespace balcao::web
