#include "office/front_office.hpp"

#include <thread>

#include "office/room.hpp"

namespace balcao::office {

Result<std::unique_ptr<FrontOffice>> FrontOffice::open(journal::Store& store,
                                                       const Clock& clock,
                                                       std::shared_ptr<const model::Model> model) {
    auto zone = Zone::find(model->time_zone);
    if (!zone) return zone.error();
    std::unique_ptr<FrontOffice> office{new FrontOffice{store, clock, model, *std::move(zone)}};
    for (const auto& site : model->sites) {
        auto layout = Layout::of(model, site.key);
        if (!layout) return layout.error();
        office->layouts_.emplace(site.key, *std::move(layout));
    }
    return office;
}

FrontOffice::FrontOffice(journal::Store& store,
                         const Clock& clock,
                         std::shared_ptr<const model::Model> model,
                         Zone zone)
    : store_{store}, clock_{clock}, model_{std::move(model)}, zone_{std::move(zone)} {}

FrontOffice::~FrontOffice() = default;

void FrontOffice::listen(Listener listener) { listeners_.push_back(std::move(listener)); }

std::shared_ptr<const Layout> FrontOffice::layout(const model::SiteKey& site) const {
    const auto found = layouts_.find(site);
    return found == layouts_.end() ? nullptr : found->second;
}

std::shared_ptr<Room> FrontOffice::room(const model::SiteKey& site, std::optional<Date> date) {
    const auto plan = layout(site);
    if (plan == nullptr) return nullptr;
    const Date day = date.value_or(zone_.at(clock_.now()).date);
    const std::lock_guard lock{mutex_};
    auto& room = rooms_[{site, day}];
    if (room == nullptr) room = std::make_shared<Room>(store_, clock_, zone_, listeners_, plan, day);
    return room;
}

Result<void> FrontOffice::handle(Request request, Answered answered) {
    const auto found = room(request.site, request.date);
    if (found == nullptr) return Error{Errc::not_found, "there is no site " + request.site.text(), "site"};
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
