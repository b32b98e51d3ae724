#include "main/streamed_file.hpp"

namespace balcao::cli {

void StreamedFile::write(std::string_view piece) {
    if (error_) return;
    if (auto written = file_.write(piece); !written) error_ = written.error();
}

Result<void> StreamedFile::commit() {
    if (error_) return *error_;
    return file_.commit();
}

}  // namespace balcao::cli
