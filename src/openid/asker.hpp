#pragma once
// The line to a provider, as `openid` needs it; `connect` has the real one, tests have one in memory.
#include <optional>
#include <string>
#include <vector>

namespace balcao::openid {

struct Ask {
    std::string url;
    std::vector<std::string> headers{};  // "Accept: application/json"
    std::string form{};                  // application/x-www-form-urlencoded, by POST; empty: GET
};

struct Heard {
    long status = 0;
    std::string body{};
};

class Asker {
public:
    virtual ~Asker() = default;

    // Waits some seconds at most, follows no redirect. Nothing when nobody was reached, or what came was cut
    // or too long. From any thread.
    virtual std::optional<Heard> ask(const Ask& ask) = 0;
};

}  // namespace balcao::openid
