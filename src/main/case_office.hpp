#pragma once
// The cases of a running server: what the model agreed with its entities, and the threads that carry requests
// to them. Used by `serve`; it decides nothing about a case.
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "cases/cases.hpp"
#include "connect/entity_ways.hpp"
#include "main/stand_ins.hpp"

namespace balcao::cli {

// What a server was started with, as far as entities are concerned.
struct CaseOptions {
    std::string secrets{};          // the file with what entities know us by; empty: none
    std::string address{};          // of the pages: the source of events, and where letters are answered
    connect::HandOver hand_over{};  // how letters to entities leave; empty: they do not
    const StandIns* stand_ins = nullptr;  // of a demonstration; must outlive who is given it
};

class CaseOffice {
public:
    // All must outlive it.
    CaseOffice(journal::Store& store,
               const Clock& clock,
               const crypto::SecretKey& installation,
               const model::Model& model,
               const CaseOptions& options);
    ~CaseOffice();
    CaseOffice(const CaseOffice&) = delete;
    CaseOffice& operator=(const CaseOffice&) = delete;
    CaseOffice(CaseOffice&&) = delete;
    CaseOffice& operator=(CaseOffice&&) = delete;

    [[nodiscard]] cases::Cases& cases() { return cases_; }

    // Another version of the model is in force: its ways in hold for what is handed in from now on. Waits for
    // requests under way where an entity is new. From any thread.
    void adopt(const model::Model& model);

    // Reads what is new in the journal. Error: unavailable, invalid.
    Result<void> catch_up();

    // What an entity's reports may be signed with. From any thread.
    [[nodiscard]] std::vector<std::string> secrets_of(const model::EntityKey& entity);

    // Where entities answer letters, when that is known only once the server listens. Before `start`.
    void be_found_at(const std::string& address);

    // Compares, once a day of the city, what entities say they have with what they were sent. Error: the
    // first that an entity or the journal gave; it is tried again the next time.
    Result<void> compare();

    // Begins to carry, once the journal was read; and ends, waiting for what is under way.
    void start();
    void stop();

private:
    connect::EntityLine line(const Clock& clock, const CaseOptions& options);
    void carry(const std::stop_token& stop);
    void begin();
    void end();

    const Clock& clock_;
    SteadyStopwatch stopwatch_;
    cases::Settings settings_;
    cases::Cases cases_;
    connect::EntitySecrets secrets_;
    std::atomic<bool> is_ending_ = false;
    std::string address_;  // set before the first letter
    connect::EntityWays ways_;
    std::mutex mutex_;  // of what follows
    bool is_carrying_ = false;
    cases::Connectors connectors_;
    std::unique_ptr<cases::Carrier> carrier_;
    std::map<model::EntityKey, Date> compared_;  // by whoever compares, which one thread does
    std::vector<std::jthread> threads_;          // last: they use all the others
};

}  // namespace balcao::cli
