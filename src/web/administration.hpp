#pragma once
// The pages on which the model of the city is changed while it runs: the version in force and those before,
// the forms for what changes daily, the whole text, the preview of every change, publishing, going back.
// Internal to `web`.
#include <optional>
#include <string>
#include <vector>

#include "front/model_change.hpp"
#include "web/effects.hpp"
#include "web/forms.hpp"

namespace balcao::web {

using front::ChangeKind;
using front::ModelChange;

void add_administration_routes(http::Router& router, Shared& shared);

// A page of administration for who may change the model; others are told why not.
http::Response administration_page(const http::Request& request,
                                   const Shared& shared,
                                   const staff::Session& session,
                                   const std::string& title,
                                   const std::function<void(html::Content&, const Words&)>& fill,
                                   int status = 200);

// A route for who may change the model.
http::Handler for_administrators(Shared& shared, SignedIn work);

// The page with the form of a change, with what was typed and what is wrong with it.
http::Response form_page(const http::Request& request,
                         const Shared& shared,
                         const staff::Session& session,
                         const ModelChange& change,
                         int status = 200);

// What a change would do, and the button that publishes it; and that button.
http::Response preview(const http::Request& request, const Shared& shared, const staff::Session& session);
http::Response publish(const http::Request& request, const Shared& shared, const staff::Session& session);

// What the change would do to waits, or that it is being found out; `again` are the fields of its preview.
void write_effect_of(html::Content& main,
                     const Shared& shared,
                     const Words& words,
                     const Effects::Pair& now_and_after,
                     const std::vector<http::Field>& again);
void add_effect_routes(http::Router& router, Shared& shared);

// The appointments that the model in force has no place for, each with other times.
http::Response clashes_page(const http::Request& request,
                            const Shared& shared,
                            const staff::Session& session);
http::Response move_clash(const http::Request& request, const Shared& shared, const staff::Session& session);

// Who published a version.
std::string publisher(const edition::Entry& entry, const Shared& shared, const Words& words);

// Sentences as a list; the first hundred, and how many more there are.
void write_sentences(html::Content& into, const Words& words, const std::vector<std::string>& sentences);

}  // namespace balcao::web
