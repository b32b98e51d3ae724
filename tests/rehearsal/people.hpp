#pragma once
// Who comes to the town: citizens who take tickets and book, attendants and a manager, each with a browser
// and no scripts. An answer that does not come is asked for again with the same form, at either server.
#include <deque>
#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "auditor.hpp"
#include "browser.hpp"
#include "town.hpp"

namespace balcao::rehearsal {

class People {
public:
    using Servers = std::vector<std::unique_ptr<Server>>;

    // `told`: where each thing that happens is written down; null: nowhere.
    People(Servers& servers, Dice& dice, Tally& tally, Auditor& auditor, std::ostream* told);

    // Somebody does something.
    void act();
    // Who waits for an answer of that server waits in vain.
    void server_died(std::size_t server);
    // Everybody who has no answer asks again. True when nobody waits any more.
    bool ask_again();

    // Nothing is lost any more between people and servers.
    void mend() { is_mended_ = true; }

    // What every page says at last.
    void compare_pages();

private:
    struct Wish {
        http::Asked asked;
        std::function<void(const Answer&)> heard;
        std::vector<std::size_t> on_the_way{};  // the servers that have it
        bool is_answered = false;
        bool is_lost = false;
    };

    struct Worker {
        std::string name;
        std::string desk;
        std::string cookie;
        std::deque<Form> kept;
    };

    using WishPointer = std::shared_ptr<Wish>;

    void say(const std::string& what) const;
    void wish(http::Asked asked, std::function<void(const Answer&)> heard);
    void send(const WishPointer& wish);
    void hear(const WishPointer& wish, const Answer& answer);
    // A page, at once; status 0 when the server had none.
    Answer look(const std::string& target, const std::string& cookie = {});
    void press(const Form& form, const std::string& cookie, std::function<void(const Answer&)> heard);
    std::string typed(const std::string& name);

    void take_ticket();
    void visit_ticket();
    void book();
    void visit_appointment();
    void open_letter();
    void work_at_desk();
    void work_in_hall();
    void sign_in(Worker& worker);

    Servers& servers_;
    Dice& dice_;
    Tally& tally_;
    Auditor& auditor_;
    std::ostream* told_;
    bool is_mended_ = false;
    std::vector<WishPointer> open_;
    std::vector<Worker> workers_;
    std::vector<std::string> tickets_;       // their links
    std::vector<std::string> appointments_;  // theirs
};

}  // namespace balcao::rehearsal
