#include "diff/compare.h"

/* Media types of a request body or a response. Two are partners where their names mean the same; a
 * range takes what is more special: "application/" and "*" takes "application/json", which takes
 * "application/json; version=1" (RFC 9110 section 12.5.1). */

/* "application/json; charset=utf-8" gives "application/json". */
static Text essence(Text name) {
    size_t end = text_find_byte(name, ';', 0);
    return text_trim(end == SIZE_MAX ? name : text_slice(name, 0, end));
}

/* The syntax that a media type shares with others: "json" of "application/json" and of
 * "application/hal+json" (RFC 6838 section 4.2.8). */
static Text syntax_of(Text name) {
    Text plain = essence(name);
    size_t mark = plain.size;
    while (mark && plain.data[mark - 1] != '+' && plain.data[mark - 1] != '/')
        mark--;
    return text_slice(plain, mark, plain.size);
}

typedef ARRAY(Text) Parameters;

/* A charset says nothing of JSON (RFC 8259 section 11), and UTF-8 is what is taken for granted. */
static bool tells_apart(Text name, Text parameter) {
    return !text_starts_with(parameter, TEXT("charset=")) ||
           !(text_equal_ignoring_case(syntax_of(name), TEXT("json")) ||
             text_is(parameter, "charset=utf-8"));
}

/* Those that may tell formats of one name apart, sorted; blanks and quotes say nothing. */
static Parameters parameters_of(Arena *arena, Text name) {
    Parameters parameters = {0};
    for (size_t at = text_find_byte(name, ';', 0); at != SIZE_MAX;) {
        size_t end = text_find_byte(name, ';', at + 1);
        Text written = text_slice(name, at + 1, end == SIZE_MAX ? name.size : end);
        Buffer plain = {.arena = arena};
        for (size_t i = 0; i < written.size; i++)
            if (written.data[i] != ' ' && written.data[i] != '"')
                buffer_add_byte(&plain, written.data[i]);
        Text parameter = text_lower(arena, buffer_text(&plain));
        size_t place = parameters.count;
        if (parameter.size && tells_apart(name, parameter))
            array_push(arena, &parameters, parameter);
        for (; place && place < parameters.count &&
               text_compare(parameters.items[place], parameters.items[place - 1]) < 0;
             place--) {
            Text other = parameters.items[place - 1];
            parameters.items[place - 1] = parameters.items[place];
            parameters.items[place] = other;
        }
        at = end;
    }
    return parameters;
}

static Text joined(Arena *arena, Parameters parameters) {
    Buffer all = {.arena = arena};
    for (size_t i = 0; i < parameters.count; i++)
        buffer_format(&all, "%s%.*s", i ? ";" : "", TEXT_ARG(parameters.items[i]));
    return buffer_text(&all);
}

static bool has_all(Parameters having, Parameters wanted) {
    size_t found = 0;
    for (size_t i = 0; i < having.count && found < wanted.count; i++)
        found += text_equal(having.items[i], wanted.items[found]);
    return found == wanted.count;
}

/* A media type with what its name means, and its partner on the other side. */
typedef struct Medium {
    const MediaType *type;
    Text essence; /* in lower case */
    Parameters parameters;
    struct Medium *partner; /* NULL: none */
} Medium;

typedef struct Media {
    Medium *items;
    size_t count;
} Media;

static Media media_of(Arena *arena, MediaTypes list) {
    Media media = {arena_new_array(arena, list.count, Medium), list.count};
    for (size_t i = 0; i < list.count; i++) {
        Text name = list.items[i].name;
        media.items[i] = (Medium){&list.items[i], text_lower(arena, essence(name)),
                                  parameters_of(arena, name), NULL};
    }
    return media;
}

/* "application/" and "*", or "+json" behind it, as frameworks write it. */
static bool pattern_takes(Text pattern, Text name) {
    size_t star = text_find_byte(pattern, '*', 0);
    if (star == SIZE_MAX)
        return false;
    if (text_is(pattern, "*/*") || text_is(pattern, "*"))
        return !text_equal(pattern, name);
    Text before = text_slice(pattern, 0, star),
         behind = text_slice(pattern, star + 1, pattern.size);
    return name.size > pattern.size - 1 && !text_equal(pattern, name) &&
           text_starts_with(name, before) && text_ends_with(name, behind);
}

