#pragma once
// The decisions, one for each command, and what they share. Internal to `office`: everybody else calls
// decide().
#include "office/decide.hpp"

namespace balcao::office {

Decision decide_on(const Hall& hall, const TakeTicket& command, const Now& now);
Decision decide_on(const Hall& hall, const OpenDesk& command, const Now& now);
Decision decide_on(const Hall& hall, const PauseDesk& command, const Now& now);
Decision decide_on(const Hall& hall, const ResumeDesk& command, const Now& now);
Decision decide_on(const Hall& hall, const CloseDesk& command, const Now& now);
Decision decide_on(const Hall& hall, const CallNext& command, const Now& now);
Decision decide_on(const Hall& hall, const CallNumber& command, const Now& now);
Decision decide_on(const Hall& hall, const Recall& command, const Now& now);
Decision decide_on(const Hall& hall, const UndoCall& command, const Now& now);
Decision decide_on(const Hall& hall, const Start& command, const Now& now);
Decision decide_on(const Hall& hall, const NotCome& command, const Now& now);
Decision decide_on(const Hall& hall, const Finish& command, const Now& now);
Decision decide_on(const Hall& hall, const Park& command, const Now& now);
Decision decide_on(const Hall& hall, const Resume& command, const Now& now);
Decision decide_on(const Hall& hall, const AddService& command, const Now& now);
Decision decide_on(const Hall& hall, const Transfer& command, const Now& now);
Decision decide_on(const Hall& hall, const UndoTransfer& command, const Now& now);
Decision decide_on(const Hall& hall, const ComeBack& command, const Now& now);
Decision decide_on(const Hall& hall, const Collect& command, const Now& now);
Decision decide_on(const Hall& hall, const Leave& command, const Now& now);
Decision decide_on(const Hall& hall, const RaiseEmergency& command, const Now& now);
Decision decide_on(const Hall& hall, const AcceptEmergency& command, const Now& now);
Decision decide_on(const Hall& hall, const ClearEmergency& command, const Now& now);
Decision decide_on(const Hall& hall, const MakePromises& command, const Now& now);
Decision decide_on(const Hall& hall, const EndDay& command, const Now& now);

// The most services of one visit.
inline constexpr std::size_t services_max = 10;

// A desk that can take a visit: it exists, somebody is behind it, who does not rest and has nobody. Otherwise
// why not.
std::optional<Refusal> refuse_unless_free(const Hall& hall, const DeskId& desk);

// The visit that this desk has called; or why there is none.
struct AtDesk {
    const Visit* visit = nullptr;
    Refusal refusal{};
};

AtDesk called_at(const Hall& hall, const DeskId& desk);
AtDesk served_at(const Hall& hall, const DeskId& desk);

// That visit is not what it should be; with what is true of it.
Refusal about(Reason reason, const Visit& visit);

}  // namespace balcao::office
