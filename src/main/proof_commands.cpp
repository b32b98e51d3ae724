// verify, receipt and rebuild: what a journal proves, to its keeper and to outsiders.
#include <filesystem>
#include <optional>
#include <system_error>

#include <fmt/format.h>

#include "keeping/receipt.hpp"
#include "keeping/verify.hpp"
#include "keeping/words.hpp"
#include "main/commands.hpp"
#include "main/console.hpp"
#include "main/installation.hpp"
#include "main/kept_journal.hpp"
#include "text/file.hpp"

namespace balcao::cli {

namespace {

// A key as it is given, or the file that holds it.
Result<std::string> verifier_of(const std::string& option) {
    std::error_code none;
    if (option.empty() || !std::filesystem::exists(option, none)) return option;
    BALCAO_TRY(auto text, text::read_file(option));
    while (!text.empty() && text.back() == '\n')
        text.pop_back();
    return text;
}

int verify_receipt(const Verify& command) {
    const auto text = text::read_file(command.receipt);
    if (!text) return fail(text.error());
    const auto key = verifier_of(command.key);
    if (!key) return fail(key.error());
    const auto read = keeping::read_receipt(*text, *key);
    if (!read) {
        complain(fmt::format("{}: the receipt does not hold: {}", command.receipt, read.error().what));
        return wrong_input;
    }
    fmt::print("This receipt holds. In the record of {} stand, unchanged:\n", read->stream);
    for (const auto& event : read->events)
        fmt::print("  {}\n", event);
    fmt::print("They are in the log {} of {}, signed on {}.\n", read->head.origin,
               keeping::counted(read->head.head.size, "event"), keeping::time_text(read->head.at));
    if (read->is_own_key)
        fmt::print(
            "It was checked with the key that it names itself. See that this is the city's, which stands at "
            "/.well-known/balcao-log of its server:\n  {}\n",
            read->log);
    return done;
}

}  // namespace

int verify(const Verify& command) {
    if (!command.receipt.empty()) return verify_receipt(command);
    if (!command.key.empty()) {
        complain("--key: goes with --receipt; a journal is verified with the key in its folder");
        return wrong_usage;
    }
    std::optional<model::Model> offer;
    if (!command.model.empty()) {
        offer = read_model(command.model);
        if (!offer) return wrong_input;
    }
    const auto kept = KeptJournal::open(command.where);
    if (!kept) return fail(kept.error());
    std::vector<keeping::WitnessedHead> witnessed;
    if (!command.witness.empty()) {
        auto heads = keeping::read_witness(command.witness);
        if (!heads) return fail(heads.error());
        witnessed = *std::move(heads);
    }
    const auto report = kept->verify(witnessed, offer ? &*offer : nullptr);
    if (!report) return fail(report.error());
    fmt::print("{}", keeping::told(*report));
    if (!report->is_sound()) return wrong_input;
    if (command.witness.empty() || report->head_text.empty()) return done;
    const auto is_added = keeping::add_to_witness(command.witness, report->head_text);
    if (!is_added) return fail(is_added.error());
    fmt::print("{}\n", *is_added ? "The last signed head was added to " + command.witness + "."
                                 : "The last signed head is in " + command.witness + " already.");
    return done;
}

int receipt(const Receipt& command) {
    const auto ticket = keeping::ticket_of(command.of);
    const auto number = keeping::case_of(command.of);
    if (!ticket && !number) {
        complain(
            fmt::format("'{}' is no ticket and no case; write SITE/DATE/NUMBER, as in "
                        "baixa/2026-11-24/117, the number of a case, as in 2026-000123, or the address of "
                        "its page",
                        command.of));
        return wrong_usage;
    }
    if (!can_write({command.out})) return wrong_usage;
    const auto kept = KeptJournal::open(command.where);
    if (!kept) return fail(kept.error());
    const auto& store = *kept->installation().journal.store;
    const auto json = ticket ? keeping::receipt_of(store, kept->log(), *ticket)
                             : keeping::receipt_of(store, kept->log(), *number);
    if (!json) return fail(json.error());
    return write_output(command.out, *json) ? done : wrong_input;
}

// What is kept beside the events and follows from them are the hashes of the log's tree: halls, rolls and
// cases are folded anew at every start.
int rebuild(const Rebuild& command) {
    const auto kept = KeptJournal::open(command.where);
    if (!kept) return fail(kept.error());
    const auto before = kept->verify({});
    if (!before) return fail(before.error());
    const bool is_only_hashes = !before->wrong_hashes.empty() && before->findings.size() == 1;
    if (!before->is_sound() && !is_only_hashes) {
        fmt::print("{}", keeping::told(*before));
        complain("the events themselves are not as they were signed: nothing is made anew from them");
        return wrong_input;
    }
    if (before->is_sound()) {
        fmt::print("{} read; every hash of the log's tree is what they make of it. Nothing differed.\n",
                   keeping::counted(before->logged, "event"));
        return done;
    }
    if (auto mended = kept->installation().journal.log->mend(before->wrong_hashes); !mended)
        return fail(mended.error());
    const auto after = kept->verify({});
    if (!after) return fail(after.error());
    for (const auto& node : before->wrong_hashes)
        fmt::print("made anew: level {}, number {}\n", node.id.level, node.id.index);
    fmt::print("{} of the log's tree differed from what the events make of it.\n\n{}",
               keeping::counted(before->wrong_hashes.size(), "hash value"), keeping::told(*after));
    return wrong_input;  // a difference is a finding: somebody or something changed what is kept
}

}  // namespace balcao::cli
