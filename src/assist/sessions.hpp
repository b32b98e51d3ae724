#pragma once
// The double screen: sessions of a mediator and a citizen, as they live. The pages use it, from any thread;
// any number of server processes may share one journal. A command takes the key by which its caller may
// repeat it: the same key again changes nothing more and gets the same answer. What was answered as done
// would survive a power cut; a command waits for that, so it belongs on a worker's thread.
//
// What the citizen's screen may and what a mediator may are told apart by types: who confirms, disputes,
// keeps or carries home says so with the secret of the citizen's screen and with nothing else. Whether
// somebody is that mediator, that supervisor or that second person is the caller's to know.
//
// What a mediator would open or show needs a citizen who is there: a sign of life of the citizen's screen
// within a minute, on this server. So both screens of a session come to one server; any other one refuses the
// mediator, and confuses nobody.
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "assist/code.hpp"
#include "assist/echo.hpp"
#include "assist/handover.hpp"
#include "assist/learning.hpp"
#include "assist/ledger.hpp"
#include "assist/presence.hpp"
#include "assist/settings.hpp"
#include "assist/view.hpp"
#include "crypto/keys.hpp"
#include "journal/persons.hpp"

namespace balcao::assist {

struct ByMediator {
    MediatorKey mediator;
};

struct ByScreen {
    std::string secret;
};

using Hand = std::variant<ByMediator, ByScreen>;

// Who commands what of which session. `key` is the idempotency key; empty: none.
template <class By>
struct CallBy {
    SessionKey session;
    By by;
    std::string key{};
};

using Call = CallBy<Hand>;
using ScreenCall = CallBy<ByScreen>;
using MediatorCall = CallBy<ByMediator>;

struct Done {
    bool is_repeated = false;
};

struct Opening {
    MediatorKey mediator;
    model::SiteKey site;
    Subject subject;
    std::string edition;           // of the model
    std::vector<StepKey> steps{};  // that it takes at least; others may come
    Lesson lesson{};
    Purpose purpose = Purpose::real;
};

// A code to be said or scanned: `text` is "482 915 370".
struct CodeSlip {
    SessionKey session;
    std::string text;
    Instant until{};
    friend bool operator==(const CodeSlip&, const CodeSlip&) = default;
};

struct JoiningScreen {
    std::string secret;  // Sessions::new_secret, made and kept by its page
    ScreenKind kind = ScreenKind::desk;
};

struct Confirmation {
    std::string hash;  // of what stands on the screen
    Confirmer by = Confirmer::citizen;
    std::vector<Consent> given{};  // of those that were asked for
};

struct Complaint {
    DisputeReason why = DisputeReason::other;
    std::string words{};  // at most 1,000 bytes; sealed
};

struct GlassBreaking {
    SessionKey session;
    MediatorKey by;
    MediatorKey second;  // another person, who stands for it as well
    GlassReason why = GlassReason::person_taken_ill;
    std::string key{};
};

class Sessions {
public:
    // `installation` is the key that journal::Persons is given. All must outlive it.
    Sessions(journal::Store& store,
             const Clock& clock,
             const crypto::SecretKey& installation,
             const Settings& settings);

    // Opening, and the citizen's screen (pairing.cpp).

    Answer<CodeSlip> open(const Opening& opening, const std::string& key);
    // Another code for a screen; the one before is void. The screen that is there stays until one joins.
    Answer<CodeSlip> new_code(const MediatorCall& call);
    // 256 random bits for a screen's page to keep, in base 64 for addresses.
    static std::string new_secret();
    // The screen that comes with the code becomes the citizen's, in place of the one before.
    Answer<SessionKey> join(std::string_view typed, const JoiningScreen& screen, const std::string& key);
    // The citizen's screen is that no more.
    Answer<Done> part(const Call& call);
    // A sign of life; in memory.
    Answer<Done> beat(const ScreenCall& call);

    // Steps (steps.cpp).

