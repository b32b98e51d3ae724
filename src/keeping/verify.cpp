#include "keeping/verify.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

#include "keeping/tree_check.hpp"
#include "keeping/words.hpp"

namespace balcao::keeping {

namespace {

constexpr std::size_t events_at_once = 4096;
constexpr std::size_t heads_at_once = 1024;
constexpr std::size_t findings_most = 20;  // of one sort

constexpr int walks_most = 5;
constexpr const char* program_cure =
    "what was recorded stays; this is a mistake of the program: report it with this line";
constexpr const char* tampered_cure =
    "keep a copy of the journal as it is for whoever looks into it, and restore the last backup that "
    "verifies: balcao restore";

class Verification {
public:
    Verification(const Subject& subject, const std::vector<StreamKind>& kinds)
        : subject_{subject}, kinds_{kinds}, tree_{subject.log} {}

    Result<Report> run(const std::vector<WitnessedHead>& witnessed) {
        if (auto read = read_last_head(); !read) return read.error();
        sort_witnessed(witnessed);
        if (auto walked = walk_to_the_end(); !walked) return walked.error();
        tell_witnessed_beyond();
        tell_tree();
        if (auto inspected = inspect_streams(); !inspected) return inspected.error();
        report_.streams = versions_.size();
        return std::move(report_);
    }

private:
    // A head to be met on the way through the log.
    struct Awaited {
        std::string where;
        merkle::Hash root{};
    };

    void find(std::string_view sort, Finding finding) {
        if (++found_[std::string{sort}] > findings_most)
            ++report_.findings_left_out;
        else
            report_.findings.push_back(std::move(finding));
    }

    Result<void> read_last_head() {
        BALCAO_TRY(report_.head_text, subject_.log.last_checkpoint());
        if (report_.head_text.empty()) return {};
        auto head = journal::read_checkpoint(report_.head_text, subject_.verifier);
        if (head)
            report_.head = *std::move(head);
        else
            find("last", {"the last signed head", head.error().what, tampered_cure});
        return {};
    }

    void sort_witnessed(const std::vector<WitnessedHead>& witnessed) {
        for (const auto& one : witnessed) {
            const auto head = journal::read_checkpoint(one.text, subject_.verifier);
            if (head)
                witnessed_.emplace(head->head.size, Awaited{one.where, head->head.root});
            else
                find("witness", {one.where, head.error().what,
                                 "see whether this file is of this city's log; if it is, somebody changed "
                                 "it or signed in the city's name"});
        }
    }

    // To one moment of the journal, so that streams can be compared with each other: while the notary takes
    // events into the log, the walk goes on.
    Result<void> walk_to_the_end() {
        for (int walks = 0; walks < walks_most; ++walks) {
            if (auto walked = walk_log(); !walked) return walked;
            BALCAO_TRY(const bool is_end, look_beyond_log());
            if (is_end) break;
            if (auto read = read_last_head(); !read) return read;
            are_heads_read_ = false;
        }
        return {};
    }

    Result<void> walk_log() {
        const std::uint64_t size = report_.head ? report_.head->head.size : 0;
        while (tree_.size() < size) {
            const auto most = std::min<std::uint64_t>(events_at_once, size - tree_.size());
            BALCAO_TRY(const auto events, subject_.log.leaves(tree_.size(), most));
            if (events.empty()) break;
            for (const auto& event : events) {
                count(event);
                tree_.append(event);
                ++report_.logged;
                if (auto met = meet_heads(); !met) return met;
                meet_witnessed();
            }
            if (auto compared = tree_.compare(); !compared) return compared;
        }
        if (tree_.size() < size)
            find("size", {"the log",
                          "its last signed head speaks of " + counted(size, "event") +
                              ", the journal holds " + number_text(tree_.size()),
                          tampered_cure});
        return {};
    }

    void count(const journal::Event& event) {
        auto& version = versions_[event.stream];
        if (event.version != version + 1)
            find("gap", {"stream " + event.stream,
                         "event " + number_text(version + 1) + " should come next, and " +
                             number_text(event.version) + " does",
                         tampered_cure});
        version = event.version;
    }

