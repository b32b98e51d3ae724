// Random commands on two servers that share a journal which fails, against a plain model of what must be
// true.
#include <rapidcheck.h>
#include <tuple>

#include <doctest/doctest.h>

#include "cases/inspect_test.hpp"
#include "cases/stage_test.hpp"

using namespace balcao;
using namespace balcao::cases;
using namespace balcao::cases::stage;

namespace {

using Command = std::tuple<int, int, int, int>;

// A case of three steps: a task of four eyes, a request that its entity takes up and concludes later, and a
// club that is asked after both.
struct Plain {
    enum class Task { open, done, denied, withdrawn, undoing, undone, held } task = Task::open;
    enum class Request { taken_up, concluded, denied, undone } request = Request::taken_up;
    enum class Club { waits, concluded, stopped, undone } club = Club::waits;
    int claimed = -1;
    int vouched = -1;
    bool vouched_done = false;
    bool is_cancelled = false;

    [[nodiscard]] bool is_task_open() const { return task == Task::open || task == Task::undoing; }

    [[nodiscard]] bool is_over() const {
        return !is_task_open() && task != Task::held && request != Request::taken_up && club != Club::waits;
    }

    bool claim(int who) {
        if (!is_task_open() || (claimed >= 0 && claimed != who) || vouched == who) return false;
        claimed = who;
        return true;
    }

    bool hand_on(int who, int to) {
        if (!is_task_open() || claimed != who || (to >= 0 && vouched == to)) return false;
        claimed = to;
        return true;
    }

    bool finish(int who, bool is_done) {
        if (!is_task_open() || claimed != who) return false;
        claimed = -1;
        if (vouched < 0) {
            vouched = who;
            vouched_done = is_done;
            return true;
        }
        vouched = -1;
        if (vouched_done != is_done) return true;
        if (task == Task::open)
            task = is_done ? Task::done : Task::denied;
        else
            task = is_done ? Task::undone : Task::held;
        return true;
    }

    bool report(bool is_concluded) {
        if (request == Request::concluded && is_concluded) return true;  // said again
        if (request != Request::taken_up) return false;
        request = is_concluded ? Request::concluded : Request::denied;
        return true;
    }

    bool cancel() {
        if (is_cancelled || is_over()) return false;
        is_cancelled = true;
        return true;
    }

    // What follows by itself.
    void follow() {
        if (club == Club::waits && (task == Task::denied || request == Request::denied)) club = Club::stopped;
        if (club == Club::waits && !is_cancelled && task == Task::done && request == Request::concluded)
            club = Club::concluded;
        if (!is_cancelled) return;
        if (club == Club::waits) club = Club::stopped;
        if (club == Club::concluded) club = Club::undone;
        if (request == Request::taken_up || request == Request::concluded) request = Request::undone;
        if (task == Task::open) {
            task = Task::withdrawn;
            claimed = vouched = -1;
        }
        if (task == Task::done) task = Task::undoing;
    }
};

class Comparison {
public:
    Comparison() {
        const auto agreed_with = agreed("a").entities.all();
        for (const auto& [key, terms] : agreed_with) {
            entities_[key] = std::make_unique<Entity>(world_, terms.kind, terms);
            connectors_.emplace(key, *entities_[key]);
        }
        entities_.at(keyed)->concludes_at_once = false;
        for (const char* name : {"a", "b"})
            servers_.push_back(std::make_unique<Server>(world_, agreed(name), connectors_, Milliseconds{}));
        const auto answer = servers_[0]->cases->accept(
            submission({wanted("task", inbox), wanted("request", keyed),
                        wanted("club", blind, {StepKey{"task"}, StepKey{"request"}})}),
            "sitting");
        number_ = std::get<Receipt>(answer).number;
        let_work();
        reference_ = std::get<CaseView>(servers_[0]->cases->see(number_)).steps[1].reference;
    }

