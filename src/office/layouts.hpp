#pragma once
// The layouts of all sites in every edition of the model that a front office has met: the one in force, and
// those of before that halls and their histories follow. The front office adopts editions one after the
// other; any number of threads may look. What was handed out stays as long as this lives, so that a page that
// began under one edition ends under it; nothing is ever let go.
#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "base/result.hpp"
#include "model/model.hpp"
#include "office/layout.hpp"

namespace balcao::office {

// The model of an edition that came into force before. Error: not_found, unavailable, invalid.
using FindModel = std::function<Result<std::shared_ptr<const model::Model>>(Edition)>;

// A model with its number.
struct NumberedModel {
    std::shared_ptr<const model::Model> model;
    Edition edition = first_edition;
};

class Layouts : public std::enable_shared_from_this<Layouts> {
public:
    // `find` may be empty: then no earlier edition is to be had. Error: as Layout::of.
    static Result<std::shared_ptr<Layouts>> open(NumberedModel in_force, FindModel find);

    // Puts a later edition into force; an earlier one and the same one change nothing. Says whether it did.
    // Error: as Layout::of, and invalid for another time zone: halls are days of its clocks.
    Result<bool> adopt(NumberedModel model);

    [[nodiscard]] const model::Model& model() const { return *in_force_.load()->model.model; }

    [[nodiscard]] NumberedModel in_force() const { return in_force_.load()->model; }

    // The layout in force; of a site that was taken out of the model the last that was met, so that who is
    // still there is served. Null for a site that was never there.
    [[nodiscard]] std::shared_ptr<const Layout> layout(const model::SiteKey& site) const;

    // That of an edition. Error: as FindModel, not_found for a site that it does not have.
    Result<std::shared_ptr<const Layout>> find(const model::SiteKey& site, Edition edition);

private:
    struct Known {
        NumberedModel model;
        std::map<model::SiteKey, std::shared_ptr<const Layout>> layouts;  // of sites that are gone, too
    };

    explicit Layouts(FindModel find) : find_{std::move(find)} {}

    Result<std::unique_ptr<Known>> lay_out(NumberedModel model);
    const Known& keep(std::unique_ptr<const Known> known);

    const FindModel find_;
    std::mutex mutex_;  // of the next two; what they hold is never changed
    std::vector<std::unique_ptr<const Known>> all_;
    std::map<Edition, const Known*> by_edition_;
    std::atomic<const Known*> in_force_{nullptr};
};

}  // namespace balcao::office
