#include "office/layouts.hpp"

#include <utility>

namespace balcao::office {

Result<std::unique_ptr<Layouts::Known>> Layouts::lay_out(NumberedModel model) {
    auto known = std::make_unique<Known>();
    known->model = std::move(model);
    for (const auto& site : known->model.model->sites) {
        BALCAO_TRY(auto layout,
                   Layout::of(known->model.model, site.key, known->model.edition, weak_from_this()));
        known->layouts.emplace(site.key, std::move(layout));
    }
    return known;
}

Result<std::shared_ptr<Layouts>> Layouts::open(NumberedModel in_force, FindModel find) {
    const std::shared_ptr<Layouts> layouts{new Layouts{std::move(find)}};
    BALCAO_TRY(auto known, layouts->lay_out(std::move(in_force)));
    layouts->in_force_ = &layouts->keep(std::move(known));
    return layouts;
}

Result<bool> Layouts::adopt(NumberedModel model) {
    if (model.edition <= in_force_.load()->model.edition) return false;
    if (model.model->time_zone != this->model().time_zone)
        return Error{Errc::invalid, "The time zone of a city whose office is open cannot change.",
                     "time_zone"};
    BALCAO_TRY(auto known, lay_out(std::move(model)));
    const std::lock_guard lock{mutex_};
    const Known* before = in_force_.load();
    if (known->model.edition <= before->model.edition) return false;
    // Where a hall asked for it before, its layouts are in use already.
    if (const auto met = by_edition_.find(known->model.edition); met != by_edition_.end())
        *known = *met->second;
    known->layouts.insert(before->layouts.begin(), before->layouts.end());
    in_force_ = &keep(std::move(known));
    return true;
}

const Layouts::Known& Layouts::keep(std::unique_ptr<const Known> known) {
    all_.push_back(std::move(known));
    by_edition_[all_.back()->model.edition] = all_.back().get();
    return *all_.back();
}

std::shared_ptr<const Layout> Layouts::layout(const model::SiteKey& site) const {
    const Known* known = in_force_.load();
    const auto found = known->layouts.find(site);
    return found == known->layouts.end() ? nullptr : found->second;
}

Result<std::shared_ptr<const Layout>> Layouts::find(const model::SiteKey& site, Edition edition) {
    const auto of = [&](const Known& known) -> Result<std::shared_ptr<const Layout>> {
        const auto found = known.layouts.find(site);
        if (found == known.layouts.end() || found->second->edition() != edition)
            return Error{Errc::not_found, "that edition of the model has no site " + site.text(), "site"};
        return found->second;
    };
    {
        const std::lock_guard lock{mutex_};
        if (const auto met = by_edition_.find(edition); met != by_edition_.end()) return of(*met->second);
    }
    if (find_ == nullptr) return Error{Errc::not_found, "that edition of the model is not to be had"};
    BALCAO_TRY(auto model, find_(edition));
    BALCAO_TRY(auto fresh, lay_out({std::move(model), edition}));
    const std::lock_guard lock{mutex_};
    const auto met = by_edition_.find(edition);
    return of(met != by_edition_.end() ? *met->second : keep(std::move(fresh)));
}

}  // namespace balcao::office
