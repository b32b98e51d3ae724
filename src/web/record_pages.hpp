#pragma once
// Pages of the record: how a site kept its word, for anybody, and the day's report on the law, for who
// manages the site. Internal to `web`; both only read (record/site_record.hpp).
#include <optional>
#include <string>

#include "record/site_record.hpp"
#include "web/shared.hpp"

namespace balcao::web {

void add_site_record_routes(http::Router& router, Shared& shared);
void add_law_routes(http::Router& router, Shared& shared);

// "12.3 ± 0.4", or the mean alone where one day has no interval yet.
std::string mean_text(const Words& words, double mean, const std::optional<double>& half_width);

// "Kept", "Not kept" … with the colour that goes with it.
void write_verdict(html::Content& into, const Words& words, record::Kept kept);

// Where the duty comes from, and what was read of that text.
void write_origin(html::Content& into,
                  const Words& words,
                  const model::Model& model,
                  const model::Duty& duty);

}  // namespace balcao::web
