#include "plan/families.hpp"

#include <vector>

#include "text/csv.hpp"
#include "text/number.hpp"
#include "text/utf8.hpp"

namespace balcao::plan {
namespace {

using std::chrono::days;

constexpr std::array<FamilyName, family_count> names{
    {{"registry", "Registos e identificação", "Registry and identity", "Registros e identificación"},
     {"treasury", "Finanças e segurança social", "Tax and social security", "Hacienda y seguridad social"},
     {"general", "Atendimento geral e outros", "General and other services", "Atención general y otros"}}};

// Folded; the first list that has a word of the name decides.
constexpr std::array registry_words{"cartao de cidadao",  "passaporte",        "registo",
                                    "nacionalidade",      "certidoes",         "nascimento",
                                    "habilitacao",        "casa pronta",       "empresa na hora",
                                    "foreign citizen id", "recolha de imagem", "certificados"};
constexpr std::array treasury_words{"patrimonio",  "rendimento",   "execucoes fiscais", "nif",    "pagamento",
                                    "tesouraria",  "cobranca",     "contencioso",       "niss",   "prestacao",
                                    "acao social", "accao social", "apoio social",      "divida", "inspecao"};

template <std::size_t n>
bool has_any(const std::string& folded, const std::array<const char*, n>& words) {
    for (const char* word : words)
        if (folded.find(word) != std::string::npos) return true;
    return false;
}

bool is_there(const std::filesystem::path& file) {
    return std::filesystem::exists(file) || std::filesystem::exists(file.string() + ".gz");
}

// One column by another.
Result<std::map<std::string, std::string>> read_names(const std::filesystem::path& file,
                                                      std::string_view id,
                                                      std::string_view name) {
    BALCAO_TRY(const text::CsvTable table, text::CsvTable::read(file));
    BALCAO_TRY(const std::size_t id_column, table.column(id));
    BALCAO_TRY(const std::size_t name_column, table.column(name));
    std::map<std::string, std::string> found;
    for (std::size_t row = 0; row < table.row_count(); ++row)
        found.emplace(table.field(row, id_column), table.field(row, name_column));
    return found;
}

}  // namespace

const FamilyName& name_of(Family family) { return names[static_cast<std::size_t>(family)]; }

Family family_of(std::string_view service) {
    const std::string folded = text::fold(service);
    if (has_any(folded, registry_words)) return Family::registry;
    return has_any(folded, treasury_words) ? Family::treasury : Family::general;
}

Result<std::map<std::string, FamilyShares>> read_family_shares(const std::filesystem::path& folder,
                                                               Date until) {
    std::map<std::string, FamilyShares> shares;
    for (const char* file : {"by-service.csv", "services.csv", "stores.csv"})
        if (!is_there(folder / file)) return shares;
    BALCAO_TRY(const auto services, read_names(folder / "services.csv", "service_id", "service"));
    BALCAO_TRY(const auto stores, read_names(folder / "stores.csv", "store_id", "store"));
    std::map<std::string, std::size_t> family_by_id;
    for (const auto& [id, service] : services)
        family_by_id.emplace(id, static_cast<std::size_t>(family_of(service)));
    BALCAO_TRY(const text::CsvTable table, text::CsvTable::read(folder / "by-service.csv"));
    BALCAO_TRY(const std::size_t date, table.column("date"));
    BALCAO_TRY(const std::size_t store, table.column("store_id"));
    BALCAO_TRY(const std::size_t service, table.column("service_id"));
    BALCAO_TRY(const std::size_t attended, table.column("attended"));
    const std::string first = format_date(until - days{364});
    const std::string last = format_date(until);
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        const std::string_view day = table.field(row, date);
        if (day < first || day > last) continue;
        const auto family = family_by_id.find(std::string{table.field(row, service)});
        const auto shop = stores.find(std::string{table.field(row, store)});
        const std::optional<double> people = text::parse_number(table.field(row, attended));
        if (family == family_by_id.end() || shop == stores.end() || !people || *people < 0) continue;
        shares[shop->second][family->second] += *people;
    }
    for (auto shop = shares.begin(); shop != shares.end();) {
        double sum = 0;
        for (const double part : shop->second)
            sum += part;
        if (sum <= 0) {
            shop = shares.erase(shop);
            continue;
        }
        for (double& part : shop->second)
            part /= sum;
        ++shop;
    }
    return shares;
}

}  // namespace balcao::plan
