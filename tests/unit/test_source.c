/* Names, references and their boundary, in a folder of their own under the system's temporary one,
 * with a small git repository made by libgit2. */
#include "source/source.h"

#include "check.h"

#include <git2.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/breakwater-source-XXXXXX";

static void write_file(const char *path, const char *content) {
    FILE *file = fopen(path, "w");
    if (!file || fputs(content, file) < 0 || fclose(file) != 0) {
        perror(path);
        exit(1);
    }
}

static void must(bool good, const char *what) {
    if (!good) {
        perror(what);
        exit(1);
    }
}

/* outside.yaml, specs/{openapi.yaml, models/{a.yaml, b#1 $x.yaml}, .hidden.yaml, …} and links. */
static void make_files(void) {
    must(mkdtemp(folder) && chdir(folder) == 0, folder);
    must(mkdir("specs", 0777) == 0 && mkdir("specs/models", 0777) == 0, "mkdir");
    must(mkdir("specs/.git-like", 0777) == 0, "mkdir");
    write_file("outside.yaml", "outside");
    write_file("specs/openapi.yaml", "root");
    write_file("specs/models/a.yaml", "a");
    write_file("specs/models/b#1 $x%.yaml", "b");
    write_file("specs/models/c.json", "c");
    write_file("specs/models/empty.yaml", "");
    write_file("specs/.hidden.yaml", "hidden");
    write_file("specs/.git-like/x.yaml", "hidden");
    write_file("specs/main:odd.yaml", "odd");
    must(symlink("../outside.yaml", "specs/link-out.yaml") == 0, "symlink");
    must(symlink("..", "specs/up") == 0, "symlink");
    must(symlink("models/a.yaml", "specs/link-in.yaml") == 0, "symlink");
    must(symlink("nowhere", "specs/dangling.yaml") == 0, "symlink");
    must(mkfifo("specs/pipe.yaml", 0666) == 0, "mkfifo");
}

static void remove_files(void) {
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    if (chdir("/") != 0 || system(command) != 0)
        printf("left behind: %s\n", folder);
}

static void enter(const char *name) {
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    must(chdir(path) == 0, path);
}

static Source read_good(Arena *arena, const char *name) {
    Diagnostics diagnostics = {.arena = arena};
    Source source = {0};
    if (!source_read(arena, &diagnostics, text_from(name), &source)) {
        CHECK(!"readable");
        printf("  %s: %.*s\n", name, TEXT_ARG(diagnostics.list.items[0].message));
    }
    return source;
}

static void check_fails(const char *name, bool read, const Diagnostics *diagnostics,
                        DiagnosticId id) {
    CHECK(!read);
    CHECK(diagnostics->errors == 1 && diagnostics->list.count == 1);
    if (!read && diagnostics->list.items[0].id != id) {
        CHECK(!"the diagnostic expected");
        printf("  %s: %.*s\n", name, TEXT_ARG(diagnostics->list.items[0].message));
    }
}

static void read_bad(Arena *arena, const char *name, DiagnosticId id) {
    Diagnostics diagnostics = {.arena = arena};
    Source source = {0};
    bool read = source_read(arena, &diagnostics, text_from(name), &source);
    check_fails(name, read, &diagnostics, id);
    if (diagnostics.list.count && !text_is(text_from(name), "-"))
        CHECK_TEXT(diagnostics.list.items[0].place.file, name);
}

static const Place here = {.file = {"here.yaml", 9}, .line = 3, .column = 4};

static Source refer_good(Arena *arena, const Source *from, const char *reference) {
    Diagnostics diagnostics = {.arena = arena};
    Source source = {0};
    Text path = {0};
    CHECK(source_resolve(arena, &diagnostics, from, text_from(reference), here, &path));
    if (!source_read_relative(arena, &diagnostics, from, text_from(reference), here, &source)) {
        CHECK(!"readable");
        printf("  %s: %.*s\n", reference, TEXT_ARG(diagnostics.list.items[0].message));
    }
    CHECK(text_equal(source.path, path));
    return source;
}

