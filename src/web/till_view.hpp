#pragma once
// The till of a desk, drawn: what is in it, what can be done with it now. Internal to `web`; what is true of
// it is said by `pay` and `fees`.
#include "pay/till.hpp"
#include "web/shared.hpp"

namespace balcao::web {

struct TillPlace {
    const model::Site* site;
    office::DeskId desk;
    pay::TillKey till;
};

html::Url till_url(const Words& words, const TillPlace& place);

// By whom cards are taken; empty: by nobody.
pay::ProviderKey card_terminal(const Shared& shared);

void write_opening(html::Content& main, const Words& words, const TillPlace& place);
// With what the request costs whose number was typed.
void write_till(html::Content& main,
                const http::Request& request,
                const Shared& shared,
                const Words& words,
                const TillPlace& place,
                const pay::Till& till);

}  // namespace balcao::web
