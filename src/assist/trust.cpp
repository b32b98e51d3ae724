// When the citizen does not agree, cannot confirm, or is not there: disputes, proxies, broken glass.
#include "assist/hands.hpp"
#include "journal/codec.hpp"

namespace balcao::assist {

template <class Part, class Value>
requires std::same_as<std::remove_const_t<Value>, Proxy>

void members(Part& part, Value& proxy) {
    part("name", proxy.name);
    part.may_lack("document", proxy.document);
}

std::string write_proxy(const Proxy& proxy) { return journal::write_members(proxy); }

Result<Proxy> read_proxy(std::string_view text) { return journal::read_members<Proxy>(text, "proxy"); }

namespace {

constexpr std::size_t words_bytes_most = 1'000;
constexpr std::size_t proxy_bytes_most = 200;

// Stopped already, or never to be stopped any more.
std::optional<Refusal> fault_of_disputing(const Session& session, Instant now) {
    auto fault = fault_of_going_on(session, now);
    if (fault && fault->reason == Reason::kept) return std::nullopt;
    return fault;
}

}  // namespace

Answer<Done> Sessions::dispute(const ScreenCall& call, const Complaint& complaint) {
    if (!is_fit_text(complaint.words, words_bytes_most)) return Refusal{Reason::name_unfit};
    return done("dispute", whole_of(call), [&](Draft& draft, Side) -> std::optional<Refusal> {
        if (auto fault = fault_of_disputing(draft.whole(), draft.now())) return fault;
        SessionDisputed disputed{complaint.why, {}};
        const std::string field = "dispute/" + std::to_string(draft.whole().disputes.size() + 1);
        if (!complaint.words.empty())
            if (auto refusal = seal(draft, field, complaint.words, disputed.words)) return refusal;
        draft.record(disputed);
        return std::nullopt;
    });
}

Answer<Done> Sessions::lift(const ScreenCall& call) {
    return done("lift", whole_of(call), [&](Draft& draft, Side) -> std::optional<Refusal> {
        auto fault = fault_of_going_on(draft.whole(), draft.now());
        if (fault && fault->reason == Reason::session_over) return fault;
        if (draft.whole().dispute() == nullptr) return Refusal{Reason::not_disputed};
        draft.record(DisputeLifted{});
        return std::nullopt;
    });
}

Answer<Done> Sessions::call_supervisor(const Call& call) {
    return done("call-supervisor", call, [&](Draft& draft, Side side) -> std::optional<Refusal> {
        const Dispute* dispute = draft.whole().dispute();
        if (dispute == nullptr) return Refusal{Reason::not_disputed};
        if (!dispute->is_supervisor_called) draft.record(SupervisorCalled{side});
        return std::nullopt;
    });
}

Answer<Done> Sessions::supervisor_comes(const SessionKey& session,
                                        const MediatorKey& supervisor,
                                        const std::string& key) {
    if (!is_fit_name(supervisor.text()) || (!key.empty() && !is_fit_name(key)))
        return Refusal{Reason::name_unfit};
    const std::string command = command_of("supervisor", session.text() + "/" + supervisor.text(), key);
    return done_by_staff(session, command, [&](Draft& draft) -> std::optional<Refusal> {
        const Dispute* dispute = draft.whole().dispute();
        if (dispute == nullptr) return Refusal{Reason::not_disputed};
        if (!dispute->is_supervisor_called) return Refusal{Reason::not_called};
        if (dispute->supervisor != supervisor) draft.record(SupervisorCame{supervisor});
        return std::nullopt;
    });
}

Answer<Done> Sessions::name_proxy(const MediatorCall& call, const Proxy& proxy) {
    if (proxy.name.empty() || !is_fit_text(proxy.name, proxy_bytes_most) ||
        !is_fit_text(proxy.document, proxy_bytes_most) ||
        (!proxy.witness.empty() && !is_fit_name(proxy.witness.text())))
        return Refusal{Reason::name_unfit};
    const ProxyTerms& terms = settings_.proxies.at(static_cast<std::size_t>(proxy.kind));
    if (terms.needs_document && proxy.document.empty()) return Refusal{Reason::document_missing};
    if (terms.needs_witness && proxy.witness.empty()) return Refusal{Reason::witness_missing};
    if (proxy.witness == call.by.mediator) return Refusal{Reason::same_eyes};
    return done("proxy", whole_of(call), [&](Draft& draft, Side side) -> std::optional<Refusal> {
        const Session& session = draft.whole();
        if (auto fault = fault_of_going_on(session, draft.now())) return fault;
        if (auto fault = fault_of_absence(session, side)) return fault;
        ProxyNamed named{proxy.kind, {}, session.mediator, proxy.witness};
        const std::string field = "proxy/" + std::to_string(session.proxies.size() + 1);
        if (auto refusal = seal(draft, field, write_proxy(proxy), named.sealed)) return refusal;
        draft.record(named);
        return std::nullopt;
    });
}

Answer<Done> Sessions::end_proxy(const Call& call) {
    return done("end-proxy", call, [&](Draft& draft, Side side) -> std::optional<Refusal> {
        if (auto fault = fault_of_going_on(draft.whole(), draft.now())) return fault;
        if (draft.whole().proxy == 0) return Refusal{Reason::no_proxy};
        draft.record(ProxyEnded{side});
        return std::nullopt;
    });
}

Answer<Done> Sessions::break_glass(const GlassBreaking& breaking) {
    if (!is_fit_name(breaking.by.text()) || !is_fit_name(breaking.second.text()) ||
        (!breaking.key.empty() && !is_fit_name(breaking.key)))
        return Refusal{Reason::name_unfit};
    if (breaking.by == breaking.second) return Refusal{Reason::same_eyes};
    const std::string command =
        command_of("glass", breaking.session.text() + "/" + breaking.by.text(), breaking.key);
    return done_by_staff(breaking.session, command, [&](Draft& draft) -> std::optional<Refusal> {
        if (!has_values(draft.whole())) return Refusal{Reason::values_gone};
        draft.record(
            GlassBroken{breaking.by, breaking.second, breaking.why, draft.now() + settings_.glass_lasts});
        return std::nullopt;
    });
}

}  // namespace balcao::assist
