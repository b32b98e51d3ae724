// The forecast of waits beside the rules in use, on made-up days whose parameters are learnt from others, and
// how long one forecast of a large hall takes.
//
//     bench_forecast [DAYS TRIED] [DAYS LEARNT FROM]
#include <cstdio>
#include <cstdlib>

#include "rules_compared.hpp"

int main(int count, char** words) {
    const int tried = count > 1 ? std::atoi(words[1]) : 80;
    const int learnt = count > 2 ? std::atoi(words[2]) : 20;
    const auto compared = balcao::waits::compare_on_made_up_days(learnt, tried, 200);
    std::printf("%d days, learnt from %d others; %zu people, mean wait %.1f min, most waiting %zu\n", tried,
                learnt, compared.people, compared.mean_wait, compared.most_waiting);
    std::printf("%-36s %8s %8s %8s\n", "minutes", "RMSE", "MAE", "bias");
    for (const auto* scores : {&compared.forecast, &compared.rules})
        for (const auto& score : *scores)
            std::printf("%-36s %8.2f %8.2f %+8.2f\n", score.name.c_str(), score.rmse, score.mae, score.bias);
    const auto& best = compared.best_rule();
    std::printf("best_rule_rmse=%.3f forecast_rmse=%.3f less=%.3f\n", best.rmse, compared.forecast[0].rmse,
                1 - compared.forecast[0].rmse / best.rmse);
    std::printf("promises=%d kept=%.4f width_min=%.1f level=%.3f\n", compared.promises.made(),
                compared.promises.share_kept(), compared.promises.mean_width(), compared.level);
    const auto hall = balcao::waits::time_of_large_hall(200);
    std::printf("forecast_ms=%.2f longest_ms=%.2f large_hall_ms=%.1f\n", compared.forecast_ms,
                compared.longest_ms, hall);
}
