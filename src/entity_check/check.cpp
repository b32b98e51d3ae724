#include "entity_check/check.hpp"

#include <algorithm>
#include <array>
#include <thread>

#include "connect/entity_answer.hpp"
#include "connect/entity_list.hpp"
#include "entity_check/line.hpp"
#include "text/json.hpp"

namespace balcao::entity_check {
namespace {

using cases::Absent;
using cases::Delivered;
using cases::Effect;
using connect::HttpResult;
using model::OnDoubt;

constexpr std::size_t reference_bytes_most = 128;

// What came, in a few words: "200", "409", "no answer (timeout)".
std::string seen(const HttpResult& result) {
    if (result.second) return "no answer (" + result.second->why + ")";
    return "an answer " + std::to_string(result.first.status);
}

bool is_refusal(const HttpResult& result) {
    const long status = result.first.status;
    return !result.second && status >= 400 && status < 500 && status != 408 && status != 425 && status != 429;
}

bool has_no_such_page(const HttpResult& result) {
    const long status = result.first.status;
    return !result.second && (status == 404 || status == 405 || status == 501);
}

Finding kept(std::string promise) { return {std::move(promise), Found::kept, {}, {}}; }

Finding broken(std::string promise, std::string saw, std::string mend) {
    return {std::move(promise), Found::broken, std::move(saw), std::move(mend)};
}

Finding not_asked(std::string promise, std::string why) {
    return {std::move(promise), Found::not_asked, std::move(why), {}};
}

class Check {
public:
    Check(const Declared& declared, const std::function<void(const Finding&)>& tell)
        : declared_{declared}, tell_{tell}, line_{declared} {}

    std::vector<Finding> run() {
        if (!take_one()) return std::move(findings_);
        look_at_lookup();
        same_again();
        both_at_once();
        something_else();
        cut_off();
        nonsense();
        without_key();
        stranger();
        take_back();
        list();
        in_time();
        return std::move(findings_);
    }

private:
    void add(Finding finding) {
        if (tell_) tell_(finding);
        findings_.push_back(std::move(finding));
    }

    // Nothing unless it has it, under this key, with a reference that can be kept.
    std::optional<Delivered> taken(const HttpResult& result, const Effect& effect) const {
        const auto outcome = line_.outcome_of(result, effect);
        const auto* delivered = std::get_if<Delivered>(&outcome);
        if (delivered == nullptr || delivered->key != effect.key || delivered->reference.empty() ||
            delivered->reference.size() > reference_bytes_most)
            return std::nullopt;
        return *delivered;
    }

    bool take_one() {
        const std::string promise = "It takes a request, and names its key, a reference and a state.";
        first_ = line_.request();
        const auto result = line_.send(first_);
        const auto delivered = taken(result, first_);
        if (delivered) {
            reference_ = delivered->reference;
            add(kept(promise));
            return true;
        }
        const bool is_status_good = !result.second && result.first.status / 100 == 2;
        add(broken(
            promise, seen(result) + (is_status_good ? " that is not as the contract has it" : ""),
            is_status_good
                ? R"(Answer {"key": "the Idempotency-Key", "reference": "…", "state": "accepted"}; the reference has at most 128 bytes.)"
                : "Answer 200, 201 or 202. Nothing else is asked before this works."));
        return false;
    }

    void look_at_lookup() {
        const std::string promise =
            "It finds what it has by its key, and says of another key that it is absent.";
        const auto there = line_.look_up(first_);
        const bool is_needed = declared_.on_doubt == OnDoubt::look_up;
        if (!is_needed && has_no_such_page(there))
            return add(not_asked(promise, "it cannot be asked, and does not say that it can"));
        const auto found = connect::looked_of(there, first_.key);
        const auto* delivered = std::get_if<Delivered>(&found);
        if (delivered == nullptr || delivered->reference != reference_) {
            const std::string saw = seen(there) + " about what it took a moment ago";
            if (!is_needed) return add(not_asked(promise, saw));
            return add(broken(promise, saw,
                              "Answer GET ADDRESS?key=KEY with 200 and what you answered to the request."));
        }
        const Effect never = line_.request();
        const auto nowhere = line_.look_up(never);
        if (!std::holds_alternative<Absent>(connect::looked_of(nowhere, never.key)))
            return add(broken(promise, seen(nowhere) + " about a key that it never got",
                              R"(Answer 404 with JSON that names the key: {"key": "KEY"}. A bare 404 may be )"
                              "anybody's, and is not believed."));
        can_be_asked_ = true;
        add(kept(promise));
    }

