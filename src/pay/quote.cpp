#include "pay/quote.hpp"

#include <algorithm>
#include <concepts>
#include <type_traits>
#include <utility>

#include "crypto/hash.hpp"
#include "journal/codec.hpp"

namespace balcao::pay {
namespace {

const std::string counter = "counter";

// As the canonical text and the seal have it: at most one of `least` and the pair is there.
struct LineText {
    model::ServiceKey service;
    model::EntityKey entity;
    std::string least;
    std::string most;
    std::string source;
    friend bool operator==(const LineText&, const LineText&) = default;
};

struct QuoteText {
    std::string edition;
    model::ChannelKey channel;
    Instant made{};
    Instant until{};
    std::vector<LineText> lines;
};

template <class Part, class Value>
requires std::same_as<std::remove_const_t<Value>, LineText>

void members(Part& part, Value& line) {
    part("service", line.service);
    part.may_lack("entity", line.entity);
    part.may_lack("least", line.least);
    part.may_lack("most", line.most);
    part.may_lack("source", line.source);
}

template <class Part, class Value>
requires std::same_as<std::remove_const_t<Value>, QuoteText>

void members(Part& part, Value& quote) {
    part.may_lack("edition", quote.edition);
    part("channel", quote.channel);
    part("made", quote.made);
    part("until", quote.until);
    part.may_lack("lines", quote.lines);
}

LineText text_of_line(const QuoteLine& line) {
    LineText text{line.service, line.entity.value_or(model::EntityKey{}), {}, {}, line.source};
    if (const auto* known = std::get_if<KnownPrice>(&line.price)) text.least = format_money(known->amount);
    if (const auto* range = std::get_if<PriceRange>(&line.price)) {
        text.least = format_money(range->least);
        text.most = format_money(range->most);
    }
    return text;
}

std::optional<QuoteLine> line_of_text(const LineText& text) {
    QuoteLine line{text.service, {}, UnknownPrice{}, text.source};
    if (!text.entity.empty()) line.entity = text.entity;
    const auto least = parse_money(text.least);
    const auto most = parse_money(text.most);
    if ((!least && !text.least.empty()) || (!most && !text.most.empty())) return std::nullopt;
    if (least && most)
        line.price = PriceRange{*least, *most};
    else if (least)
        line.price = KnownPrice{*least};
    return line;
}

std::string canonical_text(const Quote& quote) {
    QuoteText text{quote.edition, quote.channel, quote.made, quote.until, {}};
    for (const auto& line : quote.lines)
        text.lines.push_back(text_of_line(line));
    return journal::write_members(text);
}

// By that channel, else at the counter; never above the counter.
std::optional<Money> price_by(const model::Service& service,
                              const model::PerChannel<Money>& fee,
                              const model::ChannelKey& channel) {
    const Money* asked = fee.find(channel);
    const Money* at_counter = fee.find(model::ChannelKey{counter});
    if (asked == nullptr) asked = at_counter;
    if (asked == nullptr) return service.simple && fee.empty() ? std::optional{Money{}} : std::nullopt;
    if (at_counter != nullptr && at_counter->currency == asked->currency && at_counter->cents < asked->cents)
        asked = at_counter;
    return *asked;
}

// Whatever it may turn out to cost, by the lines of its terms that can still hold.
std::vector<std::optional<Money>> possible_prices(const model::Service& service,
                                                  const model::ChannelKey& channel,
                                                  const rules::Answers& answers) {
    std::vector<std::optional<Money>> prices;
    for (const auto& line : service.terms) {
        const auto truth = rules::holds(line.when, answers);
        if (truth == rules::Truth::no) continue;
        prices.push_back(price_by(service, line.fee.value_or(service.fee), channel));
        if (truth == rules::Truth::yes) return prices;
    }
    prices.push_back(price_by(service, service.fee, channel));
    return prices;
}

Price price_of(const model::Service& service,
               const model::ChannelKey& channel,
               const rules::Answers& answers) {
    std::optional<PriceRange> range;
    for (const auto& price : possible_prices(service, channel, answers)) {
        if (!price || price->cents < 0 || (range && range->least.currency != price->currency))
            return UnknownPrice{};
        if (!range) range = PriceRange{*price, *price};
        if (price->cents < range->least.cents) range->least = *price;
        if (price->cents > range->most.cents) range->most = *price;
    }
    if (!range) return UnknownPrice{};
    if (range->least == range->most) return KnownPrice{range->least};
    return *range;
}

}  // namespace

Result<Quote> quote_of(const model::Model& model, const Quoting& quoting, const rules::Answers& answers) {
    Quote quote{quoting.edition, quoting.channel, quoting.now, quoting.until, {}};
    for (const auto& key : quoting.services) {
        const auto* service = model.find(key);
        if (service == nullptr)
            return Error{Errc::not_found, "the model has no service " + key.text(), "services"};
        if (std::ranges::count(quoting.services, key) != 1)
            return Error{Errc::invalid, "the service " + key.text() + " is named twice", "services"};
        quote.lines.push_back({key, service->entity, price_of(*service, quoting.channel, answers),
                               service->source_of_fee(quoting.channel)});
    }
    return quote;
}

std::optional<Money> known_part_of(const Quote& quote) {
    std::vector<Money> amounts;
    for (const auto& line : quote.lines)
        if (const auto* known = std::get_if<KnownPrice>(&line.price); known != nullptr)
            if (known->amount.cents != 0) amounts.push_back(known->amount);
    return sum_of(amounts);
}

std::optional<Money> total_of(const Quote& quote) {
    const bool is_known = std::ranges::all_of(
        quote.lines, [](const auto& line) { return std::holds_alternative<KnownPrice>(line.price); });
    return is_known ? known_part_of(quote) : std::nullopt;
}

std::string hash_of(const Quote& quote) {
    const auto hash = crypto::sha256({canonical_text(quote)});
    return crypto::to_hex(crypto::bytes_of(hash));
}

std::string seal_quote(const Quote& quote, const crypto::SecretKey& key) {
    const std::string text = canonical_text(quote);
    const auto tag = crypto::authenticate(key, text);
    return crypto::to_base64url(crypto::bytes_of(tag)) + "." + crypto::to_base64url(text);
}

Result<Quote> open_quote(std::string_view sealed, const crypto::SecretKey& key) {
    const Error unfit{Errc::invalid, "this quote is not one that was given out here", "quote"};
    const auto dot = sealed.find('.');
    if (dot == std::string_view::npos) return unfit;
    const auto tag = crypto::from_base64url(sealed.substr(0, dot));
    const auto text = crypto::from_base64url(sealed.substr(dot + 1));
    if (!tag || !text) return unfit;
    const auto right = crypto::authenticate(key, *text);
    if (!crypto::is_equal_in_constant_time(crypto::bytes_of(right), *tag)) return unfit;
    BALCAO_TRY(const auto read, journal::read_members<QuoteText>(*text, "quote"));
    Quote quote{read.edition, read.channel, read.made, read.until, {}};
    for (const auto& one : read.lines) {
        const auto line = line_of_text(one);
        if (!line) return unfit;
        quote.lines.push_back(*line);
    }
    return quote;
}

}  // namespace balcao::pay
