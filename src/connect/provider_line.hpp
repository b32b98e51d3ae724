#pragma once
// The line to providers of sign-ins (openid::Asker), over HTTP with TLS. Joined to `openid` by `main`. It
// asks nobody but by https, or on this machine alone, and waits some seconds at most.
#include "connect/line.hpp"
#include "openid/asker.hpp"

namespace balcao::connect {

struct ProviderLineSettings {
    long connect_seconds = 3;
    long seconds = 8;
    std::size_t answer_bytes_most = 256 * std::size_t{1024};
    Stops stops{};
};

class ProviderLine final : public openid::Asker {
public:
    explicit ProviderLine(ProviderLineSettings settings) : settings_{std::move(settings)} {}

    std::optional<openid::Heard> ask(const openid::Ask& ask) override;

private:
    const ProviderLineSettings settings_;
};

}  // namespace balcao::connect