    // What is being typed by whoever drives, for both screens to echo; in memory, and no proposal yet. Its
    // sequence (echo.hpp).
    Answer<std::uint64_t> type(const Call& call, const Typed& typed);
    // What was typed after that line, as Echo::after has it; for whoever may see the session.
    Answer<std::vector<EchoLine>> echoed(const Call& call, std::uint64_t sequence);
    // Whoever drives puts a step on the citizen's screen. It counts for nothing until it is confirmed; nor
    // does any more what was confirmed of it before.
    Answer<OnScreen> show(const Call& call, const Sheet& sheet);
    Answer<Done> confirm(const ScreenCall& call, const Confirmation& confirmation);
    // Somebody helped with a step that the citizen does.
    Answer<Done> help(const Call& call, const StepKey& step);
    // Whoever drives: nothing of it is handed over, unless it is shown again.
    Answer<Done> leave_out(const Call& call, const StepKey& step);
    // The citizen at any time; a mediator only to let the citizen drive.
    Answer<Done> set_lesson(const Call& call, const Lesson& lesson);

    // When the citizen does not agree, or cannot (trust.cpp).

    // Nothing is shown, confirmed or handed over before the same screen lifts it.
    Answer<Done> dispute(const ScreenCall& call, const Complaint& complaint);
    Answer<Done> lift(const ScreenCall& call);
    Answer<Done> call_supervisor(const Call& call);
    Answer<Done> supervisor_comes(const SessionKey& session,
                                  const MediatorKey& supervisor,
                                  const std::string& key);
    Answer<Done> name_proxy(const MediatorCall& call, const Proxy& proxy);
    Answer<Done> end_proxy(const Call& call);
    // A mediator sees it without the citizen for ten minutes, and does nothing else with it. The citizen sees
    // that it was so.
    Answer<Done> break_glass(const GlassBreaking& breaking);

    // Elsewhere (moving.cpp).

    // For this day. The code is for the desk that goes on with it; a screen of the spot is let go of.
    Answer<CodeSlip> keep(const ScreenCall& call);
    // By that code.
    Answer<SessionKey> take_over(std::string_view typed, const Desk& desk, const std::string& key);
    // Without one: asked at another desk, agreed to on the citizen's own screen.
    Answer<Done> ask_over(const SessionKey& session, const Desk& desk, const std::string& key);
    Answer<Done> agree_over(const ScreenCall& call, const Desk& desk);
    // For thirty days; until when. Whoever makes the link by which it is gone on with checks it.
    Answer<Instant> carry_home(const ScreenCall& call);
    // Whose right to it was checked: that screen is the citizen's, who goes on alone.
    Answer<Done> enter_at_home(const ScreenCall& call);

    // The end (ending.cpp).

    // Once for a session. The same key again gives the same.
    Answer<Handover> hand_over(const Call& call);
    // For whoever joins the rooms: what was handed over and not taken yet, by this server's knowledge; the
    // same handover again; and that something was made of it, under that reference.
    [[nodiscard]] std::vector<SessionKey> not_taken() const;
    Answer<Handover> handed_over(const SessionKey& session);
    Answer<Done> taken(const SessionKey& session, const std::string& reference);
    Answer<PracticeHandover> end_practice(const Call& call);
    // By the citizen at any time; by the mediator unless it is disputed. What was sealed for it is gone.
    Answer<Done> abandon(const Call& call);
    // Lets expire what has to, and forgets the values of what was handed over and taken long enough ago; how
    // many. To be called every minute, on any server. Those that cannot be written now are left to the next
    // call.
    std::size_t let_time_pass();

    // What is true (seeing.cpp).

    // For the citizen's screen; for its mediator while the citizen is there; for who broke the glass.
    Answer<View> see(const Call& call, Depth depth);
    Answer<Summary> summary(const Call& call);
    // For staff.
    Answer<Outline> outline(const SessionKey& session);
    // Not over, as this server knows them: for lists of a site, of supervisors.
    [[nodiscard]] std::vector<Outline> open_sessions(const std::function<bool(const Session&)>& holds) const;

    // Whether that hand is its mediator's, or its citizen's screen's, as this server knows it. For what stays
    // open: it is no sign of life.
    bool is_of(const SessionKey& session, const Hand& hand);
    // Whether something can still be done in it, by the same knowledge.
    bool is_open(const SessionKey& session);

    // The fold as the journal has it, for tests and for who checks it. It holds nothing that is not sealed.
    Answer<Session> find(const SessionKey& session) { return ledger_.find(session); }

    // Learning (learnt.cpp).

