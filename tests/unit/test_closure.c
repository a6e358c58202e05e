/* Which files a description refers to, and whether it is as it was: rows of files, one of which is
 * changed. */
#include "check.h"

#include "closure.h"
#include "source/path.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILES_MOST = 4 };

typedef struct Row {
    const char *what;
    struct {
        const char *name, *text;
    } files[FILES_MOST]; /* the first is the description */
    const char *changed; /* gets one more line, or comes to be; NULL: nothing is */
    bool same;           /* and the description is what it was all the same */
    const char *reached; /* from it, in the order in which they are met */
} Row;

static const Row rows[] = {
    {"a schema",
     {{"a.yaml", "schema: {$ref: \"b.yaml#/B\"}"}, {"b.yaml", "B: {}"}},
     "b.yaml",
     false,
     "a.yaml b.yaml"},
    {"nothing that was changed",
     {{"a.yaml", "schema: {$ref: b.yaml}"}, {"b.yaml", "{}"}, {"c.yaml", "{}"}},
     "c.yaml",
     true,
     "a.yaml b.yaml"},
    {"the description itself", {{"a.yaml", "{}"}}, "a.yaml", false, "a.yaml"},
    {"itself by its own name",
     {{"a.yaml", "{$ref: 'a.yaml#/B'}"}, {"b.yaml", "{}"}},
     "b.yaml",
     true,
     "a.yaml"},
    {"a path item, without quotes",
     {{"a.yaml", "paths:\n  /a:\n    $ref: p/a.yaml#/get # of a\n"}, {"p/a.yaml", "get: {}"}},
     "p/a.yaml",
     false,
     "a.yaml p/a.yaml"},
    {"a parameter in JSON",
     {{"a.json", "{\"parameters\": [{\"$ref\" : \"p.json#/x~1y\"}]}"}, {"p.json", "{}"}},
     "p.json",
     false,
     "a.json p.json"},
    {"through another, which lies elsewhere",
     {{"a/a.yaml", "$ref: ../b/b.yaml"}, {"b/b.yaml", "$ref: c.yaml"}, {"b/c.yaml", "{}"}},
     "b/c.yaml",
     false,
     "a/a.yaml b/b.yaml b/c.yaml"},
    {"a circle",
     {{"a.yaml", "$ref: b.yaml"}, {"b.yaml", "$ref: 'a.yaml#/x'"}, {"c.yaml", "{}"}},
     "c.yaml",
     true,
     "a.yaml b.yaml"},
    {"a file that is not there", {{"a.yaml", "$ref: b.yaml"}}, NULL, false, "a.yaml b.yaml"},
    {"one that comes to be there", {{"a.yaml", "$ref: b.yaml"}}, "b.yaml", false, "a.yaml b.yaml"},
    {"a name in percents",
     {{"a.yaml", "$ref: 'b%20c%23.yaml#/B'"}, {"b c#.yaml", "B: {}"}},
     "b c#.yaml",
     false,
     "a.yaml b c#.yaml"},
    {"a name in escapes is for a parser",
     {{"a.json", "{\"$ref\": \"\\u0062.json\"}"}, {"b.json", "{}"}},
     "b.json",
     false,
     "a.json"},
    {"a keyword in escapes is, too",
     {{"a.json", "{\"\\u0024ref\": \"b.json\"}"}, {"b.json", "{}"}},
     "b.json",
     false,
     "a.json"},
    {"a block scalar is, too",
     {{"a.yaml", "$ref: >-\n  b.yaml\n"}, {"b.yaml", "{}"}},
     "b.yaml",
     false,
     "a.yaml"},
    {"the next line is none",
     {{"a.yaml", "$ref:\n  b.yaml\n"}, {"b.yaml", "{}"}},
     "b.yaml",
     false,
     "a.yaml b.yaml"},
    {"a file of any name", {{"a.yaml", "$ref: b"}, {"b", "{}"}}, "b", false, "a.yaml b"},
    {"a dynamic reference",
     {{"a.yaml", "$dynamicRef: 'b.yaml#node'"}, {"b.yaml", "{}"}},
     "b.yaml",
     false,
     "a.yaml b.yaml"},
    {"what a discriminator maps to",
     {{"a.yaml", "discriminator:\n  propertyName: kind\n  mapping:\n    b: b.yaml\n"},
      {"b.yaml", "{}"}},
     "b.yaml",
     false,
     "a.yaml b.yaml"},
    {"and what that refers to",
     {{"a.yaml", "discriminator: {mapping: {b: 'b.yaml#/B'}}"},
      {"b.yaml", "B: {$ref: c.yaml}"},
      {"c.yaml", "{}"}},
     "c.yaml",
     false,
     "a.yaml b.yaml c.yaml"},
    {"in JSON, from a part",
     {{"a.yaml", "$ref: p/a.json"},
      {"p/a.json",
       "{\"discriminator\":{\"mapping\":{\"b\":\"./b.json\",\"c\":\"#/c\",\"d\":\"D\"}}}"},
      {"p/b.json", "{\"$ref\":\"c.json\"}"},
      {"p/c.json", "{}"}},
     "p/c.json",
     false,
     "a.yaml p/a.json p/b.json p/c.json"},
    {"a component's name with a dot is no file",
     {{"a.yaml", "discriminator: {mapping: {b: v1.B}}\nmapping: of words"}, {"b.yaml", "{}"}},
     "b.yaml",
     true,
     "a.yaml"},
    {"an alias for a mapping is for a parser",
     {{"a.yaml", "x: &m {b: b.yaml}\ndiscriminator: {mapping: *m}"},
      {"b.yaml", "$ref: c.yaml"},
      {"c.yaml", "{}"}},
     "c.yaml",
     false,
     "a.yaml"},
    {"a name in words of a mapping, which is none of a file",
     {{"a.yaml", "mapping: {b: '#/b'}\ndescription: As in x.yaml.\n"}, {"b.yaml", "{}"}},
     "b.yaml",
     true,
     "a.yaml"},
    {"a link's operation in another file",
     {{"a.yaml", "links: {b: {operationRef: 'b.yaml#/paths/~1b/get'}}"}, {"b.yaml", "{}"}},
     "b.yaml",
     false,
     "a.yaml"},
    {"an example's value",
     {{"a.yaml", "examples: {b: {externalValue: examples/b.json}}"}, {"examples/b.json", "{}"}},
     "examples/b.json",
     false,
     "a.yaml"},
    {"a resource by its name, whatever it is called there",
     {{"a.yaml", "{$id: 'https://x.test/a', $defs: {b: {$id: b.yaml}}, $ref: b.yaml}"},
      {"b.yaml", "{}"}},
     "b.yaml",
     false,
     "a.yaml b.yaml"},
    {"an address is for a parser",
     {{"a.yaml", "$ref: https://x.test/b.yaml"}, {"c.yaml", "{}"}},
     "c.yaml",
     false,
     "a.yaml"},
    {"what lies outside, too",
     {{"a.yaml", "$ref: ../../b.yaml"}, {"c.yaml", "{}"}},
     "c.yaml",
     false,
     "a.yaml"},
};

