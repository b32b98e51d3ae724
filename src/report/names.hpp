#pragma once
// What the things of a run are called on a page: measures and units from the catalogue, sites, services,
// desks and groups from the model. Used by this module only; it never invents a name: where the model gives
// none, the key is the name.
#include <optional>
#include <string>
#include <string_view>

#include "model/model.hpp"
#include "report/words.hpp"
#include "sim/results.hpp"

namespace balcao::report {

class Names {
public:
    // Both must outlive the names.
    Names(const model::Model& model, const Words& words) : model_{model}, words_{words} {}

    [[nodiscard]] const Words& words() const { return words_; }

    [[nodiscard]] const model::Model& model() const { return model_; }

    // "Wait", "Served within 20 min".
    [[nodiscard]] std::string measure(sim::Measure measure, std::optional<double> limit_minutes = {}) const;

    // The same with its unit where the numbers do not carry it: "Wait (min)".
    [[nodiscard]] std::string heading(sim::Measure measure, std::optional<double> limit_minutes = {}) const;

    [[nodiscard]] std::string site(const std::string& key) const;
    [[nodiscard]] std::string service(const std::string& key) const;
    [[nodiscard]] std::string group(const std::string& key) const;
    [[nodiscard]] std::string channel(const std::string& key) const;
    [[nodiscard]] std::string step(const std::string& key) const;
    // A desk's name is only known within its site; without one, any site that has such a desk.
    [[nodiscard]] std::string desk(const std::optional<std::string>& site_key, const std::string& key) const;

    // Every key of a breakdown but the hour, "Marvila · Citizen card"; "All" when there is none. The site is
    // left out where the model has only one.
    [[nodiscard]] std::string of(const sim::Breakdown& breakdown) const;

    // "20" or "7.5", as this language writes it.
    [[nodiscard]] std::string plain_number(double value) const;

private:
    const model::Model& model_;
    const Words& words_;
};

// The unit as people read it in a heading, "(min)"; empty where the numbers or the name carry it.
std::string unit_suffix(std::string_view unit, const Words& words);

}  // namespace balcao::report
