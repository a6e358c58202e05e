#include "source/source.h"
#include "source/file.h"
#include "source/git.h"
#include "source/http.h"
#include "source/path.h"

static bool read_standard_input(Arena *arena, Diagnostics *diagnostics, Source *source) {
    source->kind = SOURCE_STANDARD_INPUT;
    source->file = TEXT("<stdin>");
    source->root = file_working_folder(arena);
    /* A path in the working directory that no file can have. */
    source->path = text_format(arena, "%.*s/", TEXT_ARG(source->root));
    return file_read_standard_input(arena, diagnostics, (Place){.file = source->file},
                                    &source->bytes);
}

static bool read_git(Arena *arena, Diagnostics *diagnostics, const GitName *parsed,
                     Source *source) {
    Place place = {.file = source->name};
    source->kind = parsed->revision.size ? SOURCE_GIT_REVISION : SOURCE_GIT_INDEX;
    source->revision = parsed->revision;
    source->git = git_open(arena, diagnostics, source->name, parsed, place);
    if (!source->git)
        return false;
    source->path = git_find_path(arena, source->git, parsed->path);
    source->root = git_root(source->git);
    source->file = git_path_from_here(arena, source->git, source->path);
    if (!git_read(arena, diagnostics, source->git, source->path, source->name, place,
                  &source->bytes))
        return false;
    /* The same from wherever it was named. */
    if (!parsed->stage)
        source->name =
            text_format(arena, "%.*s:%.*s", TEXT_ARG(source->revision), TEXT_ARG(source->path));
    return true;
}

/* The folder that what is read from here may not leave: the root of the git working tree that we
 * are in, or else the working directory. Empty: it is gone. */
static Text outermost_folder(Arena *arena) {
    Text here = file_working_folder(arena);
    for (Text folder = here; folder.size > 1; folder = path_folder(folder))
        if (file_exists(arena, path_join(arena, folder, TEXT(".git"))))
            return folder;
    return here;
}

/* An absolute path below the outermost folder as a path from where we are: places, reports and
 * fingerprints are the same on every machine, and however a file was named. */
static Text name_from_here(Arena *arena, Text name, Text outermost) {
    Text here = file_working_folder(arena);
    bool plain = text_equal(name, path_join(arena, TEXT("/"), name));
    if (!plain || outermost.size <= 1 || !path_is_beneath(name, outermost))
        return name;
    return path_from(arena, text_slice(here, 1, here.size), text_slice(name, 1, name.size));
}

/* The folder is looked up without its symbolic links, the file with its own: what stands beside a
 * file is what stands beside the name it was given by. */
static bool read_file(Arena *arena, Diagnostics *diagnostics, Source *source) {
    Text outermost = outermost_folder(arena);
    source->kind = SOURCE_FILE;
    source->file = source->name = name_from_here(arena, source->name, outermost);
    Place place = {.file = source->name};
    if (!file_read(arena, diagnostics, source->name, FILE_ANY, source->name, place, &source->bytes))
        return false;
    Text given = path_folder(source->name);
    Text folder = file_real_path(arena, given.size ? given : TEXT("."));
    Text base = text_slice(source->name, given.size, source->name.size);
    source->path = path_join(arena, folder.size ? folder : TEXT("/"), base);
    source->root = outermost.size && path_is_beneath(source->path, outermost) ? outermost : folder;
    return true;
}

static bool read_remote(Diagnostics *diagnostics, Place place, Source *source) {
    HttpRequest request = {.method = "GET", .url = source->path, .accept = TEXT("*/*")};
    HttpAnswer answer;
    source->kind = SOURCE_REMOTE;
    if (!http_send(source->http, diagnostics, place, &request, &answer))
        return false;
    source->root = answer.url;
    source->bytes = answer.body;
    return (answer.status >= 200 && answer.status < 300) ||
           diagnose(diagnostics, HTTP_STATUS, place, TEXT_ARG(source->path), answer.status, 0, "");
}

bool source_read(Arena *arena, Diagnostics *diagnostics, Text name, Source *source) {
    return source_read_by(arena, diagnostics, NULL, name, source);
}

bool source_read_by(Arena *arena, Diagnostics *diagnostics, Http *http, Text name, Source *source) {
    *source = (Source){.name = text_copy(arena, name), .http = http};
    if (text_equal(name, TEXT("-")))
        return read_standard_input(arena, diagnostics, source);
    if (path_is_web_address(name) && http) {
        source->path = source->file = source->name;
        return read_remote(diagnostics, (Place){.file = source->file}, source);
    }
    if (path_is_web_address(name))
        return diagnose(diagnostics, URL_REFUSED, (Place){.file = source->name}, TEXT_ARG(name));
    GitName parsed;
    if (git_name_parse(source->name, &parsed) && !file_exists(arena, name))
        return read_git(arena, diagnostics, &parsed, source);
    return read_file(arena, diagnostics, source);
}

static bool is_git(const Source *source) {
    return source->kind == SOURCE_GIT_REVISION || source->kind == SOURCE_GIT_INDEX;
}

