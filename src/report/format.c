#include "report/forms.h"

Verdict reports_verdict(const Reports *reports) {
    for (size_t i = 0; i < reports->count; i++)
        if (reports->items[i]->verdict == VERDICT_BREAKING)
            return VERDICT_BREAKING;
    return VERDICT_SAFE;
}

const ReportFormat *report_format(size_t index) {
    static const ReportFormat formats[] = {
#define FORMAT(id, name, writer, purpose) {name, purpose, writer},
#include "report/format.def"
#undef FORMAT
    };
    return index < sizeof formats / sizeof formats[0] ? &formats[index] : NULL;
}
