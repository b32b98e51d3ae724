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

letters::Delivery Shown::carry(const letters::Message& message) {
    const bool is_mail = !message.mail.empty();
    mailbox_.put(clock_.now(), {is_mail ? message.mail : message.phone, message.subject,
                                is_mail ? message.text : message.short_text});
    return {};
}

}  // namespace balcao::web