    // The heads that the journal keeps, as the log reaches their sizes.
    Result<void> meet_heads() {
        for (;;) {
            if (!next_head_)
                if (auto read = read_next_head(); !read) return read;
            if (!next_head_ || next_head_->head.size > tree_.size()) return {};
            meet(*next_head_);
            next_head_.reset();
        }
    }

    // The next one that can be read, checked once; nothing when there is none.
    Result<void> read_next_head() {
        while (!next_head_) {
            if (heads_.empty() && are_heads_read_) return {};
            if (heads_.empty()) {
                BALCAO_TRY(heads_, subject_.log.heads_after(tree_.size() - 1, heads_at_once));
                are_heads_read_ = heads_.size() < heads_at_once;
                std::ranges::reverse(heads_);
                continue;
            }
            auto head = journal::read_checkpoint(heads_.back(), subject_.verifier);
            heads_.pop_back();
            if (head)
                next_head_ = *std::move(head);
            else
                find("head", {"a signed head that the journal keeps, near " + counted(tree_.size(), "event"),
                              head.error().what, tampered_cure});
        }
        return {};
    }

    void meet(const journal::Checkpoint& head) {
        if (report_.heads > 0 && head.head.size <= last_good_head_) return;  // met on an earlier walk
        if (head.head.root == tree_.root()) {
            ++report_.heads;
            last_good_head_ = head.head.size;
            return;
        }
        is_any_head_wrong_ = true;
        if (first_wrong_head_ != 0) return;  // all later ones are wrong with it
        first_wrong_head_ = head.head.size;
        find("root", {"events " + number_text(last_good_head_ + 1) + " to " + number_text(head.head.size) +
                          " of the log",
                      "they are not those that were signed on " + time_text(head.at) +
                          ": one was changed, is missing or was put in",
                      tampered_cure});
    }

    void meet_witnessed() {
        for (auto [head, end] = witnessed_.equal_range(tree_.size()); head != end; ++head) {
            if (head->second.root == tree_.root()) {
                ++report_.witnessed;
                continue;
            }
            is_any_head_wrong_ = true;
            find("witnessed", {head->second.where,
                               "the first " + counted(tree_.size(), "event") +
                                   " of the log are not those that this witness was shown",
                               tampered_cure});
        }
    }

    void tell_witnessed_beyond() {
        for (const auto& [size, head] : witnessed_) {
            if (size == 0) ++report_.witnessed;
            if (size <= tree_.size()) continue;
            find("beyond", {head.where,
                            "it speaks of " + counted(size, "event") + ", the log has " +
                                number_text(tree_.size()) + ": later events are gone",
                            "when an older backup was restored, the record of that says so: begin a new file "
                            "of heads; otherwise restore a newer backup"});
        }
    }

    // Events that the notary has not taken yet: their streams go on without a gap.
    Result<bool> look_beyond_log() {
        constexpr std::size_t most = 1'000'000;
        BALCAO_TRY(const auto events, subject_.log.not_logged(most));
        BALCAO_TRY(const auto now, subject_.log.last_checkpoint());
        if (now != report_.head_text) return false;  // the notary took some of them meanwhile
        report_.not_logged = events.size();
        for (const auto& event : events)
            count(event);
        return true;
    }

    // An event whose kept hash differs was changed when a signed head says so too; else it is the hash.
    void tell_tree() {
        report_.wrong_hashes = tree_.wrong();
        if (is_any_head_wrong_ || (report_.head && tree_.size() < report_.head->head.size)) {
            for (const auto& event : tree_.wrong_leaves())
                find("leaf",
                     {event, "its text is not the one that the notary took into the log", tampered_cure});
            return;
        }
        if (report_.wrong_hashes.empty()) return;
        const auto& first = report_.wrong_hashes.front().id;
        find("hashes",
             {"the kept hashes of the tree",
              number_text(report_.wrong_hashes.size()) +
                  " of them do not fit the events, the first at level " + std::to_string(first.level) +
                  ", number " + number_text(first.index) + "; the events themselves are as they were signed",
              "make them anew from the events: balcao rebuild"});
    }