static void refer_bad(Arena *arena, const Source *from, const char *reference, DiagnosticId id) {
    Diagnostics diagnostics = {.arena = arena};
    Source source = {0};
    bool read =
        source_read_relative(arena, &diagnostics, from, text_from(reference), here, &source);
    check_fails(reference, read, &diagnostics, id);
    if (diagnostics.list.count)
        CHECK_TEXT(diagnostics.list.items[0].place.file, "here.yaml");
}

static Text in_folder(Arena *arena, const char *name) {
    return text_format(arena, "%s/%s", folder, name);
}

/* ---- Files ----------------------------------------------------------------------------------- */

static void files_are_read(Arena *arena) {
    enter("");
    Source source = read_good(arena, "specs/openapi.yaml");
    CHECK_TEXT(source.bytes, "root");
    CHECK_TEXT(source.file, "specs/openapi.yaml");
    CHECK(text_equal(source.path, in_folder(arena, "specs/openapi.yaml")));
    CHECK_TEXT(source.root, folder);
    CHECK(source.kind == SOURCE_FILE);
    enter("specs/models");
    source = read_good(arena, "../openapi.yaml");
    CHECK(text_equal(source.root, in_folder(arena, "specs")));
    CHECK_TEXT(read_good(arena, "../main:odd.yaml").bytes, "odd");
    CHECK(read_good(arena, "empty.yaml").bytes.size == 0);
    read_bad(arena, "absent.yaml", DIAGNOSTIC_FILE_UNREADABLE);
    read_bad(arena, "", DIAGNOSTIC_FILE_UNREADABLE);
    read_bad(arena, "..", DIAGNOSTIC_FILE_IS_FOLDER);
    read_bad(arena, "https://example.com/openapi.yaml", DIAGNOSTIC_URL_REFUSED);
    read_bad(arena, "HTTP://example.com/", DIAGNOSTIC_URL_REFUSED);
}

static void the_size_has_a_limit(Arena *arena) {
    enter("");
    write_file("large.yaml", "x");
    must(truncate("large.yaml", (off_t)256 * 1024 * 1024 + 1) == 0, "truncate");
    read_bad(arena, "large.yaml", DIAGNOSTIC_FILE_TOO_LARGE);
    unlink("large.yaml");
}

static void standard_input_is_a_file_here(Arena *arena) {
    enter("specs");
    int ends[2], kept = dup(STDIN_FILENO);
    must(pipe(ends) == 0 && write(ends[1], "piped", 5) == 5 && close(ends[1]) == 0, "pipe");
    must(dup2(ends[0], STDIN_FILENO) == STDIN_FILENO, "dup2");
    Source source = read_good(arena, "-");
    CHECK_TEXT(source.bytes, "piped");
    CHECK(source.kind == SOURCE_STANDARD_INPUT);
    must(dup2(kept, STDIN_FILENO) == STDIN_FILENO, "dup2");
    close(kept);
    close(ends[0]);
    Source other = refer_good(arena, &source, "models/a.yaml");
    CHECK_TEXT(other.bytes, "a");
    CHECK_TEXT(other.file, "models/a.yaml");
    CHECK(other.kind == SOURCE_FILE);
    refer_bad(arena, &source, "../outside.yaml", DIAGNOSTIC_REFERENCE_LEAVES_ROOT);
}

static void references_are_relative(Arena *arena) {
    enter("");
    Source root = read_good(arena, "specs/openapi.yaml");
    Source a = refer_good(arena, &root, "models/a.yaml");
    CHECK_TEXT(a.bytes, "a");
    CHECK_TEXT(a.file, "specs/models/a.yaml");
    CHECK(text_equal(a.path, in_folder(arena, "specs/models/a.yaml")));
    CHECK(text_equal(a.root, root.root));
    CHECK_TEXT(refer_good(arena, &a, "../openapi.yaml").file, "specs/openapi.yaml");
    CHECK_TEXT(refer_good(arena, &a, "./../models/.//c.json").bytes, "c");
    CHECK_TEXT(refer_good(arena, &a, "../../outside.yaml").bytes, "outside");
    CHECK_TEXT(refer_good(arena, &a, "b%231%20$x%.yaml").bytes, "b");
    CHECK_TEXT(refer_good(arena, &a, "b#1 $x%25.yaml").bytes, "b");
    CHECK_TEXT(refer_good(arena, &a, "").bytes, "a");
    CHECK_TEXT(refer_good(arena, &root, "link-in.yaml").bytes, "a");
    refer_bad(arena, &a, "absent.yaml", DIAGNOSTIC_FILE_UNREADABLE);
    refer_bad(arena, &a, "../models", DIAGNOSTIC_FILE_IS_FOLDER);
    refer_bad(arena, &root, "pipe.yaml", DIAGNOSTIC_FILE_NOT_REGULAR);
    refer_bad(arena, &root, "dangling.yaml", DIAGNOSTIC_FILE_UNREADABLE);
}

