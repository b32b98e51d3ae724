// erase, backup and restore: what is forgotten for good, and what is brought back.
#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>

#include <fmt/format.h>

#include "cases/case.hpp"
#include "journal/persons.hpp"
#include "keeping/backup.hpp"
#include "keeping/case_persons.hpp"
#include "keeping/erasure.hpp"
#include "keeping/receipt.hpp"
#include "keeping/words.hpp"
#include "main/commands.hpp"
#include "main/console.hpp"
#include "main/installation.hpp"
#include "main/kept_journal.hpp"
#include "office/hall_event.hpp"
#include "staff/roll.hpp"
#include "staff/staff.hpp"
#include "text/near.hpp"
#include "text/utf8.hpp"

namespace balcao::cli {

namespace {

namespace fs = std::filesystem;

// What was asked for as the journal knows it.
struct Found {
    std::string person;  // empty: there is nobody behind it
    std::optional<staff::AccountKey> account{};
    std::string words;         // "ticket 117 of baixa on 2026-11-24"
    keeping::CasesOf cases{};  // of that person
};

Result<Found> find_by_ticket(const journal::Store& store, const keeping::TicketName& ticket) {
    BALCAO_TRY(const auto events, store.read(keeping::stream_of(ticket), 0));
    Found found;
    found.words = fmt::format("ticket {} of {} on {}", ticket.number.value, ticket.site.text(),
                              format_date(ticket.date));
    for (const auto& event : events) {
        const auto decoded = office::decode(event);
        const auto* begun = decoded ? std::get_if<office::VisitBegun>(&*decoded) : nullptr;
        if (begun == nullptr || begun->number != ticket.number) continue;
        found.person = begun->person.text();
        return found;
    }
    return Error{Errc::not_found, fmt::format("there is no {} in this journal", found.words), "person"};
}

Result<Found> find_by_case(const journal::Store& store, const cases::CaseNumber& number) {
    BALCAO_TRY(auto person, keeping::person_of(store, number));
    Found found{person, {}, fmt::format("case {}", to_text(number)), {}};
    found.cases.emplace(std::move(person), stream_of(number));
    return found;
}

Result<Found> find(const journal::Store& store, const staff::Staff& staff, const std::string& asked) {
    if (const auto ticket = keeping::ticket_of(asked)) return find_by_ticket(store, *ticket);
    if (const auto number = keeping::case_of(asked)) return find_by_case(store, *number);
    std::vector<std::string> names;
    for (const auto& account : staff.accounts()) {
        if (text::fold(account.names.sign_in_name) == text::fold(asked))
            return Found{account.key.text(), account.key, "the account " + account.names.sign_in_name, {}};
        names.push_back(account.names.sign_in_name);
    }
    BALCAO_TRY(const auto key, store.key_of(asked));
    if (key) {
        BALCAO_TRY(auto cases, keeping::cases_of(store, {asked}));
        return Found{asked, {}, "the person " + asked, std::move(cases)};
    }
    const auto near = text::near_miss(asked, names);
    return Error{Errc::not_found,
                 fmt::format("nobody here is called {}{}; name a ticket (baixa/2026-11-24/117) or a case "
                             "(2026-000123) or its page, or the name with which somebody signs in",
                             asked, near ? fmt::format("; did you mean {}?", *near) : ""),
                 "person"};
}

// Asked before the ledger, too: who is in it counts as erased.
bool is_last_administrator(const staff::Staff& staff, const staff::AccountKey& asked) {
    const auto accounts = staff.accounts();
    const auto administers = [](const staff::Account& account) {
        return account.is_enabled && staff::allow(account.grants, staff::Permission::manage_people, {});
    };
    const auto is_asked = [&](const staff::Account& account) { return account.key == asked; };
    return std::ranges::any_of(accounts,
                               [&](const auto& one) { return is_asked(one) && administers(one); }) &&
           std::ranges::none_of(accounts,
                                [&](const auto& one) { return !is_asked(one) && administers(one); });
}

Error last_administrator() {
    return {Errc::conflict,
            "this is the last account that may manage people everywhere; give somebody else that role first",
            "person"};
}

Error refused(const staff::Refusal& refusal) {
    if (refusal.reason == staff::Reason::last_administrator) return last_administrator();
    return {Errc::unavailable,
            fmt::format("the account was not erased: {}; try again", staff::name_of(refusal.reason)),
            "person"};
}

// The ledger first: what is in it when a backup comes back is what counts.
Result<void> erase_account(KeptJournal& kept,
                           keeping::Ledger& ledger,
                           staff::Staff& staff,
                           const staff::AccountKey& account) {
    if (is_last_administrator(staff, account)) return last_administrator();
    const auto now = SystemClock{}.now();
    const auto mark = keeping::mark_of(kept.installation().key, account.text());
    if (auto added = ledger.add({mark}, now); !added) return added;
    const auto erased = staff.erase(staff::Actor::installation(), account, "");
    if (const auto* refusal = std::get_if<staff::Refusal>(&erased)) return refused(*refusal);
    return keeping::write_entry(*kept.installation().journal.store,
                                {keeping::persons_erased(keeping::Why::asked, {mark}), {}, {}}, now);
}

// What goes on without their person.
Result<void> tell_of_cases(const journal::Store& store, const keeping::CasesOf& all) {
    for (const auto& [person, stream] : all) {
        const auto number = *cases::case_of_stream(stream);
        BALCAO_TRY(const auto events, store.read(stream, 0));
        const auto whole = cases::fold(number, events);
        if (!whole) continue;  // told by who verifies
        const auto open = static_cast<std::uint64_t>(std::ranges::count_if(whole->steps, cases::is_open));
        if (open == 0)
            fmt::print("Case {} is over.\n", to_text(number));
        else
            fmt::print(
                "Of case {} {} still open: nothing more is handed over for it; what may have arrived at "
                "an entity is looked up, or found out by a person.\n",
                to_text(number), keeping::counted(open, "request") + (open == 1 ? " is" : " are"));
    }
    return {};
}

// Everything else is as it was, and says so.
int show_whole(KeptJournal& kept) {
    if (auto taken = kept.take_new_leaves(); !taken) return fail(taken.error());
    const auto report = kept.verify({});
    if (!report) return fail(report.error());
    fmt::print("\n{}", keeping::told(*report));
    return report->is_sound() ? done : wrong_input;
}

bool is_there(const fs::path& path) {
    std::error_code none;
    return fs::exists(path, none);
}

// A journal that could not be filled leaves no empty file.
void remove_journal(const fs::path& folder) {
    std::error_code none;
    for (const auto* suffix : {"", "-wal", "-shm"})
        fs::remove(journal_in(folder).string() + suffix, none);
}

Result<keeping::Ledger> ledger_for_restore(const Where& where) {
    if (where.erased == "none") return keeping::Ledger::open({});
    const fs::path path = where.erased.empty() ? ledger_beside(where.data) : fs::path{where.erased};
    if (is_there(path)) return keeping::Ledger::open(path);
    return Error{
        Errc::not_found,
        fmt::format("{}: the ledger of erased persons is not there, so who was erased since the backup "
                    "would be back; put its kept copy there or name it with --erased (--erased none: "
                    "nobody was erased)",
                    path.string()),
        "erased"};
}

struct Filled {
    KeptJournal kept;
    keeping::Restored restored;
};

Result<Filled> fill(const Restore& command, const crypto::SecretKey& key, const keeping::Ledger& ledger) {
    if (auto checked = keeping::check_backup(command.backup, key); !checked) return checked.error();
    const bool is_file = command.where.database.empty();
    if (is_file && is_there(journal_in(command.where.data)))
        return Error{
            Errc::conflict,
            fmt::format("{}: there is a journal already, and nothing is written over one; name a folder "
                        "that holds the key alone",
                        journal_in(command.where.data).string()),
            "data"};
    BALCAO_TRY(auto installation, open_installation(command.where.data, command.where.database, {}));
    auto restored = keeping::restore_backup(*installation.journal.archive, key, ledger, command.backup);
    if (restored)
        if (auto recorded =
                keeping::record_restore(*installation.journal.store, *restored, SystemClock{}.now());
            !recorded)
            restored = recorded.error();
    if (!restored) {
        installation = {key, {}};
        if (is_file) remove_journal(command.where.data);
        return restored.error();
    }
    BALCAO_TRY(auto kept, KeptJournal::of(std::move(installation)));
    return Filled{std::move(kept), *std::move(restored)};
}

std::uint64_t count_of(const keeping::BackupSummary& summary, std::string_view kind) {
    const auto found = summary.counts.find(kind);
    return found == summary.counts.end() ? 0 : found->second;
}

std::string told(const keeping::BackupSummary& summary) {
    return fmt::format("{}, {} and {}", keeping::counted(count_of(summary, "event"), "event"),
                       keeping::counted(count_of(summary, "head"), "signed head"),
                       keeping::counted(count_of(summary, "key"), "wrapped key") + " of persons");
}

}  // namespace

int erase(const Erase& command) {
    auto kept = KeptJournal::open(command.where);
    if (!kept) return fail(kept.error());
    auto ledger = ledger_of(command.where);
    if (!ledger) return fail(ledger.error());
    const SystemClock clock;
    auto& store = *kept->installation().journal.store;
    auto staff = staff::Staff::open(store, clock, kept->installation().key, {});
    if (!staff) return fail(staff.error());
    const auto found = find(store, **staff, command.person);
    if (!found) return fail(found.error());
    if (found->person.empty()) {
        fmt::print(
            "{} was taken without a name: this journal holds no personal data of it, and nothing was "
            "changed.\n",
            found->words);
        return done;
    }
    if (found->account) {
        if (auto erased = erase_account(*kept, *ledger, **staff, *found->account); !erased)
            return fail(erased.error());
    } else {
        const auto erased = keeping::erase(store, kept->installation().key, *ledger,
                                           {{found->person}, keeping::Why::asked, clock.now(), found->cases});
        if (!erased) return fail(erased.error());
        if (*erased == 0) {
            fmt::print("Of {} nothing can be read any more: the person was erased before.\n", found->words);
            return done;
        }
    }
    const auto key = store.key_of(found->person);
    if (!key) return fail(key.error());
    if (*key) return fail({Errc::unavailable, "the key is still there; try again", "person"});
    fmt::print(
        "The key of {} is destroyed: what was sealed with it cannot be read by anybody any more.\n"
        "{} remembers it without a name, so that no backup brings it back; keep a copy elsewhere.\n",
        found->words, ledger->path().string());
    if (auto told = tell_of_cases(store, found->cases); !told) return fail(told.error());
    return show_whole(*kept);
}

int backup(const Backup& command) {
    if (!can_write({command.out})) return wrong_usage;
    const auto kept = KeptJournal::open(command.where);
    if (!kept) return fail(kept.error());
    auto ledger = ledger_of(command.where);
    if (!ledger) return fail(ledger.error());
    if (auto made = ledger->make(); !made) return fail(made.error());
    const auto summary =
        keeping::write_backup(*kept->installation().journal.archive, kept->installation().key, *ledger,
                              command.out, SystemClock{}.now());
    if (!summary) return fail(summary.error());
    fmt::print(
        "{}: {}, as of {}.\nIts hash is {}.\nTo restore it takes installation.key, which is not in it, "
        "and {} as it is then: keep copies of both elsewhere.\n",
        command.out, told(*summary), keeping::time_text(summary->at), summary->chain,
        ledger->path().string());
    return done;
}

int restore(const Restore& command) {
    const auto key = find_key(command.where.data);
    if (!key) return fail(key.error());
    auto ledger = ledger_for_restore(command.where);
    if (!ledger) return fail(ledger.error());
    auto filled = fill(command, *key, *ledger);
    if (!filled) return fail(filled.error());
    const auto& [backup, erased, persons, marks] = filled->restored;
    fmt::print("{} restored: {}, as of {}.\n", command.backup, told(backup), keeping::time_text(backup.at));
    if (!erased.empty())
        fmt::print("Left out: the {} of who was erased since. They stay erased.\n",
                   erased.size() == 1 ? "key of one person" : keeping::counted(erased.size(), "key"));
    // What only the backup knew goes into the ledger of this folder, too.
    const bool has_ledger = command.where.erased != "none";
    auto here = has_ledger ? std::move(ledger) : keeping::Ledger::open(ledger_beside(command.where.data));
    if (!here) return fail(here.error());
    if (auto made = here->make(); !made) return fail(made.error());
    if (auto added = here->add(marks, SystemClock{}.now()); !added) return fail(added.error());
    const int status = show_whole(filled->kept);
    fmt::print("Heads that witnesses saw after the backup are not in this log: begin new files of heads.\n");
    return status;
}

}  // namespace balcao::cli
