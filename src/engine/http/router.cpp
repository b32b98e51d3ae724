#include "http/router.hpp"

#include <map>
#include <utility>
#include <vector>

#include "base/check.hpp"
#include "http/characters.hpp"

namespace balcao::http {

namespace {

// "/a/b" is {"a", "b"}; "/" is nothing; "/a/" is {"a", ""}.
std::vector<std::string_view> segments_of(std::string_view path) {
    std::vector<std::string_view> segments;
    if (path.empty() || path == "/") return segments;
    path.remove_prefix(1);
    bool goes_on = true;
    while (goes_on) {
        goes_on = path.find('/') != std::string_view::npos;
        segments.push_back(cut(path, '/'));
    }
    return segments;
}

bool is_name(std::string_view segment) { return segment.starts_with('{'); }

bool is_rest(std::string_view segment) { return segment.ends_with("...}"); }

std::string_view bare_name(std::string_view segment) {
    segment.remove_prefix(1);
    segment.remove_suffix(is_rest(segment) ? 4 : 1);
    return segment;
}

bool is_good_segment(std::string_view segment, bool is_last) {
    if (segment.empty()) return false;
    if (!is_name(segment)) return segment.find_first_of("{}") == std::string_view::npos;
    return segment.ends_with('}') && is_token(bare_name(segment)) && (is_last || !is_rest(segment));
}

}  // namespace

struct Router::Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> texts;
    std::unique_ptr<Node> name;
    std::unique_ptr<Node> rest;
    std::map<Method, std::unique_ptr<Route>> routes;

    Node& step(std::string_view segment) {
        auto& next = is_rest(segment) ? rest : is_name(segment) ? name : texts[std::string{segment}];
        if (!next) next = std::make_unique<Node>();
        return *next;
    }

    [[nodiscard]] const Route* route_for(Method method) const {
        auto found = routes.find(method);
        if (found == routes.end() && method == Method::head) found = routes.find(Method::get);
        return found == routes.end() ? nullptr : found->second.get();
    }

    // Every node that the segments from `place` on lead to, the most specific first, until one says "enough".
    template <class Visit>
    bool visit(const std::vector<std::string_view>& segments, std::size_t place, const Visit& enough) const {
        if (place == segments.size()) return enough(*this);
        const auto text = texts.find(segments[place]);
        if (text != texts.end() && text->second->visit(segments, place + 1, enough)) return true;
        if (segments[place].empty()) return false;
        if (name && name->visit(segments, place + 1, enough)) return true;
        return rest && enough(*rest);
    }

    void collect(std::vector<const Route*>& all) const {
        for (const auto& [method, route] : routes)
            all.push_back(route.get());
        for (const auto& [text, node] : texts)
            node->collect(all);
        if (name) name->collect(all);
        if (rest) rest->collect(all);
    }

    void collect(std::map<Method, bool>& methods) const {
        for (const auto& [method, route] : routes)
            methods[method] = true;
        for (const auto& [text, node] : texts)
            node->collect(methods);
        if (name) name->collect(methods);
        if (rest) rest->collect(methods);
    }
};

namespace {

std::string list_of(std::map<Method, bool> methods) {
    if (methods.empty()) return {};
    if (methods.count(Method::get) != 0) methods[Method::head] = true;
    methods[Method::options] = true;
    std::string list;
    for (const auto& [method, is_known] : methods) {
        if (!list.empty()) list += ", ";
        list += name_of(method);
    }
    return list;
}

Fields parameters_of(const Route& route, const std::vector<std::string_view>& segments) {
    Fields parameters;
    const auto names = segments_of(route.pattern);
    for (std::size_t place = 0; place < names.size(); ++place) {
        if (!is_name(names[place])) continue;
        std::string value{segments[place]};
        for (std::size_t more = place + 1; is_rest(names[place]) && more < segments.size(); ++more) {
            value += '/';
            value += segments[more];
        }
        parameters.add(std::string{bare_name(names[place])}, std::move(value));
    }
    return parameters;
}

}  // namespace

Router::Router() : root_{std::make_unique<Node>()} {}

Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;
Router::~Router() = default;

Route& Router::add(Method method, std::string_view pattern, Handler handler) {
    BALCAO_CHECK(pattern.starts_with('/') && handler != nullptr);
    const auto segments = segments_of(pattern);
    Node* node = root_.get();
    for (std::size_t place = 0; place < segments.size(); ++place) {
        BALCAO_CHECK(is_good_segment(segments[place], place + 1 == segments.size()));
        node = &node->step(segments[place]);
    }
    auto& route = node->routes[method];
    BALCAO_CHECK(route == nullptr);
    route = std::make_unique<Route>(Route{method, std::string{pattern}, std::move(handler)});
    return *route;
}

std::vector<const Route*> Router::routes() const {
    std::vector<const Route*> all;
    root_->collect(all);
    return all;
}

Router::Match Router::find(Method method, std::string_view path) const {
    Match match;
    const auto segments = segments_of(path);
    root_->visit(segments, 0, [&](const Node& node) {
        match.route = node.route_for(method);
        return match.route != nullptr;
    });
    if (match.route != nullptr) match.parameters = parameters_of(*match.route, segments);
    if (match.route != nullptr && method != Method::options) return match;
    std::map<Method, bool> methods;
    root_->visit(segments, 0, [&](const Node& node) {
        for (const auto& [known, route] : node.routes)
            methods[known] = true;
        return false;
    });
    match.allow = list_of(std::move(methods));
    return match;
}

std::string Router::allow_all() const {
    std::map<Method, bool> methods;
    root_->collect(methods);
    return list_of(std::move(methods));
}

}  // namespace balcao::http
