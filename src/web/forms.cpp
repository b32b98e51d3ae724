#include "web/forms.hpp"

namespace balcao::web {

using html::with;

void write_field(html::Content& form, const Field& field) {
    form.element<"p">([&](html::Content& line) {
        line.element<"label">({with<"for">(field.id)}, field.label);
        line.empty<"input">({with<"id">(field.id), with<"name">(field.id), with<"type">(field.type),
                             with<"value">(field.value), with<"autocomplete">(field.complete)});
    });
}

void write_hidden(html::Content& form, std::string_view name, std::string_view value) {
    form.empty<"input">({with<"type">("hidden"), with<"name">(name), with<"value">(value)});
}

void write_whose(html::Content& form, std::string_view sign_in_name) {
    form.empty<"input">({with<"type">("text"), with<"name">("whose"), with<"value">(sign_in_name),
                         with<"autocomplete">("username"), with<"hidden">()});
}

void write_fact(html::Content& facts, const std::string& name, const std::string& value) {
    if (value.empty()) return;
    facts.element<"dt">(name);
    facts.element<"dd">(value);
}

void write_complaint(html::Content& main, const std::string& complaint) {
    if (!complaint.empty()) main.element<"p">({with<"class">("complaint"), with<"role">("alert")}, complaint);
}

void in_background(Workers& workers,
                   const Shared& shared,
                   http::Reply reply,
                   std::function<http::Response(const http::Request&)> work) {
    const auto answer = std::make_shared<http::Reply>(std::move(reply));
    const bool is_taken = workers.give([answer, &shared, work = std::move(work)] {
        try {
            answer->send(work(answer->request()));
        } catch (const std::exception&) {
            answer->send(shared.failure(answer->request(), 500));
        }
    });
    if (!is_taken) answer->send(shared.failure(answer->request(), 503));
}

void in_background(Shared& shared,
                   http::Reply reply,
                   std::function<http::Response(const http::Request&)> work) {
    in_background(shared.workers, shared, std::move(reply), std::move(work));
}

http::Handler on_worker(Shared& shared, http::Response (*work)(const http::Request&, const Shared&)) {
    return [&shared, work](const http::Request&, http::Reply reply) {
        in_background(shared, std::move(reply),
                      [&shared, work](const http::Request& asked) { return work(asked, shared); });
    };
}

http::Handler for_staff(Shared& shared, SignedIn work) {
    return [&shared, work = std::move(work)](const http::Request& request, http::Reply reply) {
        const auto session = session_of(request, shared);
        if (!session) return reply.send(to_sign_in(request, shared));
        in_background(shared, std::move(reply), [work, session = *session](const http::Request& asked) {
            return work(asked, session);
        });
    };
}

}  // namespace balcao::web
