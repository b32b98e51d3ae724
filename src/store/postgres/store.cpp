#include "postgres/store.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "postgres/archive.hpp"
#include "postgres/events.hpp"
#include "postgres/news.hpp"
#include "postgres/notary.hpp"
#include "postgres/queue.hpp"
#include "postgres/readers.hpp"
#include "postgres/schema.hpp"
#include "postgres/writer.hpp"

namespace balcao::postgres {

namespace {

constexpr Sql find_stream{"find_stream",
                          "SELECT stream, version, at, type, body, salt FROM events WHERE stream = $1::text "
                          "AND version > $2::bigint ORDER BY version"};
constexpr Sql find_key{"find_key", "SELECT wrapped FROM person_keys WHERE person = $1::text"};
constexpr Sql find_answer{"find_answer", "SELECT answer FROM commands WHERE key = $1::text"};

Error unavailable(const Failure& failure) {
    return {Errc::unavailable, std::string{"The journal's database: "} + failure.what()};
}

// The first column of the only row, when there is one.
std::optional<std::string> text_of(const Rows& rows) {
    if (rows.size() == 0) return std::nullopt;
    return std::string{rows.text(0, 0)};
}

std::string text_of(Place place) {
    return std::to_string(place.moment) + "." + std::to_string(place.ordinal);
}

// "<moment>.<ordinal>"; empty is the beginning.
std::optional<Place> place_of(std::string_view text) {
    Place place;
    if (text.empty()) return place;
    const char* end = text.data() + text.size();
    const auto [dot, problem] = std::from_chars(text.data(), end, place.moment);
    if (problem != std::errc{} || dot == end || *dot != '.') return std::nullopt;
    const auto [stopped, second_problem] = std::from_chars(dot + 1, end, place.ordinal);
    if (second_problem != std::errc{} || stopped != end) return std::nullopt;
    return place;
}

}  // namespace

struct Store::Parts {
    explicit Parts(const Options& from)
        : options{from},
          readers{from.url, from.patience, std::max<std::size_t>(1, from.readers)},
          notary{from.url, from.patience} {
        for (std::size_t count = 0; count < std::max<std::size_t>(1, from.writers); ++count)
            writers.push_back(std::make_unique<Writer>(queue, from.url, from.patience));
        if (from.on_news) news.emplace(from.url, from.patience, from.on_news);
    }

    ~Parts() {
        for (const auto& writer : writers)
            writer->request_stop();
    }

    Parts(const Parts&) = delete;
    Parts& operator=(const Parts&) = delete;
    Parts(Parts&&) = delete;
    Parts& operator=(Parts&&) = delete;

    Options options;
    Readers readers;
    Notary notary;
    Queue queue;
    std::vector<std::unique_ptr<Writer>> writers;
    std::optional<News> news;
};

Result<std::unique_ptr<Store>> Store::open(const Options& options) {
    try {
        Connection connection{options.url, options.patience};
        const auto prepared = prepare(connection, options.makes_tables);
        if (!prepared) return prepared.error();
        return std::unique_ptr<Store>{new Store{std::make_unique<Parts>(options)}};
    } catch (const Failure& failure) {
        return unavailable(failure);
    }
}

Store::Store(std::unique_ptr<Parts> parts) : parts_{std::move(parts)} {}

Store::~Store() = default;

std::uint64_t Store::transactions() const {
    std::uint64_t sum = 0;
    for (const auto& writer : parts_->writers)
        sum += writer->transactions();
    return sum;
}

void Store::submit(journal::Commit commit, journal::Done done) {
    parts_->queue.put({std::move(commit), std::move(done)});
}

template <class Ask>
auto Store::ask(const Ask& ask) const -> Result<decltype(ask(std::declval<Connection&>()))> {
    try {
        return parts_->readers.with(ask);
    } catch (const Failure& failure) {
        return unavailable(failure);
    }
}

Result<std::vector<journal::Event>> Store::read(std::string_view stream, std::uint64_t after) const {
    return ask([&](Connection& connection) {
        return events_of(
            connection.run(find_stream, Parameters{}.text(stream).number(static_cast<std::int64_t>(after))));
    });
}

Result<journal::Followed> Store::follow(const journal::Cursor& after, std::size_t limit) const {
    const auto place = place_of(after.place);
    if (!place) return Error{Errc::invalid, "\"" + after.place + "\" is no place in this journal.", "cursor"};
    BALCAO_TRY(auto found,
               ask([&](Connection& connection) { return events_after(connection, *place, limit); }));
    journal::Followed followed;
    for (auto& placed : found)
        followed.events.push_back(std::move(placed.event));
    followed.next = {text_of(found.empty() ? *place : found.back().place)};
    return followed;
}

Result<std::optional<std::string>> Store::key_of(std::string_view person) const {
    return ask(
        [&](Connection& connection) { return text_of(connection.run(find_key, Parameters{}.text(person))); });
}

Result<std::optional<std::string>> Store::answer_to(std::string_view command) const {
    return ask([&](Connection& connection) {
        return text_of(connection.run(find_answer, Parameters{}.text(command)));
    });
}

merkle::Hash Store::at(merkle::NodeId id) const {
    const auto found = ask([&](Connection& connection) { return node_at(connection, id); });
    if (!found) throw journal::StoreFailure{found.error().what};
    if (!*found) throw journal::StoreFailure{"a hash of the log is missing"};
    return **found;
}

Result<std::string> Store::last_checkpoint() const {
    return ask([](Connection& connection) { return postgres::last_checkpoint(connection); });
}

Result<std::vector<journal::Event>> Store::not_logged(std::size_t limit) const {
    return ask([&](Connection& connection) { return postgres::not_logged(connection, limit); });
}

Result<void> Store::grow(const journal::Growth& growth) {
    try {
        return parts_->notary.grow(growth);
    } catch (const Failure& failure) {
        return unavailable(failure);
    }
}

Result<std::optional<std::uint64_t>> Store::leaf_of(std::string_view stream, std::uint64_t version) const {
    return ask([&](Connection& connection) { return postgres::leaf_of(connection, stream, version); });
}

Result<std::vector<journal::Event>> Store::leaves(std::uint64_t first, std::size_t limit) const {
    return ask([&](Connection& connection) { return postgres::leaves(connection, first, limit); });
}

Result<std::vector<std::string>> Store::heads_after(std::uint64_t size, std::size_t limit) const {
    return ask([&](Connection& connection) { return postgres::heads_after(connection, size, limit); });
}

Result<std::vector<merkle::Node>> Store::nodes_from(merkle::NodeId first, std::size_t limit) const {
    return ask([&](Connection& connection) { return postgres::nodes_from(connection, first, limit); });
}

Result<void> Store::mend(const std::vector<merkle::Node>& nodes) {
    try {
        Connection connection{parts_->options.url, parts_->options.patience};
        replace_nodes(connection, nodes);
        return {};
    } catch (const Failure& failure) {
        return unavailable(failure);
    }
}

Result<void> Store::write_out(const journal::TakeKept& take) const {
    try {
        Connection connection{parts_->options.url, parts_->options.patience};
        return postgres::write_out(connection, take);
    } catch (const Failure& failure) {
        return unavailable(failure);
    }
}

Result<void> Store::take_in(const journal::Next& next) {
    try {
        Connection connection{parts_->options.url, parts_->options.patience};
        return postgres::take_in(connection, next);
    } catch (const Failure& failure) {
        return unavailable(failure);
    }
}

Result<bool> Store::is_notary() {
    try {
        return parts_->notary.is_elected();
    } catch (const Failure& failure) {
        return unavailable(failure);
    }
}

}  // namespace balcao::postgres
