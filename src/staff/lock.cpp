#include "staff/lock.hpp"

#include <algorithm>
#include <vector>

#include "crypto/hash.hpp"
#include "crypto/keys.hpp"

namespace balcao::staff {

Failures one_more(const LockRule& rule, const Failures& before, Instant now) {
    Failures after{1, now, {}};
    if (before.count > 0 && now - before.last < rule.forgotten_after) after.count += before.count;
    if (after.count < rule.failures) return after;
    auto length = rule.first;
    for (int doubled = rule.failures; doubled < after.count && length < rule.longest; ++doubled)
        length *= 2;
    after.until = now + std::min(length, rule.longest);
    return after;
}

Lockouts::Lockouts(const LockRule& rule, std::size_t most)
    : rule_{rule}, most_{most}, salt_{crypto::random_bytes(16)} {}

std::string Lockouts::hashed(std::string_view name) const {
    return std::string{crypto::bytes_of(crypto::sha256({salt_, name}))};
}

std::optional<Instant> Lockouts::locked_until(std::string_view name, Instant now) const {
    const std::lock_guard lock{mutex_};
    const auto found = failures_.find(hashed(name));
    if (found == failures_.end() || found->second.until <= now) return std::nullopt;
    return found->second.until;
}

std::optional<Instant> Lockouts::fail(std::string_view name, Instant now) {
    const std::lock_guard lock{mutex_};
    if (failures_.size() >= most_) make_room();
    auto& failures = failures_[hashed(name)];
    if (failures.until <= now) failures = one_more(rule_, failures, now);
    if (failures.until <= now) return std::nullopt;
    return failures.until;
}

// Half of them at once, so that a flood of names costs little each.
void Lockouts::make_room() {
    std::vector<Instant> moments;
    moments.reserve(failures_.size());
    for (const auto& [name, failures] : failures_)
        moments.push_back(failures.last);
    const auto middle = moments.begin() + static_cast<std::ptrdiff_t>(moments.size() / 2);
    std::nth_element(moments.begin(), middle, moments.end());
    std::erase_if(failures_, [&](const auto& one) { return one.second.last <= *middle; });
}

}  // namespace balcao::staff
