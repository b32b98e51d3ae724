#pragma once
// Cases as they live: one submission, any number of services of any entities, one number, one truth. The
// pages use it, from any thread; any number of server processes may share one journal. A command takes the
// key by which its caller may repeat it: the same key again changes nothing more and gets the same answer.
// What was answered as done would survive a power cut. It sends nothing itself: `carry` hands out who does.
// Rights are the caller's affair.
#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "base/instant.hpp"
#include "cases/carrier.hpp"
#include "cases/comparison.hpp"
#include "cases/ledger.hpp"
#include "cases/numbers.hpp"
#include "cases/submission.hpp"
#include "cases/view.hpp"
#include "crypto/keys.hpp"
#include "journal/persons.hpp"

namespace balcao::cases {

struct Receipt {
    CaseNumber number;
    bool is_repeated = false;  // it was accepted before, under the same key
};

struct StepName {
    CaseNumber number;
    StepKey step;
};

struct IncidentName {
    CaseNumber number;
    std::uint32_t incident = 0;
};

// What somebody made of a task. Of an undoing `done` is undone, and `denied` that it cannot be.
struct Verdict {
    enum class Word : std::uint8_t { taken_up, done, denied } word = Word::done;
    std::string text{};  // the reference of what was done, or why not
};

// What an entity says later of what it has, under its own reference.
struct Report {
    enum class Word : std::uint8_t { concluded, denied, citizen_needed } word = Word::concluded;
    std::string reference;
    std::string text{};  // why it is denied, or what is wanted
    Instant until{};     // by when the citizen should answer
};

struct Settling {
    Settlement how = Settlement::noted;
    std::string reference{};  // it_is_there: the entity's own
    ClerkKey by;
};

// Who looks at what was handed over, and why.
struct Onlooker {
    ClerkKey by;
    std::string role;  // as its citizen reads it
    LookReason why = LookReason::to_do_it;
};

// What was handed over, opened.
struct HandedOver {
    Contact contact;
    std::vector<Datum> data;  // what the entity of the step gets, and what the citizen added
};

// The list of an entity, and what the city knew before it asked for it.
struct Listed {
    model::EntityKey entity;
    Instant since{};  // of what came there since then
    std::vector<SentHere> before;
    std::vector<HeldThere> there;
};

struct ComparedAt {
    EntityCompared compared;
    Instant at{};
};

class Cases {
public:
    // `installation` is the key that journal::Persons is given. All must outlive it.
    Cases(journal::Store& store,
          const Clock& clock,
          const Stopwatch& stopwatch,
          const crypto::SecretKey& installation,
          const Settings& settings);

    // Opens a case for it, whole or not at all. `key` was made before the first try, and comes with each.
    Answer<Receipt> accept(const Submission& submission, const std::string& key);

    // What is true.

    [[nodiscard]] Answer<CaseView> see(const CaseNumber& number) const;
    // What its citizen handed over; nobody else's word is needed for that.
    [[nodiscard]] Answer<HandedOver> open(const CaseNumber& number) const;
    // For staff, of one step: the look is an event before anything is opened. Nobody is shown what is over.
    Answer<HandedOver> look(const StepName& step, const Onlooker& who, const std::string& key);
    // For staff.
    [[nodiscard]] Answer<Case> find(const CaseNumber& number) const;
    // Those open cases, by number, as this server knows them: for inboxes and lists. Walks over all of them.
    [[nodiscard]] std::vector<Case> open_cases(const std::function<bool(const Case&)>& holds) const;

    // Commands; each answers with what the case is then.

    // What was not sent is not; what was is undone where it can be.
    Answer<CaseState> cancel(const CaseNumber& number, const ClerkKey& by, const std::string& key);

