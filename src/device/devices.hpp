#pragma once
// The machines of the halls: which kiosk or display is enabled where. A new machine makes up a secret, shows
// the short code that belongs to it, and is let in once a manager has typed that code. The pages use it; any
// number of threads may, and any number of server processes may share one journal. It checks nobody's rights
// and gives no tickets. A command takes the key by which its caller may repeat it, and waits until it is
// durable, so it belongs on a worker's thread; `find`, `is_awaited` and `at` are answered from memory.
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "crypto/keys.hpp"
#include "device/refusal.hpp"
#include "device/register.hpp"
#include "journal/settle.hpp"
#include "journal/store.hpp"

namespace balcao::device {

struct Settings {
    // A machine that does not come within this time after it was enabled shows its code in vain.
    std::chrono::milliseconds taken_within = std::chrono::minutes{15};
    // How old the recorded sight of a machine may grow before it is recorded again.
    std::chrono::milliseconds seen_every = std::chrono::minutes{5};
};

class Devices {
public:
    // Error: unavailable, or invalid when the journal holds what this version does not know. Store and clock
    // must outlive it.
    static Result<std::unique_ptr<Devices>> open(journal::Store& store,
                                                 const Clock& clock,
                                                 const crypto::SecretKey& installation,
                                                 Settings settings = {});

    // 256 random bits for a new machine to keep, in base 64 for addresses.
    static std::string new_secret();

    // What the machine with that secret shows: "7KQ4-M2XD".
    [[nodiscard]] std::string code_of(std::string_view secret) const;

    // The machine that shows that code, whoever it is, gets that duty. One that was disabled is enabled
    // again, with the duty of now. Refusals: code_unfit, code_in_use, name_missing, name_unfit.
    Answer<DeviceKey> enable(const ManagerKey& by,
                             std::string_view code,
                             const Duty& duty,
                             const std::string& key);

    // It gives no more tickets and shows no more calls, here at once, elsewhere within seconds.
    Answer<Done> disable(const ManagerKey& by,
                         const model::SiteKey& site,
                         const DeviceKey& device,
                         const std::string& key);

    // The machine that has this secret; the first that comes with the code of what was just enabled becomes
    // it for good. Keeps in mind that it was seen. Refusals: not_enabled, disabled.
    Answer<Device> recognise(std::string_view secret);

    // Its code was just typed: `recognise` will write, and wait for it. For any other secret it answers from
    // memory.
    [[nodiscard]] bool is_awaited(std::string_view secret) const;

    // The same as recognise without becoming anything.
    [[nodiscard]] Answer<Device> find(std::string_view secret) const;

    // The machines of a site: those enabled first, then by name.
    [[nodiscard]] std::vector<Device> at(const model::SiteKey& site) const;

    // Reads what other processes wrote, and records which machines were seen here; to be called every few
    // seconds. Error: unavailable.
    Result<void> catch_up();

private:
    using Made = journal::Made;
    using Decide = std::function<Answer<std::vector<DeviceEvent>>(Instant, std::string& answer)>;

    Devices(journal::Store& store,
            const Clock& clock,
            const crypto::SecretKey& installation,
            Settings settings);

    // `run` holds `writing_` while it calls `attempt` and `read_on`.
    Answer<Made> run(const std::string& command, const Decide& decide);
    Answer<journal::Commit> attempt(const Decide& decide);
    Result<void> read_on();
    [[nodiscard]] std::string stream_for(const DeviceEvent& event) const;
    [[nodiscard]] bool may_be_taken(const DeviceState& state, Instant now) const;
    Answer<Device> take(std::string_view secret);
    void keep_in_mind(const DeviceKey& device);
    [[nodiscard]] Device show(const DeviceState& state) const;

    journal::Store& store_;
    const Clock& clock_;
    crypto::SecretKey codes_;
    Settings settings_;
    std::mutex writing_;  // one command at a time; what it guards is also read under `mutex_`
    std::map<std::string, journal::StreamEnd> ends_;
    mutable std::mutex mutex_;  // held briefly; whoever changes what follows holds both but for `used_`
    Register register_;
    std::map<DeviceKey, Instant> used_;  // here, since it was last recorded
};

}  // namespace balcao::device
