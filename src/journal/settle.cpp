#include "journal/settle.hpp"

#include <algorithm>
#include <future>

#include "crypto/keys.hpp"

namespace balcao::journal {

void append(Commit& commit, const std::string& stream, const StreamEnd& end, Draft draft, Instant at) {
    auto writing = std::find_if(commit.writings.begin(), commit.writings.end(),
                                [&](const Writing& one) { return one.stream == stream; });
    if (writing == commit.writings.end())
        writing = commit.writings.insert(writing, {stream, end.version, {}, end.salt});
    writing->events.push_back({stream, writing->expected + writing->events.size() + 1, at,
                               std::move(draft.type), std::move(draft.body), crypto::random_bytes(16)});
}

Result<std::optional<Made>> made_before(const Store& store, const std::string& command) {
    if (command.empty()) return std::optional<Made>{};
    BALCAO_TRY(const auto answer, store.answer_to(command));
    if (!answer) return std::optional<Made>{};
    return std::optional{Made{*answer, true}};
}

Outcome write_and_wait(Store& store, Commit commit) {
    std::promise<Outcome> promise;
    auto future = promise.get_future();
    store.submit(std::move(commit), [&promise](Outcome found) { promise.set_value(found); });
    return future.get();
}

}  // namespace balcao::journal
