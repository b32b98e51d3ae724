#include "edition/inspect.hpp"

#include "crypto/hash.hpp"
#include "edition/edition_event.hpp"
#include "model/read.hpp"

namespace balcao::edition {

std::vector<std::string> inspect(const std::vector<journal::Event>& events) {
    std::vector<std::string> found;
    for (const auto& event : events) {
        const std::string where = event.stream + " " + std::to_string(event.version) + ": ";
        const auto decoded = decode(event);
        if (!decoded) {
            found.push_back(decoded.error().what);
            continue;
        }
        const auto& published = std::get<ModelPublished>(*decoded);
        if (crypto::to_hex(crypto::bytes_of(crypto::sha256({published.text}))) != published.hash)
            found.push_back(where + "its text is not what its hash says");
        const std::string file = published.name + ".yaml";
        if (!model::read_model(file, model::MemoryFiles{{{file, published.text}}}, {}).value)
            found.push_back(where + "its text is no model");
    }
    return found;
}

}  // namespace balcao::edition
