// How a command of `staff` becomes durable: decided on the fold, written with the versions that it knew,
// decided again when another process was first.
#include <optional>

#include "crypto/hash.hpp"
#include "staff/staff.hpp"
#include "text/utf8.hpp"

namespace balcao::staff {
namespace {

const std::string accounts_stream = "staff";

std::string day_stream(std::chrono::sys_days day) {
    const std::chrono::year_month_day date{day};
    const auto two = [](unsigned number) { return (number < 10 ? "-0" : "-") + std::to_string(number); };
    return accounts_stream + "/" + std::to_string(static_cast<int>(date.year())) +
           two(static_cast<unsigned>(date.month())) + two(static_cast<unsigned>(date.day()));
}

std::string stream_of(Instant at) { return day_stream(std::chrono::floor<std::chrono::days>(at)); }

// Events of sessions go to the day on which the session began, so that they follow it.
const SessionKey* session_of(const StaffEvent& event) {
    if (const auto* seen = std::get_if<SessionSeen>(&event)) return &seen->session;
    if (const auto* ended = std::get_if<SessionEnded>(&event)) return &ended->session;
    return nullptr;
}

}  // namespace

std::string Staff::command_of(std::string_view verb, const Actor& by, const std::string& key) {
    if (key.empty()) return {};
    return "staff/" + std::string{verb} + "/" + by.account().text() + "/" + key;
}

std::string Staff::secret_of(std::string_view purpose, const std::string& command) const {
    if (command.empty()) return crypto::to_base64url(crypto::random_bytes(32));
    const std::string message = std::string{purpose} + "/" + command;
    return crypto::to_base64url(crypto::bytes_of(crypto::authenticate(secrets_, message)));
}

Answer<Done> Staff::done(const Answer<Made>& made) {
    if (const auto* refusal = std::get_if<Refusal>(&made)) return *refusal;
    return Done{};
}

Answer<Staff::Made> Staff::run(const std::string& command, const Decide& decide) {
    const std::lock_guard lock{writing_};
    auto made = journal::settle(store_, command, Refusal{Reason::unavailable},
                                [&]() -> std::variant<journal::Commit, Refusal> { return attempt(decide); });
    // It is durable in any case; what cannot be read back now is read before the next decision.
    if (std::holds_alternative<Made>(made)) static_cast<void>(read_on().has_value());
    return made;
}

Answer<journal::Commit> Staff::attempt(const Decide& decide) {
    if (!read_on()) return Refusal{Reason::unavailable};
    Draft draft;
    const Instant now = clock_.now();
    if (auto refusal = decide(draft, now)) return *refusal;
    draft.commit.answer = draft.answer;
    for (const auto& event : draft.events) {
        const auto stream = stream_for(event, now);
        const auto end = ends_.find(stream);
        journal::append(draft.commit, stream, end == ends_.end() ? journal::StreamEnd{} : end->second,
                        encode(event), now);
    }
    return std::move(draft.commit);
}

Answer<std::optional<Staff::Made>> Staff::kept(const std::string& command) const {
    auto before = journal::made_before(store_, command);
    if (!before) return Refusal{Reason::unavailable};
    return *std::move(before);
}

std::string Staff::stream_for(const StaffEvent& event, Instant at) const {
    if (std::holds_alternative<SignedIn>(event) || std::holds_alternative<SignInFailed>(event))
        return stream_of(at);
    if (const auto* session = session_of(event)) return stream_of(roll_.sessions.at(*session).begun);
    return accounts_stream;
}

Result<void> Staff::refresh() {
    const std::lock_guard lock{writing_};
    return read_on();
}

// Accounts, and the days in which a session may be alive. Tomorrow's too: another server's clock may be ahead
// of midnight.
Result<void> Staff::read_on() {
    const auto today = std::chrono::floor<std::chrono::days>(clock_.now());
    const std::chrono::sys_days yesterday = today - std::chrono::days{1};
    const std::chrono::sys_days tomorrow = today + std::chrono::days{1};

    struct Read {
        std::string stream;
        std::vector<std::pair<journal::Event, StaffEvent>> events;
    };

    std::vector<Read> read;
    std::map<AccountKey, Names> names;
    std::vector<IdentityChange> identities;
    for (const auto& stream :
         {accounts_stream, day_stream(yesterday), day_stream(today), day_stream(tomorrow)}) {
        BALCAO_TRY(auto events, store_.read(stream, ends_[stream].version));
        auto& here = read.emplace_back(Read{stream, {}});
        for (auto& event : events) {
            BALCAO_TRY(auto decoded, decode(event));
            if (auto opened = read_names(decoded, names); !opened) return opened;
            if (auto opened = read_identities(decoded, identities); !opened) return opened;
            here.events.emplace_back(std::move(event), std::move(decoded));
        }
    }
    const std::lock_guard lock{mutex_};
    for (const auto& [stream, events] : read) {
        for (const auto& [event, decoded] : events) {
            roll_.apply(decoded, event.version, event.at);
            ends_[stream] = {event.version, event.salt};
        }
    }
    keep_names(names);
    keep_identities(identities);
    roll_.forget_before(Instant{yesterday});
    std::erase_if(used_, [&](const auto& one) { return !roll_.sessions.contains(one.first); });
    std::erase_if(ends_, [&](const auto& one) {
        return one.first != accounts_stream && one.first < day_stream(yesterday);
    });
    return {};
}

// What the event says of a person's names; empty ones when the person was erased.
Result<void> Staff::read_names(const StaffEvent& event, std::map<AccountKey, Names>& names) const {
    const auto open = [&](const auto& named) -> Result<void> {
        BALCAO_TRY(auto sign_in_name,
                   persons_.open(named.account.text(), "sign-in-name", named.sign_in_name));
        BALCAO_TRY(auto name, persons_.open(named.account.text(), "name", named.name));
        names[named.account] = {sign_in_name.value_or(""), name.value_or("")};
        return {};
    };
    if (const auto* added = std::get_if<AccountAdded>(&event)) return open(*added);
    if (const auto* renamed = std::get_if<AccountRenamed>(&event)) return open(*renamed);
    if (const auto* erased = std::get_if<AccountErased>(&event)) names[erased->account] = {};
    return {};
}

void Staff::keep_names(const std::map<AccountKey, Names>& names) {
    for (const auto& [account, fresh] : names) {
        auto& kept = names_[account];
        const auto found = by_name_.find(text::fold(kept.sign_in_name));
        if (found != by_name_.end() && found->second == account) by_name_.erase(found);
        kept = fresh;
    }
    for (const auto& [account, fresh] : names)
        if (!fresh.sign_in_name.empty()) by_name_[text::fold(fresh.sign_in_name)] = account;
}

}  // namespace balcao::staff
