#include "web/letters.hpp"

namespace balcao::web {

void Mailbox::put(Instant at, const Letter& letter) {
    const std::lock_guard lock{mutex_};
    kept_.push_front({at, letter});
    if (kept_.size() > kept_most) kept_.pop_back();
}

std::vector<Mailbox::Kept> Mailbox::all() const {
    const std::lock_guard lock{mutex_};
    return {kept_.begin(), kept_.end()};
}

}  // namespace balcao::web
