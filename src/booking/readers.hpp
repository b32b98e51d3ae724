#pragma once
// Who is at work with days that have been read. Internal to `booking`. While anybody is, no day is let go of:
// what was read a moment ago can be looked at.
#include <atomic>

namespace balcao::booking {

class Readers {
public:
    class Stay {
    public:
        explicit Stay(Readers& readers) : readers_{readers} { ++readers_.count_; }

        ~Stay() { --readers_.count_; }

        Stay(const Stay&) = delete;
        Stay& operator=(const Stay&) = delete;
        Stay(Stay&&) = delete;
        Stay& operator=(Stay&&) = delete;

    private:
        Readers& readers_;
    };

    // Nobody is, and who comes later waits for the lock under which this was asked.
    [[nodiscard]] bool is_empty() const { return count_ == 0; }

private:
    std::atomic<int> count_{0};
};

}  // namespace balcao::booking
