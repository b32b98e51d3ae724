#include "main/assist_office.hpp"

#include "front/assisted.hpp"
#include "front/rights.hpp"

namespace balcao::cli {
namespace {

constexpr std::size_t session_events_at_once = 4'096;

}  // namespace

AssistOffice::AssistOffice(journal::Store& store,
                           const Clock& clock,
                           const crypto::SecretKey& installation,
                           const office::FrontOffice& office,
                           const staff::Staff& staff)
    : office_{office},
      settings_{office.zone(), front::may_assist(staff)},
      sessions_{store, clock, installation, settings_} {
    settings_.is_agreed = front::by_protocols(office);
}

Result<void> AssistOffice::catch_up() {
    for (;;) {
        BALCAO_TRY(const std::size_t taken, sessions_.catch_up(session_events_at_once));
        if (taken == 0) return {};
    }
}

Result<void> AssistOffice::step(cases::Cases& cases) {
    Result<void> first;
    const auto in_force = office_.in_force();
    for (const auto& session : sessions_.not_taken()) {
        const auto handed = sessions_.handed_over(session);
        const auto* handover = std::get_if<assist::Handover>(&handed);
        if (handover == nullptr) continue;  // somebody else filed it meanwhile
        const auto number = front::hand_in(
            {cases, sessions_, *in_force.model, office_.zone(), std::to_string(in_force.edition)}, *handover);
        if (!number && first) first = number.error();
    }
    static_cast<void>(sessions_.let_time_pass());
    return first;
}

}  // namespace balcao::cli
