#include "office/front_office.hpp"

#include <thread>

#include "office/room.hpp"

namespace balcao::office {

Result<std::unique_ptr<FrontOffice>> FrontOffice::open(journal::Store& store,
                                                       const Clock& clock,
                                                       std::shared_ptr<const model::Model> model) {
    return open(store, clock, {std::move(model), first_edition}, {});
}

Result<std::unique_ptr<FrontOffice>> FrontOffice::open(journal::Store& store,
                                                       const Clock& clock,
                                                       NumberedModel in_force,
                                                       FindModel find) {
    BALCAO_TRY(auto zone, Zone::find(in_force.model->time_zone));
    BALCAO_TRY(auto layouts, Layouts::open(std::move(in_force), std::move(find)));
    return std::unique_ptr<FrontOffice>{new FrontOffice{store, clock, std::move(layouts), std::move(zone)}};
}

FrontOffice::FrontOffice(journal::Store& store,
                         const Clock& clock,
                         std::shared_ptr<Layouts> layouts,
                         Zone zone)
    : store_{store}, clock_{clock}, layouts_{std::move(layouts)}, zone_{std::move(zone)} {}

FrontOffice::~FrontOffice() = default;

void FrontOffice::listen(Listener listener) { listeners_.push_back(std::move(listener)); }

std::shared_ptr<const Layout> FrontOffice::layout(const model::SiteKey& site) const {
    return layouts_->layout(site);
}

Result<void> FrontOffice::adopt(NumberedModel model) {
    std::vector<std::shared_ptr<Room>> rooms;
    {
        // Together, so that a room is made by the new layout or told of it.
        const std::lock_guard lock{mutex_};
        BALCAO_TRY(const bool is_new, layouts_->adopt(std::move(model)));
        if (!is_new) return {};
        for (const auto& [name, room] : rooms_)
            rooms.push_back(room);
    }
    for (const auto& room : rooms)
        if (const auto layout = layouts_->layout(room->site())) room->adopt(layout);
    return {};
}

Result<std::vector<InTheWay>> FrontOffice::in_the_way(const std::shared_ptr<const model::Model>& model) {
    const auto now = in_force();
    if (model->time_zone != now.model->time_zone)
        return Error{Errc::invalid, "The time zone of a city whose office is open cannot change.",
                     "time_zone"};
    for (const auto& site : model->sites)
        if (auto layout = Layout::of(model, site.key); !layout) return layout.error();
    std::vector<InTheWay> found;
    for (const auto& site : now.model->sites) {
        std::shared_ptr<const Layout> after;
        if (model->find(site.key) != nullptr) {
            BALCAO_TRY(after, Layout::of(model, site.key));
        }
        auto looked = look(site.key, std::nullopt, [&](const Hall& hall) {
            const auto here = office::in_the_way(hall, after.get());
            found.insert(found.end(), here.begin(), here.end());
        });
        if (!looked) return looked.error();
    }
    return found;
}

std::shared_ptr<Room> FrontOffice::room(const model::SiteKey& site, std::optional<Date> date) {
    const Date day = date.value_or(zone_.at(clock_.now()).date);
    const std::lock_guard lock{mutex_};
    const auto plan = layout(site);
    if (plan == nullptr) return nullptr;
    auto& room = rooms_[{site, day}];
    if (room == nullptr)
        room = std::make_shared<Room>(store_, clock_, zone_, listeners_, layouts_, plan, day);
    return room;
}

Result<void> FrontOffice::handle(Request request, Answered answered) {
    const auto found = room(request.site, request.date);
    const bool is_gone =
        std::holds_alternative<TakeTicket>(request.command) && model().find(request.site) == nullptr;
    if (found == nullptr || is_gone)
        return Error{Errc::not_found, "there is no site " + request.site.text(), "site"};
    found->handle(std::move(request.command), std::move(request.key), std::move(answered));
    return {};
}

Result<void> FrontOffice::look(const model::SiteKey& site,
                               std::optional<Date> date,
                               const std::function<void(const Hall&)>& look) {
    const auto found = room(site, date);
    if (found == nullptr) return Error{Errc::not_found, "there is no site " + site.text(), "site"};
    return found->look(look);
}

Result<std::vector<std::pair<HallEvent, Instant>>> FrontOffice::history(const model::SiteKey& site,
                                                                        Date date) const {
    if (layout(site) == nullptr) return Error{Errc::not_found, "there is no site " + site.text(), "site"};
    const auto read = store_.read(stream_of(site, date), 0);
    if (!read) return read.error();
    std::vector<std::pair<HallEvent, Instant>> events;
    for (const auto& event : *read) {
        auto decoded = decode(event);
        if (!decoded) return decoded.error();
        if (auto known = knows_edition_of(*decoded, event.version, *layouts_, site); !known)
            return known.error();
        events.emplace_back(*std::move(decoded), event.at);
    }
    return events;
}

std::vector<std::shared_ptr<Room>> FrontOffice::rooms() {
    std::vector<std::shared_ptr<Room>> rooms;
    const std::lock_guard lock{mutex_};
    for (const auto& [name, room] : rooms_)
        rooms.push_back(room);
    return rooms;
}

void FrontOffice::settle() {
    for (const auto& room : rooms())
        while (!room->is_idle())
            std::this_thread::sleep_for(std::chrono::milliseconds{5});
}

Result<void> FrontOffice::catch_up() {
    for (const auto& room : rooms()) {
        auto read = room->catch_up();
        if (!read) return read;
    }
    return {};
}

}  // namespace balcao::office
