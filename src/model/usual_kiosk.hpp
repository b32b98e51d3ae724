#pragma once
// What a kiosk offers where the model says nothing: the services that most people come for at that site, and
// the others behind one more button. Used by the live office. A pure function of a model's values.
#include "model/model.hpp"

namespace balcao::model {

// `served`: what can be had at the site, in the order of the model; it decides what is equal. At most
// Kiosk::buttons_most buttons; the last one, without a name, holds what has no button of its own where there
// is more.
Kiosk usual_kiosk(const Model& model, const Site& site, const std::vector<ServiceKey>& served);

}  // namespace balcao::model
