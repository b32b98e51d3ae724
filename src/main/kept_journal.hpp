#pragma once
// A journal that stands, with its log and its ledger of the erased: what the commands that keep it work on.
#include <vector>

#include "base/result.hpp"
#include "journal/log.hpp"
#include "keeping/erasure.hpp"
#include "keeping/verify.hpp"
#include "main/commands.hpp"
#include "main/installation.hpp"

namespace balcao::cli {

class KeptJournal {
public:
    // Makes nothing. Errors: as open_existing.
    static Result<KeptJournal> open(const Where& where);

    // One that was made just now, before its first event.
    static Result<KeptJournal> of(Installation installation);

    [[nodiscard]] const Installation& installation() const { return installation_; }

    [[nodiscard]] const journal::Log& log() const { return log_; }

    // Under `offer` the places of appointments are counted as well.
    [[nodiscard]] Result<keeping::Report> verify(const std::vector<keeping::WitnessedHead>& witnessed,
                                                 const model::Model* offer = nullptr) const;

    // Takes what is new into the log, as the notary of a server does. Error: unavailable.
    Result<void> take_new_leaves();

private:
    KeptJournal(Installation installation, journal::Log log)
        : installation_{std::move(installation)}, log_{std::move(log)} {}

    Installation installation_;
    journal::Log log_;
};

// The ledger that the options mean; empty where there is none yet. Error: unavailable, invalid.
Result<keeping::Ledger> ledger_of(const Where& where);

}  // namespace balcao::cli
