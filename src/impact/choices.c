#include "impact/choices.h"

#include "document/document.h"

/* ---- Alternatives ---------------------------------------------------------------------------- */

/* `tags` NULL: each has its own. */
static void add_choices(Arena *run, const Canonical *canonical, AlternativeKind kind,
                        const Tags *tags, Choices *choices) {
    for (size_t i = 0; i < canonical->alternatives.count; i++) {
        const Alternative *alternative = canonical->alternatives.items[i];
        Choice choice = {
            .alternative = alternative,
            .tags = *tags_that_hold(alternative, tags ? tags : &alternative->tags),
            .origin = tags ? canonical->origin : alternative->origin,
        };
        if (alternative->kind == kind)
            array_push(run, choices, choice);
    }
}

/* What means a choice by its mapping, and who is named so may be called so, too: names stay beside
 * a mapping (OpenAPI 3.1.1 section 4.8.25). No provider that has mapped a name writes it. */
static void add_name(Arena *run, Choices *choices, Choice *choice, Text name) {
    for (size_t i = 0; i < choices->count; i++)
        if (tags_have(&choices->items[i].tags, name))
            return;
    Tags tags = {.property = choice->tags.property, .otherwise = choice->tags.otherwise};
    for (size_t i = 0; i < choice->tags.list.count; i++)
        array_push(run, &tags.list, choice->tags.list.items[i]);
    array_push(run, &tags.list, name);
    choice->tags = tags;
}

static void add_names(Arena *run, Choices *choices) {
    for (size_t i = 0; i < choices->count; i++) {
        Choice *choice = &choices->items[i];
        Text name = choice->name.size ? choice->name : choice->alternative->name;
        if (choice->tags.list.count && name.size)
            add_name(run, choices, choice, name);
    }
}

static void add_others(Arena *run, Choices *choices) {
    for (size_t i = 0; i < choices->count; i++)
        for (size_t j = 0; choices->items[i].tags.otherwise && j < choices->count; j++)
            for (size_t k = 0; j != i && k < choices->items[j].tags.list.count; k++)
                array_push(run, &choices->items[i].others.list,
                           choices->items[j].tags.list.items[k]);
}

static void add_children(Arena *run, Meet *meet, const Discriminator *children,
                         AlternativeKind kind, Choices *choices) {
    for (size_t i = 0; i < children->mapping.count; i++) {
        Meet *child = meet_child(meet, i);
        size_t first = choices->count;
        Tags tags = {.property = children->property};
        array_push(run, &tags.list, children->mapping.items[i].value);
        tags.otherwise =
            children->default_type && children->mapping.items[i].type == children->default_type;
        if (child)
            add_choices(run, meet_canonical(child), kind, &tags, choices);
        for (size_t j = first; j < choices->count; j++)
            choices->items[j].name = meet_name(child);
    }
}

/* By its own name the schema means itself, unless one that extends it is told by other values. */
static void name_extended(Arena *run, Meet *meet, Choices *choices) {
    bool hold = choices->count && !choices->items[choices->count - 1].extended;
    for (size_t i = 0; i < choices->count; i++)
        hold &= choices->items[i].extended || choices->items[i].tags.list.count;
    for (size_t i = 0; hold && meet_name(meet).size && i < choices->count; i++) {
        Choice *choice = &choices->items[i];
        if (!choice->extended)
            continue;
        choice->tags = (Tags){.property = choice->extended->property};
        add_name(run, choices, choice, meet_name(meet));
    }
}

void choices_of(Arena *run, Meet *meet, AlternativeKind kind, Direction direction,
                Choices *choices) {
    const Canonical *canonical = meet_canonical(meet);
    const Discriminator *children = kind == ALTERNATIVE_OBJECT ? canonical->children : NULL;
    add_choices(run, canonical, kind, NULL, choices);
    for (size_t i = 0; children && i < choices->count; i++)
        choices->items[i].extended = children;
    if (children)
        add_children(run, meet, children, kind, choices);
    if (direction == DIRECTION_REQUEST) {
        add_names(run, choices);
        if (children)
            name_extended(run, meet, choices);
    }
    add_others(run, choices);
}

/* ---- Telling them apart ---------------------------------------------------------------------- */

static bool takes_text(Meet *expected, Text text) {
    Node node = {.kind = NODE_STRING, .text = text};
    return meet_accepts_strictly(expected, &node, DIRECTION_RESPONSE) != REFUSED;
}

/* What is read is one value or another, or matches a pattern: not all of a kind. */
typedef enum Choosiness { TAKES_KINDS, TAKES_PATTERN, TAKES_VALUES } Choosiness;

static Choosiness choosiness_of(const Canonical *expected) {
    Choosiness choosiness = expected->alternatives.count ? TAKES_VALUES : TAKES_KINDS;
    for (size_t i = 0; i < expected->alternatives.count; i++) {
        const Alternative *alternative = expected->alternatives.items[i];
        if (alternative->values || alternative->kind == ALTERNATIVE_NULL)
            continue;
        bool pattern =
            alternative->kind == ALTERNATIVE_STRING && alternative->string.patterns.count;
        Choosiness own = pattern ? TAKES_PATTERN : TAKES_KINDS;
        choosiness = own < choosiness ? own : choosiness;
    }
    return choosiness;
}

