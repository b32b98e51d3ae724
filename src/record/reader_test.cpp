#include "record/reader.hpp"

#include <map>

#include <doctest/doctest.h>

#include "base/set_clock.hpp"
#include "booking/booking_event.hpp"
#include "journal/memory_store.hpp"
#include "journal/settle.hpp"
#include "record/hall_test.hpp"
#include "record/law.hpp"
#include "record/site_record.hpp"

namespace balcao::record {
namespace {

const model::SiteKey shop_key{"shop"};
const Date tuesday = *parse_date("2026-11-24");

// A journal with the halls and books of one day after the other, and the editions that they went by.
struct Town {
    journal::MemoryStore store;
    SetClock clock{Told::instant(20 * 60)};
    std::map<office::Edition, std::shared_ptr<const model::Model>> editions{
        {1, std::make_shared<const model::Model>(shop_of_test())}};
    std::map<std::string, journal::StreamEnd> ends{};

    void write(const std::string& stream, journal::Draft draft, double minute) {
        journal::Commit commit;
        journal::append(commit, stream, ends[stream], std::move(draft), Told::instant(minute));
        REQUIRE(journal::write_and_wait(store, std::move(commit)) == journal::Outcome::written);
        const auto events = store.read(stream, 0);
        REQUIRE(events.has_value());
        ends[stream] = {events->back().version, events->back().salt};
    }

    void hall(const office::HallEvent& event, double minute, Date date = tuesday) {
        write(office::stream_of(shop_key, date), office::encode(event), minute);
    }

    void book(const booking::BookEvent& event, double minute) {
        write("book/shop/" + format_date(tuesday), booking::encode(event), minute);
    }

    void begun(std::uint32_t number, double minute, Date date = tuesday) {
        office::VisitBegun event;
        event.number = {number};
        event.legs.push_back({model::ServiceKey{"identity"}, {}, {}});
        event.channel = "kiosk";
        hall(event, minute, date);
    }

    [[nodiscard]] Reader reader() {
        const auto now = [this] {
            return office::NumberedModel{editions.rbegin()->second, editions.rbegin()->first};
        };
        const auto find = [this](office::Edition edition) -> Result<std::shared_ptr<const model::Model>> {
            const auto found = editions.find(edition);
            if (found == editions.end()) return Error{Errc::not_found, "none"};
            return found->second;
        };
        auto made = Reader::of(store, {now, find}, clock);
        REQUIRE(made.has_value());
        return *std::move(made);
    }
};

std::shared_ptr<const model::Model> changed(const std::function<void(model::Model&)>& change) {
    auto model = shop_of_test();
    change(model);
    return std::make_shared<const model::Model>(std::move(model));
}

booking::Placed placed(const std::string& person) {
    booking::Placed what;
    what.start = Told::instant(ten);
    what.minutes = 20;
    what.window = model::WindowKey{"morning"};
    what.channel = model::ChannelKey{"counter"};
    what.services = {model::ServiceKey{"identity"}};
    what.code = "AAAAAA";
    what.person = booking::PersonName{person};
    return what;
}

}  // namespace

TEST_CASE("each day is judged by the version of the model that it went by, the last of several") {
    Town town;
    town.begun(1, ten);
    const Date wednesday = tuesday + std::chrono::days{1};
    town.begun(1, ten + 1440, wednesday);
    town.hall(office::ModelFollowed{2}, ten + 1500, wednesday);
    town.clock.set(Told::instant(3000));
    const auto reader = town.reader();
    town.editions[2] = changed([](model::Model& model) { model.sites[0].open.weekly.clear(); });
    const auto before = reader.day(shop_key, tuesday);
    REQUIRE(before.has_value());
    CHECK(before->model == town.editions[1]);
    CHECK(law_day(*before, *before->model, reader.zone()).is_open_day);
    const auto after = reader.day(shop_key, wednesday);
    REQUIRE(after.has_value());
    CHECK(after->model == town.editions[2]);
    CHECK_FALSE(law_day(*after, *after->model, reader.zone()).is_open_day);
    const auto empty = reader.day(shop_key, wednesday + std::chrono::days{1});
    REQUIRE(empty.has_value());
    CHECK(empty->model == town.editions[2]);
}

TEST_CASE("a site that was taken out of the model keeps its record") {
    Town town;
    town.begun(1, ten);
    town.editions[2] = changed([](model::Model& model) { model.sites[0].key = model::SiteKey{"other"}; });
    int days = 0;
    const auto span = town.reader().each({.site = shop_key}, [&](const HallDay& day) {
        CHECK(day.site == shop_key);
        ++days;
        return true;
    });
    CHECK(span.has_value());
    CHECK(days == 1);
    CHECK_FALSE(town.reader().each({.site = model::SiteKey{"none"}}, [](const HallDay&) { return true; }));
}

TEST_CASE("who did not come counts whether the person or staff made the appointment; a mere hold does not") {
    Town town;
    const booking::BookingKey by_staff{"shop.2026-11-24.AAAA"};
    const booking::BookingKey by_person{"shop.2026-11-24.BBBB"};
    const booking::BookingKey hold{"shop.2026-11-24.CCCC"};
    town.book(booking::BookingHeld{by_staff, placed("ana"), {}, booking::ClerkKey{"rui"}}, 60);
    town.book(booking::BookingHeld{by_person, placed(""), Told::instant(80), {}}, 61);
    town.book(booking::BookingConfirmed{by_person, {}}, 62);
    town.book(booking::BookingHeld{hold, placed(""), Told::instant(80), {}}, 63);
    for (const auto& key : {by_staff, by_person, hold})
        town.book(booking::BookingMissed{key}, ten + 60);
    const auto day = town.reader().day(shop_key, tuesday);
    REQUIRE(day.has_value());
    REQUIRE(day->booked.size() == 1);
    CHECK(day->booked.front().second == BookedDay{2, 2});
}

TEST_CASE("the page of a site shows a day that may still change as it was at most half a minute ago") {
    Town town;
    town.begun(1, ten);
    const SiteRecords records{town.reader()};
    const auto tickets = [&]() -> std::int64_t {
        const auto weeks = records.weeks(shop_key, 1);
        REQUIRE(weeks.has_value());
        return weeks->front().sums.arrivals;
    };
    CHECK(tickets() == 1);
    town.begun(2, ten + 1);
    CHECK(tickets() == 1);
    town.clock.pass(std::chrono::seconds{31});
    CHECK(tickets() == 2);
}

}  // namespace balcao::record
