#include "staff/staff.hpp"

#include "base/check.hpp"

namespace balcao::staff {

Result<std::unique_ptr<Staff>> Staff::open(journal::Store& store,
                                           const Clock& clock,
                                           const crypto::SecretKey& installation,
                                           Settings settings) {
    BALCAO_CHECK(settings.hashing_most >= 1 && settings.hashing_most <= 64);
    BALCAO_CHECK(settings.absolute_end <= std::chrono::hours{24});  // Roll::forget_before
    std::unique_ptr<Staff> staff{new Staff{store, clock, installation, std::move(settings)}};
    const std::lock_guard lock{staff->writing_};
    if (auto read = staff->read_on(); !read) return read.error();
    return staff;
}

Staff::Staff(journal::Store& store,
             const Clock& clock,
             const crypto::SecretKey& installation,
             Settings settings)
    : store_{store},
      clock_{clock},
      persons_{store, installation},
      secrets_{installation.derive("secrets of staff")},
      marks_{installation.derive("recovery codes of staff")},
      tickets_{installation.derive("enrolments of staff")},
      settings_{std::move(settings)},
      decoy_{crypto::hash_password(crypto::random_name(), settings_.cost)},
      hashing_{settings_.hashing_most},
      peers_{settings_.peer_lock},
      strangers_{settings_.account_lock} {}

Roll Staff::roll() const {
    const std::lock_guard lock{mutex_};
    return roll_;
}

}  // namespace balcao::staff
