#pragma once
// What somebody answered to the questions of a life event, as programs send it. Inside `api`.
#include <vector>

#include "api/call.hpp"
#include "http/fields.hpp"

namespace balcao::api {

// The shape of the member `answers`.
SchemaRef said_of_facts();

// The answers of the body as the fields of the form that says the same.
http::Fields answers_in_fields(const Call& call);

// What is wrong with each answer: a fact that is not asked here, or nothing that it could be answered by.
std::vector<Fault> faults_of_answers(const Call& call, const http::Fields& fields);

}  // namespace balcao::api
