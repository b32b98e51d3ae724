#include "journal/memory_store.hpp"

#include <algorithm>
#include <charconv>

namespace balcao::journal {

void MemoryStore::submit(Commit commit, Done done) {
    {
        const std::lock_guard lock{mutex_};
        waiting_.emplace_back(std::move(commit), std::move(done));
    }
    if (writing_ == Writing::at_once) write(1);
}

void MemoryStore::write(std::size_t count) {
    std::vector<std::pair<Done, Outcome>> finished;
    {
        const std::lock_guard lock{mutex_};
        for (; count > 0 && !waiting_.empty(); --count) {
            auto& [commit, done] = waiting_.front();
            const auto outcome = try_commit(commit);
            finished.emplace_back(std::move(done), outcome);
            waiting_.pop_front();
        }
    }
    for (const auto& [done, outcome] : finished)
        done(outcome);
}

std::size_t MemoryStore::held_back() const {
    const std::lock_guard lock{mutex_};
    return waiting_.size();
}

void MemoryStore::set_broken(bool is_broken) {
    const std::lock_guard lock{mutex_};
    is_broken_ = is_broken;
}

bool MemoryStore::is_in_conflict(const Commit& commit) const {
    for (const auto& writing : commit.writings) {
        const auto stream = streams_.find(writing.stream);
        const std::size_t version = stream == streams_.end() ? 0 : stream->second.size();
        if (version != writing.expected) return true;
        if (!writing.after.empty() && (version == 0 || events_[stream->second.back()].salt != writing.after))
            return true;
    }
    for (const auto& claim : commit.claims) {
        const auto held = claims_.find(claim.key);
        if (!claim.is_released && held != claims_.end() && held->second != claim.holder) return true;
    }
    return std::ranges::any_of(
        commit.keys, [&](const auto& key) { return !key.wrapped.empty() && keys_.contains(key.person); });
}

Outcome MemoryStore::try_commit(const Commit& commit) {
    if (is_broken_) return Outcome::unavailable;
    if (!commit.command.empty() && answers_.contains(commit.command)) return Outcome::repeated;
    if (is_in_conflict(commit)) return Outcome::conflict;
    record(commit);
    return Outcome::written;
}

void MemoryStore::record(const Commit& commit) {
    for (const auto& writing : commit.writings) {
        for (const auto& event : writing.events) {
            streams_[writing.stream].push_back(events_.size());
            events_.push_back(event);
        }
    }
    if (!commit.command.empty()) answers_[commit.command] = commit.answer;
    for (const auto& key : commit.keys) {
        if (key.wrapped.empty())
            keys_.erase(key.person);
        else
            keys_[key.person] = key.wrapped;
    }
    for (const auto& claim : commit.claims) {
        const auto held = claims_.find(claim.key);
        if (!claim.is_released)
            claims_[claim.key] = claim.holder;
        else if (held != claims_.end() && held->second == claim.holder)
            claims_.erase(held);
    }
}

Result<std::vector<Event>> MemoryStore::read(std::string_view stream, std::uint64_t after) const {
    const std::lock_guard lock{mutex_};
    std::vector<Event> events;
    const auto found = streams_.find(stream);
    if (found == streams_.end()) return events;
    for (std::size_t place = after; place < found->second.size(); ++place)
        events.push_back(events_[found->second[place]]);
    return events;
}

Result<Followed> MemoryStore::follow(const Cursor& after, std::size_t limit) const {
    std::size_t place = 0;
    const char* end = after.place.data() + after.place.size();
    const auto [stopped, problem] = std::from_chars(after.place.data(), end, place);
    if (!after.place.empty() && (problem != std::errc{} || stopped != end))
        return Error{Errc::invalid, "\"" + after.place + "\" is no place in this journal.", "cursor"};
    const std::lock_guard lock{mutex_};
    Followed followed;
    for (; place < events_.size() && followed.events.size() < limit; ++place)
        followed.events.push_back(events_[place]);
    followed.next.place = std::to_string(place);
    return followed;
}

Result<std::optional<std::string>> MemoryStore::key_of(std::string_view person) const {
    const std::lock_guard lock{mutex_};
    const auto found = keys_.find(person);
    if (found == keys_.end()) return std::optional<std::string>{};
    return std::optional{found->second};
}

Result<std::optional<std::string>> MemoryStore::answer_to(std::string_view command) const {
    const std::lock_guard lock{mutex_};
    const auto found = answers_.find(command);
    if (found == answers_.end()) return std::optional<std::string>{};
    return std::optional{found->second};
}

merkle::Hash MemoryStore::at(merkle::NodeId id) const {
    const std::lock_guard lock{mutex_};
    const auto found = nodes_.find(id);
    if (found == nodes_.end()) throw StoreFailure{"a hash of the log is missing"};
    return found->second;
}

Result<std::string> MemoryStore::last_checkpoint() const {
    const std::lock_guard lock{mutex_};
    return heads_.empty() ? std::string{} : heads_.rbegin()->second;
}

Result<std::vector<Event>> MemoryStore::not_logged(std::size_t limit) const {
    const std::lock_guard lock{mutex_};
    const auto first = std::min<std::size_t>(logged_, events_.size());
    const auto last = std::min(events_.size(), first + limit);
    return std::vector<Event>(events_.begin() + static_cast<std::ptrdiff_t>(first),
                              events_.begin() + static_cast<std::ptrdiff_t>(last));
}

Result<void> MemoryStore::grow(const Growth& growth) {
    const std::lock_guard lock{mutex_};
    if (is_broken_) return Error{Errc::unavailable, "The log cannot be written."};
    if (growth.size_before != logged_) return Error{Errc::conflict, "Another notary was first."};
    for (const auto& node : growth.nodes)
        nodes_[node.id] = node.hash;
    logged_ += growth.events.size();
    heads_[logged_] = growth.checkpoint;
    return {};
}

Result<std::optional<std::uint64_t>> MemoryStore::leaf_of(std::string_view stream,
                                                          std::uint64_t version) const {
    const std::lock_guard lock{mutex_};
    const auto found = streams_.find(stream);
    if (found == streams_.end() || version == 0 || version > found->second.size())
        return std::optional<std::uint64_t>{};
    const std::uint64_t place = found->second[version - 1];
    return place < logged_ ? std::optional{place} : std::nullopt;
}

Result<std::vector<Event>> MemoryStore::leaves(std::uint64_t first, std::size_t limit) const {
    const std::lock_guard lock{mutex_};
    std::vector<Event> events;
    for (std::uint64_t place = first; place < logged_ && events.size() < limit; ++place)
        events.push_back(events_[place]);
    return events;
}

Result<std::vector<std::string>> MemoryStore::heads_after(std::uint64_t size, std::size_t limit) const {
    const std::lock_guard lock{mutex_};
    std::vector<std::string> heads;
    for (auto head = heads_.upper_bound(size); head != heads_.end() && heads.size() < limit; ++head)
        heads.push_back(head->second);
    return heads;
}

Result<std::vector<merkle::Node>> MemoryStore::nodes_from(merkle::NodeId first, std::size_t limit) const {
    const std::lock_guard lock{mutex_};
    std::vector<merkle::Node> nodes;
    for (auto node = nodes_.lower_bound(first);
         node != nodes_.end() && node->first.level == first.level && nodes.size() < limit; ++node)
        nodes.push_back({node->first, node->second});
    return nodes;
}

Result<void> MemoryStore::mend(const std::vector<merkle::Node>& nodes) {
    const std::lock_guard lock{mutex_};
    if (is_broken_) return Error{Errc::unavailable, "The log cannot be written."};
    for (const auto& node : nodes)
        nodes_[node.id] = node.hash;
    return {};
}

Result<void> MemoryStore::write_out(const TakeKept& take) const {
    const std::lock_guard lock{mutex_};
    const auto hand_out = [&take](const auto& things, const auto& as_kept) -> Result<void> {
        for (const auto& thing : things)
            if (auto taken = take(as_kept(thing)); !taken) return taken;
        return {};
    };
    auto heads = hand_out(heads_, [](const auto& head) { return Kept{Head{head.first, head.second}}; });
    if (!heads) return heads;
    auto events = hand_out(events_, [](const auto& event) { return Kept{event}; });
    if (!events) return events;
    auto answers = hand_out(answers_, [](const auto& answer) {
        return Kept{Answer{answer.first, answer.second}};
    });
    if (!answers) return answers;
    auto claims = hand_out(claims_, [](const auto& claim) {
        return Kept{Claim{claim.first, claim.second, false}};
    });
    if (!claims) return claims;
    return hand_out(keys_, [](const auto& key) { return Kept{PersonKey{key.first, key.second}}; });
}

void MemoryStore::put(const Kept& kept) {
    if (const auto* head = std::get_if<Head>(&kept)) heads_[head->size] = head->text;
    if (const auto* node = std::get_if<merkle::Node>(&kept)) nodes_[node->id] = node->hash;
    if (const auto* answer = std::get_if<Answer>(&kept)) answers_[answer->command] = answer->text;
    if (const auto* claim = std::get_if<Claim>(&kept)) claims_[claim->key] = claim->holder;
    if (const auto* key = std::get_if<PersonKey>(&kept)) keys_[key->person] = key->wrapped;
    if (const auto* event = std::get_if<Event>(&kept)) {
        streams_[event->stream].push_back(events_.size());
        events_.push_back(*event);
    }
}

Result<void> MemoryStore::take_in(const Next& next) {
    std::vector<Kept> all;
    for (;;) {
        BALCAO_TRY(auto kept, next());
        if (!kept) break;
        all.push_back(*std::move(kept));
    }
    const std::lock_guard lock{mutex_};
    if (is_broken_) return Error{Errc::unavailable, "The journal cannot be written."};
    if (!events_.empty() || !heads_.empty() || !keys_.empty())
        return Error{Errc::conflict, "The journal is not empty."};
    for (const auto& kept : all)
        put(kept);
    if (!heads_.empty()) logged_ = heads_.rbegin()->first;
    return {};
}

}  // namespace balcao::journal
