#include "device/devices.hpp"

#include <algorithm>
#include <tuple>

#include "base/civil.hpp"
#include "base/utf8.hpp"
#include "crypto/hash.hpp"
#include "device/code.hpp"
#include "text/utf8.hpp"

namespace balcao::device {
namespace {

const std::string main_stream = "devices";
constexpr std::size_t name_letters_most = 60;

std::string day_stream(std::chrono::sys_days day) { return main_stream + "/" + format_date(Date{day}); }

std::chrono::sys_days day_of(Instant at) { return std::chrono::floor<std::chrono::days>(at); }

std::string hash_of(std::string_view secret) {
    return crypto::to_hex(crypto::bytes_of(crypto::sha256({"device ", secret})));
}

std::string trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return std::string{text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1)};
}

std::optional<Reason> fault_of_name(std::string_view name) {
    if (name.empty()) return Reason::name_missing;
    const bool is_text = !find_invalid_utf8(name) && std::none_of(name.begin(), name.end(), [](char letter) {
        return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7F;
    });
    if (!is_text || text::display_width(name) > name_letters_most) return Reason::name_unfit;
    return std::nullopt;
}

std::string command_of(std::string_view verb, const ManagerKey& by, const std::string& key) {
    return key.empty() ? std::string{} : "device/" + std::string{verb} + "/" + by.text() + "/" + key;
}

}  // namespace

Result<std::unique_ptr<Devices>> Devices::open(journal::Store& store,
                                               const Clock& clock,
                                               const crypto::SecretKey& installation,
                                               Settings settings) {
    std::unique_ptr<Devices> devices{new Devices{store, clock, installation, settings}};
    const std::lock_guard lock{devices->writing_};
    if (auto read = devices->read_on(); !read) return read.error();
    return devices;
}

Devices::Devices(journal::Store& store,
                 const Clock& clock,
                 const crypto::SecretKey& installation,
                 Settings settings)
    : store_{store}, clock_{clock}, codes_{installation.derive("codes of devices")}, settings_{settings} {}

std::string Devices::new_secret() { return crypto::to_base64url(crypto::random_bytes(32)); }

std::string Devices::code_of(std::string_view secret) const {
    std::string code = device::code_of(codes_, secret);
    code.insert(4, "-");
    return code;
}

Answer<DeviceKey> Devices::enable(const ManagerKey& by,
                                  std::string_view code,
                                  const Duty& duty,
                                  const std::string& key) {
    const auto read = read_code(code);
    if (!read) return Refusal{Reason::code_unfit};
    const std::string name = trimmed(duty.name);
    if (const auto fault = fault_of_name(name)) return Refusal{*fault};
    const DeviceKey fresh{crypto::random_name()};
    const auto made = run(command_of("enable", by, key),
                          [&](Instant now, std::string& answer) -> Answer<std::vector<DeviceEvent>> {
                              const DeviceState* known = register_.with_code(*read);
                              // What no machine came for in time is as if it had not been enabled.
                              const bool is_used = known != nullptr && known->device.is_enabled &&
                                                   (!known->secret.empty() || may_be_taken(*known, now));
                              if (is_used) return Refusal{Reason::code_in_use};
                              const DeviceKey device = known != nullptr ? known->device.key : fresh;
                              answer = device.text();
                              return std::vector<DeviceEvent>{DeviceEnabled{
                                  device, *read, duty.kind, duty.site, duty.kiosk, name, duty.prints, by}};
                          });
    if (const auto* refusal = std::get_if<Refusal>(&made)) return *refusal;
    return DeviceKey{std::get<Made>(made).answer};
}

Answer<Done> Devices::disable(const ManagerKey& by,
                              const model::SiteKey& site,
                              const DeviceKey& device,
                              const std::string& key) {
    const auto made =
        run(command_of("disable", by, key), [&](Instant, std::string&) -> Answer<std::vector<DeviceEvent>> {
            const auto found = register_.devices.find(device);
            if (found == register_.devices.end() || found->second.device.duty.site != site)
                return Refusal{Reason::no_such_device};
            if (!found->second.device.is_enabled) return std::vector<DeviceEvent>{};
            return std::vector<DeviceEvent>{DeviceDisabled{device, by}};
        });
    if (const auto* refusal = std::get_if<Refusal>(&made)) return *refusal;
    return Done{};
}

bool Devices::may_be_taken(const DeviceState& state, Instant now) const {
    return state.device.is_enabled && state.secret.empty() &&
           now <= state.device.enabled + settings_.taken_within;
}

Answer<Device> Devices::find(std::string_view secret) const {
    const std::lock_guard lock{mutex_};
    const DeviceState* state = register_.with_secret(hash_of(secret));
    if (state == nullptr) return Refusal{Reason::not_enabled};
    if (!state->device.is_enabled) return Refusal{Reason::disabled};
    return show(*state);
}

Answer<Device> Devices::recognise(std::string_view secret) {
    auto found = find(secret);
    if (const auto* device = std::get_if<Device>(&found)) {
        keep_in_mind(device->key);
        return found;
    }
    return is_awaited(secret) ? take(secret) : found;
}

bool Devices::is_awaited(std::string_view secret) const {
    const auto code = device::code_of(codes_, secret);
    const std::lock_guard lock{mutex_};
    const DeviceState* state = register_.with_code(code);
    return state != nullptr && may_be_taken(*state, clock_.now());
}

