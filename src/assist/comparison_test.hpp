#pragma once
// A plain model of sessions beside the real ones: for each command it says whether it is done. For the
// property of `assist`.
#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "assist/rehearsal_test.hpp"

namespace balcao::assist::town {

// What is done, of which session, by whose hand, with what, at which server.
struct Order {
    int verb = 0;
    int session = 0;
    int hand = 0;  // 0 and 1: mediators; 2: the citizen's screen; 3: one that was; 4: a stranger's
    int with = 0;
    int server = 0;
};

struct PlainStep {
    bool is_known = false;
    bool is_shown = false;
    bool is_confirmed = false;
    bool is_left_out = false;
    bool is_by_proxy = false;
    bool is_consent_given = false;
    std::string street{};
    OnScreen shown{};
};

struct PlainCode {
    std::string text{};
    Instant until{};
    bool is_used = false;
    bool is_void = false;
    int misses = 0;
};

enum class Plainly { under_way, kept, home, handed_over, practised, abandoned, expired };

// A session as whoever thinks about it for the first time would write it down.
struct Plain {
    SessionKey key{};
    bool is_practice = false;
    Plainly stage = Plainly::under_way;
    bool is_disputed = false;
    int mediator = 0;  // below 0: none
    std::string screen{};
    std::string former_screen{};
    bool is_own_screen = false;
    Side driver = Side::mediator;
    bool has_proxy = false;
    int asking = -1;
    Instant until{};
    std::array<PlainStep, 3> steps{};
    int on_screen = -1;
    std::vector<OnScreen> all_shown{};
    PlainCode screen_code{};
    PlainCode desk_code{};
    std::array<std::pair<std::string, Instant>, 2> beats{};  // of which screen, by each server's clock
    std::array<Instant, 2> glass{};                          // until when a mediator may look

    [[nodiscard]] bool is_over() const { return stage >= Plainly::handed_over; }

    void void_codes() {
        screen_code.is_void = desk_code.is_void = true;
        asking = -1;
    }

    [[nodiscard]] bool is_ready() const {
        bool is_any = false;
        for (const auto& step : steps) {
            if (!step.is_known || step.is_left_out) continue;
            if (!step.is_confirmed) return false;
            is_any = true;
        }
        return is_any;
    }
};

inline const std::array<MediatorKey, 2> mediators{rita, joao};
inline const std::array<StepKey, 3> step_keys{address, review, StepKey{"more"}};
inline const std::string stranger = "a stranger's own secret, of nobody";

// What came about in all cases together: a property of nothing would hold as well.
struct Lived {
    int confirmed = 0;
    int other_hash = 0;  // refused
    int by_proxy = 0;
    int handed_over = 0;
    int at_home = 0;  // of those
    int practised = 0;
    int lifted = 0;
    int taken_over = 0;
    int agreed = 0;
    int expired = 0;
    int blocked = 0;  // codes that were tried too often
    int absent = 0;   // mediators who were refused because of it
};

// Throws as soon as the two say otherwise.
class Comparison {
public:
    Comparison(unsigned seed, Lived& lived);

    void step(const Order& order);

    // All that can be told only when everything is over.
    void finish();

private:
    [[nodiscard]] Instant clock(int server) const {
        return servers_[static_cast<std::size_t>(server)]->clock.now();
    }

    Sessions& sessions(int server) { return servers_[static_cast<std::size_t>(server)]->sessions; }

    // What may be, by the plain model (comparison_test.cpp).
    [[nodiscard]] Instant now(const Plain& plain, int server) const;
    [[nodiscard]] bool goes_on(const Plain& plain, int server) const;
    [[nodiscard]] bool may_move(const Plain& plain, int server) const;
    [[nodiscard]] bool is_here(const Plain& plain, int server) const;
    [[nodiscard]] static bool is_hand(const Plain& plain, int hand);
    [[nodiscard]] bool may_drive(const Plain& plain, const Order& order) const;
    [[nodiscard]] bool is_good(const PlainCode& code, int server) const;

    // Hands.
    [[nodiscard]] static std::string secret_of(const Plain& plain, int hand);
    [[nodiscard]] static Call call_of(const Plain& plain, int hand, const std::string& key);
    [[nodiscard]] static ScreenCall screen_of(const Plain& plain, int hand, const std::string& key);

    // The same command at the same server until it is known what became of it.
    template <class Do>
    auto tried(const Do& act) {
        const std::string key = "k" + std::to_string(++keys_);
        auto answer = act(key);
        for (int tries = 0; tries < 300 && is_unknown(answer); ++tries)
            answer = act(key);
        check(!is_unknown(answer), "it is known what became of a command");
        return answer;
    }

    template <class T>
    static bool is_unknown(const Answer<T>& answer) {
        const auto* refusal = std::get_if<Refusal>(&answer);
        return refusal != nullptr && refusal->reason == Reason::unavailable;
    }

    // What the plain model says and what was done.
    template <class T>
    void compare(const Answer<T>& answer, bool may, const char* what) {
        const auto* refusal = std::get_if<Refusal>(&answer);
        check((refusal == nullptr) == may,
              std::string{what} + (may ? " may be done, and is not: " : " is done, and may not: ") +
                  (refusal == nullptr ? "" : std::string{name_of(refusal->reason)}));
    }

    template <class T>
    static T sure(const Answer<T>& answer) {
        const auto* refusal = std::get_if<Refusal>(&answer);
        check(refusal == nullptr,
              refusal == nullptr ? "" : "refused: " + std::string{name_of(refusal->reason)});
        return std::get<0>(answer);
    }

    static void check(bool holds, const std::string& what);

    void serve_meanwhile(int busy_server);
    Plain opened(bool is_practice, int server);
    void act(Plain& plain, const Order& order);
    void pass_time(const Order& order);
    void expire(Plain& plain);
    void join(Plain& plain, const Order& order);
    void mistype(PlainCode& code, int server);
    void count_misses(PlainCode& code) const;
    void take_screen(Plain& plain, const std::string& secret, bool is_own, int server);
    void heard(Plain& plain, int hand, int server);
    void show(Plain& plain, const Order& order);
    void confirm(Plain& plain, const Order& order);
    void hand_over(Plain& plain, const Order& order);
    void end(Plain& plain, const Order& order);
    static void check_handover(const Plain& plain, const Given& given);

    // comparison_moves_test.cpp
    void go_on(Plain& plain, const Order& order);
    void stop_or_lift(Plain& plain, const Order& order);
    void teach(Plain& plain, const Order& order);
    void stand_in(Plain& plain, const Order& order);
    void move_on(Plain& plain, const Order& order);
    void take_over(Plain& plain, const Order& order);
    void ask_and_agree(Plain& plain, const Order& order);
    void go_home(Plain& plain, const Order& order);
    void new_code(Plain& plain, const Order& order);
    void look(Plain& plain, const Order& order);
    void say_here(Plain& plain, const Order& order);
    void check_glance(const Plain& plain);
    void check_bytes() const;

    Lived& lived_;
    World world_;
    std::vector<std::unique_ptr<Server>> servers_;
    std::vector<Plain> plains_;
    std::vector<Plain> former_;         // in whose place others were opened
    std::vector<std::string> secrets_;  // of screens, and codes
    int busy_ = 0;
    bool is_serving_ = false;
    int keys_ = 0;
    int values_ = 0;
};

}  // namespace balcao::assist::town