static bool takes(const Medium *range, const Medium *medium) {
    bool same = text_equal(range->essence, medium->essence);
    return (same || pattern_takes(range->essence, medium->essence)) &&
           has_all(medium->parameters, range->parameters) &&
           !(same && range->parameters.count == medium->parameters.count);
}

/* The most special one that takes it. */
static const Medium *covering(Media side, const Medium *medium) {
    const Medium *found = NULL;
    for (size_t i = 0; i < side.count; i++)
        if (takes(&side.items[i], medium) && (!found || takes(found, &side.items[i])))
            found = &side.items[i];
    return found;
}

static bool has_part(Media side, const Medium *range) {
    for (size_t i = 0; i < side.count; i++)
        if (takes(range, &side.items[i]))
            return true;
    return false;
}

/* The only one without partner that has this name, parameters aside. */
static Medium *only_one(Media side, Text name) {
    Medium *found = NULL;
    for (size_t i = 0; i < side.count; i++) {
        if (side.items[i].partner || !text_equal(side.items[i].essence, name))
            continue;
        if (found)
            return NULL;
        found = &side.items[i];
    }
    return found;
}

/* One that means the same, rather the one that is also spelled so. */
static Medium *same_medium(Media side, const Medium *medium) {
    Medium *found = NULL;
    for (size_t i = 0; i < side.count; i++) {
        bool same = text_equal(side.items[i].essence, medium->essence) &&
                    side.items[i].parameters.count == medium->parameters.count &&
                    has_all(side.items[i].parameters, medium->parameters);
        if (same && text_equal(side.items[i].type->name, medium->type->name))
            return &side.items[i];
        if (same && !found)
            found = &side.items[i];
    }
    return found;
}

/* What is listed twice has one partner. */
static void find_partners(Media base, Media revision) {
    for (size_t i = 0; i < base.count; i++)
        base.items[i].partner = same_medium(revision, &base.items[i]);
    for (size_t i = 0; i < revision.count; i++)
        revision.items[i].partner = same_medium(base, &revision.items[i]);
    for (size_t i = 0; i < base.count; i++) {
        Medium *from = only_one(base, base.items[i].essence);
        Medium *to = from == &base.items[i] ? only_one(revision, from->essence) : NULL;
        if (to) {
            from->partner = to;
            to->partner = from;
        }
    }
}

/* ---- contents -------------------------------------------------------------------------------- */

/* What a list of media types is compared with the other side's for. */
typedef struct Contents {
    Comparer *comparer;
    Comparison *at;
    Media base, revision;
    Direction direction;
    const Node *base_parent, *revision_parent;
    bool error; /* they are of an answer that tells of an error */
} Contents;

static void compare_roots(const Contents *contents, Text name, const Type *base,
                          const Type *revision) {
    Annotations from = {0}, to = {0};
    if (!base || !revision)
        return;
    annotations_add(base, &from);
    annotations_add(revision, &to);
    compare_asides(contents->comparer, contents->at, STEP_MEDIA_TYPE, name,
                   (Aside){&from, base->origin}, (Aside){&to, revision->origin});
}

/* Properties of a form are texts, and so is a plain text, whatever their types say. */
static bool compare_text(const Contents *contents, Text name, const MediaType *base,
                         const MediaType *revision) {
    Comparer *comparer = contents->comparer;
    if (!is_written_text(comparer, base, revision))
        return false;
    Comparison *own = comparison_new(comparer, contents->direction);
    WrittenType from = {canonicals_meet(comparer->canonicals, base->type), true, base};
    WrittenType to = {canonicals_meet(comparer->canonicals, revision->type), true, revision};
    WrittenPair rest = {NULL, NULL};
    if (!compare_written_types(comparer, own, &from, &to, &rest))
        return false;
    add_edge(comparer, contents->at, STEP_MEDIA_TYPE, name, own);
    return true;
}