    void step(const Command& command) {
        const int verb = std::get<0>(command);
        const int who = std::get<1>(command);
        const int to = std::get<2>(command);
        const int server = std::get<3>(command);
        static const std::array clerks{ClerkKey{"rita"}, ClerkKey{"joao"}, ClerkKey{"eva"}};
        const StepName task{number_, StepKey{"task"}};
        const ClerkKey& by = clerks.at(static_cast<std::size_t>(who));
        const ClerkKey& next = clerks.at(static_cast<std::size_t>(to));
        const bool is_good = to > 0;
        world_.faults.write_refused = 4;
        world_.faults.write_silent = 4;
        world_.faults.reading_fails = 6;
        bool may = false;
        const bool did = tried(server, [&](Cases& cases, const std::string& key) {
            if (verb == 0) return cases.claim(task, by, key);
            if (verb == 1) return cases.release(task, by, key);
            if (verb == 2) return cases.delegate(task, by, next, key);
            if (verb == 3)
                return cases.finish(task, by, {is_good ? Verdict::Word::done : Verdict::Word::denied, "7"},
                                    key);
            if (verb == 4)
                return cases.report(
                    {number_, StepKey{"request"}},
                    {is_good ? Report::Word::concluded : Report::Word::denied, reference_, {}, {}}, key);
            return cases.cancel(number_, {}, key);
        });
        if (verb == 0) may = plain_.claim(who);
        if (verb == 1) may = plain_.hand_on(who, -1);
        if (verb == 2) may = plain_.hand_on(who, to);
        if (verb == 3) may = plain_.finish(who, is_good);
        if (verb == 4) may = plain_.report(is_good);
        if (verb == 5) may = plain_.cancel();
        RC_ASSERT(did == may);
        plain_.follow();
        let_work();
        compare();
    }

private:
    // The same command until it is known what became of it, at one server and then at the other.
    template <class Do>
    bool tried(int server, const Do& act) {
        const std::string key = "k" + std::to_string(++keys_);
        for (int tries = 0; tries < 200; ++tries) {
            const auto answer = act(*servers_[static_cast<std::size_t>(server + tries) % 2]->cases, key);
            const auto* refusal = std::get_if<Refusal>(&answer);
            if (refusal == nullptr) return true;
            if (refusal->reason != Reason::unavailable) return false;
        }
        RC_FAIL("it was never done");
        return false;
    }

    void let_work() {
        world_.faults = Faults{};
        for (int round = 0; round < 4; ++round) {
            for (const auto& server : servers_) {
                while (*server->cases->catch_up(100) > 0) {
                }
                while (server->carrier->work()) {
                }
            }
            world_.pass(seconds{5});
        }
    }

    void compare() {
        const auto events = world_.disk.read(stream_of(number_), 0);
        const Case whole = *fold(number_, *events);
        static const std::array tasks{"open", "done", "denied", "withdrawn", "undoing", "undone", "held"};
        static const std::array requests{"taken-up", "done", "denied", "undone"};
        static const std::array clubs{"waits", "done", "withdrawn", "undone"};
        RC_ASSERT(progress(whole.steps[0]) == tasks.at(static_cast<std::size_t>(plain_.task)));
        RC_ASSERT(progress(whole.steps[1]) == requests.at(static_cast<std::size_t>(plain_.request)));
        RC_ASSERT(progress(whole.steps[2]) == clubs.at(static_cast<std::size_t>(plain_.club)));
        const bool is_over = plain_.is_over();
        const auto state = state_of(whole);
        RC_ASSERT((state == CaseState::cancelled) == (is_over && plain_.is_cancelled));
        const bool ends = state == CaseState::concluded || state == CaseState::concluded_in_part ||
                          state == CaseState::not_concluded;
        RC_ASSERT(ends == (is_over && !plain_.is_cancelled));
        for (const auto& server : servers_) {
            RC_ASSERT(std::get<CaseView>(server->cases->see(number_)) == view_of(whole));
            const auto known = server->cases->open_cases([](const Case&) { return true; });
            for (const auto& one : known)
                RC_ASSERT(one == whole);
            const bool has_open_incident = std::any_of(whole.incidents.begin(), whole.incidents.end(),
                                                       [](const Incident& one) { return !one.settled; });
            RC_ASSERT(known.size() == (is_over && !has_open_incident ? 0U : 1U));
        }
        RC_ASSERT(world_.wrong.empty());
        RC_ASSERT(faults_in(world_.disk) == std::vector<std::string>{});
    }

    static std::string progress(const Step& step) {
        if (const auto* task = std::get_if<WithPerson>(&step.state))
            return task->errand == Errand::undo ? "undoing" : "open";
        if (std::holds_alternative<Concluded>(step.state)) return "done";
        if (std::holds_alternative<Denied>(step.state)) return "denied";
        if (std::holds_alternative<Stopped>(step.state)) return "withdrawn";
        if (std::holds_alternative<Undone>(step.state)) return "undone";
        if (std::holds_alternative<Held>(step.state)) return "held";
        if (std::holds_alternative<Accepted>(step.state)) return "taken-up";
        return "waits";
    }

    World world_{1};
    std::map<model::EntityKey, std::unique_ptr<Entity>> entities_;
    Connectors connectors_;
    std::vector<std::unique_ptr<Server>> servers_;
    CaseNumber number_;
    std::string reference_;
    Plain plain_;
    int keys_ = 0;
};

}  // namespace

TEST_CASE("whatever is commanded where, a plain model of three steps says the same") {
    const auto number = [](int most) { return rc::gen::inRange(0, most); };
    CHECK(rc::check("commands against a plain model", [&] {
        const auto commands = *rc::gen::container<std::vector<Command>>(
            rc::gen::tuple(rc::gen::weightedElement<int>({{6, 0}, {1, 1}, {2, 2}, {8, 3}, {2, 4}, {1, 5}}),
                           number(3), number(3), number(2)));
        Comparison comparison;
        for (const auto& command : commands)
            comparison.step(command);
    }));
}
