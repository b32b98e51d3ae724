#include "plan/parallel.hpp"

#include <algorithm>
#include <mutex>
#include <thread>
#include <vector>

namespace balcao::plan {

void in_parallel(std::size_t count, const Work& work, const std::function<void(std::size_t)>& piece) {
    std::atomic<std::size_t> next{0};
    std::mutex telling;
    std::size_t done = 0;
    const auto run = [&] {
        for (std::size_t i = next++; i < count && !work.is_stopped(); i = next++) {
            piece(i);
            const std::lock_guard lock{telling};
            ++done;
            if (work.progress) work.progress(done);
        }
    };
    const unsigned machine = std::max(1U, std::thread::hardware_concurrency());
    const std::size_t wanted = work.threads > 0 ? static_cast<std::size_t>(work.threads) : machine;
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < std::min(wanted, count); ++i)
        others.emplace_back(run);
    run();
}

}  // namespace balcao::plan