    void same_again() {
        const std::string promise = "The same request under the same key is done once.";
        if (declared_.on_doubt != OnDoubt::send_again)
            return add(not_asked(promise, "it does not say that it knows keys"));
        Effect again = first_;
        again.attempt = 2;
        const auto result = line_.send(again);
        const auto delivered = taken(result, again);
        if (delivered && delivered->reference == reference_) return add(kept(promise));
        add(broken(promise, delivered ? "another reference than at first: it was done twice" : seen(result),
                   "Keep each Idempotency-Key with what you answered, in the same transaction as the effect, "
                   "and answer the same again."));
    }

    void both_at_once() {
        const std::string promise = "The same request on two lines at once is done once.";
        if (declared_.on_doubt != OnDoubt::send_again)
            return add(not_asked(promise, "it does not say that it knows keys"));
        const Effect effect = line_.request();
        std::array<std::optional<Delivered>, 2> delivered;
        {
            std::thread other{[&] { delivered[1] = taken(line_.send(effect), effect); }};
            delivered[0] = taken(line_.send(effect), effect);
            other.join();
        }
        // One of both may have been told to come again, or to ask what there is.
        const auto settled = taken(line_.send(effect), effect);
        const bool is_same = settled && std::all_of(delivered.begin(), delivered.end(), [&](const auto& one) {
                                 return !one || one->reference == settled->reference;
                             });
        if (is_same) return add(kept(promise));
        add(broken(promise, "different references: it was done twice",
                   "Let the database refuse the second of two rows with the same key, and answer what the "
                   "first did."));
    }

    void something_else() {
        const std::string promise = "Another request under the same key is refused.";
        if (declared_.on_doubt != OnDoubt::send_again || declared_.by == model::WayKind::events)
            return add(not_asked(promise, "it does not say that it compares what comes under a key"));
        Effect other = first_;
        other.data.push_back({"something-else", "so that it is not the same"});
        const auto result = line_.send(other);
        if (!result.second && (result.first.status == 409 || result.first.status == 422))
            return add(kept(promise));
        add(broken(promise, seen(result),
                   "Keep a hash of the body with the key, and answer 409 when it is another."));
    }

    void cut_off() {
        const std::string promise = "A request that is cut off in the middle leaves nothing.";
        const Effect effect = line_.request();
        line_.send_cut(effect);
        if (!can_be_asked_)
            return add(not_asked(promise, "it cannot be asked what it has, so nobody can see it"));
        const auto result = line_.look_up(effect);
        const auto found = connect::looked_of(result, effect.key);
        if (std::holds_alternative<Absent>(found) || std::holds_alternative<Delivered>(found))
            return add(kept(promise));
        add(broken(promise, seen(result),
                   "Do nothing before all of the body is there, as Content-Length has "
                   "it; then the key is absent."));
    }

    void nonsense() {
        const std::string promise = "Nonsense is refused, and leaves nothing.";
        for (const char* body : {"{\"name\": ", "[]", "no JSON at all"}) {
            const Effect effect = line_.request();
            const auto result = line_.send_body(effect, body);
            const std::string said = seen(result) + " to the body " + body;
            if (!is_refusal(result))
                return add(broken(promise, said, "Answer 400 or 422 to what is no object of JSON."));
            if (can_be_asked_ &&
                !std::holds_alternative<Absent>(connect::looked_of(line_.look_up(effect), effect.key)))
                return add(
                    broken(promise, said + ", but its key is there", "Keep nothing of what you refuse."));
        }
        add(kept(promise));
    }

    void without_key() {
        const std::string promise = "A request without a key is refused.";
        if (declared_.on_doubt == OnDoubt::ask_person || declared_.by == model::WayKind::events)
            return add(not_asked(promise, "it does not say that it knows keys"));
        const auto result = line_.send_without(line_.request(), "Idempotency-Key");
        if (is_refusal(result)) return add(kept(promise));
        add(broken(promise, seen(result), "Answer 400: without a key you could not know it again."));
    }