Answer<Device> Devices::take(std::string_view secret) {
    const auto code = device::code_of(codes_, secret);
    const auto made = run({}, [&](Instant now, std::string&) -> Answer<std::vector<DeviceEvent>> {
        const DeviceState* state = register_.with_code(code);
        // Another server was first, for this very machine or for one that guessed.
        if (state == nullptr || !may_be_taken(*state, now)) return std::vector<DeviceEvent>{};
        return std::vector<DeviceEvent>{DeviceTaken{state->device.key, hash_of(secret)}};
    });
    if (const auto* refusal = std::get_if<Refusal>(&made)) return *refusal;
    return find(secret);
}

void Devices::keep_in_mind(const DeviceKey& device) {
    const Instant now = clock_.now();
    const std::lock_guard lock{mutex_};
    auto& used = used_[device];
    used = std::max(used, now);
}

Device Devices::show(const DeviceState& state) const {
    Device device = state.device;
    const auto used = used_.find(device.key);
    if (used != used_.end()) device.seen = std::max(device.seen, std::optional{used->second});
    return device;
}

std::vector<Device> Devices::at(const model::SiteKey& site) const {
    std::vector<Device> found;
    {
        const std::lock_guard lock{mutex_};
        for (const auto& [key, state] : register_.devices)
            if (state.device.duty.site == site) found.push_back(show(state));
    }
    std::sort(found.begin(), found.end(), [](const Device& one, const Device& other) {
        return std::tuple{!one.is_enabled, text::fold(one.duty.name), one.key} <
               std::tuple{!other.is_enabled, text::fold(other.duty.name), other.key};
    });
    return found;
}

Answer<Devices::Made> Devices::run(const std::string& command, const Decide& decide) {
    const std::lock_guard lock{writing_};
    auto made = journal::settle(store_, command, Refusal{Reason::unavailable},
                                [&]() -> std::variant<journal::Commit, Refusal> { return attempt(decide); });
    // It is durable in any case; what cannot be read back now is read before the next decision.
    if (std::holds_alternative<Made>(made)) static_cast<void>(read_on().has_value());
    return made;
}

Answer<journal::Commit> Devices::attempt(const Decide& decide) {
    if (!read_on()) return Refusal{Reason::unavailable};
    journal::Commit commit;
    const Instant now = clock_.now();
    auto decided = decide(now, commit.answer);
    if (const auto* refusal = std::get_if<Refusal>(&decided)) return *refusal;
    for (const auto& event : std::get<std::vector<DeviceEvent>>(decided)) {
        const auto stream = stream_for(event);
        journal::append(commit, stream, ends_[stream], encode(event), now);
    }
    return commit;
}

// The first sight of a day stands with what is kept for ever, the others with the day.
std::string Devices::stream_for(const DeviceEvent& event) const {
    const auto* seen = std::get_if<DeviceSeen>(&event);
    if (seen == nullptr) return main_stream;
    const auto& before = register_.devices.at(seen->device).device.seen;
    const auto day = day_of(seen->seen);
    return before && day_of(*before) >= day ? day_stream(day) : main_stream;
}

// What is kept for ever, and the days in which somebody may still write. Tomorrow's too: another server's
// clock may be ahead of midnight.
Result<void> Devices::read_on() {
    const auto today = day_of(clock_.now());
    const std::chrono::days one{1};

    struct Read {
        std::string stream;
        std::vector<std::pair<journal::Event, DeviceEvent>> events;
    };

    std::vector<Read> read;
    for (const auto& stream :
         {main_stream, day_stream(today - one), day_stream(today), day_stream(today + one)}) {
        BALCAO_TRY(auto events, store_.read(stream, ends_[stream].version));
        auto& here = read.emplace_back(Read{stream, {}});
        for (auto& event : events) {
            BALCAO_TRY(auto decoded, decode(event));
            here.events.emplace_back(std::move(event), std::move(decoded));
        }
    }
    const std::lock_guard lock{mutex_};
    for (const auto& [stream, events] : read)
        for (const auto& [event, decoded] : events) {
            register_.apply(decoded, event.at);
            ends_[stream] = {event.version, event.salt};
        }
    std::erase_if(ends_, [&](const auto& end) {
        return end.first != main_stream && end.first < day_stream(today - one);
    });
    return {};
}

Result<void> Devices::catch_up() {
    std::map<DeviceKey, Instant> due;
    {
        const std::lock_guard writing{writing_};
        if (auto read = read_on(); !read) return read;
        const std::lock_guard lock{mutex_};
        for (const auto& [device, seen] : used_) {
            const auto& recorded = register_.devices.at(device).device.seen;
            if (!recorded || seen - *recorded >= settings_.seen_every) due.emplace(device, seen);
        }
        std::erase_if(used_, [&](const auto& one) {
            const auto& recorded = register_.devices.at(one.first).device.seen;
            return recorded && *recorded >= one.second;
        });
    }
    if (due.empty()) return {};
    const auto made = run({}, [&](Instant, std::string&) -> Answer<std::vector<DeviceEvent>> {
        std::vector<DeviceEvent> events;
        for (const auto& [device, seen] : due)
            events.emplace_back(DeviceSeen{device, seen});
        return events;
    });
    if (std::holds_alternative<Refusal>(made))
        return Error{Errc::unavailable, "when machines were seen cannot be recorded now"};
    return {};
}

}  // namespace balcao::device
