#pragma once
// What is to be paid for a set of services, told before anything is done: line by line, by service and
// entity, by the model in force and until a time. What the model does not say is said to be unknown, what
// depends on an answer that nobody has given is told as a range, and neither is ever collected. A quote that
// was told can be sealed, so that it holds until its time though the model changes meanwhile. Pure; used by
// pages, by the API and by who asks for a payment.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/instant.hpp"
#include "base/money.hpp"
#include "base/result.hpp"
#include "crypto/keys.hpp"
#include "model/model.hpp"
#include "pay/names.hpp"
#include "rules/answers.hpp"

namespace balcao::pay {

// The model says so; nothing at all is an amount, too.
struct KnownPrice {
    Money amount;
    friend bool operator==(const KnownPrice&, const KnownPrice&) = default;
};

// It depends on what has not been answered yet: one of several amounts, of which these are the ends.
struct PriceRange {
    Money least;
    Money most;
    friend bool operator==(const PriceRange&, const PriceRange&) = default;
};

// The model says nothing, or not for every answer.
struct UnknownPrice {
    friend bool operator==(const UnknownPrice&, const UnknownPrice&) = default;
};

using Price = std::variant<KnownPrice, PriceRange, UnknownPrice>;

struct QuoteLine {
    model::ServiceKey service;
    std::optional<model::EntityKey> entity{};
    Price price{};
    std::string source{};  // where the figure comes from, as Service::source_of_fee says
    friend bool operator==(const QuoteLine&, const QuoteLine&) = default;
};

struct Quote {
    std::string edition;        // of the model
    model::ChannelKey channel;  // at the counter, at a spot, online
    Instant made{};
    Instant until{};  // it holds so long, and not at that instant any more
    std::vector<QuoteLine> lines;
    friend bool operator==(const Quote&, const Quote&) = default;
};

struct Quoting {
    model::ChannelKey channel;
    std::vector<model::ServiceKey> services;  // each once
    std::string edition{};
    Instant now{};
    Instant until{};
};

// The price by that channel is what the model says for it, or else for the counter, and never above what it
// says for the counter; a service that is `simple` and of which no fee is said costs nothing. Error:
// not_found for a service that the model does not have, invalid for one that is named twice.
Result<Quote> quote_of(const model::Model& model, const Quoting& quoting, const rules::Answers& answers);

// Nothing where a line's amount is not known, or where currencies differ.
std::optional<Money> total_of(const Quote& quote);
// Of the lines whose amounts are known: at least so much. Nothing where currencies differ.
std::optional<Money> known_part_of(const Quote& quote);

// SHA-256 of its canonical text, in hexadecimal: what a payment says it was asked by.
std::string hash_of(const Quote& quote);

// Given out to whoever was told the quote, and back. `key` is the installation's own for that purpose
// (SecretKey::derive). Error of open: invalid, for what was not sealed with it.
std::string seal_quote(const Quote& quote, const crypto::SecretKey& key);
Result<Quote> open_quote(std::string_view sealed, const crypto::SecretKey& key);

}  // namespace balcao::pay