enum { ROWS = sizeof rows / sizeof *rows };

/* ---- a repository with a folder for each row --------------------------------------------------
 */

static void write_text(Arena *arena, size_t row, const char *name, const char *text,
                       const char *mode) {
    Text path = text_format(arena, "r%zu/%s", row, name);
    for (size_t end = 0; (end = text_find_byte(path, '/', end)) != SIZE_MAX; end++)
        mkdir(text_copy(arena, text_slice(path, 0, end)).data, 0777);
    FILE *file = fopen(path.data, mode);
    CHECK(file && fprintf(file, "%s\n", text) > 0 && fclose(file) == 0);
}

static bool run(const char *command) {
    return system(command) == 0;
}

static Repository *repository_of_rows(Arena *arena, const char *folder) {
    static const char *const foreign[] = {"GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"};
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++)
        unsetenv(foreign[i]);
    setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
    if (chdir(folder) != 0 || !run("git init -q ."))
        return NULL;
    for (size_t i = 0; i < ROWS; i++)
        for (size_t j = 0; j < FILES_MOST && rows[i].files[j].name; j++)
            write_text(arena, i, rows[i].files[j].name, rows[i].files[j].text, "w");
    if (!run("git add . && git -c user.name=A -c user.email=a@a commit -qm all"))
        return NULL;
    for (size_t i = 0; i < ROWS; i++)
        if (rows[i].changed)
            write_text(arena, i, rows[i].changed, "", "a");
    return run("git add .") ? repository_find(arena) : NULL;
}

/* ---- rows -------------------------------------------------------------------------------------
 */

static Text reached(Arena *arena, Closures *closures, const Snapshot *snapshot, Text path) {
    Paths paths = {0};
    Buffer out = {.arena = arena};
    size_t folder = text_find_byte(path, '/', 0) + 1;
    closures_files(closures, snapshot, path, &paths);
    for (size_t i = 0; i < paths.count; i++)
        buffer_format(&out, "%s%.*s", i ? " " : "",
                      TEXT_ARG(text_slice(paths.items[i], folder, paths.items[i].size)));
    return buffer_text(&out);
}

static void rows_are_what_they_say(Arena *arena) {
    const Snapshot base = {.kind = SNAPSHOT_COMMIT, .revision = TEXT("HEAD")};
    const Snapshot revision = {.kind = SNAPSHOT_INDEX};
    char folder[] = "/tmp/breakwater-closure-XXXXXX";
    Repository *repository = mkdtemp(folder) ? repository_of_rows(arena, folder) : NULL;
    CHECK(repository);
    for (size_t i = 0; repository && i < ROWS; i++) {
        Closures *closures = closures_new(arena, repository);
        Text path = text_format(arena, "r%zu/%s", i, rows[i].files[0].name);
        Text changed = text_from(rows[i].changed);
        bool same = closures_equal(closures, &base, &revision, path) &&
                    !(changed.size && closures_name(closures, &base, path, path_name(changed)));
        if (same != rows[i].same)
            printf("%s: %s\n", rows[i].what, same ? "taken for the same" : "not the same");
        CHECK(same == rows[i].same);
        Text files = reached(arena, closures, &revision, path);
        if (!text_is(files, rows[i].reached))
            printf("%s:\n", rows[i].what);
        CHECK_TEXT(files, rows[i].reached);
    }
    CHECK(run(text_format(arena, "rm -rf %s", folder).data));
}

int main(void) {
    RUN(rows_are_what_they_say);
    return check_finish();
}
