// What stands in a session for those who may see it: seals are opened here and nowhere else.
#include "assist/hands.hpp"
#include "crypto/hash.hpp"

namespace balcao::assist {

Outline outline_of(const Session& session) {
    Outline outline;
    outline.session = session.key;
    outline.state = state_of(session);
    outline.mediator = session.mediator;
    outline.site = session.site;
    outline.subject = session.subject;
    outline.edition = session.edition;
    outline.purpose = session.purpose;
    outline.lesson = session.lesson;
    outline.opened = session.opened;
    outline.last = session.last;
    outline.until = session.until;
    outline.has_screen = session.screen.has_value();
    outline.asking = session.asking;
    outline.version = session.end.version;
    if (const auto* dispute = session.dispute()) {
        outline.dispute = dispute->why;
        outline.is_supervisor_called = dispute->is_supervisor_called;
        outline.supervisor = dispute->supervisor;
    }
    return outline;
}

std::optional<Refusal> Sessions::seal(Draft& draft,
                                      const std::string& field,
                                      const std::string& text,
                                      std::string& sealed) {
    auto made = persons_.seal(draft.whole().person.text(), field, text, draft.commit);
    if (!made) return Refusal{Reason::unavailable};
    sealed = *std::move(made);
    return std::nullopt;
}

Answer<std::string> Sessions::unseal(const Session& session,
                                     const std::string& field,
                                     const std::string& sealed) const {
    if (!has_values(session)) return Refusal{Reason::values_gone};
    auto opened = persons_.open(session.person.text(), field, sealed);
    if (!opened) return Refusal{Reason::unavailable};
    if (!*opened) return Refusal{Reason::values_gone};
    return **std::move(opened);
}

Answer<Showing> Sessions::showing_of(const Session& session, const LastShown& shown) const {
    const auto text = unseal(session, "showing/" + std::to_string(shown.showing), shown.sealed);
    if (const auto* refusal = std::get_if<Refusal>(&text)) return *refusal;
    auto showing = read_showing(std::get<std::string>(text), session.key, shown.showing);
    if (!showing) return Refusal{Reason::unavailable};
    return *std::move(showing);
}

// Nothing for none; without a name, once that is gone.
Answer<std::optional<Proxy>> Sessions::proxy_of(const Session& session, std::uint32_t number) const {
    if (number == 0) return std::optional<Proxy>{};
    const ProxyInPlace& place = session.proxies.at(number - 1);
    Proxy proxy;
    const auto text = unseal(session, "proxy/" + std::to_string(number), place.sealed);
    if (const auto* opened = std::get_if<std::string>(&text)) {
        auto read = read_proxy(*opened);
        if (!read) return Refusal{Reason::unavailable};
        proxy = *std::move(read);
    } else if (std::get<Refusal>(text).reason != Reason::values_gone) {
        return std::get<Refusal>(text);
    }
    proxy.kind = place.kind;
    proxy.witness = place.witness;
    return std::optional{std::move(proxy)};
}

Answer<StepSeen> Sessions::step_seen(const Session& session, const Step& step, bool is_opened) const {
    StepSeen seen;
    seen.step = step.step;
    if (std::holds_alternative<LeftOut>(step.state)) seen.progress = Progress::left_out;
    const LastShown* shown = shown_of(step);
    if (shown == nullptr) return seen;
    seen.progress = Progress::shown;
    seen.hash = shown->hash;
    if (is_opened && has_values(session)) {
        const auto showing = showing_of(session, *shown);
        if (const auto* refusal = std::get_if<Refusal>(&showing)) return *refusal;
        seen.sheet = seen_of(std::get<Showing>(showing));
    }
    const auto* confirmed = std::get_if<Confirmed>(&step.state);
    if (confirmed == nullptr) return seen;
    seen.progress = Progress::confirmed;
    seen.confirmed = confirmed->at;
    seen.version = confirmed->version;
    seen.given = confirmed->given;
    seen.doer = confirmed->doer;
    auto proxy = proxy_of(session, confirmed->proxy);
    if (const auto* refusal = std::get_if<Refusal>(&proxy)) return *refusal;
    seen.proxy = std::get<std::optional<Proxy>>(std::move(proxy));
    return seen;
}

Answer<View> Sessions::view_of(const Session& session, Depth depth) const {
    View view;
    view.outline = outline_of(session);
    view.now = session.shown();
    view.glass = session.glass;
    view.is_citizen_here = is_fresh(seen(session), clock_.now(), settings_.absent_after);
    for (const auto& step : session.steps) {
        auto seen = step_seen(session, step, depth == Depth::all || step.step == session.on_screen);
        if (const auto* refusal = std::get_if<Refusal>(&seen)) return *refusal;
        view.steps.push_back(std::get<StepSeen>(std::move(seen)));
    }
    for (std::size_t place = 0; place < session.disputes.size(); ++place) {
        const Dispute& dispute = session.disputes[place];
        DisputeSeen& seen = view.disputes.emplace_back();
        seen.why = dispute.why;
        seen.since = dispute.since;
        seen.is_supervisor_called = dispute.is_supervisor_called;
        seen.supervisor = dispute.supervisor;
        seen.lifted = dispute.lifted;
        if (dispute.words.empty() || !has_values(session)) continue;
        auto words = unseal(session, "dispute/" + std::to_string(place + 1), dispute.words);
        if (const auto* refusal = std::get_if<Refusal>(&words)) return *refusal;
        seen.words = std::get<std::string>(std::move(words));
    }
    auto proxy = proxy_of(session, session.proxy);
    if (const auto* refusal = std::get_if<Refusal>(&proxy)) return *refusal;
    view.proxy = std::get<std::optional<Proxy>>(std::move(proxy));
    return view;
}

// Only what counts, opened with the hash by which it was confirmed.
Answer<Handover> Sessions::handover_of(const Session& session) const {
    Given given{session.key, session.subject, session.edition, session.site, session.mediator, {}, {}};
    if (const auto* over = std::get_if<HandedOver>(&session.stage)) given.at = over->at;
    for (const auto& step : session.steps) {
        const auto* confirmed = std::get_if<Confirmed>(&step.state);
        if (confirmed == nullptr) continue;
        auto showing = showing_of(session, confirmed->what);
        if (const auto* refusal = std::get_if<Refusal>(&showing)) return *refusal;
        auto proxy = proxy_of(session, confirmed->proxy);
        if (const auto* refusal = std::get_if<Refusal>(&proxy)) return *refusal;
        HandedStep& handed = given.steps.emplace_back();
        handed.step = step.step;
        handed.language = confirmed->what.language;
        handed.fields = std::get<Showing>(std::move(showing)).sheet.fields;
        handed.given = confirmed->given;
        handed.hash = confirmed->what.hash;
        handed.confirmed = confirmed->at;
        handed.version = confirmed->version;
        handed.proxy = std::get<std::optional<Proxy>>(std::move(proxy));
        handed.doer = confirmed->doer;
    }
    return Handover{std::move(given)};
}

// The citizen's screen; who broke the glass, for a while; its mediator, while the citizen is there.
std::optional<Refusal> Sessions::fault_of_seeing(const Session& session, const Hand& hand) {
    const auto* mediator = std::get_if<ByMediator>(&hand);
    if (mediator == nullptr) return fault_of_hand(session, hand);
    const Instant now = clock_.now();
    for (const auto& glass : session.glass)
        if (glass.what.by == mediator->mediator && now < glass.what.until) return std::nullopt;
    if (auto fault = fault_of_hand(session, hand)) return fault;
    Refusal away{Reason::kept};
    away.state = state_of(session);
    if (std::holds_alternative<Kept>(session.stage)) return away;
    return fault_of_absence(session, Side::mediator);
}

Answer<View> Sessions::see(const Call& call, Depth depth) {
    const auto found = ledger_.find(call.session);
    if (const auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
    const auto& session = std::get<Session>(found);
    if (auto fault = fault_of_seeing(session, call.by)) return *fault;
    return view_of(session, depth);
}

Answer<Summary> Sessions::summary(const Call& call) {
    const auto found = ledger_.find(call.session);
    if (const auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
    const auto& session = std::get<Session>(found);
    if (auto fault = fault_of_seeing(session, call.by)) return *fault;
    auto view = view_of(session, Depth::all);
    if (const auto* refusal = std::get_if<Refusal>(&view)) return *refusal;
    const std::string stream = stream_of(session.key);
    auto events = store_.read(stream, 0);
    if (!events) return Refusal{Reason::unavailable};
    return Summary{std::get<View>(std::move(view)), session.screens, stream, *std::move(events)};
}

Answer<Outline> Sessions::outline(const SessionKey& session) {
    const auto found = ledger_.find(session);
    if (const auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
    return outline_of(std::get<Session>(found));
}

bool Sessions::is_of(const SessionKey& session, const Hand& hand) {
    const auto known = ledger_.known(session);
    const auto* found = std::get_if<Session>(&known);
    if (found == nullptr) return false;
    if (const auto* mediator = std::get_if<ByMediator>(&hand))
        return !found->mediator.empty() && found->mediator == mediator->mediator;
    return found->screen && crypto::is_equal_in_constant_time(
                                found->screen->hash, hash_of_secret(std::get<ByScreen>(hand).secret));
}

bool Sessions::is_open(const SessionKey& session) {
    const auto known = ledger_.known(session);
    const auto* found = std::get_if<Session>(&known);
    return found != nullptr && !is_over(*found);
}

std::vector<Outline> Sessions::open_sessions(const std::function<bool(const Session&)>& holds) const {
    std::vector<Outline> outlines;
    for (const auto& session : ledger_.open_sessions(holds))
        outlines.push_back(outline_of(session));
    return outlines;
}

}  // namespace balcao::assist
