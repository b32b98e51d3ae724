#pragma once
// One thing that can be asked of the API: its address, who may, what is sent, what comes back, and who does
// it. The table of these is both the routes that are served and the description that strangers read, so that
// neither can be without the other. Inside `api`.
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/schema.hpp"
#include "front/gate.hpp"
#include "http/message.hpp"
#include "staff/permission.hpp"

namespace balcao::api {

class Call;
using CallRef = std::shared_ptr<Call>;

enum class Who : std::uint8_t {
    anyone,
    holder,   // of the link or token in the address: that is the right
    staff,    // signed in; `permission` where it names one, at the site of the address
    machine,  // a kiosk or display, by its secret
    entity    // by the signature of what it sends
};

enum class Where : std::uint8_t {
    here,    // answers at once, or later by itself
    worker,  // waits for storage, or hashes a password
};

// A status that is answered besides the usual ones, with why.
struct Also {
    int status = 409;
    std::string about;
};

struct Operation {
    http::Method method = http::Method::get;
    std::string path{};  // below /api/v1
    std::string id{};    // "takeTicket"
    std::string tag{};
    std::string summary{};
    std::string about{};
    Who who = Who::anyone;
    std::optional<staff::Permission> permission{};
    Where where = Where::here;
    std::vector<Member> query{};
    SchemaRef body{};  // null: none
    int status = 200;
    SchemaRef answer{};  // null: none (204), or `answer_type`
    std::string answer_type = "application/json";
    std::vector<Also> also{};
    std::optional<front::Limit> limit{};
    bool may_lack_body = false;
    std::size_t body_most = 16UL * 1024;  // bytes
    bool takes_key = true;                // of a command: Idempotency-Key
    bool takes_version = false;           // If-Match: the version of the model that was seen
    bool gives_version = false;           // ETag: the version that is in force
    std::function<void(const CallRef&)> work{};
};

inline constexpr const char* root_path = "/api/v1";

}  // namespace balcao::api
