#pragma once
// The providers by which people may sign in, as a file of the installation says them; and the line to them.
// Used by `serve`. Secrets stand in files of their own, which nobody else may read, never on the command
// line.
#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "connect/provider_line.hpp"
#include "openid/provider.hpp"
#include "staff/settings.hpp"
#include "web/pages.hpp"

namespace balcao::cli {

// What the file says, one provider an entry. Error: invalid, with place and cure; not_found. An empty path is
// no provider.
Result<std::vector<openid::ProviderSettings>> read_providers(const std::string& path);

class SignInProviders {
public:
    explicit SignInProviders(std::vector<openid::ProviderSettings> settings);
    // Nobody waits for a provider any more.
    ~SignInProviders();
    SignInProviders(const SignInProviders&) = delete;
    SignInProviders& operator=(const SignInProviders&) = delete;
    SignInProviders(SignInProviders&&) = delete;
    SignInProviders& operator=(SignInProviders&&) = delete;

    // What pages and staff are told of them.
    void put_into(web::Settings& settings);
    void put_into(staff::Settings& settings) const;

    // Asks under way end; before the pages go.
    void stop() { stops_ = true; }

private:
    std::atomic<bool> stops_{false};
    SystemClock clock_;  // the world's, whatever day a demonstration shows
    connect::ProviderLine line_;
    std::vector<std::unique_ptr<openid::Provider>> providers_;
};

}  // namespace balcao::cli
