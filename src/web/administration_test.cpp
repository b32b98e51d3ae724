// The model changed on its pages while the office works: by forms and as a whole text, seen before it is
// published, refused where people would be stranded, and taken back.
#include "web/town_test.hpp"

using namespace balcao;
using namespace balcao::web;

namespace {

const std::string home = "/en/administration";

struct Admin {
    Town& town;
    std::string cookie = sign_in(town);

    [[nodiscard]] http::Answer get(const std::string& path) const {
        return town.get(path, {{"Cookie", cookie}});
    }

    [[nodiscard]] http::Answer post(const std::string& path, const std::string& form) const {
        return town.ask(http::Method::post, path, form, {{"Cookie", cookie}});
    }

    // The preview of a change, and what pressing its button leads to.
    [[nodiscard]] http::Answer publish(const std::string& change, const std::string& based_on = "") const {
        const auto now = std::to_string(town.editions->in_force()->entry.number);
        return post(home + "/publish",
                    change + "&note=why+not&based-on=" + (based_on.empty() ? now : based_on));
    }
};

// Monday to Friday with these hours, as the form sends them.
std::string hours(const std::string& range) {
    std::string form = "kind=hours&site=shop&sat=&sun=";
    for (const char* day : {"mon", "tue", "wed", "thu", "fri"})
        form += std::string{"&"} + day + "=" + range;
    return form;
}

std::string urlencoded(std::string_view text) {
    std::string out;
    constexpr std::string_view digits = "0123456789ABCDEF";
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        out += {'%', digits[byte >> 4U], digits[byte & 15U]};
    }
    return out;
}

std::string text_in_force(const Town& town) {
    return *town.editions->text_of(town.editions->in_force()->entry.number);
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    REQUIRE(text.find(from) != std::string::npos);
    return text.replace(text.find(from), from.size(), to);
}

}  // namespace

TEST_CASE("only who may change the model sees its pages; others are sent to sign in or told") {
    Town town;
    CHECK(town.get(home).status == 303);
    const Admin admin{town};
    CHECK(admin.get(home).status == 200);
    const std::string cookie = colleague(town, "rui", staff::Role::manager);
    const auto told = town.get(home, {{"Cookie", cookie}});
    CHECK(told.status == 403);
    CHECK(has(told, "Your account may not do this"));
    CHECK(town.ask(http::Method::post, home + "/publish", hours("10:00-12:00"),
                   {{"Cookie", admin.cookie}, {"Sec-Fetch-Site", "cross-site"}})
              .status == 403);
}

TEST_CASE(
    "hours changed in the middle of a day are on the citizen's page at once, and the old ones when they "
    "are back") {
    Town town;
    const Admin admin{town};
    REQUIRE(town.take("service=identity").status == 303);
    const auto preview = admin.post(home + "/preview", hours("08:00-09:30") + "&based-on=1");
    CHECK(preview.status == 200);
    CHECK(has(preview, "09:30"));
    CHECK(has(preview, "People who wait at Shop now: 1."));
    CHECK(town.editions->in_force()->entry.number == 1);
    const auto published = admin.publish(hours("08:00-09:30"));
    CHECK(published.status == 303);
    CHECK(location_of(published) == home + "?published=yes");
    CHECK(has(admin.get(location_of(published)), "Version"));
    CHECK(has(town.get("/en/sites/shop"), "08:00–09:30"));
    CHECK(town.take("service=identity").status == 409);
    CHECK(has(admin.get(home + "/versions/2"), "open"));
    const auto back = admin.publish("kind=back&to=1");
    CHECK(back.status == 303);
    CHECK(has(town.get("/en/sites/shop"), "09:00–17:00"));
    CHECK(town.take("service=identity").status == 303);
    CHECK(has(admin.get(home + "/versions/3"), "It goes back to version 1."));
    CHECK(has(admin.get(home), "why not"));
}

