#pragma once
// Pieces of forms that several pages have. Internal to `web`.
#include <functional>
#include <string>
#include <string_view>

#include "front/gate.hpp"
#include "web/people.hpp"

namespace balcao::web {

struct Field {
    std::string_view id;  // its name in the form, too
    std::string label;
    std::string_view type;  // "text", "password"
    std::string_view value;
    std::string_view complete;  // what it is to browsers (WHATWG HTML, autofill)
};

// A line with the label and the field.
void write_field(html::Content& form, const Field& field);

void write_hidden(html::Content& form, std::string_view name, std::string_view value);

// Whose password a form changes: for the browser's own keeping of passwords, not seen.
void write_whose(html::Content& form, std::string_view sign_in_name);

// A line of a list of facts (`dl`); nothing where there is no value.
void write_fact(html::Content& facts, const std::string& name, const std::string& value);

void write_complaint(html::Content& main, const std::string& complaint);

// Answers on a thread of the workers, for what takes long; 503 when too much waits there. `work` gets the
// request as long as it runs and what it returns is sent.
void in_background(Shared& shared,
                   http::Reply reply,
                   std::function<http::Response(const http::Request&)> work);

// The same on threads of others.
void in_background(Workers& workers,
                   const Shared& shared,
                   http::Reply reply,
                   std::function<http::Response(const http::Request&)> work);

// A route whose work is done there.
http::Handler on_worker(Shared& shared, http::Response (*work)(const http::Request&, const Shared&));

// The same for who is signed in; others are sent to sign in.
using SignedIn = std::function<http::Response(const http::Request&, const staff::Session&)>;
http::Handler for_staff(Shared& shared, SignedIn work);

// 429 for a page or form that was asked for too often.
http::Response too_many_page(const http::Request& request, const Shared& shared, std::chrono::seconds wait);

// Which of the pages' routes count for which limit.
std::vector<front::Counted> counted_pages();

}  // namespace balcao::web