    // Tasks. Who claimed one may release, delegate or finish it. With four eyes the second is another person,
    // and must say the same; else it begins anew.
    Answer<CaseState> claim(const StepName& task, const ClerkKey& by, const std::string& key);
    Answer<CaseState> release(const StepName& task, const ClerkKey& by, const std::string& key);
    Answer<CaseState> delegate(const StepName& task,
                               const ClerkKey& by,
                               const ClerkKey& to,
                               const std::string& key);
    Answer<CaseState> finish(const StepName& task,
                             const ClerkKey& by,
                             const Verdict& verdict,
                             const std::string& key);

    // What an entity tells of itself. What does not belong to the step changes nothing but that an incident
    // shows it to a person, and is refused.
    Answer<CaseState> report(const StepName& step, const Report& report, const std::string& key);
    // What the citizen was asked for; it goes to the entity under a key of its own.
    Answer<CaseState> answer(const StepName& step,
                             const std::vector<Datum>& data,
                             const std::vector<std::string>& consents,
                             const std::string& key);

    // Incidents. Whoever takes one over says by when it will be settled.
    Answer<CaseState> promise(const IncidentName& incident,
                              const ClerkKey& by,
                              Instant until,
                              const std::string& key);
    Answer<CaseState> settle(const IncidentName& incident, const Settling& settling, const std::string& key);

    // The daily comparison with an entity that can list what it has.

    // What it was sent since then, or may have been; to be asked before its list is. At most `compared_most`
    // back.
    [[nodiscard]] Answer<std::vector<SentHere>> sent_to(const model::EntityKey& entity, Instant since);
    // What differs, once for each `key` (a day): what has changed since it was asked for the list is no
    // difference. It is written down, and nothing is mended.
    Answer<EntityCompared> compare(const Listed& listed, const std::string& key);
    // The last one; nothing where there was none.
    [[nodiscard]] Answer<std::optional<ComparedAt>> last_comparison(const model::EntityKey& entity) const;
    static constexpr std::chrono::days compared_most = std::chrono::days{7};

    // What was agreed with entities (Settings::entities) has changed: their gates follow.
    void agree() { ledger_.agenda().agree(); }

    // Told of each case to which something happened, here or elsewhere. Before anything else; it must return
    // at once and call nothing of this.
    void listen(std::function<void(const CaseNumber&)> told) { ledger_.listen(std::move(told)); }

    // Takes what other processes wrote, at most `limit` events at a time; to be called every second until it
    // returns 0. The first calls walk through the whole journal. Error: unavailable, invalid.
    Result<std::size_t> catch_up(std::size_t limit) { return ledger_.catch_up(limit); }

    // Who carries; the connectors must outlive it, and it must not outlive this.
    [[nodiscard]] std::unique_ptr<Carrier> carry(const Connectors& connectors);

    // For /metrics.
    [[nodiscard]] std::size_t open() const { return ledger_.open(); }

    [[nodiscard]] std::size_t waiting() const { return ledger_.agenda().waiting(); }

    [[nodiscard]] bool is_broken(const model::EntityKey& entity) const {
        return ledger_.agenda().is_broken(entity);
    }

private:
    // What a command is called and on which step or incident it acts.
    struct Command {
        std::string_view verb;
        CaseNumber number;
        std::string key;
    };

    Answer<CaseState> command(const Command& command, const Ledger::Decide& decide);
    Answer<CaseState> on_task(const Command& command,
                              const StepKey& step,
                              const std::function<std::optional<Refusal>(Draft&, const WithPerson&)>& decide);
    [[nodiscard]] Answer<HandedOver> open_of(const CaseNumber& number, const StepKey& step) const;
    Answer<CaseOpened> seal(const Submission& submission, const CaseNumber& number, journal::Commit& commit);
    Answer<Receipt> repeat(const std::string& answer, const std::string& mark) const;
    std::optional<Refusal> take_report(Draft& draft, const Step& step, const Report& report);

    journal::Store& store_;
    const Clock& clock_;
    const Stopwatch& stopwatch_;
    const Settings& settings_;
    crypto::SecretKey marking_;
    journal::Persons persons_;
    Numbers numbers_;
    Ledger ledger_;
};

}  // namespace balcao::cases
