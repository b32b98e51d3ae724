// What the reader of the journal finds: nothing in what servers wrote in the worst weather, and each fault
// that is put into it, with its place.
#include "cases/inspect_test.hpp"

#include <functional>

#include <doctest/doctest.h>

#include "cases/erasing_test.hpp"
#include "cases/rehearsal_test.hpp"
#include "cases/town_test.hpp"

using namespace balcao;
using namespace balcao::cases;
using namespace balcao::cases::stage;

namespace {

using Stream = std::vector<journal::Event>;

// Where something was spoilt, and what is to be said of it.
struct Planted {
    std::uint64_t version = 0;
    std::string words;
};

// Spoils a stream; nothing where it has no place for that.
using Plant = std::function<std::optional<Planted>(Stream&)>;

CaseEvent decoded(const journal::Event& event) { return *decode_case(event); }

void say_instead(journal::Event& event, const CaseEvent& other) {
    auto draft = encode(other);
    event.type = std::move(draft.type);
    event.body = std::move(draft.body);
}

void number_anew(Stream& stream) {
    for (std::size_t place = 0; place < stream.size(); ++place)
        stream[place].version = place + 1;
}

void put_in(Stream& stream, std::size_t place, const CaseEvent& event) {
    auto copy = stream.at(place - 1);
    say_instead(copy, event);
    stream.insert(stream.begin() + static_cast<std::ptrdiff_t>(place), copy);
    number_anew(stream);
}

std::optional<std::size_t> first_of(const Stream& stream, std::string_view type) {
    for (std::size_t place = 0; place < stream.size(); ++place)
        if (stream[place].type == type) return place;
    return std::nullopt;
}

// The first event of a type, twice.
Plant twice(std::string_view type, const std::string& words) {
    return [type, words](Stream& stream) -> std::optional<Planted> {
        const auto place = first_of(stream, type);
        if (!place) return std::nullopt;
        put_in(stream, *place + 1, decoded(stream[*place]));
        return Planted{*place + 2, words};
    };
}

// The first event of a type, changed.
template <class Event>
Plant changed(const std::function<void(Event&)>& change, const std::string& words) {
    return [change, words](Stream& stream) -> std::optional<Planted> {
        const auto place = first_of(stream, Event::type);
        if (!place) return std::nullopt;
        auto event = std::get<Event>(decoded(stream[*place]));
        change(event);
        say_instead(stream[*place], event);
        return Planted{*place + 1, words};
    };
}

// Cut off behind an event of one type, where one of the other follows.
Plant cut_after(std::string_view type, std::string_view next, const std::string& words) {
    return [type, next, words](Stream& stream) -> std::optional<Planted> {
        for (std::size_t place = 0; place + 1 < stream.size(); ++place) {
            if (stream[place].type != type || stream[place + 1].type != next) continue;
            stream.resize(place + 1);
            return Planted{place + 1, words};
        }
        return std::nullopt;
    };
}

void spoil_key(std::string& key) { key[7] = key[7] == '0' ? '1' : '0'; }

std::optional<Planted> send_too_soon(Stream& stream) {
    const auto opened = std::get<CaseOpened>(decoded(stream.at(0)));
    for (const auto& asked : opened.steps) {
        if (asked.after.empty()) continue;
        put_in(stream, 1, EffectTaken{asked.step, 1, morning + hours{1000}});
        return Planted{2, "the step " + asked.step.text() + " was sent before " + asked.after[0].text()};
    }
    return std::nullopt;
}

std::optional<Planted> conclude_unsent(Stream& stream) {
    const auto place = first_of(stream, EffectTaken::type);
    if (!place) return std::nullopt;
    const auto taken = std::get<EffectTaken>(decoded(stream[*place]));
    say_instead(stream[*place], StepConcluded{taken.step});
    return Planted{*place + 1, "the step " + taken.step.text() + " was concluded without having been sent"};
}

std::optional<Planted> deliver_unsent(Stream& stream) {
    const auto opened = std::get<CaseOpened>(decoded(stream.at(0)));
    put_in(stream, 1, EffectDelivered{opened.steps[0].step, "of-nobody", false});
    return Planted{2, "was delivered without having been sent"};
}

std::optional<Planted> deny_unasked(Stream& stream) {
    const auto opened = std::get<CaseOpened>(decoded(stream.at(0)));
    put_in(stream, 1, StepDenied{opened.steps[0].step, "no"});
    return Planted{2, "was denied, and nobody was asked"};
}

std::optional<Planted> stop_delivered(Stream& stream) {
    const auto place = first_of(stream, EffectDelivered::type);
    if (!place) return std::nullopt;
    const auto delivered = std::get<EffectDelivered>(decoded(stream[*place]));
    put_in(stream, *place + 1, StepStopped{delivered.step, "cancelled"});
    return Planted{*place + 2, "was stopped, though it was not to be sent"};
}

// Of an entity that can be asked nothing, a second attempt after the first.
std::optional<Planted> send_blindly(Stream& stream) {
    const auto opened = std::get<CaseOpened>(decoded(stream.at(0)));
    for (std::size_t place = 0; place < stream.size(); ++place) {
        if (stream[place].type != EffectTaken::type) continue;
        auto taken = std::get<EffectTaken>(decoded(stream[place]));
        const bool is_blind = std::any_of(opened.steps.begin(), opened.steps.end(), [&](const auto& asked) {
            return asked.step == taken.step && asked.kind == ConnectorKind::none;
        });
        if (!is_blind) continue;
        ++taken.attempt;
        put_in(stream, place + 1, taken);
        return Planted{place + 2, "was sent again blindly"};
    }
    return std::nullopt;
}

std::optional<Planted> send_for_who_is_erased(Stream& stream) {
    const auto erased = first_of(stream, PersonErased::type);
    if (!erased) return std::nullopt;
    Case whole;
    whole.number = *case_of_stream(stream[0].stream);
    for (std::size_t place = 0; place < *erased; ++place)
        REQUIRE(apply(whole, stream[place]));
    for (const auto& step : whole.steps) {
        const auto* owed = std::get_if<Owed>(&step.state);
        if (owed == nullptr || owed->errand == Errand::undo || owed->is_unknown) continue;
        put_in(stream, *erased + 1, EffectTaken{step.asked.step, owed->attempts + 1, morning + hours{1000}});
        return Planted{*erased + 2, "was sent after its person was erased"};
    }
    return std::nullopt;
}

// The second pair of eyes is left out.
std::optional<Planted> see_with_two_eyes(Stream& stream) {
    const auto place = first_of(stream, TaskVouched::type);
    if (!place) return std::nullopt;
    const auto vouched = std::get<TaskVouched>(decoded(stream[*place]));
    say_instead(stream[*place], TaskFinished{vouched.step, vouched.by});
    return Planted{*place + 1, "was finished by two eyes, and needs four"};
}

std::optional<Planted> leave_out_an_event(Stream& stream) {
    if (stream.size() < 3) return std::nullopt;
    stream.erase(stream.begin() + 1);
    return Planted{3, "comes where version 2 should"};
}

std::optional<Planted> go_back_in_time(Stream& stream) {
    if (stream.size() < 2) return std::nullopt;
    stream[1].at = stream[0].at - Milliseconds{1};
    return Planted{2, "happened before the event in front of it"};
}

std::optional<Planted> write_what_cannot_be_read(Stream& stream) {
    stream.back().body = "{}";
    if (stream.back().type == PersonErased::type || stream.back().type == CancelAsked::type)
        return std::nullopt;
    return Planted{stream.size(), "cannot be read"};
}

std::map<std::string, Plant> plants() {
    const std::string wrong_key = "has an effect whose key is not the one of its name";
    return {
        {"an effect's key in the submission",
         changed<CaseOpened>([](auto& event) { spoil_key(event.steps[0].effect); }, wrong_key)},
        {"an effect's key of an undoing",
         changed<UndoOwed>([](auto& event) { spoil_key(event.effect); }, wrong_key)},
        {"an effect's key of an answer",
         changed<CitizenAnswered>([](auto& event) { spoil_key(event.effect); }, wrong_key)},
        {"a step that comes after itself",
         changed<CaseOpened>([](auto& event) { event.steps[0].after = {event.steps[0].step}; },
                             "can never have its turn")},
        {"a step asked for twice",
         changed<CaseOpened>([](auto& event) { event.steps.push_back(event.steps[0]); },
                             "was asked for twice")},
        {"an attempt left out",
         changed<EffectTaken>([](auto& event) { ++event.attempt; }, "was sent as attempt 2, after 0")},
        {"a reason that is none",
         changed<StepStopped>([](auto& event) { event.why = "a whim"; }, "for what did not happen: a whim")},
        {"a task finished by somebody else",
         changed<TaskFinished>([](auto& event) { event.by = ClerkKey{"mallory"}; },
                               "is the task of somebody else")},
        {"an incident out of turn",
         changed<IncidentOpened>([](auto& event) { event.incident += 1; }, "does not come next")},
        {"opened twice", twice(CaseOpened::type, "opens a case of this number a second time")},
        {"delivered twice", twice(EffectDelivered::type, "was delivered twice")},
        {"concluded twice", twice(StepConcluded::type, "was concluded twice")},
        {"put off twice", twice(EffectDeferred::type, "was put off, and nobody carried it")},
        {"undone twice", twice(StepUndone::type, "was undone twice")},
        {"settled twice", twice(IncidentSettled::type, "was settled after it was settled")},
        {"withdrawn twice", twice(CancelAsked::type, "the case was withdrawn twice")},
        {"erased twice", twice(PersonErased::type, "its person was erased twice")},
        {"claimed twice", twice(TaskClaimed::type, "was claimed twice")},
        {"withdrawn in vain",
         cut_after(CancelAsked::type, StepStopped::type, "goes on, though the case was withdrawn")},
        {"erased in vain", cut_after(PersonErased::type, StepStopped::type, "is still to be sent")},
        {"denied in vain", cut_after(StepDenied::type, StepStopped::type, "waits for what will never be")},
        {"finished in vain", cut_after(TaskFinished::type, EffectDelivered::type, "and nothing follows")},
        {"sent too soon", send_too_soon},
        {"sent blindly", send_blindly},
        {"sent for who is erased", send_for_who_is_erased},
        {"concluded unsent", conclude_unsent},
        {"delivered unsent", deliver_unsent},
        {"denied unasked", deny_unasked},
        {"stopped behind its delivery", stop_delivered},
        {"seen with two eyes", see_with_two_eyes},
        {"an event left out", leave_out_an_event},
        {"back in time", go_back_in_time},
        {"not to be read", write_what_cannot_be_read},
    };
}

bool is_found(const std::vector<std::string>& found, const Planted& planted) {
    const std::string place = "event " + std::to_string(planted.version) + ": ";
    return std::any_of(found.begin(), found.end(), [&](const std::string& one) {
        return one.starts_with(place) && one.find(planted.words) != std::string::npos;
    });
}

std::string all_of(const std::vector<std::string>& found) {
    std::string text;
    for (const auto& one : found)
        text += "\n  " + one;
    return text;
}

journal::Event numbers_taken(std::uint64_t version, std::uint32_t first, std::uint32_t count) {
    const auto draft = encode(NumbersTaken{first, count});
    return {"case-numbers/2026", version, morning, draft.type, draft.body, {}};
}

}  // namespace