/* What each item of a sequence is (3.2.0 section 4.14.2); NULL: neither keyword tells. */
static Meet *items_of(Comparer *comparer, const MediaType *media_type) {
    if (media_type->item_type)
        return canonicals_meet(comparer->canonicals, media_type->item_type);
    const Canonical *whole =
        meet_canonical(canonicals_meet(comparer->canonicals, media_type->type));
    const Alternative *only = whole->alternatives.count == 1 ? whole->alternatives.items[0] : NULL;
    return only && only->kind == ALTERNATIVE_ARRAY && !only->values && !only->constraints.count &&
                   !only->array.prefix_items.count
               ? only->array.items
               : NULL;
}

/* Whether the whole is told by its items alone on one side, and as an array on the other. */
static bool compare_items(const Contents *contents, Text name, const MediaType *base,
                          const MediaType *revision) {
    Comparer *comparer = contents->comparer;
    if (!base->item_type && !revision->item_type)
        return false;
    Meet *nothing = canonicals_meet(comparer->canonicals, NULL);
    Meet *from = items_of(comparer, base), *to = items_of(comparer, revision);
    Comparison *whole = comparison_new(comparer, contents->direction);
    add_edge(comparer, contents->at, STEP_MEDIA_TYPE, name, whole);
    add_edge(comparer, whole, STEP_ITEMS, (Text){0},
             pair_of(comparer, from ? from : nothing, to ? to : nothing, contents->direction));
    return from && to && !base->type != !revision->type;
}

static void compare_content(const Contents *contents, Text name, const MediaType *base,
                            const MediaType *revision) {
    Comparer *comparer = contents->comparer;
    Canonicals *canonicals = comparer->canonicals;
    Comparison *own = comparison_new(comparer, contents->direction);
    compare_encodings(comparer, own, base, revision);
    compare_documentation(comparer, own, base->origin, revision->origin);
    if (own->changes.count)
        add_edge(comparer, contents->at, STEP_MEDIA_TYPE, name, own);
    compare_roots(contents, name, base->type, revision->type);
    if (!compare_items(contents, name, base, revision) &&
        !both_are_bytes(comparer, name, base->type, revision->type) &&
        !compare_text(contents, name, base, revision))
        add_edge(comparer, contents->at, STEP_MEDIA_TYPE, name,
                 pair_of(comparer, canonicals_meet(canonicals, base->type),
                         canonicals_meet(canonicals, revision->type), contents->direction));
}

static Change *note_content(const Contents *contents, ChangeKind kind, Effect effect, Text name,
                            const Node *base, const Node *revision) {
    Comparison *own = comparison_new(contents->comparer, contents->direction);
    add_edge(contents->comparer, contents->at, STEP_MEDIA_TYPE, name, own);
    return note(contents->comparer, own, kind, effect, base, revision);
}

static void note_medium(const Contents *contents, ChangeKind kind, const Medium *medium) {
    Comparer *comparer = contents->comparer;
    bool added = kind == CHANGE_MEDIA_TYPE_ADDED;
    Media other = added ? contents->base : contents->revision;
    bool covered = covering(other, medium) != NULL;
    Effect effect = covered ? EFFECT_NONE : added ? EFFECT_WIDENED : EFFECT_NARROWED;
    Change *change = note_content(contents, kind, effect, medium->type->name,
                                  added ? contents->base_parent : medium->type->origin,
                                  added ? medium->type->origin : contents->revision_parent);
    change->base_absent = added;
    change->revision_absent = !added;
    with(comparer, change, ATTRIBUTE_NAME, medium->type->name);
    with_truth(comparer, change, ATTRIBUTE_COVERED, covered);
    with_truth(comparer, change, ATTRIBUTE_ERROR, contents->error);
    if (!added)
        with_truth(comparer, change, ATTRIBUTE_PARTS_LEFT, has_part(other, medium));
}