bool chooses_values(Meet *expected) {
    return choosiness_of(meet_canonical(expected)) != TAKES_KINDS;
}

/* Null beside listed values is one of no alternative in particular. */
static bool lists_values(const Canonical *provided) {
    size_t lists = 0;
    for (size_t i = 0; i < provided->alternatives.count; i++) {
        const Alternative *alternative = provided->alternatives.items[i];
        if (!alternative->values && alternative->kind != ALTERNATIVE_NULL)
            return false;
        lists += alternative->values != NULL;
    }
    return lists > 0 && !provided->unknown;
}

static bool takes_listed(Meet *expected, const Canonical *provided) {
    for (size_t i = 0; i < provided->alternatives.count; i++) {
        const Values *values = provided->alternatives.items[i]->values;
        for (size_t j = 0; values && j < values->count; j++)
            if (meet_accepts_strictly(expected, values->items[j], DIRECTION_RESPONSE) != REFUSED)
                return true;
    }
    return false;
}

/* Whether one of the values may come, or none of their kinds does: then it is not by its value that
 * an alternative is another. */
static bool may_be_value(const Canonical *expected, Meet *provided) {
    static const KindSet kinds[] = {
        [NODE_NULL] = KIND_NULL,     [NODE_BOOLEAN] = KIND_BOOLEAN, [NODE_NUMBER] = KIND_NUMBER,
        [NODE_STRING] = KIND_STRING, [NODE_SEQUENCE] = KIND_ARRAY,  [NODE_MAPPING] = KIND_OBJECT,
    };
    for (size_t i = 0; i < expected->alternatives.count; i++) {
        const Values *values = expected->alternatives.items[i]->values;
        if (!values)
            return true; /* null */
        for (size_t j = 0; j < values->count; j++)
            if (!(meet_canonical(provided)->kinds & kinds[values->items[j]->kind]) ||
                meet_accepts_strictly(provided, values->items[j], DIRECTION_RESPONSE) != REFUSED)
                return true;
    }
    return false;
}

/* Whether each object that may come is told apart by a property within it. */
static bool are_told_apart_within(const Canonical *expected, const Canonical *provided) {
    size_t objects = 0;
    for (size_t i = 0; i < provided->alternatives.count; i++) {
        const Alternative *alternative = provided->alternatives.items[i];
        Choice choice = {.alternative = alternative,
                         .tags = *tags_that_hold(alternative, &alternative->tags)};
        if (alternative->kind == ALTERNATIVE_NULL)
            continue;
        objects++;
        for (size_t j = 0; j < expected->alternatives.count; j++)
            if (!telling_property(expected->alternatives.items[j], &choice))
                return false;
    }
    return objects > 0 && expected->alternatives.count > 0;
}

static bool tells(Meet *expected, Meet *provided) {
    const Canonical *reads = meet_canonical(expected), *sends = meet_canonical(provided);
    Choosiness choosiness = choosiness_of(reads);
    if (reads->kinds == KIND_OBJECT)
        return are_told_apart_within(reads, sends);
    if (choosiness == TAKES_KINDS)
        return false;
    if (lists_values(sends))
        return !takes_listed(expected, sends);
    return choosiness == TAKES_VALUES && !may_be_value(reads, provided);
}

static bool means_extension(Meet *expected, const Discriminator *discriminator) {
    for (size_t i = 0; i < discriminator->mapping.count; i++)
        if (takes_text(expected, discriminator->mapping.items[i].value))
            return true;
    return false;
}

/* Whether all texts that are taken are among some. */
static bool takes_only(Meet *expected, const Tags *tags) {
    const Canonical *canonical = meet_canonical(expected);
    for (size_t i = 0; i < canonical->alternatives.count; i++) {
        const Values *values = canonical->alternatives.items[i]->values;
        for (size_t j = 0; values && j < values->count; j++)
            if (!tags_have(tags, values->items[j]->text))
                return false;
        if (!values)
            return false;
    }
    return canonical->alternatives.count > 0;
}

/* By a discriminator's values an alternative is another, or one of those that extend it is meant.
 */
static bool tells_by_tag(Meet *expected, const Choice *provided, Text name) {
    const Tags *tags = &provided->tags;
    if (!chooses_values(expected))
        return false;
    if (provided->extended && !tags->list.count)
        return text_equal(provided->extended->property, name) &&
               means_extension(expected, provided->extended);
    if (!text_equal(tags->property, name) || tags_in_common(expected, tags))
        return false;
    return !tags->otherwise || takes_only(expected, &provided->others);
}

/* An expectation is a finite tree. */
const CanonicalProperty *telling_property(const Alternative *expected, const Choice *provided) {
    const Alternative *alternative = provided->alternative;
    if (expected->kind != ALTERNATIVE_OBJECT || alternative->kind != ALTERNATIVE_OBJECT ||
        expected->values || alternative->values)
        return NULL;
    for (size_t i = 0; i < expected->object.properties.count; i++) {
        const CanonicalProperty *read = &expected->object.properties.items[i];
        const CanonicalProperty *sent = object_property(&alternative->object, read->name);
        bool told = tells_by_tag(read->type, provided, read->name);
        if (told || (sent && sent->declared && !sent->write_only && tells(read->type, sent->type)))
            return read;
    }
    return NULL;
}
