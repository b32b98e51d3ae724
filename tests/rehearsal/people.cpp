#include "people.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "office/front_office.hpp"

namespace balcao::rehearsal {
namespace {

constexpr int see_other = 303;
constexpr int server_error = 500;
constexpr int unavailable = 503;

// Behind "/en/tickets/", in an address that begins so; nothing for others.
std::string link_behind(const std::string& address, const std::string& path) {
    return address.starts_with(path) ? address.substr(path.size()) : std::string{};
}

std::string key_of(const Form& form) {
    for (const auto& [name, value] : form.hidden)
        if (name == "key") return value;
    return {};
}

}  // namespace

People::People(Servers& servers, Dice& dice, Tally& tally, Auditor& auditor, std::ostream* told)
    : servers_{servers}, dice_{dice}, tally_{tally}, auditor_{auditor}, told_{told} {
    workers_ = {{"ana", "both-1", {}, {}}, {"rui", "both-2", {}, {}}, {"eva", "deeds-1", {}, {}}};
}

void People::say(const std::string& what) const {
    if (told_ != nullptr) *told_ << "    " << what << '\n';
}

void People::wish(http::Asked asked, std::function<void(const Answer&)> heard) {
    const auto made = std::make_shared<Wish>();
    made->asked = std::move(asked);
    made->heard = std::move(heard);
    open_.push_back(made);
    send(made);
    if (is_mended_ || !dice_.once_in(12)) return;
    tally_.count(Fault::request_doubled);
    send(made);
}

void People::send(const WishPointer& wish) {
    const auto server = dice_.below(servers_.size());
    wish->on_the_way.push_back(server);
    wish->is_lost = false;
    ++tally_.requests;
    say("server " + std::to_string(server) + ": " + wish->asked.target + " " + wish->asked.form);
    // Who comes in with an appointment is answered when there is a ticket, too.
    const bool is_waited_for = wish->asked.target.ends_with("/check-in");
    while (is_waited_for && !servers_[server]->line.is_empty())
        servers_[server]->line.hurry();
    if (is_waited_for) servers_[server]->line.hurry();
    servers_[server]->ask(wish->asked, [this, wish, server](const Answer& answer) {
        const auto arrived = std::ranges::find(wish->on_the_way, server);
        if (arrived != wish->on_the_way.end()) wish->on_the_way.erase(arrived);
        hear(wish, answer);
    });
    servers_[server]->line.take_time();
}

// A refusal counts when nothing else of the wish is on its way, which might be done all the same.
void People::hear(const WishPointer& wish, const Answer& answer) {
    say("answer " + std::to_string(answer.status) + " " + answer.location + " to " + wish->asked.form);
    if (answer.status == server_error) auditor_.find("an answer of 500 to " + wish->asked.target);
    auditor_.look();
    if (wish->is_answered) {
        if (answer.status == see_other) wish->heard(answer);
        return;
    }
    const bool is_lost = !is_mended_ && dice_.once_in(12);
    if (is_lost) tally_.count(Fault::reply_lost);
    if (is_lost || answer.status == unavailable || answer.status == server_error ||
        (answer.status != see_other && !wish->on_the_way.empty())) {
        wish->is_lost = true;
        return;
    }
    wish->is_answered = true;
    std::erase(open_, wish);
    wish->heard(answer);
}

void People::server_died(std::size_t server) {
    for (const auto& wish : open_)
        if (std::erase(wish->on_the_way, server) > 0) wish->is_lost = true;
}

bool People::ask_again() {
    const auto waiting = open_;
    for (const auto& wish : waiting)
        if (wish->is_lost) send(wish);
    return open_.empty();
}

Answer People::look(const std::string& target, const std::string& cookie) {
    http::Asked asked{.method = http::Method::get, .target = target};
    if (!cookie.empty()) asked.headers.set("Cookie", cookie);
    Answer got;
    dice_.one_of(servers_)->ask(asked, [&](const Answer& answer) { got = answer; });
    if (got.status == server_error) auditor_.find("an answer of 500 to " + target);
    return got;
}

std::string People::typed(const std::string& name) {
    const auto who = std::to_string(dice_.below(5));
    if (name == "name") return "Pessoa " + who;
    if (name == "mail") return "pessoa" + who + "@example.org";
    return {};
}

void People::press(const Form& form, const std::string& cookie, std::function<void(const Answer&)> heard) {
    http::Asked asked{.method = http::Method::post, .target = form.action};
    asked.form = form.filled(dice_, [this](const std::string& name) { return typed(name); });
    if (!cookie.empty()) asked.headers.set("Cookie", cookie);
    wish(std::move(asked), std::move(heard));
}

void People::act() {
    if (!open_.empty() && dice_.once_in(3)) {
        const auto again = dice_.one_of(open_);
        if (again->is_lost) return send(again);
    }
    const auto what = dice_.below(20);
    if (what < 5) return take_ticket();
    if (what < 6) return visit_ticket();
    if (what < 8) return book();
    if (what < 10) return visit_appointment();
    if (what < 11) return open_letter();
    if (what < 12) return work_in_hall();
    work_at_desk();
}

// The form of a page that was opened before: its key is the page's.
void People::take_ticket() {
    std::string key;
    for (int letter = 0; letter < 26; ++letter)
        key.push_back("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[dice_.below(32)]);
    static const std::vector<std::string> services{"identity", "tax", "deeds"};
    std::vector<std::pair<std::string, std::string>> fields{{"key", key},
                                                            {"service", dice_.one_of(services)}};
    if (dice_.once_in(8)) fields.emplace_back("priority", "on");
    wish({.method = http::Method::post, .target = "/en/sites/shop/tickets", .form = Form::encoded(fields)},
         [this, key](const Answer& answer) {
             if (answer.status != see_other) return;
             const auto link = link_behind(answer.location, "/en/tickets/");
             auditor_.told_of_ticket(key, link);
             if (std::ranges::count(tickets_, link) == 0) tickets_.push_back(link);
         });
}

void People::visit_ticket() {
    if (tickets_.empty()) return;
    const auto page = look("/en/tickets/" + dice_.one_of(tickets_));
    for (const auto& form : forms_in(page.page))
        if (form.is_post && (form.action.ends_with("/back") || dice_.once_in(4)))
            return press(form, {}, [](const Answer&) {});
}

void People::book() {
    static const std::vector<std::string> services{"identity", "deeds"};
    const auto page = look("/en/sites/shop/book?service=" + dice_.one_of(services));
    for (const auto& form : forms_in(page.page))
        if (form.is_post && !form.choices.empty())
            return press(form, {}, [this, key = key_of(form)](const Answer& answer) {
                const auto link = link_behind(answer.location, "/en/appointments/");
                if (answer.status != see_other || link.empty()) return;
                ++tally_.bookings;
                auditor_.told_of_hold(key, link);
                if (std::ranges::count(appointments_, link) == 0) appointments_.push_back(link);
            });
}

// Names who it is for, comes in, moves, or cancels, whatever the page offers.
void People::visit_appointment() {
    if (appointments_.empty()) return;
    const auto place = dice_.below(appointments_.size());
    const std::string address = "/en/appointments/" + appointments_[place];
    const auto page = look(address + (dice_.once_in(6) ? "/move" : ""));
    std::vector<Form> forms;
    for (auto& form : forms_in(page.page))
        if (form.is_post && (!form.action.ends_with("/cancel") || dice_.once_in(5)))
            forms.push_back(std::move(form));
    if (forms.empty()) return;
    press(dice_.one_of(forms), {}, [this](const Answer& answer) {
        if (answer.status != see_other) return;
        if (const auto ticket = link_behind(answer.location, "/en/tickets/"); !ticket.empty())
            return auditor_.told_of_arrival(ticket);
        const auto link = link_behind(answer.location, "/en/appointments/");
        if (!link.empty() && std::ranges::count(appointments_, link) == 0) appointments_.push_back(link);
    });
}

void People::open_letter() {
    auto& letters = dice_.one_of(servers_)->letters;
    if (letters.empty()) return;
    const auto page = look(letters.back().second);
    letters.pop_back();
    for (const auto& form : forms_in(page.page))
        if (form.is_post && form.action.find("/confirm/") != std::string::npos)
            return press(form, {}, [this](const Answer& answer) {
                const auto link = link_behind(answer.location, "/en/appointments/");
                if (answer.status == see_other && !link.empty()) appointments_.push_back(link);
            });
}

void People::sign_in(Worker& worker) {
    const auto form = Form::encoded({{"sign-in-name", worker.name}, {"password", password}});
    dice_.one_of(servers_)->ask({.method = http::Method::post, .target = "/en/sign-in", .form = form},
                                [&worker](const Answer& answer) {
                                    if (answer.status == see_other) worker.cookie = answer.cookie;
                                });
}

void People::work_at_desk() {
    Worker& worker = workers_[dice_.below(workers_.size())];
    if (worker.cookie.empty()) return sign_in(worker);
    if (!worker.kept.empty() && dice_.once_in(12)) {
        tally_.count(Fault::form_kept);
        return press(dice_.one_of(std::vector<Form>(worker.kept.begin(), worker.kept.end())), worker.cookie,
                     [](const Answer&) {});
    }
    const auto page = look("/en/desk/shop/" + worker.desk, worker.cookie);
    if (page.status == see_other) worker.cookie.clear();  // the session has ended
    std::vector<Form> forms;
    for (auto& form : forms_in(page.page))
        if (form.is_post && form.action.find("/desk/shop/") != std::string::npos)
            forms.push_back(std::move(form));
    if (forms.empty()) return;
    // What is done most stands first on the page.
    const Form form = dice_.once_in(3) ? dice_.one_of(forms) : forms.front();
    worker.kept.push_front(form);
    if (worker.kept.size() > 5) worker.kept.pop_back();
    press(form, worker.cookie, [](const Answer&) {});
}

// The manager's page, or the day's appointments: somebody is let in.
void People::work_in_hall() {
    Worker& worker = workers_.front();
    if (worker.cookie.empty()) return sign_in(worker);
    const auto page = look(dice_.once_in(2) ? "/en/hall/shop" : "/en/hall/shop/appointments", worker.cookie);
    std::vector<Form> forms;
    for (auto& form : forms_in(page.page)) {
        const bool ends_day = form.action.ends_with("/end-day");
        if (form.is_post && form.action.find("/hall/shop/") != std::string::npos &&
            (!ends_day || dice_.once_in(20)))
            forms.push_back(std::move(form));
    }
    if (!forms.empty()) press(dice_.one_of(forms), worker.cookie, [](const Answer&) {});
}

void People::compare_pages() {
    for (const auto& [key, link] : auditor_.tickets()) {
        std::vector<std::string> states;
        for (const auto& server : servers_)
            server->ask({.target = "/en/tickets/" + link}, [&](const Answer& answer) {
                states.push_back(std::to_string(answer.status) + " " + attribute(answer.page, "data-state"));
            });
        if (states.size() != servers_.size() || states.front() != states.back() ||
            !states.front().starts_with("200 "))
            auditor_.find("ticket " + link + " is " + (states.empty() ? "nothing" : states.front()) +
                          " on one server and " + (states.empty() ? "nothing" : states.back()) +
                          " on the other");
    }
}

}  // namespace balcao::rehearsal
