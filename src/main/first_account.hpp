#pragma once
// How the first person comes in: a demonstration makes an account and tells its password; an office tells who
// starts it the whole address at which the first account is made. Used by `serve`.
#include <string>

#include "crypto/keys.hpp"
#include "main/commands.hpp"
#include "staff/staff.hpp"

namespace balcao::cli {

// Where a browser finds the pages: --address where it is given, else `here` ("http://0.0.0.0:8080"), with the
// address of this machine itself in place of one that stands for all of its networks. Without a slash at its
// end.
std::string address_to_open(const Serve& command, const std::string& here);

struct FirstWay {
    const Serve& command;
    std::string address;   // as address_to_open says
    std::string language;  // of the page
};

// Prints the line, unless there is an account.
void tell_how_to_sign_in(const FirstWay& way, staff::Staff& staff, const crypto::SecretKey& key);

}  // namespace balcao::cli
