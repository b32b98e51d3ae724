#pragma once
// What people outside are written: joins the outbox to the pages that know the words and to the ways out of
// the house, and carries what is due on a thread of its own. Used by `serve`.
#include <atomic>
#include <memory>
#include <string>
#include <thread>

#include "connect/entity_mail.hpp"
#include "connect/meeting.hpp"
#include "connect/smtp.hpp"
#include "letters/outbox.hpp"
#include "main/commands.hpp"
#include "web/pages.hpp"

namespace balcao::cli {

// The ways, as the options say them. Error: invalid, with the option.
struct PostOptions {
    web::Ways ways;
    std::string server{};  // of mail
    std::string from{};
    std::string mail_user{};
    std::string mail_password{};
    std::string mail_authority{};
    std::string sms{};
    std::string sms_token{};
    std::string address{};  // of the pages
    std::string meetings{};

    static Result<PostOptions> from_command(const Serve& command);

    [[nodiscard]] connect::SmtpSettings smtp(connect::Stops stops) const;
    // How letters to entities leave; empty: they do not.
    [[nodiscard]] connect::HandOver hand_over() const;
};

class PostOffice {
public:
    // Store, clock and bookings must outlive it.
    PostOffice(PostOptions options,
               journal::Store& store,
               const Clock& clock,
               const crypto::SecretKey& installation);
    ~PostOffice();
    PostOffice(const PostOffice&) = delete;
    PostOffice& operator=(const PostOffice&) = delete;
    PostOffice(PostOffice&&) = delete;
    PostOffice& operator=(PostOffice&&) = delete;

    // What the pages are told of it.
    void put_into(web::Settings& settings);

    // Begins to carry; `is_demonstration`: nothing leaves the house, the pages show it. Pages, office and
    // bookings must outlive this, or `stop` come first.
    void start(web::Pages& pages,
               office::FrontOffice& office,
               booking::Bookings& bookings,
               bool is_demonstration);
    void stop();

private:
    std::unique_ptr<letters::Carrier> carrier(web::Pages& pages, bool is_demonstration);
    Result<void> round(web::Pages& pages, office::FrontOffice& office, booking::Bookings& bookings);

    PostOptions options_;
    const Clock& clock_;
    letters::Outbox outbox_;
    connect::Jitsi meetings_;
    std::unique_ptr<letters::Carrier> carrier_;
    Instant next_reminders_{};
    std::atomic<bool> stops_{false};
    std::jthread thread_;
};

}  // namespace balcao::cli
