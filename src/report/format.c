#include "report/forms.h"

typedef struct Form {
    const char *name, *purpose;
    REPORT_WRITER((*report));
    VERIFICATION_WRITER((*verification));
    FINDINGS_WRITER((*findings)); /* in place of the other two */
} Form;

static const Form forms[] = {
#define FORMAT(id, name, report, verification, purpose) {name, purpose, report, verification, NULL},
#define FINDINGS_FORMAT(id, name, findings, purpose)    {name, purpose, NULL, NULL, findings},
#include "report/format.def"
};

Verdict reports_verdict(const Reports *reports) {
    for (size_t i = 0; i < reports->count; i++)
        if (reports->items[i]->verdict == VERDICT_BREAKING)
            return VERDICT_BREAKING;
    return VERDICT_SAFE;
}

ReportFormat report_format(size_t index) {
    if (index >= sizeof forms / sizeof forms[0])
        return (ReportFormat){0};
    const Form *form = &forms[index];
    return (ReportFormat){form->name, form->purpose, form->verification || form->findings};
}

Text reports_write(Arena *arena, const Reports *reports, size_t format, const TextLayout *layout) {
    const Form *form = &forms[format];
    if (form->findings)
        return form->findings(
            arena, findings_from_root(arena, findings_of_reports(arena, reports), layout->folder),
            layout);
    return form->report(arena, reports, layout);
}

Text verification_write(Arena *arena, const VerificationReport *report, size_t format,
                        const TextLayout *layout) {
    const Form *form = &forms[format];
    if (form->findings)
        return form->findings(
            arena,
            findings_from_root(arena, findings_of_verification(arena, report), layout->folder),
            layout);
    return form->verification(arena, report, layout);
}
