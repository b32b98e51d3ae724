#pragma once
// What a server does so that people are forgotten: it brings into its ledger what others erased, and erases
// whom the model keeps no longer, when it is the notary. Called by `serve` again and again.
#include <memory>
#include <optional>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "keeping/erasure.hpp"
#include "keeping/retention.hpp"
#include "main/commands.hpp"
#include "main/installation.hpp"
#include "office/front_office.hpp"
#include "staff/staff.hpp"

namespace balcao::cli {

class Forgetting {
public:
    // Makes the ledger when there is none. Everything must outlive it. Error: unavailable, invalid.
    static Result<std::unique_ptr<Forgetting>> open(const Installation& installation,
                                                    const office::FrontOffice& office,
                                                    const staff::Staff& staff,
                                                    const Where& where);

    // Looks at the ledger each time, at the model's periods once an hour. Error: unavailable, invalid.
    Result<void> step(Instant now);

private:
    Forgetting(const Installation& installation,
               const office::FrontOffice& office,
               const staff::Staff& staff,
               keeping::Ledger ledger);
    void go_by(const model::Retention& periods);
    Result<void> keep_ledger(Instant now);
    Result<void> forget_due(Instant now);

    const Installation& installation_;
    const office::FrontOffice& office_;
    const staff::Staff& staff_;
    keeping::Ledger ledger_;
    model::Retention periods_;  // that `retention_` goes by
    std::optional<keeping::Retention> retention_;
    std::uint64_t read_to_ = 0;  // of the keeping stream
    Instant last_{};             // that the periods were looked at
};

}  // namespace balcao::cli
