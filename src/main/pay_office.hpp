#pragma once
// The money of a running server: who collects it, what is asked of them, what cases and payments have to say
// to each other. Used by `serve`; it decides nothing about a payment. In a demonstration a made-up bank gives
// out references and a made-up terminal takes cards; elsewhere there are tills alone until a provider is
// joined.
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include "fees/case_fees.hpp"
#include "pay/stand_in_provider.hpp"
#include "web/pages.hpp"

namespace balcao::cli {

class PayOffice {
public:
    // All must outlive it. Before anything happens to the cases, for it listens to them.
    PayOffice(journal::Store& store,
              const Clock& clock,
              const model::Model& model,
              cases::Cases& cases,
              bool is_demonstration);
    ~PayOffice();
    PayOffice(const PayOffice&) = delete;
    PayOffice& operator=(const PayOffice&) = delete;
    PayOffice(PayOffice&&) = delete;
    PayOffice& operator=(PayOffice&&) = delete;

    [[nodiscard]] fees::FeeOffice& fees() { return fees_; }

    // The pages collect here; those of a demonstration have a cash machine.
    void put_into(web::Settings& pages);

    // Reads what is new in the journal. Error: unavailable, invalid.
    Result<void> catch_up();

    // Settles the cases that something happened to, or to a payment of which: to be called every second.
    // Error: the journal cannot be written now; nothing of it is forgotten.
    Result<void> step();

    // Compares, once a day of the city, what providers say they moved with what payments say, and takes what
    // we had not heard of. Error: what differs otherwise, or cannot be read now.
    Result<void> reconcile();

    // Begins to ask providers, once the journal was read; and ends, waiting for what is under way.
    void start();
    void stop();

private:
    bool pay_at_machine(const std::string& reference, const Money& amount);
    void look_again(const cases::CaseNumber& number);
    void work(const std::stop_token& stop);
    Result<void> reconcile_with(const pay::ProviderKey& key, pay::Provider& provider, Date date);

    const Clock& clock_;
    SteadyStopwatch stopwatch_;
    pay::Settings settings_;
    std::unique_ptr<pay::StandInProvider> bank_;
    std::unique_ptr<pay::StandInProvider> terminal_;
    pay::Providers providers_;
    pay::Room room_;
    pay::Payments payments_;
    pay::Tills tills_;
    fees::FeeOffice fees_;
    std::map<pay::ProviderKey, Date> reconciled_;  // by whoever reconciles, which one thread does
    std::mutex mutex_;                             // of what follows
    std::set<cases::CaseNumber> changed_;
    std::jthread worker_;  // last: it uses all the others
};

}  // namespace balcao::cli
