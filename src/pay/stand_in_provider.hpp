#pragma once
// A provider that is none: it plays a payment institution that gives out references of Multibanco, or a card
// terminal, for demonstrations, tests and training. Nothing of it is real and no money moves. It keeps every
// promise of the port (provider.hpp) by its keys, and can lose requests and answers, put things off, decline,
// and tell twice what it has to tell. Safe to use from any thread.
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "pay/multibanco.hpp"
#include "pay/notice.hpp"
#include "pay/provider.hpp"

namespace balcao::pay {

// What goes wrong, once in so many times; 0: never.
struct StandInHabits {
    unsigned loses_request = 0;  // nothing is done, and nobody is told
    unsigned loses_answer = 0;   // it is done, and nobody is told
    unsigned puts_off = 0;
    unsigned declines = 0;
    unsigned tells_twice = 0;  // of its notices
    unsigned hides_key = 0;    // its notices name the reference alone
    unsigned seed = 1;
};

class StandInProvider final : public Provider {
public:
    // `entity`: five digits, made up; with Means::card it is a terminal that charges at once.
    StandInProvider(Means means, std::string entity, const Clock& clock, StandInHabits habits = {});

    CollectionAnswer collect(const CollectionAsk& ask) override;
    CollectionFound look_up(const std::string& key) override;
    RefundAnswer refund(const RefundAsk& ask) override;
    RefundFound look_up_refund(const std::string& key) override;
    Result<std::vector<SettledLine>> settled(Instant from, Instant to) override;

    // Somebody types that reference and that amount into a cash machine. False where it is no reference of
    // ours, or its check digits belong to another amount. `looks_away`: as if the machine had not looked.
    enum class Machine : std::uint8_t { looks, looks_away };
    bool pay(const std::string& reference, const Money& amount, Machine machine = Machine::looks);

    // What it has to tell since it was asked last, in the order of payments.
    std::vector<Notice> notices();

    void set_habits(const StandInHabits& habits);

    // What came in less what went out, by its own books; how often; and how often it was asked to do what it
    // had done already, which whoever looks up first never does.
    [[nodiscard]] std::int64_t balance_cents() const;
    [[nodiscard]] std::size_t charges() const;  // transactions that came in
    [[nodiscard]] std::size_t refunds() const;
    [[nodiscard]] std::size_t sent_again() const;

private:
    struct Charge {
        CollectionAsk ask;
        std::string reference;
        std::vector<CameIn> came;
        bool is_declined = false;
    };

    struct Return {
        RefundAsk ask;
        WentOut out;
        bool is_declined = false;
    };

    bool strikes(unsigned once_in);
    CameIn take(Charge& charge, const Money& amount);
    [[nodiscard]] Standing standing_of(const Charge& charge) const;
    [[nodiscard]] std::int64_t left_of(const std::string& transaction) const;

    const Means means_;
    const std::string entity_;
    const Clock& clock_;
    mutable std::mutex mutex_;  // of what follows
    StandInHabits habits_;
    std::minstd_rand dice_;
    std::map<std::string, Charge> charges_;  // by our key
    std::map<std::string, Return> returns_;
    std::vector<SettledLine> lines_;
    std::deque<Notice> to_tell_;
    std::uint32_t references_ = 0;
    std::uint32_t transactions_ = 0;
    std::size_t sent_again_ = 0;
};

}  // namespace balcao::pay
