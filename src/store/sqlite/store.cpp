#include "sqlite/store.hpp"

#include <algorithm>
#include <charconv>
#include <future>
#include <utility>

#include "crypto/hash.hpp"
#include "sqlite/archive.hpp"
#include "sqlite/readers.hpp"
#include "sqlite/schema.hpp"
#include "sqlite/writer.hpp"

namespace balcao::sqlite {

namespace {

Error unavailable(const std::string& what) {
    return {Errc::unavailable, "The journal cannot be read: " + what};
}

std::vector<journal::Event> events_of(Statement& statement) {
    std::vector<journal::Event> events;
    for_each_row(statement, [&](const Statement& row) { events.push_back(event_of(row)); });
    return events;
}

std::uint64_t logged_of(Reader& reader) {
    std::uint64_t logged = 0;
    for_each_row(reader.last_checkpoint,
                 [&](const Statement& row) { logged = static_cast<std::uint64_t>(row.number(0)); });
    return logged;
}

std::vector<journal::Event> events_after(Reader& reader, std::uint64_t position, std::size_t limit) {
    reader.after_position.bind(1, static_cast<std::int64_t>(position))
        .bind(2, static_cast<std::int64_t>(limit));
    return events_of(reader.after_position);
}

// The first column of the only row, when there is one.
std::optional<std::string> text_of(Statement& statement) {
    std::optional<std::string> found;
    for_each_row(statement, [&](const Statement& row) { found = row.text(0); });
    return found;
}

journal::Outcome write_growth(Connection& connection, const journal::Growth& growth) {
    auto last = connection.prepare("SELECT coalesce(max(size), 0) FROM checkpoints");
    last.step();
    const auto size = static_cast<std::uint64_t>(last.number(0));
    if (size != growth.size_before) return journal::Outcome::conflict;
    auto add_node = connection.prepare("INSERT INTO nodes(level, number, hash) VALUES(?1, ?2, ?3)");
    for (const auto& node : growth.nodes) {
        add_node.bind(1, std::int64_t{node.id.level})
            .bind(2, static_cast<std::int64_t>(node.id.index))
            .bind_bytes(3, crypto::bytes_of(node.hash))
            .run();
    }
    connection.prepare("INSERT INTO checkpoints(size, text) VALUES(?1, ?2)")
        .bind(1, static_cast<std::int64_t>(size + growth.events.size()))
        .bind(2, growth.checkpoint)
        .run();
    return journal::Outcome::written;
}

}  // namespace

struct Store::Parts {
    Parts(const Options& from, Connection connection)
        : options{from}, writer{std::move(connection)}, readers{from} {}