/* The reference percent-decoded, if it is one that may be followed at all. */
static bool decode(Arena *arena, Diagnostics *diagnostics, Text reference, Place place,
                   Text *decoded) {
    if (path_is_url(reference))
        return diagnose(diagnostics, REFERENCE_IS_URL, place, TEXT_ARG(reference));
    *decoded = text_percent_decode(arena, reference);
    if (text_find_byte(*decoded, '\0', 0) != SIZE_MAX)
        return diagnose(diagnostics, REFERENCE_HOLDS_NUL, place, TEXT_ARG(reference));
    if (text_starts_with(*decoded, TEXT("/")))
        return diagnose(diagnostics, REFERENCE_IS_ABSOLUTE, place, TEXT_ARG(reference));
    return true;
}

/* Whether a reference leads to the network: from there, and where it is a URL itself. */
static bool is_remote(const Source *from, Text reference) {
    return from->http && (from->kind == SOURCE_REMOTE || path_is_url(reference));
}

static bool resolve_remote(Arena *arena, Diagnostics *diagnostics, const Source *from,
                           Text reference, Place place, Text *path) {
    *path = from->kind == SOURCE_REMOTE ? from->path : reference;
    if (from->kind == SOURCE_REMOTE && reference.size)
        *path = http_resolve(arena, from->root, reference);
    return (path->size && path_is_web_address(*path)) ||
           diagnose(diagnostics, HTTP_NOT_A_URL, place, TEXT_ARG(reference));
}

Source source_of_bundle(Arena *arena, const SourceBundle *bundle, size_t index) {
    const SourcePart *part = &bundle->parts.items[index];
    Text name = part->name;
    if (bundle->label.size)
        name = text_format(arena, "%.*s:%.*s", TEXT_ARG(bundle->label), TEXT_ARG(part->name));
    return (Source){.kind = SOURCE_BUNDLE,
                    .name = name,
                    .file = name,
                    .path = part->name,
                    .bytes = part->bytes,
                    .bundle = bundle};
}

static bool read_part(Arena *arena, Diagnostics *diagnostics, const SourceBundle *bundle,
                      Text reference, Place place, Source *source) {
    for (size_t i = 0; i < bundle->parts.count; i++)
        if (text_equal(bundle->parts.items[i].name, source->path)) {
            *source = source_of_bundle(arena, bundle, i);
            return true;
        }
    return diagnose(diagnostics, FILE_UNREADABLE, place, TEXT_ARG(reference),
                    "it is not among the files that were kept");
}

bool source_resolve(Arena *arena, Diagnostics *diagnostics, const Source *from, Text reference,
                    Place place, Text *path) {
    Text decoded;
    if (is_remote(from, reference))
        return resolve_remote(arena, diagnostics, from, reference, place, path);
    if (!decode(arena, diagnostics, reference, place, &decoded))
        return false;
    *path = from->path;
    if (!decoded.size)
        return true;
    *path = path_join(arena, path_folder(from->path), decoded);
    if (from->kind == SOURCE_BUNDLE)
        return true;
    if (is_git(from) ? path_leads_up(*path) : !path_is_beneath(*path, from->root))
        return diagnose(diagnostics, REFERENCE_LEAVES_ROOT, place, TEXT_ARG(reference));
    return true;
}

static bool read_relative_file(Arena *arena, Diagnostics *diagnostics, Text reference, Place place,
                               Source *source) {
    Text real = file_real_path(arena, source->path);
    if (real.size && !path_is_beneath(real, source->root))
        return diagnose(diagnostics, REFERENCE_LINKS_OUT, place, TEXT_ARG(reference));
    return file_read(arena, diagnostics, real.size ? real : source->path, FILE_REGULAR,
                     source->file, place, &source->bytes);
}

bool source_read_relative(Arena *arena, Diagnostics *diagnostics, const Source *from,
                          Text reference, Place place, Source *source) {
    *source = (Source){
        .kind = from->kind, .revision = from->revision, .root = from->root, .git = from->git};
    source->http = from->http;
    Text decoded;
    if (is_remote(from, reference)) {
        if (!resolve_remote(arena, diagnostics, from, reference, place, &source->path))
            return false;
        source->name = source->file = source->path;
        source->git = NULL;
        return read_remote(diagnostics, place, source);
    }
    if (!source_resolve(arena, diagnostics, from, reference, place, &source->path) ||
        !decode(arena, diagnostics, reference, place, &decoded))
        return false;
    if (from->kind == SOURCE_BUNDLE)
        return read_part(arena, diagnostics, from->bundle, reference, place, source);
    source->file = path_join(arena, path_folder(from->file), decoded);
    source->name = source->file;
    if (is_git(from)) {
        source->name =
            text_format(arena, "%.*s:%.*s", TEXT_ARG(from->revision), TEXT_ARG(source->path));
        return git_read(arena, diagnostics, from->git, source->path, source->name, place,
                        &source->bytes);
    }
    source->kind = SOURCE_FILE;
    return read_relative_file(arena, diagnostics, reference, place, source);
}

bool source_exists(Arena *arena, Text path) {
    return file_exists(arena, path);
}

void source_place(Arena *arena, Source *source, Text path) {
    Text here = file_working_folder(arena);
    source->kind = SOURCE_FILE;
    source->name = source->file = path;
    source->path = path_join(arena, here, path);
    source->root = here;
}
