#include "connect/post.hpp"

namespace balcao::connect {

const Post::Way* Post::way_of(const letters::Message& message) const {
    if (mail_.carrier && !message.mail.empty()) return &mail_;
    if (phone_.carrier && !message.phone.empty()) return &phone_;
    return nullptr;
}

bool Post::is_open_for(const letters::Message& message) const {
    const Way* way = way_of(message);
    return way == nullptr || clock_.now() >= way->rests_until;
}

letters::Delivery Post::carry(const letters::Message& message) {
    const Way* found = way_of(message);
    if (found == nullptr) return {letters::Outcome::refused, "no-way"};
    Way& way = found == &mail_ ? mail_ : phone_;
    auto delivery = way.carrier->carry(message);
    way.rests_until = delivery.outcome == letters::Outcome::away ? clock_.now() + rest : Instant{};
    return delivery;
}

}  // namespace balcao::connect
