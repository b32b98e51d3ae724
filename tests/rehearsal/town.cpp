#include "town.hpp"

#include <sodium.h>

#include "base/check.hpp"
#include "model/read.hpp"

namespace balcao::rehearsal {
namespace {

constexpr const char* town_text = R"(balcao: 1
name: {pt: Vila, en: Town, es: Villa}
languages: [pt, en, es]
time_zone: Europe/Lisbon
first_day: 2026-01-05
services:
  identity: {name: {pt: Cartão de cidadão, en: Identity card, es: Documento de identidad}, duration: 6 min}
  tax: {name: {pt: Finanças, en: Tax, es: Hacienda}, duration: 6 min}
  deeds: {name: {pt: Registos, en: Deeds, es: Registros}, duration: 9 min}
sites:
  shop:
    name: {pt: Loja, en: Shop, es: Tienda}
    open: {mon-sun: "09:00-17:00"}
    tickets: {first: 1, last: 400, calls: 2}
    queue: [priority, booked_due, arrival]
    appointments:
      per_person: {open: 2, per_day: 1}
      windows:
        every: {days: mon-sun, hours: "09-17", slot: 30 min, places: 1, services: [identity, deeds]}
    desks:
      both: {name: {pt: Balcão, en: Counter, es: Mostrador}, count: 2, serves: [identity, tax]}
      deeds: {name: {pt: Registos, en: Deeds, es: Registros}, count: 1, serves: [deeds]}
demand:
  - {site: shop, service: identity, arrivals: {poisson: 10 per hour}}
)";

thread_local Dice secrets{0};

const char* implementation_name() { return "rehearsal"; }

std::uint32_t draw_word() { return static_cast<std::uint32_t>(secrets.draw()); }

void draw_bytes(void* buffer, std::size_t count) {
    auto* bytes = static_cast<unsigned char*>(buffer);
    for (std::size_t at = 0; at < count; ++at)
        bytes[at] = static_cast<unsigned char>(secrets.draw());
}

randombytes_implementation from_the_seed{implementation_name, draw_word, nullptr, nullptr,
                                         draw_bytes,          nullptr};

Answer answer_of(const http::Response& response) {
    std::string cookie{response.headers.text("set-cookie")};
    cookie.resize(std::min(cookie.find(';'), cookie.size()));
    return {response.status, std::string{response.headers.text("location")}, std::move(cookie),
            std::string{http::view_of(response.body)}};
}

// The address that a letter asks to open: the part behind the host, up to the end of its line.
std::string address_in(const std::string& text) {
    const auto at = text.find("http://");
    if (at == std::string::npos) return {};
    const auto path = text.find('/', at + 7);
    return text.substr(path, text.find_first_of(" \n", path) - path);
}

}  // namespace

void draw_secrets_from(std::uint64_t seed) {
    [[maybe_unused]] static const bool is_set = [] {
        BALCAO_CHECK(randombytes_set_implementation(&from_the_seed) == 0);
        BALCAO_CHECK(sodium_init() >= 0);
        return true;
    }();
    secrets = Dice{seed ^ 0xB0A7U};
}

crypto::SecretKey installation_key() { return *crypto::SecretKey::from(std::string(32, 'r')); }

std::shared_ptr<const model::Model> town_model() {
    static const auto model = [] {
        const model::MemoryFiles files{{{"town.yaml", town_text}}};
        auto read = model::read_model("town.yaml", files, {});
        BALCAO_CHECK(read.value.has_value());
        return std::make_shared<const model::Model>(*std::move(read.value));
    }();
    return model;
}

Server::Server(journal::MemoryStore& disk, Dice& dice, Tally& tally, const Instant& town)
    : clock{town}, line{disk, dice, tally} {
    start();
}

void Server::start() {
    die();
    auto opened = office::FrontOffice::open(line, clock, town_model());
    BALCAO_CHECK(opened.has_value());
    office = *std::move(opened);
    staff::Settings settings;
    settings.cost = crypto::PasswordCost::lowest;
    settings.second_factor = staff::SecondFactor::as_one_likes;
    // A journal that cannot be read keeps a server from starting; whoever starts it tries again.
    for (;;) {
        auto people = staff::Staff::open(line, clock, installation_key(), settings);
        if (!people) continue;
        staff = *std::move(people);
        break;
    }
    booking::Settings of_bookings;
    of_bookings.tells_of_cancelling = true;
    auto books = booking::Bookings::open(line, clock, installation_key(), *town_model(), of_bookings);
    BALCAO_CHECK(books.has_value());
    bookings = *std::move(books);
    for (;;) {
        auto machines = device::Devices::open(line, clock, installation_key());
        if (!machines) continue;
        devices = *std::move(machines);
        break;
    }
    cases = std::make_unique<cases::Cases>(line, clock, stopwatch, installation_key(), agreed);
    outbox = std::make_unique<letters::Outbox>(line, clock, installation_key());
    pages_ = std::make_unique<web::Pages>(web::Rooms{*office, *staff, *bookings, *devices, *cases}, clock,
                                          web::Settings{.installation = installation_key(),
                                                        .workers = 0,
                                                        .outbox = outbox.get(),
                                                        .ways = {.mail = true, .phone = false},
                                                        .address = "http://town.example"});
    router_ = pages_->router();
}

void Server::die() {
    ++life_;
    line.die();
    router_ = http::Router{};
    pages_.reset();
    outbox.reset();
    cases.reset();
    devices.reset();
    bookings.reset();
    staff.reset();
    office.reset();
}

void Server::ask(const http::Asked& asked, std::function<void(Answer)> answered) {
    const auto taken = http::answer_here(
        router_, asked, [this, life = life_, answered = std::move(answered)](const http::Response& response) {
            if (life == life_) answered(answer_of(response));
        });
    BALCAO_CHECK(taken.has_value());
}

void Server::catch_up() {
    static_cast<void>(office->catch_up().has_value());
    static_cast<void>(staff->catch_up().has_value());
    for (;;) {
        const auto taken = bookings->catch_up(1000);
        if (!taken || *taken == 0) return;
    }
}

namespace {

// Whoever gets a letter has it in hand at once.
class Postman final : public letters::Carrier {
public:
    explicit Postman(std::vector<std::pair<std::string, std::string>>& letters) : letters_{letters} {}

    letters::Delivery carry(const letters::Message& message) override {
        if (message.text.find("/confirm/") != std::string::npos)
            letters_.emplace_back(message.mail, address_in(message.text));
        return {};
    }

private:
    std::vector<std::pair<std::string, std::string>>& letters_;
};

}  // namespace

void Server::carry() {
    static_cast<void>(outbox->catch_up(1000).has_value());
    Postman postman{letters};
    const auto write = [this](const letters::Owed& owed, const std::optional<booking::Contact>& contact) {
        return pages_->write(owed, contact);
    };
    static_cast<void>(outbox->carry_due(write, postman, [] { return false; }).has_value());
}

}  // namespace balcao::rehearsal
