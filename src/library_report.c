/* The public functions on reports: their forms, and reading one that was stored. */
#include "rendering.h"

#include "document/document.h"

#include <stdlib.h>

/* ---- forms ----------------------------------------------------------------------------------- */

static ReportFormat format_of(bw_format format) {
    return (int)format < 0 ? (ReportFormat){0} : report_format((size_t)format);
}

const char *bw_format_name(bw_format format) {
    return format_of(format).name;
}

const char *bw_format_purpose(bw_format format) {
    return format_of(format).purpose;
}

bool bw_format_verifies(bw_format format) {
    return format_of(format).of_verifications;
}

/* ---- writing --------------------------------------------------------------------------------- */

typedef struct Results {
    const bw_result *const *items;
    size_t count;
} Results;

/* What was stored counts its paths from where it was made, wherever it is shown. */
static TextLayout layout_of(const Rendering *rendering, Text folder) {
    TextLayout layout = rendering->layout;
    if (folder.data)
        layout.folder = folder;
    return layout;
}

static Text render_results(Arena *arena, const Rendering *rendering) {
    const Results *results = rendering->subject;
    TextLayout layout = layout_of(rendering, results->items[0]->stored.folder);
    ARRAY(const VerdictReport *) all = {0};
    for (size_t i = 0; i < results->count; i++) {
        const bw_result *result = results->items[i];
        if (result->report && !result->stored.count)
            array_push(arena, &all, result->report);
        for (size_t j = 0; j < result->stored.count; j++)
            array_push(arena, &all, result->stored.items[j]);
    }
    Reports reports = {.items = all.items, .count = all.count};
    if (results->count == 1 && results->items[0]->stored.commits) {
        const Reports *stored = &results->items[0]->stored;
        reports.commits = stored->commits;
        reports.unread = stored->unread;
        reports.unread_count = stored->unread_count;
    }
    return reports_write(arena, &reports, rendering->index, &layout);
}

static Text render_verification(Arena *arena, const Rendering *rendering) {
    const VerificationReport *report = rendering->subject;
    TextLayout layout = layout_of(rendering, report->folder);
    return verification_write(arena, report, rendering->index, &layout);
}

bool bw_result_is_verification(const bw_result *result) {
    return result->verification != NULL;
}

static bw_status write_verification(const VerificationReport *report, bw_format format,
                                    const bw_layout *layout, bw_sink sink, void *context) {
    Rendering rendering = {render_verification, report, (size_t)format, {0}};
    if (!bw_format_verifies(format) || !set_layout(&rendering, layout))
        return BW_WRONG_USAGE;
    return write_rendering(&rendering, sink, context);
}

bw_status bw_results_write(const bw_result *const *results, size_t count, bw_format format,
                           const bw_layout *layout, bw_sink sink, void *context) {
    if (count == 1 && results[0]->verification)
        return write_verification(results[0]->verification, format, layout, sink, context);
    Results subject = {results, count};
    Rendering rendering = {render_results, &subject, (size_t)format, {0}};
    if (!count || !format_of(format).name || !set_layout(&rendering, layout))
        return BW_WRONG_USAGE;
    for (size_t i = 0; i < count; i++)
        if (!results[i]->report && !results[i]->stored.commits)
            return BW_INVALID_INPUT;
    return write_rendering(&rendering, sink, context);
}

bw_status bw_result_write(const bw_result *result, bw_format format, const bw_layout *layout,
                          bw_sink sink, void *context) {
    return bw_results_write(&result, 1, format, layout, sink, context);
}

static Text render_commit(Arena *arena, const Rendering *rendering) {
    const bw_log_entry *entry = rendering->subject;
    CommitInfo info = {
        .commit = {entry->commit.data, entry->commit.size},
        .date = {entry->date.data, entry->date.size},
        .author = {entry->author.data, entry->author.size},
        .subject = {entry->subject.data, entry->subject.size},
        .release = {entry->release.data, entry->release.size},
    };
    return commit_text(arena, &info, entry->result->report, &rendering->layout);
}

bw_status bw_log_entry_write(const bw_log_entry *entry, const bw_layout *layout, bw_sink sink,
                             void *context) {
    Rendering rendering = {render_commit, entry, 0, {0}};
    if (!set_layout(&rendering, layout))
        return BW_WRONG_USAGE;
    return write_rendering(&rendering, sink, context);
}

/* ---- reading --------------------------------------------------------------------------------- */

/* Of a name, or of bytes. */
typedef struct StoredReport {
    const char *name;
    Text bytes;
} StoredReport;

static bw_status read_stored(bw_result *result, const StoredReport *stored) {
    result->run = arena_new(&result->escape);
    if (!result->run)
        return BW_FAULT;
    Diagnostics *diagnostics = &result->diagnostics.all;
    diagnostics->arena = result->run;
    const Document *document;
    if (stored->name)
        document =
            document_set_open(document_set_new(result->run, diagnostics), text_from(stored->name));
    else
        document =
            document_parse(result->run, diagnostics,
                           (Source){.name = TEXT("-"), .file = TEXT("-"), .bytes = stored->bytes});
    if (document && stored_is_verification(document)) {
        result->verification = verification_read(result->run, diagnostics, document);
        return result->verification ? BW_OK : BW_INVALID_INPUT;
    }
    if (!document || !reports_read(result->run, diagnostics, document, &result->stored)) {
        result->stored = (Reports){0};
        return BW_INVALID_INPUT;
    }
    result->report = result->stored.count ? result->stored.items[0] : NULL;
    return BW_OK;
}

static bw_status read_report(const StoredReport *stored, bw_result **result) {
    *result = NULL;
    bw_result *read = calloc(1, sizeof *read);
    if (!read)
        return BW_FAULT;
    if (setjmp(read->escape.point)) {
        bw_result_free(read);
        return BW_FAULT;
    }
    bw_status status = read_stored(read, stored);
    if (status == BW_FAULT) {
        bw_result_free(read);
        return BW_FAULT;
    }
    *result = read;
    return status;
}

bw_status bw_report_read(const char *source, bw_result **result) {
    *result = NULL;
    return source ? read_report(&(StoredReport){.name = source}, result) : BW_WRONG_USAGE;
}

bw_status bw_report_parse(const char *data, size_t size, bw_result **result) {
    *result = NULL;
    return data ? read_report(&(StoredReport){.bytes = {data, size}}, result) : BW_WRONG_USAGE;
}
