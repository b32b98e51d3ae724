#pragma once
// The doors of the office: pages for people and the API for programs on one server, and the gate in front of
// both. Used by `serve`; it decides nothing.
#include <memory>
#include <string>
#include <vector>

#include "api/api.hpp"
#include "front/gate.hpp"
#include "web/pages.hpp"

namespace balcao::cli {

// Error: invalid, for an option that is none.
Result<std::unique_ptr<front::Gate>> open_gate(const std::vector<std::string>& limits,
                                               const std::vector<std::string>& unlimited);

class Doors {
public:
    struct Behind {
        const web::Pages& pages;
        front::Gate& gate;
        const web::Settings& of_pages;  // what they were given; the API is given the same
        // What an entity may sign its reports with.
        std::function<std::vector<std::string>(const model::EntityKey&)> entity_secrets{};
    };

    // Before the office's first command. All must outlive it, and it the server.
    Doors(const api::Rooms& rooms, const Clock& clock, const Behind& behind);

    [[nodiscard]] http::Router router() const;
    [[nodiscard]] http::Hooks hooks() const;

private:
    const web::Pages& pages_;
    front::Gate& gate_;
    std::unique_ptr<api::Api> api_;
};

}  // namespace balcao::cli
