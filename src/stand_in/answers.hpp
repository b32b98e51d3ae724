#pragma once
// What a stand-in answers, as JSON and as a page. Internal to the stand-in; each is marked as its.
#include <string>
#include <string_view>
#include <vector>

#include "http/message.hpp"
#include "stand_in/stand_in.hpp"

namespace balcao::stand_in {

// {"key", "reference", "state", "stand_in": true}
http::Response answer_of(const Effect& effect, std::string_view key, int status);

// RFC 9457; `key` where it is about one, else empty.
struct Wrong {
    int status = 400;
    std::string_view name;    // of the problem
    std::string_view detail;  // what to mend
    std::string_view key{};
    bool is_mendable = false;
};

http::Response answer_of(const Wrong& wrong);

http::Response list_of(const Books::Page& page);
http::Response ledger_of(const std::vector<LedgerLine>& lines,
                         const std::vector<std::pair<Kind, std::size_t>>& requests);
http::Response letters_of(const std::vector<Letter>& letters);
// All of it for people.
http::Response page_of(const std::vector<LedgerLine>& lines, const std::vector<Letter>& letters);

}  // namespace balcao::stand_in