static void note_parameters(const Contents *contents, const Medium *from) {
    Comparer *comparer = contents->comparer;
    Text before = joined(comparer->arena, from->parameters);
    Text after = joined(comparer->arena, from->partner->parameters);
    if (text_equal(before, after))
        return;
    Change *change = note_content(contents, CHANGE_MEDIA_TYPE_PARAMETERS_CHANGED,
                                  EFFECT_NARROWED | EFFECT_WIDENED, from->type->name,
                                  from->type->origin, from->partner->type->origin);
    with(comparer, change, ATTRIBUTE_NAME, essence(from->type->name));
    with(comparer, change, ATTRIBUTE_FROM, before);
    with(comparer, change, ATTRIBUTE_TO, after);
}

/* ---- renames --------------------------------------------------------------------------------- */

/* The only one that the other side has nothing of; NULL: none, or several. */
static const Medium *only_lost(Media own, Media other) {
    const Medium *lost = NULL;
    for (size_t i = 0; i < own.count; i++) {
        const Medium *medium = &own.items[i];
        if (medium->partner || covering(other, medium) || has_part(other, medium))
            continue;
        if (lost)
            return NULL;
        lost = medium;
    }
    return lost;
}

/* One media type that took another one's place, in the same syntax. */
static bool find_rename(const Contents *contents, const Medium **from, const Medium **to) {
    *from = only_lost(contents->base, contents->revision);
    *to = only_lost(contents->revision, contents->base);
    if (!*from || !*to || contents->comparer->no_renames)
        return false;
    Text syntax = syntax_of((*from)->essence);
    return (text_is(syntax, "json") || text_is(syntax, "xml")) &&
           text_equal(syntax, syntax_of((*to)->essence));
}

static void note_rename(const Contents *contents, const MediaType *from, const MediaType *to) {
    Change *change =
        note_content(contents, CHANGE_MEDIA_TYPE_RENAMED, EFFECT_NARROWED | EFFECT_WIDENED,
                     from->name, from->origin, to->origin);
    with(contents->comparer, change, ATTRIBUTE_FROM, from->name);
    with(contents->comparer, change, ATTRIBUTE_TO, to->name);
    with_truth(contents->comparer, change, ATTRIBUTE_ERROR, contents->error);
    compare_content(contents, from->name, from, to);
}

/* ---- two lists ------------------------------------------------------------------------------- */

static void compare_medium(const Contents *contents, const Medium *from) {
    const Medium *to = from->partner ? from->partner : covering(contents->revision, from);
    if (from->partner)
        note_parameters(contents, from);
    else
        note_medium(contents, CHANGE_MEDIA_TYPE_REMOVED, from);
    if (to)
        compare_content(contents, from->type->name, from->type, to->type);
}

static void compare_new_medium(const Contents *contents, const Medium *to) {
    const Medium *from = covering(contents->base, to);
    note_medium(contents, CHANGE_MEDIA_TYPE_ADDED, to);
    if (from)
        compare_content(contents, to->type->name, from->type, to->type);
}

void compare_media_types(Comparer *comparer, Comparison *at, MediaTypes base, MediaTypes revision,
                         Direction direction, const Node *base_parent, const Node *revision_parent,
                         bool error) {
    Contents contents = {comparer,
                         at,
                         media_of(comparer->arena, base),
                         media_of(comparer->arena, revision),
                         direction,
                         base_parent,
                         revision_parent,
                         error};
    const Medium *renamed_from, *renamed_to;
    find_partners(contents.base, contents.revision);
    bool renamed = find_rename(&contents, &renamed_from, &renamed_to);
    if (renamed)
        note_rename(&contents, renamed_from->type, renamed_to->type);
    for (size_t i = 0; i < base.count; i++)
        if (!renamed || &contents.base.items[i] != renamed_from)
            compare_medium(&contents, &contents.base.items[i]);
    for (size_t i = 0; i < revision.count; i++)
        if (!contents.revision.items[i].partner &&
            !(renamed && &contents.revision.items[i] == renamed_to))
            compare_new_medium(&contents, &contents.revision.items[i]);
}