TEST_CASE(
    "a field that cannot be read is named with the cure, in three languages, and what was typed stays") {
    Town town;
    const Admin admin{town};
    const std::pair<const char*, const char*> told[] = {
        {"en", "Write hours like"}, {"pt", "Escreva horas como"}, {"es", "Escriba horas como"}};
    for (const auto& [language, words] : told) {
        const auto answer =
            admin.post("/" + std::string{language} + "/administration/preview", hours("nine+to+five"));
        CHECK(answer.status == 422);
        CHECK(has(answer, words));
        CHECK(has(answer, "nine to five"));
        CHECK(has(answer, "aria-invalid"));
    }
    CHECK(has(admin.post(home + "/preview", "kind=desks&site=shop&desks=both&count=0"), "from 1 to 999"));
    CHECK(
        has(admin.post(home + "/preview", "kind=closure&site=shop&what=close&date=soon"), "Choose the date"));
    CHECK(has(admin.post(home + "/preview", "kind=site-name&site=shop&name-pt=Loja&name-en=&name-es=T"),
              "every language"));
    CHECK(town.editions->entries().size() == 1);
}

TEST_CASE(
    "hours are shortened though people were expected then: that is said before, by names, in three "
    "languages") {
    Town town;
    const Admin admin{town};
    const auto expected =
        replaced(text_in_force(town), "{poisson: 10 per hour}", R"({per_hour: {"09-12": 9, "14-17": 8}})");
    REQUIRE(admin.publish("kind=text&text=" + urlencoded(expected)).status == 303);
    const std::pair<const char*, const char*> told[] = {
        {"en", "Shop is closed at 14:00-17:00: whoever is expected then does not come"},
        {"pt", "Loja está encerrado às 14:00-17:00"},
        {"es", "Tienda está cerrado a las 14:00-17:00"}};
    for (const auto& [language, words] : told) {
        const auto answer = admin.post("/" + std::string{language} + "/administration/preview",
                                       hours("09:00-13:00") + "&based-on=2");
        CHECK(answer.status == 200);
        CHECK(has(answer, words));
        CHECK_FALSE(has(answer, "shop is closed"));
    }
    CHECK(admin.publish(hours("09:00-13:00")).status == 303);
    CHECK(has(town.get("/en/sites/shop"), "09:00–13:00"));
    // What was so before is not said again.
    CHECK_FALSE(has(admin.post(home + "/preview", hours("09:00-13:30") + "&based-on=3"), "is expected then"));
}

TEST_CASE("hours are read as people write them") {
    Town town;
    const Admin admin{town};
    CHECK(admin.publish(hours("9-12,+13:30+–+17:00")).status == 303);
    CHECK(has(town.get("/en/sites/shop"), "09:00–12:00, 13:30–17:00"));
}

TEST_CASE("a closed day, more desks and other names are each one form") {
    Town town;
    const Admin admin{town};
    CHECK(admin.publish("kind=closure&site=shop&what=close&date=2026-01-06").status == 303);
    CHECK(town.office->model().sites[0].open.closed.size() == 1);
    CHECK(has(admin.get(home + "/sites/shop"), "6 January 2026"));
    CHECK(admin.publish("kind=closure&site=shop&what=open&date=2026-01-06").status == 303);
    CHECK(town.office->model().sites[0].open.closed.empty());
    CHECK(admin.publish("kind=desks&site=shop&desks=both&count=7").status == 303);
    CHECK(town.office->layout(model::SiteKey{"shop"})->desks_in(office::DeskKey{"both"}) == 7);
    CHECK(admin.publish("kind=site-name&site=shop&name-pt=Casa&name-en=House&name-es=Casita").status == 303);
    CHECK(has(town.get("/es"), "Casita"));
    CHECK(
        admin.publish("kind=service-name&service=tax&name-pt=Imposto&name-en=Dues&name-es=Tributo").status ==
        303);
    CHECK(has(town.get("/en/sites/shop"), "Dues"));
    CHECK(town.editions->entries().size() == 6);
}

