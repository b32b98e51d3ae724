#pragma once
// Two servers on one journal in memory, each with a line to it that fails; a bank and a terminal that lose
// what they are told and what they say; people who pay, clerks with a drawer full of cash. And what must hold
// of it all afterwards, by the journal's bytes, the bank's books and the cash in the drawer. For the property
// of `pay`.
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "pay/town_test.hpp"

namespace balcao::pay::town {

// What goes wrong, once in so many times; 0: never.
struct Faults {
    unsigned write_refused = 0;
    unsigned write_silent = 0;  // written, and nobody is told
    unsigned reading_fails = 0;
    // Between a decision and its writing somebody else is served.
    unsigned interleaved = 0;
};

struct World {
    explicit World(unsigned seed) : dice{seed} {}

    [[nodiscard]] bool strikes(unsigned once_in) { return once_in > 0 && dice() % once_in == 0; }

    std::minstd_rand dice;
    Faults faults{};
    journal::MemoryStore disk{};
    std::function<void(int)> meanwhile{};  // of the server whose commit waits
};

class Line final : public journal::Store {
public:
    Line(World& world, int server) : world_{world}, server_{server} {}

    void submit(journal::Commit commit, journal::Done done) override;
    Result<std::vector<journal::Event>> read(std::string_view stream, std::uint64_t after) const override;
    Result<journal::Followed> follow(const journal::Cursor& after, std::size_t limit) const override;
    Result<std::optional<std::string>> key_of(std::string_view person) const override;
    Result<std::optional<std::string>> answer_to(std::string_view command) const override;

private:
    World& world_;
    int server_;
};

// How often what is of interest happened, over all runs.
struct Lived {
    int paid = 0, surplus = 0, refunded = 0, unclear = 0, failed = 0, lapsed = 0, accepted = 0;
    int in_cash = 0, by_card = 0, paid_out = 0, restarts = 0, strays = 0, declared = 0, known_already = 0;
};

struct Order {
    int what = 0;
    int server = 0;
    int which = 0;
    int how = 0;
};

class Rehearsal {
public:
    Rehearsal(unsigned seed, Lived& lived);

    void step(const Order& order);
    // Everything that fails is mended, what was lost is told, and all of it is looked at. One sentence for
    // each thing that is wrong.
    std::vector<std::string> finish();

private:
    struct Host {
        Host(World& world, int number, Rehearsal& town)
            : line{world, number}, server{line, town.clock_, town.settings_, town.providers_} {}

        Line line;
        Server server;
    };

    Server& at(int number) { return hosts_[static_cast<std::size_t>(number) % 2]->server; }

    [[nodiscard]] std::optional<PaymentNumber> one_of(int which) const;

    std::string new_key() { return "k" + std::to_string(++keys_); }

    void restart(int number);
    void set_faults(bool are_there);
    void pass(Milliseconds time);
    void settle(int rounds);

    void ask(Server& server, int how);
    void pay_at_machine(const PaymentNumber& number, int how);
    void tell(Server& server, int how);
    void take_cash(Server& server, const PaymentNumber& number);
    void pay_out(Server& server, int which);
    void decide(Server& server, const PaymentNumber& number, int how);
    void declare(Server& server, const PaymentNumber& number);

    void check_payments(std::vector<std::string>& wrong);
    void check_providers(std::vector<std::string>& wrong);
    void check_receipts(std::vector<std::string>& wrong);
    void check_till(std::vector<std::string>& wrong);
    void check_days(std::vector<std::string>& wrong);
    [[nodiscard]] std::vector<Payment> all_payments() const;
    [[nodiscard]] std::vector<journal::Event> events_of(const PaymentNumber& number) const;

    Lived& lived_;
    World world_;
    SetClock clock_{morning};
    model::Model model_ = city();
    Settings settings_ = agreed();
    StandInProvider at_bank_;
    StandInProvider at_terminal_;
    Providers providers_;
    std::vector<std::unique_ptr<Host>> hosts_;
    std::vector<PaymentNumber> numbers_;
    std::deque<Notice> on_their_way_;
    std::vector<Notice> told_;
    TillKey till_;
    std::int64_t drawer_ = 10'000;
    int keys_ = 0;
};

}  // namespace balcao::pay::town
