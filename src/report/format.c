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

/* Descriptions that break come first, so that nobody has to look for them; a history keeps its
 * order. */
static Reports breaking_first(Arena *arena, const Reports *reports) {
    Reports sorted = *reports;
    if (reports->commits)
        return sorted;
    const VerdictReport **items = arena_new_array(arena, reports->count, const VerdictReport *);
    size_t count = 0;
    for (int safe = 0; safe <= 1; safe++)
        for (size_t i = 0; i < reports->count; i++)
            if ((reports->items[i]->verdict == VERDICT_SAFE) == safe)
                items[count++] = reports->items[i];
    sorted.items = items;
    return sorted;
}

Text reports_write(Arena *arena, const Reports *reports, size_t format, const TextLayout *layout) {
    const Form *form = &forms[format];
    Reports sorted = breaking_first(arena, reports);
    reports = reports_from_root(arena, &sorted, folder_of(format, layout));
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
