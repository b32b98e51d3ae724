#include "main/post_office.hpp"

#include <fmt/format.h>

#include "connect/entity_secrets.hpp"
#include "connect/post.hpp"
#include "connect/secrets.hpp"
#include "connect/sms.hpp"
#include "crypto/certificates.hpp"
#include "main/console.hpp"
#include "text/file.hpp"

namespace balcao::cli {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t events_at_once = 10'000;

Error wrong(const std::string& option, const std::string& what) { return Error{Errc::invalid, what, option}; }

// The file of who vouches for the mail server, looked into: a wrong one would keep every letter waiting.
Result<std::string> authority_of(const Serve& command) {
    const std::string& file = command.mail_authority;
    if (file.empty()) return file;
    if (command.mail.empty())
        return wrong("--mail-authority", "there is no mail server to vouch for; name it with --mail");
    const auto text = text::read_file(file);
    if (!text) return wrong("--mail-authority", file + " cannot be read; name a file of certificates (PEM)");
    if (crypto::certificates_in(*text).value_or(0) == 0)
        return wrong("--mail-authority",
                     file + " holds no certificate that can be read; name a file of certificates (PEM)");
    return file;
}

bool is_web(const std::string& address) {
    return address.starts_with("http://") || address.starts_with("https://");
}

}  // namespace

Result<PostOptions> PostOptions::from_command(const Serve& command) {
    PostOptions options;
    options.server = command.mail;
    options.from = command.mail_from;
    options.sms = command.sms;
    options.address = command.address.empty() ? "http://" + command.listen : command.address;
    options.meetings = command.meetings;
    const bool is_smtp = options.server.starts_with("smtp://") || options.server.starts_with("smtps://");
    if (!options.server.empty() && !is_smtp)
        return wrong("--mail", "write smtp://host:port, or smtps://host:port");
    if (options.server.find('@') != std::string::npos)
        return wrong("--mail", "name and password do not stand here; put them into the file of --secrets");
    if (!options.server.empty() && !connect::parse_sender(options.from))
        return wrong("--mail-from", "write City <no-reply@city.example>");
    BALCAO_TRY(options.mail_authority, authority_of(command));
    if (!options.sms.empty() && !is_web(options.sms)) return wrong("--sms", "write https://host/path");
    if (!is_web(options.address)) return wrong("--address", "write https://city.example");
    if (!is_web(options.meetings)) return wrong("--meetings", "write https://meet.example");
    BALCAO_TRY(const auto secrets, connect::read_secrets(command.secrets));
    for (const auto& [name, value] : secrets) {
        if (name == "mail-user")
            options.mail_user = value;
        else if (name == "mail-password")
            options.mail_password = value;
        else if (name == "sms-token")
            options.sms_token = value;
        else if (!connect::is_of_entity(name))
            return wrong("--secrets",
                         name + " is none of mail-user, mail-password, sms-token, entity.KEY.token");
    }
    const bool is_shown = command.is_demonstration;
    options.ways = {.mail = is_shown || !options.server.empty(), .phone = is_shown || !options.sms.empty()};
    return options;
}

connect::SmtpSettings PostOptions::smtp(connect::Stops stops) const {
    return {.server = server,
            .from = *connect::parse_sender(from),
            .user = mail_user,
            .password = mail_password,
            .authority = mail_authority,
            .stops = std::move(stops)};
}

connect::HandOver PostOptions::hand_over() const {
    return server.empty() ? connect::HandOver{} : connect::hand_over_to(smtp({}));
}

PostOffice::PostOffice(PostOptions options,
                       journal::Store& store,
                       const Clock& clock,
                       const crypto::SecretKey& installation)
    : options_{std::move(options)},
      clock_{clock},
      outbox_{store, clock, installation},
      meetings_{installation, options_.meetings} {}

PostOffice::~PostOffice() { stop(); }

void PostOffice::put_into(web::Settings& settings) {
    settings.outbox = &outbox_;
    settings.ways = options_.ways;
    settings.address = options_.address;
    settings.meetings = &meetings_;
}

std::unique_ptr<letters::Carrier> PostOffice::carrier(web::Pages& pages, bool is_demonstration) {
    if (is_demonstration) return std::make_unique<web::Shown>(pages.mailbox(), clock_);
    const auto stops = [this] { return stops_.load(); };
    std::unique_ptr<letters::Carrier> mail;
    std::unique_ptr<letters::Carrier> phone;
    if (options_.ways.mail) mail = std::make_unique<connect::Smtp>(options_.smtp(stops));
    if (options_.ways.phone)
        phone = std::make_unique<connect::Sms>(
            connect::SmsSettings{.url = options_.sms, .token = options_.sms_token, .stops = stops});
    return std::make_unique<connect::Post>(std::move(mail), std::move(phone), clock_);
}

Result<void> PostOffice::round(web::Pages& pages, office::FrontOffice& office, booking::Bookings& bookings) {
    while (!stops_) {
        BALCAO_TRY(const std::size_t taken, outbox_.catch_up(events_at_once));
        if (taken == 0) break;
    }
    if (const Instant now = clock_.now(); now >= next_reminders_) {
        if (auto reminded = letters::Outbox::remind(bookings, office.model(), now); !reminded)
            return reminded;
        next_reminders_ = now + 1min;
    }
    const auto position = [&](const letters::TicketName& ticket) { return pages.ahead_of(ticket); };
    if (auto rung = outbox_.ring(position); !rung) return rung;
    const auto write = [&](const letters::Owed& owed, const std::optional<booking::Contact>& contact) {
        return pages.write(owed, contact);
    };
    BALCAO_TRY([[maybe_unused]] const std::size_t delivered,
               outbox_.carry_due(write, *carrier_, [this] { return stops_.load(); }));
    return {};
}

void PostOffice::start(web::Pages& pages,
                       office::FrontOffice& office,
                       booking::Bookings& bookings,
                       bool is_demonstration) {
    if (!options_.ways.mail && !options_.ways.phone) return;
    carrier_ = carrier(pages, is_demonstration);
    thread_ = std::jthread{[this, &pages, &office, &bookings] {
        std::string trouble;
        while (!stops_) {
            const auto done = round(pages, office, bookings);
            const std::string now = done ? "" : done.error().what;
            if (now != trouble) complain(now.empty() ? "letters: work again" : "letters: " + now);
            trouble = now;
            for (int tenths = 0; tenths < 5 && !stops_; ++tenths)
                std::this_thread::sleep_for(100ms);
        }
    }};
}

void PostOffice::stop() {
    stops_ = true;
    if (thread_.joinable()) thread_.join();
}

}  // namespace balcao::cli
