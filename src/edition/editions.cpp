#include "edition/editions.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "crypto/hash.hpp"
#include "model/print.hpp"

namespace balcao::edition {
namespace {

Date day_of(Instant at) { return Date{std::chrono::floor<std::chrono::days>(at)}; }

model::Read<model::Model> read_text(const std::string& name, const std::string& text, Instant now) {
    const std::string file = name + ".yaml";
    return model::read_model(file, model::MemoryFiles{{{file, text}}}, {.today = day_of(now)});
}

// A text of the journal, which was checked when it was written.
Result<std::shared_ptr<const model::Model>> model_in(const ModelPublished& event, Instant at) {
    auto read = read_text(event.name, event.text, at);
    if (read.value) return std::make_shared<const model::Model>(*std::move(read.value));
    std::string what = "version of the model that this version of Balcão cannot read";
    for (const auto& remark : read.remarks)
        if (remark.severity == model::Severity::mistake) what += "; " + format_remark(remark);
    return Error{Errc::invalid, what, "model"};
}

ModelPublished event_with(const model::Model& model, Origin origin, const Hand& hand) {
    ModelPublished event;
    event.name = model.key;
    event.text = model::print_canonical(model);
    event.hash = crypto::to_hex(crypto::bytes_of(crypto::sha256({event.text})));
    event.origin = origin;
    event.by = hand.by;
    event.note = hand.note;
    return event;
}

std::optional<Reason> fault_of(const Hand& hand, const InForce* now) {
    if (now == nullptr || now->entry.number != hand.based_on) return Reason::changed_meanwhile;
    const bool has_note =
        std::any_of(hand.note.begin(), hand.note.end(), [](char c) { return c > ' ' || c < 0; });
    if (!has_note) return Reason::note_missing;
    return std::nullopt;
}

std::string command_of(std::string_view verb, const Hand& hand, const std::string& key) {
    if (key.empty()) return {};
    return "model/" + std::string{verb} + "/" + hand.by + "/" + key;
}

}  // namespace

std::string_view name_of(Reason reason) {
    static constexpr std::array<std::string_view, 7> names{
        "unavailable", "changed-meanwhile", "same-as-now", "no-such-version",
        "wrong-model", "other-time-zone",   "note-missing"};
    static_assert(static_cast<std::size_t>(Reason::note_missing) + 1 == names.size());
    return names[static_cast<std::size_t>(reason)];
}

Result<std::unique_ptr<Editions>> Editions::open(journal::Store& store, const Clock& clock) {
    std::unique_ptr<Editions> editions{new Editions{store, clock}};
    if (auto read = editions->catch_up(); !read) return read.error();
    return editions;
}

Answer<InForce> Editions::start_with(const model::Model& file) {
    const auto made = run({}, [&](const InForce* now) -> Answer<ModelPublished> {
        auto event = event_with(file, Origin::file, {});
        if (now == nullptr) return event;
        if (now->model->time_zone != file.time_zone) return Refusal{Reason::other_time_zone, {}};
        if (const Entry* last = last_of_file()) {
            const auto before = event_of(last->number);
            if (!before) return Refusal{Reason::unavailable, {}};
            auto known = model_in(*before, last->at);
            if (!known) return Refusal{Reason::unavailable, {}};
            auto alike = file;
            alike.first_day = (*known)->first_day;
            alike.key = (*known)->key;
            if (alike == **known) return Refusal{Reason::same_as_now, {}};
        }
        return event;
    });
    const auto* refusal = std::get_if<Refusal>(&made);
    if (refusal != nullptr && refusal->reason != Reason::same_as_now) return *refusal;
    return *in_force();
}

Answer<Readable> Editions::read(const std::string& text) const {
    const auto now = in_force();
    auto found = read_text(now ? now->entry.name : "model", text, clock_.now());
    if (!found.value) return Refusal{Reason::wrong_model, std::move(found.remarks)};
    if (now && now->model->time_zone != found.value->time_zone) return Refusal{Reason::other_time_zone, {}};
    return Readable{*std::move(found.value), std::move(found.remarks)};
}

Answer<Entry> Editions::publish(const std::string& text, const Hand& hand, const std::string& key) {
    auto read = this->read(text);
    if (auto* refusal = std::get_if<Refusal>(&read)) return std::move(*refusal);
    const auto& model = std::get<Readable>(read).model;
    return run(command_of("publish", hand, key), [&](const InForce* now) -> Answer<ModelPublished> {
        if (const auto fault = fault_of(hand, now)) return Refusal{*fault, {}};
        auto event = event_with(model, Origin::page, hand);
        if (event.hash == now->entry.hash) return Refusal{Reason::same_as_now, {}};
        return event;
    });
}

Answer<Entry> Editions::go_back(Number to, const Hand& hand, const std::string& key) {
    return run(command_of("back", hand, key), [&](const InForce* now) -> Answer<ModelPublished> {
        if (const auto fault = fault_of(hand, now)) return Refusal{*fault, {}};
        if (to < 1 || to > now->entry.number) return Refusal{Reason::no_such_version, {}};
        auto event = event_of(to);
        if (!event) return Refusal{Reason::unavailable, {}};
        if (event->hash == now->entry.hash) return Refusal{Reason::same_as_now, {}};
        const auto model = model_in(*event, clock_.now());
        if (!model) return Refusal{Reason::wrong_model, {}};
        if ((*model)->time_zone != now->model->time_zone) return Refusal{Reason::other_time_zone, {}};
        event->origin = Origin::going_back;
        event->back_to = to;
        event->by = hand.by;
        event->note = hand.note;
        return *std::move(event);
    });
}

Answer<Entry> Editions::run(const std::string& command, const Decide& decide) {
    const std::lock_guard lock{writing_};
    const auto made = journal::settle(
        store_, command, Refusal{Reason::unavailable, {}}, [&]() -> std::variant<journal::Commit, Refusal> {
            if (!read_on()) return Refusal{Reason::unavailable, {}};
            const auto now = in_force();
            auto event = decide(now ? &*now : nullptr);
            if (auto* refusal = std::get_if<Refusal>(&event)) return std::move(*refusal);
            journal::Commit commit;
            commit.answer = std::to_string(end_.version + 1);
            journal::append(commit, std::string{stream}, end_, encode(std::get<ModelPublished>(event)),
                            clock_.now());
            return commit;
        });
    if (const auto* refusal = std::get_if<Refusal>(&made)) return *refusal;
    if (!read_on()) return Refusal{Reason::unavailable, {}};
    const auto number = std::stoull(std::get<journal::Made>(made).answer);
    const std::lock_guard reading{mutex_};
    return entries_.at(number - 1);
}

std::optional<InForce> Editions::in_force() const {
    const std::lock_guard lock{mutex_};
    if (entries_.empty()) return std::nullopt;
    return InForce{entries_.back(), model_};
}

std::vector<Entry> Editions::entries() const {
    const std::lock_guard lock{mutex_};
    return entries_;
}

const Entry* Editions::last_of_file() const {
    const auto found = std::find_if(entries_.rbegin(), entries_.rend(),
                                    [](const Entry& one) { return one.origin == Origin::file; });
    return found == entries_.rend() ? nullptr : &*found;
}

Result<ModelPublished> Editions::event_of(Number number) const {
    if (number < 1) return Error{Errc::not_found, "there is no such version of the model"};
    BALCAO_TRY(const auto events, store_.read(stream, number - 1));
    if (events.empty()) return Error{Errc::not_found, "there is no such version of the model"};
    BALCAO_TRY(auto event, decode(events.front()));
    return std::get<ModelPublished>(std::move(event));
}

Result<std::string> Editions::text_of(Number number) const {
    BALCAO_TRY(auto event, event_of(number));
    return std::move(event.text);
}

Result<std::shared_ptr<const model::Model>> Editions::model_of(Number number) const {
    if (const auto now = in_force(); now && now->entry.number == number) return now->model;
    BALCAO_TRY(const auto event, event_of(number));
    return model_in(event, clock_.now());
}

Result<void> Editions::catch_up() {
    const std::lock_guard lock{writing_};
    return read_on();
}

Result<void> Editions::read_on() {
    BALCAO_TRY(const auto events, store_.read(stream, end_.version));
    if (events.empty()) return {};
    std::vector<Entry> fresh;
    std::shared_ptr<const model::Model> last;
    for (const auto& event : events) {
        BALCAO_TRY(auto decoded, decode(event));
        auto& published = std::get<ModelPublished>(decoded);
        if (&event == &events.back()) {
            BALCAO_TRY(last, model_in(published, event.at));
        }
        fresh.push_back({static_cast<Number>(event.version), event.at, std::move(published.name),
                         std::move(published.hash), published.origin, std::move(published.by),
                         std::move(published.note), published.back_to});
    }
    const std::lock_guard lock{mutex_};
    end_ = {events.back().version, events.back().salt};
    entries_.insert(entries_.end(), std::make_move_iterator(fresh.begin()),
                    std::make_move_iterator(fresh.end()));
    model_ = std::move(last);
    return {};
}

}  // namespace balcao::edition
