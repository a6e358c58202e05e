#include "cli/forms.h"

const char *const form_names[] = {
#define FORMAT(id, name, report, verification, purpose) name,
#include "report/format.def"
    NULL,
};

const char *const form_purposes[] = {
#define FORMAT(id, name, report, verification, purpose) purpose,
#include "report/format.def"
    NULL,
};

const char *const verification_form_names[] = {
#define FORMAT(id, name, report, verification, purpose) name,
#define CHANGES_FORMAT(id, name, report, purpose)
#include "report/format.def"
    NULL,
};

const char *const verification_form_purposes[] = {
#define FORMAT(id, name, report, verification, purpose) purpose,
#define CHANGES_FORMAT(id, name, report, purpose)
#include "report/format.def"
    NULL,
};

/* The rows stand in the order of bw_format, and without a name it is the first one. */
bw_format form_of(const char *name) {
    for (int i = 0; name && form_names[i]; i++)
        if (strcmp(form_names[i], name) == 0)
            return (bw_format)i;
    return BW_FORMAT_TEXT;
}

bw_status write_result(const void *result, const char *form, const bw_layout *layout, bw_sink sink,
                       void *context) {
    return bw_result_write(result, form_of(form), layout, sink, context);
}

bw_status write_results(const void *results, const char *form, const bw_layout *layout,
                        bw_sink sink, void *context) {
    const Results *all = results;
    return bw_results_write(all->items, all->count, form_of(form), layout, sink, context);
}

bool check_forms_of(const Arguments *arguments, const Outputs *outputs, const bw_result *result) {
    for (size_t i = 0; result && bw_result_is_verification(result) && i < outputs->list.count; i++)
        if (!bw_format_verifies(form_of(outputs->list.items[i].format)))
            return diagnose(arguments->diagnostics, FORM_NOT_OF_VERIFICATION, (Place){0},
                            outputs->list.items[i].format);
    return true;
}

int finish_verdict(const Arguments *arguments, const Outputs *outputs, OutputWriter write,
                   const void *subject, bool breaking, bool fails) {
    const char *fail_on = arguments_value(arguments, "fail-on");
    int status = breaking ? EXIT_BREAKING : EXIT_SAFE;
    int written = outputs_write(outputs, write, subject, status);
    bool never = fail_on ? strcmp(fail_on, "never") == 0 : !fails;
    return written == EXIT_BREAKING && never ? EXIT_SAFE : written;
}

int finish_result(const Arguments *arguments, const Outputs *outputs, bw_status status,
                  const bw_result *result) {
    bw_verdict verdict;
    if (!result)
        return told_out_of_memory();
    tell_diagnostics(bw_result_diagnostics(result), arguments_have(arguments, "verbose"));
    if (!bw_result_verdict(result, &verdict))
        return (int)status;
    int finished = finish_verdict(arguments, outputs, write_result, result,
                                  verdict == BW_VERDICT_BREAKING, bw_result_fails(result));
    return status == BW_OK ? finished : EXIT_FAULT; /* the report tells of the fault */
}
