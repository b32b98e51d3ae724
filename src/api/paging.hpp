#pragma once
// Long lists in pages: at most `limit` of them, and where the next page begins. Inside `api`.
#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>
#include <vector>

#include "api/call.hpp"

namespace balcao::api {

// The parameters of a list in pages.
inline std::vector<Member> in_pages(std::vector<Member> others = {}) {
    others.push_back(maybe("limit", whole("How many at most; without it 100.", 1, 500, 100)));
    others.push_back(maybe("after", text("`next` of the page before.", {.example = "117", .most = 200})));
    return others;
}

// The member of the answer that leads on.
inline Member next_page() {
    return maybe("next", text("What `after` must be for the page that follows; missing on the last.",
                              {.example = "117"}));
}

// A long list: as which member it stands, what names one of them among all, and how one is written.
template <class Items, class KeyOf, class Write>
struct Listed {
    std::string_view name;
    const Items& all;
    KeyOf key_of;
    Write write;  // of (json, one)
};

template <class Items, class KeyOf, class Write>
Listed(const char*, const Items&, KeyOf, Write) -> Listed<Items, KeyOf, Write>;

// Writes the page that was asked for, and `next`. False, and nothing is written, where `after` is none of
// them.
template <class Items, class KeyOf, class Write>
bool write_page(text::JsonWriter& json, const Call& call, const Listed<Items, KeyOf, Write>& list) {
    constexpr std::size_t usual = 100;
    const auto& query = call.request().query;
    const std::string after{query.text("after")};
    std::size_t limit = usual;
    const auto typed = query.text("limit");
    if (!typed.empty()) std::from_chars(typed.data(), typed.data() + typed.size(), limit);
    auto from = list.all.begin();
    if (!after.empty()) {
        from = std::find_if(list.all.begin(), list.all.end(),
                            [&](const auto& one) { return list.key_of(one) == after; });
        if (from == list.all.end()) return false;
        ++from;
    }
    json.key(list.name).begin_array();
    std::string last;
    for (std::size_t written = 0; from != list.all.end() && written < limit; ++from, ++written) {
        list.write(json, *from);
        last = list.key_of(*from);
    }
    json.end();
    if (from != list.all.end()) json.member("next", last);
    return true;
}

// Answers with an object that has the page, and before it what `begin` writes; or with what is wrong with
// `after`.
template <class Items, class KeyOf, class Write, class Begin>
void answer_page(const CallRef& call, const Listed<Items, KeyOf, Write>& list, Begin begin) {
    bool is_known = false;
    std::string out;
    {
        text::JsonWriter json{out};
        json.begin_object();
        begin(json);
        is_known = write_page(json, *call, list);
        json.end();
    }
    if (is_known) return call->answer(std::move(out));
    call->refuse_member("?after", Fault::Kind::unknown, nullptr);
}

template <class Items, class KeyOf, class Write>
void answer_page(const CallRef& call, const Listed<Items, KeyOf, Write>& list) {
    answer_page(call, list, [](text::JsonWriter&) {});
}

}  // namespace balcao::api
