#pragma once
// The entities of a demonstration: the five of `balcao stand-in` in this process, for those of the model
// whose way in is one ("stand-in:keys"). One of them fails for the first minute, so that people see what
// becomes of a case then. Used by `balcao serve --demonstration` only.
#include <memory>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "connect/entity_secrets.hpp"
#include "model/model.hpp"
#include "stand_in/stand_in.hpp"

namespace balcao::cli {

// Some entity's way in is a stand-in.
bool needs_stand_ins(const model::Model& model);

class StandIns {
public:
    // The clock must outlive them. Error: unavailable.
    static Result<std::unique_ptr<StandIns>> start(const Clock& clock);

    // Where the city is that they tell what they have done.
    void report_to(const std::string& city) { all_->report_to(city); }

    // "http://127.0.0.1:9100/keys"; empty where there is none of that name.
    [[nodiscard]] std::string address(std::string_view name) const;
    // What they know the city by.
    [[nodiscard]] connect::EntityCredentials credentials() const;
    // The page where people see what they were asked for.
    [[nodiscard]] std::string page() const;

private:
    StandIns(std::unique_ptr<stand_in::StandIn> all, std::string token)
        : all_{std::move(all)}, token_{std::move(token)} {}

    std::unique_ptr<stand_in::StandIn> all_;
    std::string token_;
};

}  // namespace balcao::cli