TEST_CASE("each fault that is put into the story of a case is found with its place") {
    constexpr std::uint64_t seeds = 40;
    const auto all = plants();
    std::map<std::string, int> planted;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        Rehearsal rehearsal{seed, 250};
        REQUIRE(rehearsal.live().empty());
        const auto streams = streams_in(rehearsal.disk());
        for (const auto& stream : streams) {
            if (!case_of_stream(stream.first)) continue;
            REQUIRE(Inspection{}.take(stream.second).empty());
            for (const auto& one : all) {
                Stream spoilt = stream.second;
                const auto place = one.second(spoilt);
                if (!place) continue;
                ++planted[one.first];
                const auto found = Inspection{}.take(spoilt);
                INFO(one.first, " in ", stream.first, " of seed ", seed, " at ", place->version,
                     all_of(found));
                REQUIRE(is_found(found, *place));
            }
        }
    }
    for (const auto& one : all)
        CHECK_MESSAGE(planted[one.first] > 0, one.first);
}

TEST_CASE("serials are taken run after run, and each case bears one of them") {
    Town town;
    for (int count = 0; count < 12; ++count)
        town.accept({wanted("card", keyed)});
    town.run();
    CHECK(faults_in(town.world.disk) == std::vector<std::string>{});
    const auto streams = streams_in(town.world.disk);
    const auto card = streams.at("case/2026-000003");

    Inspection lost{};
    CHECK(lost.take(card).empty());
    CHECK(lost.take({numbers_taken(1, 1, 2)}).empty());
    CHECK(lost.finish() ==
          std::vector<std::string>{"case/2026-000003: its number is out of no run that was taken"});

    CHECK(Inspection{}.take({numbers_taken(1, 1, 5), numbers_taken(2, 3, 5)}) ==
          std::vector<std::string>{"event 2: takes serials that were taken before"});
    CHECK(Inspection{}.take({numbers_taken(1, 1, 5), numbers_taken(2, 7, 5)}) ==
          std::vector<std::string>{"event 2: leaves serials out"});
    CHECK(Inspection{}.take({numbers_taken(1, 1, 0)}) ==
          std::vector<std::string>{"event 1: takes no serials that there are"});
}

TEST_CASE("a case stands under its own number alone: written otherwise, or in another year, it is none") {
    Town town;
    const auto number = town.accept({wanted("card", keyed)});
    town.run();
    auto events = *town.world.disk.read(stream_of(number), 0);
    const auto under = [&](const std::string& name, std::optional<Zone> zone = {}) {
        for (auto& event : events)
            event.stream = name;
        return Inspection{std::move(zone)}.take(events);
    };
    CHECK(under("case/2026-1") == std::vector<std::string>{"its name is the number of no case"});
    CHECK(under("case/2026-0000001") == std::vector<std::string>{"its name is the number of no case"});
    const auto moved = under("case/2026-000002");
    REQUIRE_FALSE(moved.empty());
    CHECK(moved[0] == "event 1: the step card has an effect whose key is not the one of its name");
    CHECK(under("case/2026-000001", *Zone::find("Europe/Lisbon")).empty());
    const auto next_year = under("case/2027-000001", *Zone::find("Europe/Lisbon"));
    REQUIRE_FALSE(next_year.empty());
    CHECK(next_year[0] == "event 1: was opened in the year 2026, which is not that of its number");
}