static void references_stay_beneath_the_root(Arena *arena) {
    enter("specs");
    Source root = read_good(arena, "openapi.yaml");
    refer_bad(arena, &root, "../outside.yaml", DIAGNOSTIC_REFERENCE_LEAVES_ROOT);
    refer_bad(arena, &root, "models/../../outside.yaml", DIAGNOSTIC_REFERENCE_LEAVES_ROOT);
    refer_bad(arena, &root, "..%2Foutside.yaml", DIAGNOSTIC_REFERENCE_LEAVES_ROOT);
    refer_bad(arena, &root, "%2e%2e/outside.yaml", DIAGNOSTIC_REFERENCE_LEAVES_ROOT);
    refer_bad(arena, &root, "../../../../../../../../../etc/passwd",
              DIAGNOSTIC_REFERENCE_LEAVES_ROOT);
    refer_bad(arena, &root, "..", DIAGNOSTIC_REFERENCE_LEAVES_ROOT);
    refer_bad(arena, &root, "/etc/passwd", DIAGNOSTIC_REFERENCE_IS_ABSOLUTE);
    refer_bad(arena, &root, "%2Fetc/passwd", DIAGNOSTIC_REFERENCE_IS_ABSOLUTE);
    refer_bad(arena, &root, "link-out.yaml", DIAGNOSTIC_REFERENCE_LINKS_OUT);
    refer_bad(arena, &root, "up/outside.yaml", DIAGNOSTIC_REFERENCE_LINKS_OUT);
    refer_bad(arena, &root, "https://example.com/a.yaml", DIAGNOSTIC_REFERENCE_IS_URL);
    refer_bad(arena, &root, "file:///etc/passwd", DIAGNOSTIC_REFERENCE_IS_URL);
    refer_bad(arena, &root, "//example.com/a.yaml", DIAGNOSTIC_REFERENCE_IS_URL);
    refer_bad(arena, &root, "a%00.yaml", DIAGNOSTIC_REFERENCE_HOLDS_NUL);
    /* `specs2` begins as `specs` does, and lies beside it. */
    refer_bad(arena, &root, "../specs2/a.yaml", DIAGNOSTIC_REFERENCE_LEAVES_ROOT);
}

static void folders_are_listed(Arena *arena) {
    enter("");
    Diagnostics diagnostics = {.arena = arena};
    Text *names = NULL;
    size_t count = 0;
    CHECK(source_list(arena, &diagnostics, TEXT("specs"), TEXT(".yaml"), &names, &count));
    static const char *const expected[] = {"specs/link-in.yaml",        "specs/link-out.yaml",
                                           "specs/main:odd.yaml",       "specs/models/a.yaml",
                                           "specs/models/b#1 $x%.yaml", "specs/models/empty.yaml",
                                           "specs/openapi.yaml"};
    CHECK(count == sizeof expected / sizeof *expected);
    for (size_t i = 0; i < count && i < sizeof expected / sizeof *expected; i++)
        CHECK_TEXT(names[i], expected[i]);
    CHECK(source_list(arena, &diagnostics, TEXT("specs/models/"), TEXT(".json"), &names, &count));
    CHECK(count == 1);
    CHECK_TEXT(names[0], "specs/models/c.json");
    CHECK(source_list(arena, &diagnostics, TEXT("specs/openapi.yaml"), TEXT(".json"), &names,
                      &count));
    CHECK(count == 1);
    CHECK_TEXT(names[0], "specs/openapi.yaml");
    CHECK(source_list(arena, &diagnostics, TEXT("specs"), TEXT(".none"), &names, &count));
    CHECK(count == 0);
    CHECK(diagnostics.list.count == 0);
}

