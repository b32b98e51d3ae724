#pragma once
// What is being typed before a step is shown: the last text of each field, in memory, numbered so that a page
// that lost its line asks for what it missed. It counts for nothing, is written nowhere and is gone when the
// step is shown, the session ends or the server stops. Used through `Sessions`, which says who may type; the
// pages listen, and read again from where they stopped. Any thread.
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "assist/names.hpp"

namespace balcao::assist {

inline constexpr std::size_t echo_fields_most = 256;      // of a session
inline constexpr std::size_t echo_bytes_most = 8 * 1024;  // of a text

struct Typed {
    StepKey step;
    FieldKey field;
    std::string text;
    bool is_secret = false;
    // Grows with each key that is pressed on a page, also when it is loaded again (its clock will do), so
    // that what was overtaken on its way undoes nothing.
    std::uint64_t stroke = 0;
};

// As both screens show it: a secret as its mask.
struct EchoLine {
    std::uint64_t sequence = 0;  // from 1, of its session on this server
    Side from = Side::mediator;
    StepKey step;
    FieldKey field;
    std::string text;
    bool is_cleared = false;  // of a step: what was typed of it is gone, for it is shown; no field
    friend bool operator==(const EchoLine&, const EchoLine&) = default;
};

class Echo {
public:
    using Listener = std::function<void(const SessionKey&, const EchoLine&)>;

    // Called for each line, those of one session in their order; it returns at once, and asks nothing here.
    // To be set before anybody types.
    void listen(Listener listener) { listener_ = std::move(listener); }

    // Its sequence; 0 where it was overtaken, or there is more than is kept.
    std::uint64_t type(const SessionKey& session, Side from, const Typed& typed);

    // What was typed of a step is gone.
    void clear(const SessionKey& session, const StepKey& step);

    // The last line of each field after that one, in order; all of them for a sequence that this server never
    // gave.
    [[nodiscard]] std::vector<EchoLine> after(const SessionKey& session, std::uint64_t sequence) const;

    void forget(const SessionKey& session);

    // Those of which something is kept.
    [[nodiscard]] std::vector<SessionKey> sessions() const;

private:
    struct Kept {
        EchoLine line;
        std::uint64_t stroke = 0;
    };

    struct Board {
        std::mutex mutex;
        std::uint64_t sequence = 0;
        std::map<std::pair<StepKey, FieldKey>, Kept> fields;
    };

    [[nodiscard]] std::shared_ptr<Board> board_of(const SessionKey& session) const;

    Listener listener_;
    mutable std::mutex mutex_;
    std::map<SessionKey, std::shared_ptr<Board>> boards_;
};

}  // namespace balcao::assist