    void stranger() {
        const std::string promise = "Who does not prove to be the city is refused.";
        if (!connect::header_of(declared_.credentials))
            return add(not_asked(promise, "no --token was given"));
        const auto result = line_.send_as_stranger(line_.request());
        if (!result.second && (result.first.status == 401 || result.first.status == 403))
            return add(kept(promise));
        add(broken(promise, seen(result), "Answer 401 to a request without your token."));
    }

    void take_back() {
        const std::string promise = declared_.takes_back ? "It takes back what it did, once."
                                                         : "It refuses to take back what it did.";
        const Effect undoing = line_.undoing(first_, reference_);
        const auto result = line_.send(undoing);
        const auto delivered = taken(result, undoing);
        if (!declared_.takes_back) {
            if (is_refusal(result)) return add(kept(promise));
            return add(broken(promise, seen(result),
                              "Answer 4xx to ADDRESS/REFERENCE/undo, or say that you take back."));
        }
        if (!delivered)
            return add(
                broken(promise, seen(result),
                       "Answer POST ADDRESS/REFERENCE/undo as you answer a request, under its own key."));
        const auto again = taken(line_.send(undoing), undoing);
        if (declared_.on_doubt == OnDoubt::send_again && (!again || again->reference != delivered->reference))
            return add(broken(promise, "something else when it was told to a second time",
                              "Know the keys of undoings as you know those of requests."));
        const Effect nothing = line_.undoing(first_, "no-such-reference-" + undoing.key);
        if (const auto wrong = line_.send(nothing); !is_refusal(wrong))
            return add(broken(promise, seen(wrong) + " to undoing what it never had",
                              "Answer 404 or 422 when nothing has that reference."));
        add(kept(promise));
    }

    void list() {
        const std::string promise = "It lists what it took, for the daily comparison.";
        const auto result = line_.list(Instant{});
        if (has_no_such_page(result))
            return add(not_asked(promise, "it has no list; differences will only be seen case by case"));
        const auto page = result.second ? Result<connect::HeldPage>{Error{Errc::unavailable, "no answer"}}
                                        : connect::read_held(result.first.body);
        if (result.second || result.first.status != 200 || !page)
            return add(broken(
                promise, page ? seen(result) : page.error().what,
                R"(Answer GET ADDRESS?since=TIME with {"requests": [{"key", "reference", "state"}]}.)"));
        const auto count = std::count_if(page->held.begin(), page->held.end(),
                                         [&](const cases::HeldThere& one) { return one.key == first_.key; });
        if (count == 1 || !page->next.empty()) return add(kept(promise));
        add(broken(promise, count == 0 ? "what it took is not in it" : "what it took once is in it twice",
                   "List each request once, under its key."));
    }

    void in_time() {
        const auto most = declared_.gives_up.count();
        const std::string promise = "Each answer comes within " + std::to_string(most) + " ms.";
        const auto slowest = line_.slowest().count();
        if (slowest < most) return add(kept(promise));
        add(broken(promise, "none after " + std::to_string(slowest) + " ms",
                   "Answer 202 as soon as the request is kept, and work on it afterwards."));
    }

    const Declared& declared_;
    const std::function<void(const Finding&)>& tell_;
    Line line_;
    std::vector<Finding> findings_;
    Effect first_;
    std::string reference_;
    bool can_be_asked_ = false;
};

Result<void> add_leaves(text::JsonView at, const std::string& path, std::vector<cases::Datum>& into) {
    const auto wrong = [&] {
        return Error{Errc::invalid,
                     "the example's " + (path.empty() ? "whole" : path) +
                         " is neither a text nor an object of texts: a city sends nothing else"};
    };
    if (const auto text = at.as_text()) {
        if (path.empty()) return wrong();
        into.push_back({path, std::string{*text}});
        return {};
    }
    if (!at.is_object()) return wrong();
    for (const auto name : at.keys()) {
        const std::string below = path.empty() ? std::string{name} : path + "." + std::string{name};
        if (const auto added = add_leaves(at[name], below, into); !added) return added;
    }
    return {};
}

}  // namespace

Result<std::vector<cases::Datum>> read_example(std::string_view json) {
    BALCAO_TRY(const text::Json read, text::Json::parse(json, "example"));
    std::vector<cases::Datum> data;
    if (const auto added = add_leaves(read.root(), {}, data); !added) return added.error();
    return data;
}

std::vector<Finding> check(const Declared& declared, const std::function<void(const Finding&)>& tell) {
    return Check{declared, tell}.run();
}

}  // namespace balcao::entity_check
