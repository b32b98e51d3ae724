#pragma once
// The double screens of a running server: what is asked of who assists, what was handed over on its way to
// the cases, and what time ends. Used by `serve`; it decides nothing about a session.
#include <functional>
#include <memory>

#include "assist/sessions.hpp"
#include "cases/cases.hpp"
#include "office/front_office.hpp"
#include "staff/staff.hpp"

namespace balcao::cli {

class AssistOffice {
public:
    // All must outlive it.
    AssistOffice(journal::Store& store,
                 const Clock& clock,
                 const crypto::SecretKey& installation,
                 const office::FrontOffice& office,
                 const staff::Staff& staff);

    [[nodiscard]] assist::Sessions& sessions() { return sessions_; }

    // Reads what is new in the journal. Error: unavailable, invalid.
    Result<void> catch_up();

    // Files what was handed over and is no case yet, and lets end what has to: to be called now and then.
    // Error: of the first that could not be filed; the others were all the same.
    Result<void> step(cases::Cases& cases);

private:
    const office::FrontOffice& office_;
    assist::Settings settings_;
    assist::Sessions sessions_;
};

}  // namespace balcao::cli