TEST_CASE(
    "other hours on one day are a form, with why, and the page of the site says so; the usual ones again") {
    Town town;
    const Admin admin{town};
    const std::string eve =
        "kind=date-hours&site=shop&date=2026-01-06&hours=9-12&name-pt=V%C3%A9spera&name-en=Eve"
        "&name-es=V%C3%ADspera";
    const auto preview = admin.post(home + "/preview", eve + "&based-on=1");
    CHECK(has(preview, "sites.shop.open"));
    CHECK(admin.publish(eve).status == 303);
    CHECK(has(town.get("/en/sites/shop"), "09:00–12:00 (Eve)"));
    CHECK(has(town.get("/pt/sites/shop"), "09:00–12:00 (Véspera)"));
    CHECK(has(admin.get(home + "/sites/shop"), "Tuesday, 6 January 2026: 09:00-12:00 (Eve)"));
    // Nothing is booked in the hours that went.
    const auto times = town.get("/en/sites/shop/book?service=identity&channel=counter");
    const auto at = [](int hour) { return std::to_string((1'767'657'600LL + hour * 3600) * 1000); };
    CHECK(has(times, "value=\"" + at(11) + "\""));
    CHECK_FALSE(has(times, "value=\"" + at(12) + "\""));
    CHECK(admin.publish("kind=date-hours&site=shop&what=usual&date=2026-01-06").status == 303);
    CHECK_FALSE(has(town.get("/en/sites/shop"), "(Eve)"));
    CHECK(has(town.get("/en/sites/shop/book?service=identity&channel=counter"), "value=\"" + at(12) + "\""));
}

TEST_CASE(
    "other hours without hours come back with what was typed; a closed day opens by them and shuts again") {
    Town town;
    const Admin admin{town};
    const auto wrong = admin.post(
        home + "/preview", "kind=date-hours&site=shop&date=2026-01-07&hours=noon&name-en=Eve&based-on=1");
    CHECK(wrong.status == 422);
    CHECK(has(wrong, "Write the hours of that day"));
    CHECK(has(wrong, "value=\"noon\""));
    CHECK(admin.publish("kind=closure&site=shop&what=close&date=2026-01-07").status == 303);
    CHECK(admin.publish("kind=date-hours&site=shop&date=2026-01-07&hours=10-11").status == 303);
    const auto& open = town.office->model().sites[0].open;
    CHECK(open.closed.empty());
    REQUIRE(open.dates.size() == 1);
    CHECK(admin.publish("kind=closure&site=shop&what=close&date=2026-01-07").status == 303);
    CHECK(town.office->model().sites[0].open.dates.empty());
}

TEST_CASE("a text with mistakes comes back with line and column, and with what was typed") {
    Town town;
    const Admin admin{town};
    CHECK(has(admin.get(home + "/text"), "Cartão de cidadão"));
    const auto wrong = replaced(text_in_force(town), "identity, tax", "identity, taks");
    const auto answer = admin.post(home + "/preview", "kind=text&based-on=1&text=" + urlencoded(wrong));
    CHECK(answer.status == 422);
    CHECK(has(answer, "taks"));
    const auto line =
        std::count(wrong.begin(), wrong.begin() + static_cast<long>(wrong.find("taks")), '\n') + 1;
    CHECK(has(answer, "<li>" + std::to_string(line) + ":"));
    const auto right = replaced(text_in_force(town), "last: 5", "last: 50");
    CHECK(admin.publish("kind=text&text=" + urlencoded(right)).status == 303);
    CHECK(town.office->model().sites[0].tickets.last == 50);
}

TEST_CASE("S102 a service that people wait for is not taken away; it is said how many and where") {
    Town town;
    const Admin admin{town};
    REQUIRE(town.take("service=tax").status == 303);
    auto without = replaced(text_in_force(town), "identity, tax", "identity");
    const auto papers = without.find("  papers:");  // a duty that is about nothing else
    without.erase(papers, without.find('\n', without.find("source:", papers)) + 1 - papers);
    const auto begin = without.find("  tax:");
    without.erase(begin, without.find("sites:") - begin);
    const std::string form = "kind=text&text=" + urlencoded(without);
    const auto preview = admin.post(home + "/preview", form);
    CHECK(preview.status == 409);
    CHECK(has(preview, "Tax at Shop would be gone. People who wait for it now: 1; at a desk: 0."));
    CHECK_FALSE(has(preview, "/administration/publish"));
    CHECK(admin.publish(form).status == 409);
    CHECK(town.editions->entries().size() == 1);
    std::get<office::Accepted>(town.command(office::Leave{office::Number{1}}));
    CHECK(admin.publish(form).status == 303);
    CHECK(has(town.get("/en"), "Shop"));
    CHECK_FALSE(has(town.get("/en/sites/shop"), "Tax"));
    CHECK(town.take("service=tax").status == 422);
}

TEST_CASE("of two people who edit at once the second is told what changed meanwhile, and may go on") {
    Town town;
    const Admin admin{town};
    CHECK(admin.publish("kind=desks&site=shop&desks=both&count=7", "1").status == 303);
    const auto late = admin.publish(hours("10:00-16:00"), "1");
    CHECK(late.status == 409);
    CHECK(has(late, "Somebody else has changed the model meanwhile."));
    CHECK(has(late, "count"));
    CHECK(has(late, "name=\"based-on\" value=\"2\""));
    CHECK(admin.publish(hours("10:00-16:00"), "2").status == 303);
    CHECK(town.office->layout(model::SiteKey{"shop"})->desks_in(office::DeskKey{"both"}) == 7);
    CHECK(has(town.get("/en/sites/shop"), "10:00–16:00"));
}

TEST_CASE("a change without a reason is not published, and the same form twice is published once") {
    Town town;
    const Admin admin{town};
    const std::string change = hours("10:00-16:00") + "&based-on=1&key=AAAAAAAAAAAAAAAAAAAAAAAAAA";
    const auto unsaid = admin.post(home + "/publish", change + "&note=");
    CHECK(unsaid.status == 409);
    CHECK(has(unsaid, "Write why"));
    CHECK(admin.post(home + "/publish", change + "&note=winter").status == 303);
    CHECK(admin.post(home + "/publish", change + "&note=winter").status == 303);
    CHECK(town.editions->entries().size() == 2);
}

TEST_CASE("appointments that would have no place are shown before with other times, and moved after") {
    Town town;
    const Admin admin{town};
    booking::Wanted wanted;
    wanted.site = model::SiteKey{"shop"};
    wanted.services = {model::ServiceKey{"identity"}};
    wanted.start = town.office->zone().midnight(*parse_date("2026-01-06")) + 16h;
    wanted.by = booking::ClerkKey{"ana"};
    booking::Contact contact;
    contact.name = "Bela";
    const auto booked = town.bookings->book(wanted, contact, "book");
    REQUIRE(std::holds_alternative<booking::Slip>(booked));
    const auto before = admin.post(home + "/preview", hours("09:00-15:00"));
    CHECK(has(before, "Appointments that would have no place"));
    CHECK(has(before, "Identity card at Shop, Tuesday, 6 January 2026, 16:00"));
    CHECK(has(before, "Free near it: Tuesday, 6 January 2026, 14:30"));
    CHECK(has(admin.get(home + "/clashes"), "None."));
    CHECK(admin.publish(hours("09:00-15:00")).status == 303);
    const auto clashes = admin.get(home + "/clashes");
    CHECK(has(clashes, "Move to Tuesday, 6 January 2026, 14:30"));
    const auto& slip = std::get<booking::Slip>(booked);
    const auto at = town.office->zone().midnight(*parse_date("2026-01-06")) + 14h + 30min;
    const auto moved = admin.post(home + "/clashes", "appointment=" + slip.booking.text() + "&site=shop&at=" +
                                                         std::to_string(at.time_since_epoch().count()));
    CHECK(moved.status == 303);
    CHECK(has(admin.get(location_of(moved)), "None."));
    const auto found = town.bookings->find(slip.booking, booking::People::left_out);
    REQUIRE(std::holds_alternative<booking::Appointment>(found));
    CHECK(std::get<booking::Appointment>(found).start == at);
}

TEST_CASE("a site with appointments to come is not taken away; it is said how many there are") {
    Town town;
    const Admin admin{town};
    const auto without = text_in_force(town);
    const auto with_branch = replaced(
        without, "\nsites:\n",
        "\nsites:\n  branch: {name: Branch, open: {mon-fri: \"09-17\"}, tickets: {first: 1, last: 5}, "
        "appointments: {windows: {every: {days: mon-fri, hours: \"09-17\", slot: 30 min, places: 1, "
        "services: [identity]}}}, desks: {one: {name: One, count: 1, serves: [identity]}}}\n");
    REQUIRE(admin.publish("kind=text&text=" + urlencoded(with_branch)).status == 303);
    booking::Wanted wanted;
    wanted.site = model::SiteKey{"branch"};
    wanted.services = {model::ServiceKey{"identity"}};
    wanted.start = town.office->zone().midnight(*parse_date("2026-01-06")) + 16h;
    wanted.by = booking::ClerkKey{"ana"};
    booking::Contact contact;
    contact.name = "Bela";
    const auto booked = town.bookings->book(wanted, contact, "book");
    REQUIRE(std::holds_alternative<booking::Slip>(booked));
    const std::string form = "kind=text&text=" + urlencoded(without);
    const auto preview = admin.post(home + "/preview", form);
    CHECK(preview.status == 409);
    CHECK(has(preview, "Branch would be gone. Appointments there that are still to come: 1."));
    CHECK_FALSE(has(preview, "/administration/publish"));
    CHECK(admin.publish(form).status == 409);
    CHECK(town.editions->entries().size() == 2);
    const booking::ByClerk hand{std::get<booking::Slip>(booked).booking, booking::ClerkKey{"ana"}};
    REQUIRE(std::holds_alternative<booking::Slip>(
        town.bookings->cancel(hand, booking::CancelReason::site_closed, "cancel")));
    CHECK(admin.publish(form).status == 303);
}

TEST_CASE("a model that no server could go over to is not published") {
    Town town;
    const Admin admin{town};
    std::string services;
    std::string most;
    std::string served = "identity";
    for (int place = 0; place < 65; ++place) {
        const std::string key = "s" + std::to_string(place);
        services += "  " + key + ": {name: " + key + ", duration: 6 min}\n";
        most += (most.empty() ? "" : ", ") + key + ": 1";
        served += ", " + key;
    }
    auto text = replaced(text_in_force(town), "\nservices:\n", "\nservices:\n" + services);
    text = replaced(
        text, "\nsites:\n",
        "\nsites:\n  branch: {name: Branch, open: {mon-fri: \"09-17\"}, tickets: {first: 1, last: 5}, "
        "appointments: {windows: {every: {hours: \"09-17\", slot: 30 min, places: 1, services: [" +
            served + "], most: {" + most + "}}}}, desks: {one: {name: One, count: 1, serves: [" + served +
            "]}}}\n");
    const std::string form = "kind=text&text=" + urlencoded(text);
    const auto preview = admin.post(home + "/preview", form);
    CHECK(preview.status == 409);
    CHECK(has(preview, "limits more than 64 services"));
    CHECK(admin.publish(form).status == 409);
    CHECK(town.editions->entries().size() == 1);
}
