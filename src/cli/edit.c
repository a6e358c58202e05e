#include "cli/edit.h"

static bw_status write_edit(const void *edit, const char *format, const bw_layout *layout,
                            bw_sink sink, void *context) {
    (void)format, (void)layout;
    bw_text text = bw_edit_text(edit);
    return sink(text.data, text.size, context) ? BW_OK : BW_FAULT;
}

int finish_edit(const Arguments *arguments, bw_status status, bw_edit *edit, const char *file) {
    progress_end(arguments->progress);
    if (!edit)
        return told_out_of_memory();
    tell_diagnostics(bw_edit_diagnostics(edit), arguments_have(arguments, "verbose"));
    int exit_status = (int)status;
    if (status == BW_OK) {
        Output output = {.file = file};
        Outputs outputs = {.list = {&output, 1, 1}};
        exit_status = outputs_write(&outputs, write_edit, edit, EXIT_SAFE);
    }
    bw_edit_free(edit);
    return exit_status;
}