    Result<void> inspect_streams() {
        std::vector<std::uint64_t> streams(kinds_.size());
        for (const auto& entry : versions_) {
            const std::string& stream = entry.first;
            const std::uint64_t version = entry.second;
            const auto kind =
                std::ranges::find_if(kinds_, [&](const auto& one) { return one.is_of(stream); });
            if (kind == kinds_.end()) continue;
            ++streams[static_cast<std::size_t>(kind - kinds_.begin())];
            BALCAO_TRY(auto events, subject_.store.read(stream, 0));
            if (events.size() < version)
                find("short",
                     {"stream " + stream,
                      "it holds " + counted(events.size(), "event") + ", the log " + number_text(version),
                      tampered_cure});
            if (events.size() > version) events.resize(version);  // what came since is not compared
            for (const auto& sentence : kind->inspect(events))
                find_in(*kind, "stream " + stream, sentence);
        }
        for (std::size_t kind = 0; kind < kinds_.size(); ++kind) {
            report_.kinds.emplace_back(kinds_[kind].name, streams[kind]);
            if (kinds_[kind].conclude)
                for (const auto& sentence : kinds_[kind].conclude())
                    find_in(kinds_[kind], kinds_[kind].name + "s together", sentence);
        }
        return {};
    }

    void find_in(const StreamKind& kind, const std::string& where, const std::string& sentence) {
        find(kind.name, {where, sentence, kind.cure.empty() ? program_cure : kind.cure});
    }

    const Subject& subject_;
    const std::vector<StreamKind>& kinds_;
    TreeCheck tree_;
    Report report_;
    std::map<std::string, std::uint64_t> versions_;  // of each stream's last event
    std::vector<std::string> heads_;                 // read and not yet met, the smallest last
    bool are_heads_read_ = false;
    std::optional<journal::Checkpoint> next_head_;
    std::multimap<std::uint64_t, Awaited> witnessed_;
    std::uint64_t last_good_head_ = 0;
    std::uint64_t first_wrong_head_ = 0;
    bool is_any_head_wrong_ = false;
    std::map<std::string, std::uint64_t> found_;  // how often of each sort
};

}  // namespace

Result<Report> verify(const Subject& subject,
                      const std::vector<WitnessedHead>& witnessed,
                      const std::vector<StreamKind>& kinds) {
    try {
        return Verification{subject, kinds}.run(witnessed);
    } catch (const journal::StoreFailure& failure) {
        return Error{Errc::unavailable, std::string{"The journal cannot be read: "} + failure.what()};
    }
}

std::string told(const Report& report) {
    std::string text = counted(report.logged + report.not_logged, "event") + " in " +
                       counted(report.streams, "stream") + "\n";
    text += "  " + number_text(report.logged) + " in the log, " + number_text(report.not_logged) +
            " not yet taken by the notary\n";
    if (report.head)
        text += "  " + counted(report.heads, "signed head") + " of the journal hold" +
                (report.heads == 1 ? "s" : "") + "; the last is of " +
                counted(report.head->head.size, "event") + ", " + time_text(report.head->at) + "\n";
    for (const auto& [name, streams] : report.kinds)
        text += "  " + counted(streams, name) + " read event by event\n";
    if (report.witnessed > 0)
        text += "  " + counted(report.witnessed, "head") + " of witnesses fit" +
                (report.witnessed == 1 ? "s" : "") + " this log\n";
    for (const auto& finding : report.findings)
        text += "wrong: " + finding.where + ": " + finding.what + "\n       " + finding.cure + "\n";
    if (report.findings_left_out > 0)
        text += "and " + number_text(report.findings_left_out) + " more of these sorts\n";
    text += report.is_sound() ? "Nothing is wrong.\n"
                              : counted(report.findings.size() + report.findings_left_out, "finding") + ".\n";
    return text;
}

}  // namespace balcao::keeping
