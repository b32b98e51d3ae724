#pragma once
// The providers by which people may sign in, as the pages have them: who they are, what goes with the browser
// meanwhile, and threads of their own, so that whoever waits for a provider keeps nobody else waiting.
// Internal to `web`.
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/keys.hpp"
#include "front/workers.hpp"
#include "html/html.hpp"
#include "http/message.hpp"
#include "openid/provider.hpp"
#include "staff/account.hpp"
#include "text/words.hpp"

namespace balcao::web {

struct Shared;

enum class Purpose : std::uint8_t { staff, link, invitation, mine };

// What a browser carries, sealed, while its person is at a provider.
struct Trip {
    openid::Errand errand{};
    std::string provider{};
    Purpose purpose = Purpose::staff;
    text::Language language = text::Language::en;
    std::string to{};      // where to go afterwards; ours
    std::string bearer{};  // the token of an invitation, or the session that links
};

// Somebody for whom a provider has vouched, on the way in.
struct Vouched {
    openid::Identity identity{};
    std::string once{};     // names the sign-in (staff::SignInBy)
    std::string account{};  // that links; empty: nobody
    std::string to{};
    Instant until{};
};

class Providers {
public:
    using Tell = std::function<void(const std::string&)>;

    // The providers must outlive it. `tell` gets what went wrong, in a line without personal data; it may be
    // empty. Without threads the work is done by who asks.
    Providers(std::vector<openid::Provider*> all,
              const crypto::SecretKey& installation,
              Tell tell,
              std::size_t threads);

    [[nodiscard]] std::vector<openid::Provider*> for_staff() const;
    [[nodiscard]] std::vector<openid::Provider*> for_citizens() const;
    // Null: none.
    [[nodiscard]] openid::Provider* find(std::string_view key) const;
    [[nodiscard]] openid::Provider* of_issuer(std::string_view issuer) const;

    // A text that only this installation reads again, and only as the same `what`.
    [[nodiscard]] std::string seal(std::string_view what, std::string_view text) const;
    [[nodiscard]] std::optional<std::string> open(std::string_view what, std::string_view sealed) const;

    [[nodiscard]] std::string seal(const Trip& trip) const;
    [[nodiscard]] std::optional<Trip> open_trip(std::string_view sealed) const;
    [[nodiscard]] std::string seal(const Vouched& vouched) const;
    // Nothing once its time is over.
    [[nodiscard]] std::optional<Vouched> open_vouched(std::string_view sealed) const;

    // The same trouble of the same provider at most once a minute.
    void tell(const openid::Provider& provider, const openid::Complaint& complaint);

    front::Workers& workers() { return workers_; }

private:
    const std::vector<openid::Provider*> all_;
    const crypto::SecretKey key_;
    const Tell tell_;
    std::mutex mutex_;
    std::string told_;
    Instant told_at_{};
    front::Workers workers_;
};

// What people call it.
std::string name_of(const openid::Provider& provider, const text::Words& words);

// "Sign in with …" for each of them; nothing where there is none.
void write_ways_in(html::Content& into, const Shared& shared, const text::Words& words, std::string_view to);
void write_ways_to_accept(html::Content& into,
                          const Shared& shared,
                          const text::Words& words,
                          std::string_view token);
void write_ways_to_mine(html::Content& into, const Shared& shared, const text::Words& words);
// From other pages to one's own appointments; nothing where no citizen signs in.
void write_way_to_mine(html::Content& into, const Shared& shared, const text::Words& words);
// One's own accounts elsewhere: those that are linked, and those that could be.
void write_links(html::Content& main,
                 const Shared& shared,
                 const text::Words& words,
                 const staff::Account& account);
// After signing out here: the way to sign out there, where `key` names a provider.
void write_way_out(html::Content& main, const Shared& shared, const text::Words& words, std::string_view key);

// Whoever is told so shows what the person asked for, with the address (and number) that the provider has
// verified; and goes there.
http::Response begin_mine(const http::Request& request,
                          const Shared& shared,
                          const openid::Identity& identity,
                          const openid::Provider& provider);

// The page for what went wrong, with what to do.
http::Response trouble_page(const http::Request& request,
                            const Shared& shared,
                            const openid::Provider* provider,
                            openid::Trouble trouble,
                            Purpose purpose);

}  // namespace balcao::web
