#include "keeping/tree_check.hpp"

#include <map>
#include <utility>

#include "keeping/words.hpp"

namespace balcao::keeping {

void TreeCheck::append(const journal::Event& event) {
    edge_.append(merkle::leaf_hash(journal::entry_of(event)), made_);
    names_.emplace_back(event.stream, event.version);
}

Result<void> TreeCheck::compare() {
    // What one run of events completes is, on each level, one run of numbers.
    std::map<std::uint8_t, std::pair<std::uint64_t, std::vector<merkle::Hash>>> levels;
    for (const auto& node : made_) {
        auto& [first, hashes] = levels[node.id.level];
        if (hashes.empty()) first = node.id.index;
        hashes.push_back(node.hash);
    }
    for (const auto& [level, run] : levels) {
        const auto& [first, hashes] = run;
        BALCAO_TRY(const auto kept, log_.nodes_from({level, first}, hashes.size()));
        auto found = kept.begin();
        for (std::size_t place = 0; place < hashes.size(); ++place) {
            const merkle::NodeId id{level, first + place};
            const bool is_there = found != kept.end() && found->id == id;
            const bool is_right = is_there && found->hash == hashes[place];
            if (is_there) ++found;
            if (is_right) continue;
            wrong_.push_back({id, hashes[place]});
            constexpr std::size_t leaves_most = 1000;
            if (level == 0 && wrong_leaves_.size() < leaves_most) wrong_leaves_.push_back(told(id.index));
        }
    }
    made_.clear();
    names_.clear();
    names_from_ = edge_.size();
    return {};
}

std::string TreeCheck::told(std::uint64_t leaf) const {
    const auto& [stream, version] = names_[leaf - names_from_];
    return "event " + number_text(leaf + 1) + " of the log (" + stream + ", its event " +
           number_text(version) + ")";
}

}  // namespace balcao::keeping
