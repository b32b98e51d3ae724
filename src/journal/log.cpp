#include "journal/log.hpp"

#include <unordered_map>
#include <utility>

namespace balcao::journal {

namespace {

constexpr std::size_t leaves_at_once = 4096;

Error unavailable(const StoreFailure& failure) {
    return {Errc::unavailable, std::string{"The log cannot be read: "} + failure.what()};
}

}  // namespace

Log::Log(LogStore& store, std::string origin, const crypto::SigningKey& key)
    : store_{store}, origin_{std::move(origin)}, key_{key} {}

std::string Log::verifier() const { return verifier_of(origin_, key_.public_key()); }

Result<std::optional<Checkpoint>> Log::head() const {
    BALCAO_TRY(const auto text, store_.last_checkpoint());
    if (text.empty()) return std::optional<Checkpoint>{};
    BALCAO_TRY(auto checkpoint, read_checkpoint(text, verifier()));
    return std::optional{std::move(checkpoint)};
}

Result<std::size_t> Log::take(Instant now, std::size_t limit) {
    try {
        BALCAO_TRY(const auto last, head());
        Growth growth;
        growth.size_before = last ? last->head.size : 0;
        BALCAO_TRY(growth.events, store_.not_logged(limit));
        if (growth.events.empty()) return std::size_t{0};
        auto edge = merkle::Edge::of(growth.size_before, store_);
        for (const auto& event : growth.events)
            edge.append(merkle::leaf_hash(entry_of(event)), growth.nodes);
        growth.checkpoint = signed_text({origin_, {edge.size(), edge.root()}, now}, key_);
        const auto grown = store_.grow(growth);
        if (!grown) return grown.error();
        return growth.events.size();
    } catch (const StoreFailure& failure) {
        return unavailable(failure);
    }
}

Result<std::optional<Receipt>> Log::receipt(const Event& event) const {
    try {
        BALCAO_TRY(const auto text, store_.last_checkpoint());
        if (text.empty()) return std::optional<Receipt>{};
        BALCAO_TRY(const auto checkpoint, read_checkpoint(text, verifier()));
        BALCAO_TRY(const auto leaf, store_.leaf_of(event.stream, event.version));
        if (!leaf || *leaf >= checkpoint.head.size) return std::optional<Receipt>{};
        return std::optional{Receipt{entry_of(event), *leaf,
                                     merkle::inclusion_proof(*leaf, checkpoint.head.size, store_), text}};
    } catch (const StoreFailure& failure) {
        return unavailable(failure);
    }
}

Result<std::vector<merkle::Hash>> Log::consistency(std::uint64_t first) const {
    try {
        BALCAO_TRY(const auto last, head());
        const std::uint64_t size = last ? last->head.size : 0;
        if (first > size)
            return Error{
                Errc::invalid,
                "The log has " + std::to_string(size) + " events, not " + std::to_string(first) + ".",
                "first"};
        if (first == 0) return std::vector<merkle::Hash>{};
        return merkle::consistency_proof(first, size, store_);
    } catch (const StoreFailure& failure) {
        return unavailable(failure);
    }
}

Result<std::uint64_t> Log::verify() const {
    BALCAO_TRY(const auto last, head());
    merkle::Edge edge;
    std::unordered_map<std::string, std::uint64_t> versions;
    std::vector<merkle::Node> made;
    for (;;) {
        BALCAO_TRY(const auto events, store_.leaves(edge.size(), leaves_at_once));
        if (events.empty()) break;
        for (const auto& event : events) {
            if (event.version != ++versions[event.stream])
                return Error{Errc::invalid, "In the stream \"" + event.stream + "\" event " +
                                                std::to_string(versions[event.stream]) + " is missing."};
            made.clear();
            edge.append(merkle::leaf_hash(entry_of(event)), made);
        }
    }
    const merkle::Head found{edge.size(), edge.root()};
    const merkle::Head promised = last ? last->head : merkle::Head{0, merkle::empty_root()};
    if (found.size != promised.size)
        return Error{Errc::invalid, "The signed head speaks of " + std::to_string(promised.size) +
                                        " events, the log holds " + std::to_string(found.size) + "."};
    if (found.root != promised.root)
        return Error{Errc::invalid, "The events are not those that were signed: the root of " +
                                        std::to_string(found.size) + " events differs."};
    return found.size;
}

}  // namespace balcao::journal
