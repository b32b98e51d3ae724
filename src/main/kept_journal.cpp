#include "main/kept_journal.hpp"

#include "base/instant.hpp"

namespace balcao::cli {

Result<KeptJournal> KeptJournal::open(const Where& where) {
    BALCAO_TRY(auto installation, open_existing(where.data, where.database));
    return of(std::move(installation));
}

Result<KeptJournal> KeptJournal::of(Installation installation) {
    // Before the first head the name is not known; nothing is signed with this one here but by a server.
    BALCAO_TRY(auto log, log_of(installation, "balcao"));
    return KeptJournal{std::move(installation), std::move(log)};
}

Result<keeping::Report> KeptJournal::verify(const std::vector<keeping::WitnessedHead>& witnessed,
                                            const model::Model* offer) const {
    BALCAO_TRY(const auto kinds, keeping::known_kinds(offer));
    return keeping::verify({*installation_.journal.store, *installation_.journal.log, log_.verifier()},
                           witnessed, kinds);
}

Result<void> KeptJournal::take_new_leaves() {
    constexpr std::size_t leaves_at_once = 10'000;
    for (;;) {
        const auto taken = log_.take(SystemClock{}.now(), leaves_at_once);
        if (!taken && taken.error().code == Errc::conflict) continue;  // a server took them
        if (!taken) return taken.error();
        if (*taken < leaves_at_once) return {};
    }
}

Result<keeping::Ledger> ledger_of(const Where& where) {
    return keeping::Ledger::open(where.erased.empty() ? ledger_beside(where.data)
                                                      : std::filesystem::path{where.erased});
}

}  // namespace balcao::cli
