#pragma once
// What the catalogue says of a service, in a person's words: fees, documents, for whom, and whether a figure
// is invented or was never checked. And where it can be had, the soonest first. Internal to `web`.
#include <string>
#include <vector>

#include "web/shared.hpp"

namespace balcao::web {

// "made-up figure", "not checked"; empty for what has a source, or says nothing.
std::string mark_of(const std::string& source, const Words& words);

// A value, and beside it its mark where it has one.
void write_marked(html::Content& into, const std::string& value, const std::string& mark);

// "30.00 €", or "At the counter: 18.00 € · Online: 16.20 €"; empty where nothing is said of money.
std::string fee_text(const model::PerChannel<Money>& fee, const Words& words);

// The same as lines, each with its mark.
void write_fee(html::Content& into,
               const model::PerChannel<Money>& fee,
               const model::Service& service,
               const Words& words);

// "Proof of address (Registry office has it already)".
std::string document_text(const model::Document& document, const model::Model& city, const Words& words);

// "How soon? Soon": for whom something holds; several conditions are listed.
std::string when_text(const model::When& when, const model::Model& city, const Words& words);

// The page of a service.
html::Url service_url(const Words& words, const model::ServiceKey& service);

// What is looked for: from which day on.
struct Soonest {
    const model::ServiceKey& service;
    Date from{};
};

// Where and how it can be had; nothing where it cannot. Waits for storage, which knows the free appointments.
void write_places(html::Content& into, const Shared& shared, const Words& words, const Soonest& wanted);

void add_service_routes(http::Router& router, Shared& shared);

}  // namespace balcao::web
