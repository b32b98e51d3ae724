#pragma once
// Whole weeks of two servers and five entities, with everything going wrong that may, by a seed; and what
// must hold however it goes.
#include "cases/stage_test.hpp"

namespace balcao::cases::stage {

class Rehearsal {
public:
    explicit Rehearsal(std::uint64_t seed, std::size_t steps);

    // What was wrong; empty: all is well.
    std::vector<std::string> live();

    // Tells what happened to the cases that went wrong.
    void tell() const;

    // What happened, for who wants to know that something did.
    struct Tally {
        std::size_t accepted = 0;
        std::size_t cancelled = 0;
        std::size_t sends = 0;
        std::size_t kills = 0;
        std::size_t incidents = 0;
        std::size_t escalated = 0;
        std::size_t undone = 0;
        std::size_t lookups = 0;
        std::size_t erased = 0;
        std::map<std::string, std::size_t> states{};
    };

    [[nodiscard]] const Tally& tally() const { return tally_; }

    // What was written, by whoever.
    [[nodiscard]] const journal::MemoryStore& disk() const { return world_.disk; }

private:
    struct Handed {
        Submission submission;
        std::optional<CaseNumber> number;  // once somebody was told
    };

    void break_things();
    void mend_things();
    void act();
    void let_work(std::size_t server, std::size_t pieces);
    template <class Do>
    void on(std::size_t server, const Do& act);
    void restart(std::size_t server);
    void hand_in();
    void hand_in(std::size_t which, std::size_t server);
    void cancel_one();
    void erase_one();
    void let_time_pass();
    void work_on_task(std::size_t server, const Case& whole, const Step& step);
    void people_work(std::size_t server, bool settles_all);
    void settle(std::size_t server, const Case& whole, const Incident& incident);
    [[nodiscard]] bool is_on_its_way(const std::string& effect) const;
    void drain();
    bool is_all_over();
    Case on_disk(const CaseNumber& number);
    [[nodiscard]] std::vector<CaseNumber> numbers_on_disk() const;
    void look_before_done(const Effect& effect);
    void check_ends();
    void check_end(const Case& whole, const Step& step);
    void check_eyes(const Case& whole);
    void check_numbers();
    void check_servers();

    Entity& entity_of(const Step& step) { return *entities_.at(step.asked.entity); }

    void fault(const std::string& what) { world_.wrong.push_back(what); }

    World world_;
    std::size_t steps_;
    std::map<model::EntityKey, std::unique_ptr<Entity>> entities_;
    Connectors connectors_;
    std::vector<std::unique_ptr<Server>> servers_;
    std::vector<Handed> handed_;
    std::set<CaseNumber> erased_;  // whose person was
    std::size_t commands_ = 0;
    Tally tally_;
};

}  // namespace balcao::cases::stage
