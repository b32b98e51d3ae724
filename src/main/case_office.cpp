#include "main/case_office.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "cases/terms.hpp"
#include "crypto/hash.hpp"
#include "crypto/keys.hpp"

namespace balcao::cli {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t events_read_at_once = 4'096;
constexpr std::size_t carriers = 2;
// How long somebody who has nothing to carry waits before looking again, at most and at least.
constexpr std::chrono::milliseconds rest_most = 250ms;
constexpr std::chrono::milliseconds rest_least = 5ms;

// The model was opened by the office, so its time zone is one.
cases::Settings settings_for(const model::Model& model) {
    cases::Settings settings{*Zone::find(model.time_zone)};
    settings.entities.replace(cases::terms_of(model));
    const std::string word = crypto::random_bytes(8);
    settings.server = "server-" + crypto::to_hex(word);
    for (const char byte : word)
        settings.seed = settings.seed << 8U | static_cast<unsigned char>(byte);
    return settings;
}

Error unread() { return {Errc::unavailable, "the journal cannot be read or written now"}; }

}  // namespace

CaseOffice::CaseOffice(journal::Store& store,
                       const Clock& clock,
                       const crypto::SecretKey& installation,
                       const model::Model& model,
                       const CaseOptions& options)
    : clock_{clock},
      settings_{settings_for(model)},
      cases_{store, clock, stopwatch_, installation, settings_},
      secrets_{options.secrets, options.stand_ins != nullptr ? options.stand_ins->credentials()
                                                             : connect::EntityCredentials{}},
      address_{options.address},
      ways_{line(clock, options),
            {.pages = [this] { return address_; },
             .hand_over = options.hand_over,
             .signing = connect::EntityLinks{installation}}} {
    ways_.adopt(model);
}

connect::EntityLine CaseOffice::line(const Clock& clock, const CaseOptions& options) {
    connect::EntityLine line{secrets_, clock, options.address, [this] { return is_ending_.load(); }};
    if (options.stand_ins != nullptr)
        line.stand_in = [all = options.stand_ins](std::string_view name) { return all->address(name); };
    return line;
}

void CaseOffice::be_found_at(const std::string& address) { address_ = address; }

std::vector<std::string> CaseOffice::secrets_of(const model::EntityKey& entity) {
    return connect::signing_secrets_of(secrets_.of(entity));
}

CaseOffice::~CaseOffice() { stop(); }

void CaseOffice::adopt(const model::Model& model) {
    settings_.entities.replace(cases::terms_of(model));
    cases_.agree();
    const std::lock_guard lock{mutex_};
    if (!ways_.adopt(model) || !is_carrying_) return;
    end();
    begin();
}

Result<void> CaseOffice::catch_up() {
    for (;;) {
        BALCAO_TRY(const std::size_t taken, cases_.catch_up(events_read_at_once));
        if (taken == 0) return {};
    }
}

Result<void> CaseOffice::compare() {
    const Instant now = clock_.now();
    const Date today = settings_.zone.at(now).date;
    const Instant since = now - cases::Cases::compared_most;
    Result<void> done{};
    for (const auto& [entity, connector] : ways_.connectors()) {
        if (compared_[entity] == today) continue;
        const auto before = cases_.sent_to(entity, since);
        if (std::holds_alternative<cases::Refusal>(before)) return unread();
        auto there = connector.get().list(since);
        if (!there && there.error().code != Errc::not_found) {
            done = Error{there.error().code, "the list of " + entity.text() + ": " + there.error().what};
            continue;
        }
        if (there) {
            const auto compared =
                cases_.compare({entity, since, std::get<0>(before), *std::move(there)},
                               fmt::format("comparison/{}/{}", entity.text(), format_date(today)));
            if (std::holds_alternative<cases::Refusal>(compared)) return unread();
        }
        compared_[entity] = today;
    }
    return done;
}

void CaseOffice::start() {
    const std::lock_guard lock{mutex_};
    is_carrying_ = true;
    begin();
}

void CaseOffice::stop() {
    is_ending_ = true;
    const std::lock_guard lock{mutex_};
    is_carrying_ = false;
    end();
}

void CaseOffice::begin() {
    connectors_ = ways_.connectors();
    carrier_ = cases_.carry(connectors_);
    for (std::size_t number = 0; number < carriers; ++number)
        threads_.emplace_back([this](const std::stop_token& stop) { carry(stop); });
}

void CaseOffice::end() {
    for (auto& thread : threads_)
        thread.request_stop();
    threads_.clear();
}

void CaseOffice::carry(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        if (carrier_->work()) continue;
        const auto next = carrier_->next();
        const auto rest = next ? *next - stopwatch_.elapsed() : rest_most;
        std::this_thread::sleep_for(std::clamp(rest, rest_least, rest_most));
    }
}

}  // namespace balcao::cli