/* ---- Git ------------------------------------------------------------------------------------- */

static void git(int result) {
    if (result < 0) {
        printf("libgit2: %s\n", git_error_last()->message);
        exit(1);
    }
}

static void commit(git_repository *repository, git_index *index) {
    git_oid tree_id, commit_id;
    git_tree *tree = NULL;
    git_signature *author = NULL;
    git(git_index_write(index));
    git(git_index_write_tree(&tree_id, index));
    git(git_tree_lookup(&tree, repository, &tree_id));
    git(git_signature_new(&author, "A", "a@example.com", 1, 0));
    git(git_commit_create_v(&commit_id, repository, "refs/heads/trunk", author, author, NULL,
                            "fix: one", tree, 0));
    git(git_repository_set_head(repository, "refs/heads/trunk"));
    git_signature_free(author);
    git_tree_free(tree);
}

/* One commit on `trunk`; then models/a.yaml is changed and staged, and changed again. */
static void make_repository(void) {
    must(mkdir("repo", 0777) == 0 && chdir("repo") == 0, "repo");
    must(mkdir("api", 0777) == 0 && mkdir("api/models", 0777) == 0, "mkdir");
    write_file("api/openapi.yaml", "committed root");
    write_file("api/models/a.yaml", "committed a");
    write_file("top.yaml", "committed top");
    must(symlink("models/a.yaml", "api/link.yaml") == 0, "symlink");
    must(symlink("../../outside.yaml", "api/link-out.yaml") == 0, "symlink");
    must(symlink("loop.yaml", "api/loop.yaml") == 0, "symlink");
    must(symlink("models", "api/linked") == 0, "symlink");
    must(symlink("../..", "api/linked-out") == 0, "symlink");
    git(git_libgit2_init());
    git_repository *repository = NULL;
    git_index *index = NULL;
    git(git_repository_init(&repository, ".", 0));
    git(git_repository_index(&index, repository));
    git(git_index_add_all(index, NULL, 0, NULL, NULL));
    commit(repository, index);
    write_file("api/models/a.yaml", "staged a");
    git(git_index_add_bypath(index, "api/models/a.yaml"));
    git(git_index_write(index));
    write_file("api/models/a.yaml", "changed a");
    write_file("api/new.yaml", "not staged");
    git_index_free(index);
    git_repository_free(repository);
    git_libgit2_shutdown();
}

