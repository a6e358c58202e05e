#include "argued.h"
#include "forms.h"

#include <stdlib.h>
#include <unistd.h>

/* Of every description in testdata that has pacts beside it: what `usage` says nobody uses can be
 * removed, all of it at once, and `diff` finds that no consumer is hurt. Where that can't be so,
 * tests/usage.txt says why. */

typedef struct Case {
    Harness *harness;
    Argued *argued;
    Text name, base, revision, pacts;
    ARRAY(json_t *) lists; /* of which members were removed: nulls stand there */
    size_t removed;
} Case;

/* ---- removing -------------------------------------------------------------------------------- */

static char *unescaped(Arena *arena, Text token) {
    char *name = arena_alloc(arena, token.size + 1), *to = name;
    for (size_t i = 0; i < token.size; i++) {
        bool escape = token.data[i] == '~' && i + 1 < token.size;
        *to++ = escape ? (token.data[++i] == '0' ? '~' : '/') : token.data[i];
    }
    *to = '\0';
    return name;
}

/* A property that is gone is required no more. */
static void require_no_more(json_t *schema, const char *name) {
    json_t *required = json_object_get(schema, "required"), *value;
    size_t index;
    json_array_foreach(required, index, value) {
        if (strcmp(json_string_value(value), name) == 0) {
            json_array_remove(required, index);
            return;
        }
    }
}

/* Removes what a pointer (RFC 6901) leads to; another removal may have taken it along. */
static void remove_at(Case *run, json_t *document, Text pointer, bool property) {
    json_t *above = NULL, *holder = NULL, *here = document;
    char *name = NULL;
    for (size_t at = 1; here && at <= pointer.size;) {
        size_t end = text_find_byte(pointer, '/', at);
        name = unescaped(run->harness->arena,
                         text_slice(pointer, at, end == SIZE_MAX ? pointer.size : end));
        above = holder;
        holder = here;
        here = json_is_array(here) ? json_array_get(here, (size_t)atol(name))
                                   : json_object_get(here, name);
        at = end == SIZE_MAX ? pointer.size + 1 : end + 1;
    }
    if (!here || !holder)
        return;
    run->removed++;
    if (json_is_array(holder)) {
        json_array_set_new(holder, (size_t)atol(name), json_null());
        array_push(run->harness->arena, &run->lists, holder);
        return;
    }
    json_object_del(holder, name);
    if (property)
        require_no_more(above, name);
}

static Text pointer_of(const json_t *entry) {
    return text_from(member_text(json_object_get(entry, "description"), "pointer"));
}

/* A property counts for all operations that reach it; what else a path or component declares is
 * shared, and may be used by others. */
static void remove_unused(Case *run, json_t *document, const json_t *list, Text within,
                          bool properties) {
    size_t index;
    json_t *entry;
    json_array_foreach(list, index, entry) {
        Text pointer = pointer_of(entry);
        if (json_array_size(json_object_get(entry, "used_by")))
            remove_unused(run, document, json_object_get(entry, "parts"), pointer, false);
        else if (text_starts_with(pointer, within))
            remove_at(run, document, pointer, properties);
    }
}

static void close_gaps(Case *run) {
    for (size_t i = 0; i < run->lists.count; i++)
        for (size_t at = json_array_size(run->lists.items[i]); at-- > 0;)
            if (json_is_null(json_array_get(run->lists.items[i], at)))
                json_array_remove(run->lists.items[i], at);
}

/* ---- one case -------------------------------------------------------------------------------- */

static Run run_command(const Case *run, const char *command, bool compares) {
    Text arguments[7] = {text_from(command), run->base};
    size_t count = 2;
    if (compares)
        arguments[count++] = run->revision;
    arguments[count++] = TEXT("--pacts");
    arguments[count++] = run->pacts;
    arguments[count++] = TEXT("--format");
    arguments[count++] = TEXT("json");
    return run_program(run->harness->arena, run->harness->program, run->harness->root, arguments,
                       count);
}

static void write_json(Arena *arena, Text path, const json_t *value) {
    char *written = json_dumps(value, JSON_INDENT(1));
    test_write_file(path, text_copy(arena, text_from(written)));
    free(written);
}

static void compare(Case *run) {
    Run compared = run_command(run, "diff", true);
    json_t *report = test_parse_json(compared.out);
    json_t *broken = json_object_get(json_object_get(report, "summary"), "consumers_broken");
    if (!json_is_array(broken))
        fail(run->harness, run->name, "no report: %.*s", TEXT_ARG(compared.err));
    else if (json_array_size(broken) && !argued_has(run->argued, &run->name))
        fail(run->harness, run->name, "without what nobody uses, %s is hurt",
             json_string_value(json_array_get(broken, 0)));
    else
        pass(run->harness);
    json_decref(report);
}

/* One that can't be read by itself, as it has several files, is no case of this kind. */
static void check(Case *run, Text description) {
    Arena *arena = run->harness->arena;
    json_t *document = read_value(arena, description);
    if (document)
        write_json(arena, run->base, document);
    json_t *usage = document ? test_parse_json(run_command(run, "usage", false).out) : NULL;
    if (usage) {
        remove_unused(run, document, json_object_get(usage, "operations"), (Text){0}, false);
        remove_unused(run, document, json_object_get(usage, "properties"), (Text){0}, true);
        close_gaps(run);
        write_json(arena, run->revision, document);
    }
    if (run->removed)
        compare(run);
    json_decref(usage);
    json_decref(document);
    unlink(run->base.data);
    unlink(run->revision.data);
}

static void check_folder(Harness *harness, Argued *argued, const char *kind, const char *stem) {
    Arena *arena = harness->arena;
    char copy[] = "/tmp/breakwater-usage-XXXXXX";
    Text folder = text_format(arena, "%.*s/testdata/%s", TEXT_ARG(harness->root), kind);
    Names names = list_folder(arena, folder);
    if (!mkdtemp(copy)) {
        fail(harness, text_from(kind), "no temporary folder");
        return;
    }
    for (array_each(Text, name, &names)) {
        Text here = test_path(arena, folder, *name);
        Text description = find_document(arena, here, stem);
        Case run = {
            .harness = harness,
            .argued = argued,
            .name = text_format(arena, "usage/%s/%.*s/%s", kind, TEXT_ARG(*name), stem),
            .base = text_format(arena, "%s/base.json", copy),
            .revision = text_format(arena, "%s/revision.json", copy),
            .pacts = test_path(arena, here, TEXT("pacts")),
        };
        if (wanted(harness, run.name) && description.data && list_folder(arena, run.pacts).count)
            check(&run, test_path(arena, here, description));
    }
    rmdir(copy);
}

void run_usages(Harness *harness) {
    Text all = TEXT("usage");
    Argued argued = argued_read(harness, all, "tests/usage.txt", 2, "case | why");
    check_folder(harness, &argued, "diff", "base");
    check_folder(harness, &argued, "diff", "revision");
    check_folder(harness, &argued, "verify", "spec");
    check_folder(harness, &argued, "sessions", "spec");
    if (wanted(harness, all))
        argued_check_used(&argued);
}