    // For the person to keep: by it, and by nothing else, what was learnt is found again.
    static std::string new_learner();
    // Of a session that was handed over or practised, once, where its citizen wants it.
    Answer<Done> keep_lesson(const ScreenCall& call, const std::string& learner);
    Answer<std::vector<Learnt>> learnt(const std::string& learner) const;
    Answer<Done> forget_learnt(const std::string& learner, const std::string& key);
    // How a next session should teach; an unknown learner is shown.
    Answer<Lesson> propose(const std::string& learner, const Subject& subject) const;

    // By site and subject, from the journal as far as this server has followed it.
    [[nodiscard]] Teaching teaching() const { return ledger_.teaching(); }

    // Each line that is typed here, as Echo::listen has it; the right to it is asked by `echoed`.
    void listen_to_echo(Echo::Listener listener) { echo_.listen(std::move(listener)); }

    // Called after something of a session changed, here or elsewhere; to be set before anything is done.
    void listen(Ledger::Listener listener) { ledger_.listen(std::move(listener)); }

    // Takes what other processes wrote, at most `limit` events at a time; to be called every second until it
    // returns 0. The first calls walk through the whole journal. Error: unavailable, invalid.
    Result<std::size_t> catch_up(std::size_t limit) { return ledger_.catch_up(limit); }

private:
    using Made = journal::Made;
    using Decide = std::function<std::optional<Refusal>(Draft&, Side)>;

    // How commands are made (sessions.cpp).
    Answer<Made> run(std::string_view verb, const Call& call, const Decide& decide);
    Answer<Done> done(std::string_view verb, const Call& call, const Decide& decide);
    Answer<Done> done_by_staff(const SessionKey& session,
                               const std::string& command,
                               const Ledger::Decide& decide);
    std::optional<Refusal> glance(const SessionKey& session,
                                  const std::function<std::optional<Refusal>(const Session&)>& fault_of);
    std::optional<Refusal> fault_of_hand(const Session& session, const Hand& hand);
    std::optional<Refusal> fault_of_seeing(const Session& session, const Hand& hand);
    [[nodiscard]] std::optional<Refusal> fault_of_absence(const Session& session, Side side) const;
    [[nodiscard]] std::optional<Refusal> fault_of_driving(const Session& session, Side side) const;
    [[nodiscard]] bool is_agreed_now(const model::SiteKey& site, const Subject& subject) const;
    [[nodiscard]] std::optional<Refusal> fault_of_desk(const Session& session, const Desk& desk) const;
    [[nodiscard]] std::optional<Instant> seen(const Session& session) const;
    void let_go(const SessionKey& session);

    // Codes (pairing.cpp).
    Answer<CodeSlip> slip_of(const Answer<Made>& made) const;
    std::optional<Refusal> give_code(Draft& draft, CodeUse use, Instant until) const;
    Answer<Door> find_door(std::uint32_t door, Instant now) const;
    Answer<journal::Commit> use_code(const Code& code,
                                     CodeUse use,
                                     const Door& door,
                                     const Ledger::Decide& decide);
    Answer<journal::Commit> decide_on_code(const Code& code, CodeUse use, const Ledger::Decide& decide);
    Answer<SessionKey> enter(std::string_view typed,
                             CodeUse use,
                             const std::string& command,
                             const Ledger::Decide& decide);

    // What is sealed (seeing.cpp).
    std::optional<Refusal> seal(Draft& draft,
                                const std::string& field,
                                const std::string& text,
                                std::string& sealed);
    [[nodiscard]] Answer<std::string> unseal(const Session& session,
                                             const std::string& field,
                                             const std::string& sealed) const;
    [[nodiscard]] Answer<Showing> showing_of(const Session& session, const LastShown& shown) const;
    [[nodiscard]] Answer<std::optional<Proxy>> proxy_of(const Session& session, std::uint32_t number) const;
    [[nodiscard]] Answer<StepSeen> step_seen(const Session& session, const Step& step, bool is_opened) const;
    [[nodiscard]] Answer<View> view_of(const Session& session, Depth depth) const;
    [[nodiscard]] Answer<Handover> handover_of(const Session& session) const;

    // Learners (learnt.cpp).
    [[nodiscard]] std::string mark_of(const std::string& learner) const;
    [[nodiscard]] Answer<Learner> find_learner(const std::string& learner) const;

    journal::Store& store_;
    const Clock& clock_;
    const Settings& settings_;
    crypto::SecretKey codes_;
    crypto::SecretKey learners_;
    journal::Persons persons_;
    Presence presence_;
    Echo echo_;
    Ledger ledger_;
};

}  // namespace balcao::assist
