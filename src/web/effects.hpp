#pragma once
// What a change of the model would do to waits, found beside its preview: asked of whoever simulates (`main`
// joins `sim` to this port), in the background, one change at a time, never for long. The pages show what
// came of it; nothing is decided by it and nothing is kept beyond the last few changes.
#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/civil.hpp"
#include "base/result.hpp"
#include "model/model.hpp"

namespace balcao::web {

// One thing as it is and as it would be, on the same people.
struct EffectRow {
    std::optional<double> within_minutes{};  // the share of waits up to so long; none: the mean wait, minutes
    model::SiteKey site{};                   // these three empty: of all
    model::ServiceKey service{};
    model::GroupKey group{};
    double before = 0;
    double after = 0;
    std::optional<double>
        half_width{};                 // of the difference, for 95 %; none: it cannot be said how sure it is
    std::optional<bool> is_better{};  // none: cannot be told apart
    friend bool operator==(const EffectRow&, const EffectRow&) = default;
};

struct Effect {
    Date first_day{};
    int days = 0;
    int replications = 0;  // 0: the time was too short to say anything
    // People who come, a day of all days: whoever is expected when all is closed does not.
    double people_before = 0;
    double people_after = 0;
    std::vector<EffectRow> rows{};
};

class Simulator {
public:
    virtual ~Simulator() = default;

    // Takes a bounded time (`seconds_most`), and ends soon once `stop` is true. Error: what keeps it from
    // being simulated.
    virtual Result<Effect> effect_of(const model::Model& now,
                                     const model::Model& after,
                                     const std::atomic<bool>& stop) = 0;

    static constexpr int seconds_most = 20;
};

class Effects {
public:
    struct Finding {
        bool is_ready = false;
        std::optional<Effect> effect{};  // of one that is ready; none: `trouble` says why
        std::string trouble{};
    };

    using Pair = std::pair<std::shared_ptr<const model::Model>, std::shared_ptr<const model::Model>>;

    // `ready` is called after each; from a thread of its own. The simulator must outlive it.
    Effects(Simulator& simulator, std::function<void()> ready);
    // Ends what goes on, and waits for that; nothing is simulated or told of any more, what is known stays.
    void end();
    ~Effects();
    Effects(const Effects&) = delete;
    Effects& operator=(const Effects&) = delete;
    Effects(Effects&&) = delete;
    Effects& operator=(Effects&&) = delete;

    // What is known of the change of that name; begins with it, or has it wait for its turn, where nothing
    // is.
    Finding ask(const std::string& name, const Pair& now_and_after);
    // Nothing where it was never asked for, or too long ago.
    [[nodiscard]] std::optional<Finding> find(const std::string& name) const;

private:
    struct Known {
        std::string name;
        Pair models;
        Finding finding{};
    };

    static constexpr std::size_t kept_most = 8;

    void work(const std::stop_token& stop);
    [[nodiscard]] std::shared_ptr<Known> next();

    Simulator& simulator_;
    const std::function<void()> ready_;
    mutable std::mutex mutex_;
    std::condition_variable_any asked_;
    std::deque<std::shared_ptr<Known>> known_;  // the last asked for at the end
    std::atomic<bool> stops_{false};
    std::jthread thread_;  // last: it uses all the others
};

}  // namespace balcao::web
