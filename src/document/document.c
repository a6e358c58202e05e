#include "document/tree.h"
#include "support/map.h"

struct DocumentSet {
    Arena *arena;
    Diagnostics *diagnostics;
    Map *documents;    /* Entry by path */
    struct Http *http; /* NULL: URLs are refused */
    int remote;        /* documents that were fetched */
};

/* NULL stands for a file that was read, diagnosed and is not to be told of again. */
typedef struct Entry {
    const Document *document;
} Entry;

/* The first offset that is not UTF-8, or SIZE_MAX. Most text is ASCII, which goes by eight bytes at
 * a time; the rest of a line that holds more is looked at closely. */
static size_t first_bad_byte(Text text) {
    const uint64_t high_bits = UINT64_C(0x8080808080808080);
    size_t at = 0;
    while (at < text.size) {
        uint64_t word = 0;
        size_t left = text.size - at, step = left < sizeof word ? left : sizeof word;
        memcpy(&word, text.data + at, step);
        if (!(word & high_bits)) {
            at += step;
            continue;
        }
        size_t end = text_find_byte(text, '\n', at + 1), bad;
        end = end == SIZE_MAX ? text.size : end;
        if (!text_is_utf8(text_slice(text, at, end), &bad))
            return at + bad;
        at = end;
    }
    return SIZE_MAX;
}

/* Takes a byte order mark away, which would shift the columns of the first line, and refuses what
 * is not UTF-8. */
static bool check_encoding(Tree *tree) {
    Text *bytes = &tree->document->source.bytes;
    const struct {
        Text mark;
        const char *name;
    } others[] = {
        {TEXT("\xFF\xFE\0\0"), "UTF-32"},
        {TEXT("\0\0\xFE\xFF"), "UTF-32"},
        {TEXT("\xFF\xFE"), "UTF-16"},
        {TEXT("\xFE\xFF"), "UTF-16"},
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (text_starts_with(*bytes, others[i].mark))
            return diagnose(tree->diagnostics, OTHER_ENCODING,
                            (Place){.file = tree->document->source.file}, others[i].name);
    if (text_starts_with(*bytes, TEXT("\xEF\xBB\xBF")))
        *bytes = text_slice(*bytes, 3, bytes->size);
    size_t bad = first_bad_byte(*bytes);
    return bad == SIZE_MAX || diagnose(tree->diagnostics, NOT_UTF8, tree_place_at(tree, bad),
                                       (unsigned)(unsigned char)bytes->data[bad]);
}

/* Whether there is anything at all; a tab alone libyaml would call an error. */
static bool check_presence(const Tree *tree, Text trimmed) {
    Text file = tree->document->source.file;
    return trimmed.size ||
           diagnose(tree->diagnostics, EMPTY_DOCUMENT, (Place){.file = file}, TEXT_ARG(file));
}

bool is_lfs_pointer(Text bytes) {
    return text_starts_with(bytes, TEXT("version https://git-lfs.github.com/spec/"));
}

/* What stands in git in place of a large file, in one of the forms of LFS's specification. */
static bool check_pointer(const Tree *tree) {
    Text file = tree->document->source.file;
    return !is_lfs_pointer(tree->document->source.bytes) ||
           diagnose(tree->diagnostics, LFS_POINTER, (Place){.file = file}, TEXT_ARG(file));
}

static bool say(Diagnostics *diagnostics, const Diagnostics *found) {
    for (size_t i = 0; i < found->list.count; i++)
        array_push(diagnostics->arena, &diagnostics->list, found->list.items[i]);
    diagnostics->errors += found->errors;
    return false;
}

/* What begins as JSON may yet be YAML in flow style. Where it is neither, it is told as JSON,
 * unless YAML's grammar takes it and something else is wrong. */
static bool parse_json_or_yaml(const Tree *tree) {
    Diagnostics json = {.arena = tree->arena}, yaml = {.arena = tree->arena};
    Tree as_json = *tree, as_yaml = *tree;
    as_json.diagnostics = &json;
    as_yaml.diagnostics = &yaml;
    bool syntax;
    if (json_parse(&as_json, &syntax))
        return true;
    Text name = text_lower(tree->arena, tree->document->source.file);
    if (!syntax || text_ends_with(name, TEXT(".json")))
        return say(tree->diagnostics, &json);
    if (yaml_parse(&as_yaml, &syntax))
        return true;
    return say(tree->diagnostics, syntax ? &json : &yaml);
}

const Document *document_parse(Arena *arena, Diagnostics *diagnostics, Source source) {
    Tree tree = tree_new(arena, diagnostics, source);
    if (!check_encoding(&tree))
        return NULL;
    Text text = text_trim(tree.document->source.bytes);
    if (!check_presence(&tree, text) || !check_pointer(&tree))
        return NULL;
    bool syntax, json = text.data[0] == '{' || text.data[0] == '[';
    bool parsed = json ? parse_json_or_yaml(&tree) : yaml_parse(&tree, &syntax);
    return parsed ? tree.document : NULL;
}

DocumentSet *document_set_new(Arena *arena, Diagnostics *diagnostics) {
    DocumentSet *set = arena_new_object(arena, DocumentSet);
    *set = (DocumentSet){.arena = arena, .diagnostics = diagnostics, .documents = map_new(arena)};
    return set;
}

void document_set_allow_remote(DocumentSet *set, struct Http *http) {
    set->http = http;
}

static const Document *parse_once(DocumentSet *set, Source source) {
    Entry *entry = map_get_text(set->documents, source.path);
    if (entry)
        return entry->document;
    entry = arena_new_object(set->arena, Entry);
    map_put_text(set->documents, source.path, entry);
    return entry->document = document_parse(set->arena, set->diagnostics, source);
}

const Document *document_set_open(DocumentSet *set, Text name) {
    Source source;
    if (!source_read_by(set->arena, set->diagnostics, set->http, name, &source))
        return NULL;
    return parse_once(set, source);
}

const Document *document_set_open_source(DocumentSet *set, Source source) {
    return parse_once(set, source);
}

const Document *document_set_open_as(DocumentSet *set, Text name, Text shown) {
    Source source;
    if (!source_read_by(set->arena, set->diagnostics, set->http, name, &source))
        return NULL;
    source_place(set->arena, &source, shown);
    return parse_once(set, source);
}

const Document *document_set_open_relative(DocumentSet *set, const Document *from, Text reference,
                                           Place place) {
    Source source;
    if (!source_resolve(set->arena, set->diagnostics, &from->source, reference, place,
                        &source.path))
        return NULL;
    const Entry *entry = map_get_text(set->documents, source.path);
    if (entry)
        return entry->document;
    if (!source_read_relative(set->arena, set->diagnostics, &from->source, reference, place,
                              &source))
        return NULL;
    if (source.kind == SOURCE_REMOTE && ++set->remote > REMOTE_DOCUMENT_LIMIT) {
        diagnose(set->diagnostics, REMOTE_TOO_MANY, place, REMOTE_DOCUMENT_LIMIT);
        return NULL;
    }
    return parse_once(set, source);
}

typedef struct Visiting {
    void (*visit)(const Document *document, void *context);
    void *context;
} Visiting;

static void visit_entry(Text path, void *value, void *context) {
    const Entry *entry = value;
    const Visiting *visiting = context;
    (void)path;
    if (entry->document)
        visiting->visit(entry->document, visiting->context);
}

void document_set_each(const DocumentSet *set,
                       void (*visit)(const Document *document, void *context), void *context) {
    Visiting visiting = {visit, context};
    map_each(set->documents, visit_entry, &visiting);
}
