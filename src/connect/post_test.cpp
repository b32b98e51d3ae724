// Two ways out of the house, of which one may be closed.
#include "connect/post.hpp"

#include <doctest/doctest.h>

#include "base/set_clock.hpp"

using namespace balcao;
using namespace std::chrono_literals;

namespace {

const Instant begin{std::chrono::sys_days{std::chrono::year{2026} / 11 / 20} + 9h};

class Hand final : public letters::Carrier {
public:
    explicit Hand(const letters::Outcome& answer) : answer_{answer} {}

    letters::Delivery carry(const letters::Message&) override { return {answer_, "x"}; }

private:
    const letters::Outcome& answer_;
};

}  // namespace

TEST_CASE("while the mail server is away messages still go to phones, and mail is tried again after a rest") {
    SetClock clock{begin};
    letters::Outcome by_mail = letters::Outcome::away;
    const letters::Outcome by_phone = letters::Outcome::delivered;
    connect::Post post{std::make_unique<Hand>(by_mail), std::make_unique<Hand>(by_phone), clock};
    letters::Message mail;
    mail.mail = "ana@example.org";
    letters::Message phone;
    phone.phone = "+351912345678";
    CHECK(post.is_open_for(mail));
    CHECK(post.carry(mail).outcome == letters::Outcome::away);
    CHECK_FALSE(post.is_open_for(mail));
    CHECK(post.is_open_for(phone));
    CHECK(post.carry(phone).outcome == letters::Outcome::delivered);
    CHECK_FALSE(post.is_open_for(mail));
    clock.pass(connect::Post::rest);
    CHECK(post.is_open_for(mail));
    by_mail = letters::Outcome::refused;
    CHECK(post.carry(mail).outcome == letters::Outcome::refused);
    CHECK(post.is_open_for(mail));
}

TEST_CASE("a letter for which there is no way is refused") {
    const SetClock clock{begin};
    connect::Post post{nullptr, nullptr, clock};
    letters::Message mail;
    mail.mail = "ana@example.org";
    CHECK(post.is_open_for(mail));
    CHECK(post.carry(mail).outcome == letters::Outcome::refused);
}