static void revisions_are_read(Arena *arena) {
    enter("repo");
    Source source = read_good(arena, "trunk:api/openapi.yaml");
    CHECK_TEXT(source.bytes, "committed root");
    CHECK_TEXT(source.name, "trunk:api/openapi.yaml");
    CHECK_TEXT(source.file, "api/openapi.yaml");
    CHECK_TEXT(source.path, "api/openapi.yaml");
    CHECK_TEXT(source.revision, "trunk");
    CHECK(source.kind == SOURCE_GIT_REVISION);
    Source a = refer_good(arena, &source, "models/a.yaml");
    CHECK_TEXT(a.bytes, "committed a");
    CHECK_TEXT(a.file, "api/models/a.yaml");
    CHECK_TEXT(a.name, "trunk:api/models/a.yaml");
    CHECK_TEXT(refer_good(arena, &a, "../../top.yaml").bytes, "committed top");
    CHECK_TEXT(refer_good(arena, &source, "link.yaml").bytes, "committed a");
    CHECK_TEXT(refer_good(arena, &source, "linked/a.yaml").bytes, "committed a");
    CHECK_TEXT(read_good(arena, ":api/linked/a.yaml").bytes, "staged a");
    CHECK_TEXT(read_good(arena, "HEAD^{/fix: one}:top.yaml").bytes, "committed top");
    CHECK_TEXT(read_good(arena, "HEAD^{tree}:top.yaml").bytes, "committed top");
    refer_bad(arena, &source, "../../outside.yaml", DIAGNOSTIC_REFERENCE_LEAVES_ROOT);
    refer_bad(arena, &source, "link-out.yaml", DIAGNOSTIC_GIT_LINK_REFUSED);
    refer_bad(arena, &source, "loop.yaml", DIAGNOSTIC_GIT_LINK_REFUSED);
    refer_bad(arena, &source, "linked-out/outside.yaml", DIAGNOSTIC_GIT_LINK_REFUSED);
    refer_bad(arena, &source, "linked/absent.yaml", DIAGNOSTIC_GIT_NO_SUCH_FILE);
    refer_bad(arena, &source, "new.yaml", DIAGNOSTIC_GIT_NO_SUCH_FILE);
    refer_bad(arena, &source, "models", DIAGNOSTIC_GIT_NO_FILE);
    read_bad(arena, "trunk:absent.yaml", DIAGNOSTIC_GIT_NO_SUCH_FILE);
    read_bad(arena, "trunk:api", DIAGNOSTIC_GIT_NO_FILE);
    read_bad(arena, "trunk:", DIAGNOSTIC_GIT_NO_FILE);
    read_bad(arena, "nowhere:top.yaml", DIAGNOSTIC_GIT_UNKNOWN_REVISION);
    read_bad(arena, "bad..ref:top.yaml", DIAGNOSTIC_GIT_UNKNOWN_REVISION);
    read_bad(arena, "trunk:../outside.yaml", DIAGNOSTIC_GIT_NO_SUCH_FILE);
}

static void the_index_is_read(Arena *arena) {
    enter("repo");
    Source source = read_good(arena, ":api/openapi.yaml");
    CHECK_TEXT(source.bytes, "committed root");
    CHECK(source.kind == SOURCE_GIT_INDEX);
    CHECK(source.revision.size == 0);
    Source a = refer_good(arena, &source, "models/a.yaml");
    CHECK_TEXT(a.bytes, "staged a");
    CHECK_TEXT(a.name, ":api/models/a.yaml");
    CHECK_TEXT(read_good(arena, ":0:api/models/a.yaml").bytes, "staged a");
    CHECK_TEXT(read_good(arena, "api/models/a.yaml").bytes, "changed a");
    read_bad(arena, ":api/new.yaml", DIAGNOSTIC_GIT_NOT_STAGED);
    read_bad(arena, ":api", DIAGNOSTIC_GIT_NO_FILE);
}

static void git_paths_count_from_here_too(Arena *arena) {
    enter("repo/api");
    CHECK_TEXT(read_good(arena, "trunk:./models/a.yaml").bytes, "committed a");
    CHECK_TEXT(read_good(arena, "trunk:models/a.yaml").path, "api/models/a.yaml");
    CHECK_TEXT(read_good(arena, "trunk:api/models/a.yaml").path, "api/models/a.yaml");
    CHECK_TEXT(read_good(arena, "trunk:../top.yaml").path, "top.yaml");
    CHECK_TEXT(read_good(arena, ":./models/a.yaml").bytes, "staged a");
    read_bad(arena, "trunk:./api/openapi.yaml", DIAGNOSTIC_GIT_NO_SUCH_FILE);
}

static void git_needs_a_repository(Arena *arena) {
    enter("specs");
    read_bad(arena, "trunk:openapi.yaml", DIAGNOSTIC_GIT_NO_REPOSITORY);
}

int main(void) {
    unsetenv("GIT_DIR");
    unsetenv("GIT_INDEX_FILE");
    make_files();
    make_repository();
    RUN(files_are_read);
    RUN(the_size_has_a_limit);
    RUN(standard_input_is_a_file_here);
    RUN(references_are_relative);
    RUN(references_stay_beneath_the_root);
    RUN(folders_are_listed);
    RUN(revisions_are_read);
    RUN(the_index_is_read);
    RUN(git_paths_count_from_here_too);
    RUN(git_needs_a_repository);
    remove_files();
    return check_finish();
}
