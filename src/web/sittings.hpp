#pragma once
// Who looks at which double screen now: open pages of both sides hear each letter that is typed and that
// something changed, the code that was given out last is shown again, and in which language the citizen
// reads. In memory, of this server; it decides nothing and keeps nothing of what is typed. Internal to `web`.
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "assist/sessions.hpp"
#include "http/reply.hpp"
#include "text/words.hpp"

namespace balcao::web {

class Sittings {
public:
    // Listens to the sessions, before anything is done with them; they must outlive it.
    Sittings(assist::Sessions& sessions, const crypto::SecretKey& installation);

    // The stream hears of that session for as long as the hand is one of it.
    void follow(const assist::SessionKey& session, const assist::Hand& hand, const http::EventStream& stream);

    // The code that was given out last.
    void give(const assist::CodeSlip& slip);
    [[nodiscard]] std::optional<assist::CodeSlip> given(const assist::SessionKey& session) const;

    // Who would confirm in the citizen's place, and needs a witness first.
    void ask_witness(const assist::SessionKey& session, const assist::Proxy& proxy);
    [[nodiscard]] std::optional<assist::Proxy> witness_asked(const assist::SessionKey& session) const;
    void drop_witness(const assist::SessionKey& session);

    // Signs the links of sessions that were carried home.
    [[nodiscard]] const crypto::SecretKey& home_key() const { return home_; }

    // In which language the citizen's screen was drawn last; nothing before it was.
    void reads(const assist::SessionKey& session, text::Language language);
    [[nodiscard]] std::optional<text::Language> language_of(const assist::SessionKey& session) const;

private:
    struct Follower {
        assist::Hand hand;
        http::EventStream stream;
    };

    struct Table {
        http::Topic topic{};
        std::vector<Follower> followers{};
        std::optional<assist::CodeSlip> slip{};
        std::optional<text::Language> language{};
        std::optional<assist::Proxy> witness_asked{};
    };

    void changed(const assist::SessionKey& session);
    void typed(const assist::SessionKey& session, const assist::EchoLine& line);

    assist::Sessions& sessions_;
    crypto::SecretKey home_;
    mutable std::mutex mutex_;
    std::map<assist::SessionKey, Table> tables_;
};

}  // namespace balcao::web
