#include "assist/echo.hpp"

#include <algorithm>

#include "assist/sheet.hpp"

namespace balcao::assist {

std::shared_ptr<Echo::Board> Echo::board_of(const SessionKey& session) const {
    const std::lock_guard lock{mutex_};
    const auto found = boards_.find(session);
    return found == boards_.end() ? nullptr : found->second;
}

std::uint64_t Echo::type(const SessionKey& session, Side from, const Typed& typed) {
    if (typed.text.size() > echo_bytes_most) return 0;
    auto board = board_of(session);
    if (board == nullptr) {
        const std::lock_guard lock{mutex_};
        auto& made = boards_[session];
        if (made == nullptr) made = std::make_shared<Board>();
        board = made;
    }
    const std::lock_guard lock{board->mutex};
    const std::pair name{typed.step, typed.field};
    const auto found = board->fields.find(name);
    if (found == board->fields.end()) {
        if (board->fields.size() >= echo_fields_most) return 0;
    } else if (found->second.line.from == from && typed.stroke <= found->second.stroke) {
        return 0;
    }
    std::string text = typed.text;
    if (typed.is_secret && !text.empty()) text = secret_mask;
    Kept& kept = board->fields[name];
    kept.stroke = typed.stroke;
    kept.line = {++board->sequence, from, typed.step, typed.field, std::move(text), false};
    if (listener_) listener_(session, kept.line);
    return board->sequence;
}

// The fields go one by one and leave one line without a field behind, which tells that they went.
void Echo::clear(const SessionKey& session, const StepKey& step) {
    const auto board = board_of(session);
    if (board == nullptr) return;
    const std::lock_guard lock{board->mutex};
    const auto erased = std::erase_if(board->fields, [&](const auto& one) {
        return one.first.first == step && !one.second.line.is_cleared;
    });
    if (erased == 0) return;
    Kept& kept = board->fields[{step, FieldKey{}}];
    kept.line = {++board->sequence, Side::mediator, step, {}, {}, true};
    if (listener_) listener_(session, kept.line);
}

std::vector<EchoLine> Echo::after(const SessionKey& session, std::uint64_t sequence) const {
    const auto board = board_of(session);
    std::vector<EchoLine> lines;
    if (board == nullptr) return lines;
    const std::lock_guard lock{board->mutex};
    const std::uint64_t from = sequence > board->sequence ? 0 : sequence;
    for (const auto& [name, kept] : board->fields)
        if (kept.line.sequence > from) lines.push_back(kept.line);
    std::sort(lines.begin(), lines.end(),
              [](const EchoLine& a, const EchoLine& b) { return a.sequence < b.sequence; });
    return lines;
}

void Echo::forget(const SessionKey& session) {
    const std::lock_guard lock{mutex_};
    boards_.erase(session);
}

std::vector<SessionKey> Echo::sessions() const {
    const std::lock_guard lock{mutex_};
    std::vector<SessionKey> all;
    for (const auto& [session, board] : boards_)
        all.push_back(session);
    return all;
}

}  // namespace balcao::assist