    Options options;
    Writer writer;
    Readers readers;
};

Result<std::unique_ptr<Store>> Store::open(const Options& options) {
    try {
        Connection connection{options.path, Access::read_and_write, options.vfs};
        switch (prepare_for_writing(connection)) {
            case SchemaState::foreign:
                return Error{Errc::conflict,
                             options.path + " is a database of something else; name another file."};
            case SchemaState::newer:
                return Error{
                    Errc::conflict,
                    options.path + " was written by a newer Balcão; start that one, or name another file."};
            case SchemaState::ready:
                break;
        }
        return std::unique_ptr<Store>{new Store{std::make_unique<Parts>(options, std::move(connection))}};
    } catch (const Failure& failure) {
        return Error{Errc::unavailable, options.path + " cannot be opened: " + failure.what()};
    }
}

Store::Store(std::unique_ptr<Parts> parts) : parts_{std::move(parts)} {}

Store::~Store() = default;

void Store::submit(journal::Commit commit, journal::Done done) {
    parts_->writer.submit(std::move(commit), std::move(done));
}

std::uint64_t Store::transactions() const { return parts_->writer.transactions(); }

// Asks one of the readers; a failure becomes `unavailable`.
template <class Ask>
auto Store::ask(const Ask& ask) const -> Result<decltype(ask(std::declval<Reader&>()))> {
    try {
        return parts_->readers.with(ask);
    } catch (const Failure& failure) {
        return unavailable(failure.what());
    }
}

Result<std::vector<journal::Event>> Store::read(std::string_view stream, std::uint64_t after) const {
    return ask([&](Reader& reader) {
        reader.of_stream.bind(1, stream).bind(2, static_cast<std::int64_t>(after));
        return events_of(reader.of_stream);
    });
}

Result<journal::Followed> Store::follow(const journal::Cursor& after, std::size_t limit) const {
    std::uint64_t position = 0;
    const char* end = after.place.data() + after.place.size();
    const auto [stopped, problem] = std::from_chars(after.place.data(), end, position);
    if (!after.place.empty() && (problem != std::errc{} || stopped != end))
        return Error{Errc::invalid, "\"" + after.place + "\" is no place in this journal.", "cursor"};
    BALCAO_TRY(auto events, ask([&](Reader& reader) { return events_after(reader, position, limit); }));
    // Positions have no holes, so the last one is known by counting.
    journal::Cursor next{std::to_string(position + events.size())};
    return journal::Followed{std::move(events), std::move(next)};
}

Result<std::optional<std::string>> Store::key_of(std::string_view person) const {
    return ask([&](Reader& reader) { return text_of(reader.of_person.bind(1, person)); });
}

Result<std::optional<std::string>> Store::answer_to(std::string_view command) const {
    return ask([&](Reader& reader) { return text_of(reader.of_command.bind(1, command)); });
}

merkle::Hash Store::at(merkle::NodeId id) const {
    const auto found = ask([&](Reader& reader) {
        std::optional<merkle::Hash> hash;
        reader.of_node.bind(1, std::int64_t{id.level}).bind(2, static_cast<std::int64_t>(id.index));
        for_each_row(reader.of_node,
                     [&](const Statement& row) { hash = crypto::from_bytes<32>(row.text(0)); });
        return hash;
    });
    if (!found) throw journal::StoreFailure{found.error().what};
    if (!*found) throw journal::StoreFailure{"a hash of the log is missing"};
    return **found;
}

Result<std::string> Store::last_checkpoint() const {
    return ask([&](Reader& reader) {
        std::string text;
        for_each_row(reader.last_checkpoint, [&](const Statement& row) { text = row.text(1); });
        return text;
    });
}

Result<std::vector<journal::Event>> Store::not_logged(std::size_t limit) const {
    return ask([&](Reader& reader) { return events_after(reader, logged_of(reader), limit); });
}

Result<std::vector<journal::Event>> Store::leaves(std::uint64_t first, std::size_t limit) const {
    return ask([&](Reader& reader) {
        const std::uint64_t logged = logged_of(reader);
        return events_after(reader, first,
                            first < logged ? std::min<std::uint64_t>(limit, logged - first) : 0);
    });
}

Result<std::optional<std::uint64_t>> Store::leaf_of(std::string_view stream, std::uint64_t version) const {
    return ask([&](Reader& reader) {
        std::optional<std::uint64_t> leaf;
        reader.of_event.bind(1, stream).bind(2, static_cast<std::int64_t>(version));
        for_each_row(reader.of_event,
                     [&](const Statement& row) { leaf = static_cast<std::uint64_t>(row.number(0)) - 1; });
        return leaf;
    });
}

Result<std::vector<std::string>> Store::heads_after(std::uint64_t size, std::size_t limit) const {
    return ask([&](Reader& reader) {
        std::vector<std::string> heads;
        reader.heads_after.bind(1, static_cast<std::int64_t>(size)).bind(2, static_cast<std::int64_t>(limit));
        for_each_row(reader.heads_after, [&](const Statement& row) { heads.emplace_back(row.text(1)); });
        return heads;
    });
}

Result<std::vector<merkle::Node>> Store::nodes_from(merkle::NodeId first, std::size_t limit) const {
    return ask([&](Reader& reader) {
        std::vector<merkle::Node> nodes;
        reader.nodes_from.bind(1, std::int64_t{first.level})
            .bind(2, static_cast<std::int64_t>(first.index))
            .bind(3, static_cast<std::int64_t>(limit));
        for_each_row(reader.nodes_from, [&](const Statement& row) {
            // A hash of another length is none, and differs from every one.
            const auto hash = crypto::from_bytes<32>(row.text(1));
            nodes.push_back(
                {{first.level, static_cast<std::uint64_t>(row.number(0))}, hash.value_or(merkle::Hash{})});
        });
        return nodes;
    });
}

Result<void> Store::mend(const std::vector<merkle::Node>& nodes) {
    std::promise<journal::Outcome> promise;
    auto outcome = promise.get_future();
    parts_->writer.submit([&nodes](Connection& connection) { return replace_nodes(connection, nodes); },
                          [&promise](journal::Outcome found) { promise.set_value(found); });
    if (outcome.get() == journal::Outcome::written) return {};
    return Error{Errc::unavailable, "The log cannot be written."};
}

Result<void> Store::write_out(const journal::TakeKept& take) const {
    try {
        return sqlite::write_out(parts_->options, take);
    } catch (const Failure& failure) {
        return unavailable(failure.what());
    }
}

Result<void> Store::take_in(const journal::Next& next) {
    try {
        return sqlite::take_in(parts_->options, next);
    } catch (const Failure& failure) {
        return Error{Errc::unavailable, std::string{"The journal cannot be written: "} + failure.what()};
    }
}

Result<void> Store::grow(const journal::Growth& growth) {
    std::promise<journal::Outcome> promise;
    auto outcome = promise.get_future();
    parts_->writer.submit([&growth](Connection& connection) { return write_growth(connection, growth); },
                          [&promise](journal::Outcome found) { promise.set_value(found); });
    switch (outcome.get()) {
        case journal::Outcome::written:
            return {};
        case journal::Outcome::conflict:
            return Error{Errc::conflict, "Another notary was first."};
        default:
            return Error{Errc::unavailable, "The log cannot be written."};
    }
}

}  // namespace balcao::sqlite
