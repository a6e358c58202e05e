/* Owns the way from a name to bytes: `path`, `REF:path` (git), `:path` (git's index), `-` (standard
 * input), and files beside one that was read.
 * Gives a Source. Knows nothing of YAML, JSON or what the bytes mean.
 *
 * The folder boundary (no absolute reference, no `..` out of the root, no symbolic link out of it),
 * the size limit and the refusal of URLs are held here.
 */
#ifndef BREAKWATER_SOURCE_SOURCE_H
#define BREAKWATER_SOURCE_SOURCE_H

#include "support/diagnostics.h"

struct Http;

enum { SOURCE_SIZE_LIMIT_MIB = 256 };

typedef enum SourceKind {
    SOURCE_FILE,
    SOURCE_GIT_REVISION, /* REF:path */
    SOURCE_GIT_INDEX,    /* :path */
    SOURCE_STANDARD_INPUT,
    SOURCE_TARBALL, /* FILE:path, of a tar archive */
    SOURCE_REMOTE,  /* a URL */
    SOURCE_BUNDLE   /* a file among those that were kept together */
} SourceKind;

/* Files that refer to each other, kept together by name. */
typedef struct SourcePart {
    Text name, bytes;
} SourcePart;
typedef struct SourceBundle {
    Text label; /* "UserService 2.3.1"; places show it before a file's name */
    ARRAY(SourcePart) parts;
} SourceBundle;

typedef struct Source {
    SourceKind kind;
    Text name;     /* as the user wrote it, in git from the root: "main:openapi.yaml" */
    Text file;     /* as places show it: "openapi.yaml" */
    Text revision; /* REF of a git revision, else empty */
    Text path;     /* where it is: from the file system's or the repository's root */
    Text root;     /* folder that references may not leave; of a URL: where redirects led */
    Text bytes;
    const SourceBundle *bundle; /* of SOURCE_BUNDLE */
    struct Http *http;          /* URLs are fetched by it; NULL: they are refused */
    struct Git *git; /* of a git source: its open repository, held by the arena; else NULL */
} Source;

/* Reads what `name` names. `name` with a colon is a git name where a repository is found and no
 * file of that name exists. False: diagnosed, with the name as the place's file. */
bool source_read(Arena *arena, Diagnostics *diagnostics, Text name, Source *source);

/* The same; a URL of http or https is fetched by `http`, unless that is NULL. */
bool source_read_by(Arena *arena, Diagnostics *diagnostics, struct Http *http, Text name,
                    Source *source);

/* Takes a source that was read as if it were the file of a path from the working directory. */
void source_place(Arena *arena, Source *source, Text path);

/* A part of a bundle, which must outlive what is made of it. */
Source source_of_bundle(Arena *arena, const SourceBundle *bundle, size_t index);

/* Reads the file that `reference` (a relative URI reference without fragment, percent-decoded here,
 * RFC 3986 section 5.2) names as seen from `from`, on the same side: a git source refers within its
 * revision, a URL to other URLs. `place` is where the reference stands. False: diagnosed. */
bool source_read_relative(Arena *arena, Diagnostics *diagnostics, const Source *from,
                          Text reference, Place place, Source *source);

/* The path that source_read_relative would read, normalised: the key under which a document that
 * was read already is found. False: diagnosed. */
bool source_resolve(Arena *arena, Diagnostics *diagnostics, const Source *from, Text reference,
                    Place place, Text *path);

/* Whether there is a file (or folder) of that path. */
bool source_exists(Arena *arena, Text path);

/* The file of a name in the working directory or the nearest folder above it, as a path from the
 * working directory; the root of a git working tree is the last one that is looked at. Empty: there
 * is none. */
Text source_find_upwards(Arena *arena, Text name);

/* Regular files below a folder whose names end in `suffix`, sorted by name, hidden ones left out;
 * where `path` is a file, that file alone. Gives names that source_read takes. False: diagnosed. */
bool source_list(Arena *arena, Diagnostics *diagnostics, Text path, Text suffix, Text **names,
                 size_t *count);

#endif
