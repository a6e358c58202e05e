#include "report/forms.h"
#include "report/rooted.h"

typedef struct Form {
    const char *name, *purpose;
    REPORT_WRITER((*report));
    VERIFICATION_WRITER((*verification));
    FINDINGS_WRITER((*findings)); /* in place of the other two */
} Form;

enum {
#define FORMAT(id, name, report, verification, purpose) FORM_##id,
#include "report/format.def"
};

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

/* People at a terminal and programs beside it look from the working directory, all others from the
 * root of the repository. */
static Text folder_of(size_t format, const TextLayout *layout) {
    return format == FORM_TEXT || format == FORM_JSON ? (Text){0} : layout->folder;
}

Text reports_write(Arena *arena, const Reports *reports, size_t format, const TextLayout *layout) {
    const Form *form = &forms[format];
    reports = reports_from_root(arena, reports, folder_of(format, layout));
    if (form->findings)
        return form->findings(arena, findings_of_reports(arena, reports), layout);
    return form->report(arena, reports, layout);
}

Text verification_write(Arena *arena, const VerificationReport *report, size_t format,
                        const TextLayout *layout) {
    const Form *form = &forms[format];
    report = verification_from_root(arena, report, folder_of(format, layout));
    if (form->findings)
        return form->findings(arena, findings_of_verification(arena, report), layout);
    return form->verification(arena, report, layout);
}
