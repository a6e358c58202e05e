#include "diff/compare.h"

/* How values are written in XML: as which sort of node, and by which name. What the fields of `xml`
 * come to is compared, not what is written of them (3.1.1 section 4.8.26, 3.2.0 section 4.26). */

bool is_xml(Text media_type) {
    Text name = text_slice(media_type, 0, text_find_byte(media_type, ';', 0));
    name = text_trim(name);
    return name.size > 4 &&
           (text_equal_ignoring_case(text_slice(name, name.size - 4, name.size), TEXT("/xml")) ||
            text_equal_ignoring_case(text_slice(name, name.size - 4, name.size), TEXT("+xml")));
}

/* ---- names that need not be written ---------------------------------------------------------- */

/* Who leads to each node: its edges stand from `first` of its id on. */
typedef struct Way {
    const Comparison *from;
    const Step *step;
} Way;

typedef struct Ways {
    Comparer *comparer;
    size_t *first; /* NULL: not gathered yet */
    Way *items;
} Ways;

static void gather(Ways *ways) {
    const Comparer *comparer = ways->comparer;
    size_t count = comparer->nodes.count;
    size_t *first = ways->first = arena_new_array(comparer->arena, count + 2, size_t);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < comparer->nodes.items[i]->edges.count; j++)
            first[comparer->nodes.items[i]->edges.items[j].to->id + 2]++;
    for (size_t i = 2; i < count + 2; i++)
        first[i] += first[i - 1];
    ways->items = arena_new_array(comparer->arena, first[count + 1], Way);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < comparer->nodes.items[i]->edges.count; j++) {
            const ComparisonEdge *edge = &comparer->nodes.items[i]->edges.items[j];
            ways->items[first[edge->to->id + 1]++] = (Way){comparer->nodes.items[i], &edge->step};
        }
}

/* A property has its own name, or from 3.2 on that of the component that it refers to; the root of
 * a body the component's. Empty: none is known, or there are several. */
static Text inferred_name(Ways *ways, const Comparison *node, const Meet *meet, unsigned depth) {
    enum { DEPTH_LIMIT = 8 };
    Text name = {0}, component = meet_name(meet);
    if (!ways->first)
        gather(ways);
    for (size_t i = ways->first[node->id]; i < ways->first[node->id + 1]; i++) {
        const Way *way = &ways->items[i];
        bool newer = ways->comparer->revision->dialect >= DIALECT_3_2;
        Text here = {0};
        if (way->step->kind == STEP_MEDIA_TYPE || (component.size && newer))
            here = component;
        else if (way->step->kind == STEP_PROPERTY)
            here = way->step->name;
        else if (way->step->kind == STEP_ITEMS && way->from->base_meet && depth < DEPTH_LIMIT)
            here = inferred_name(ways, way->from, way->from->base_meet, depth + 1);
        if (!here.size || (name.size && !text_equal(name, here)))
            return (Text){0};
        name = here;
    }
    return name;
}

/* ---- what the fields come to ----------------------------------------------------------------- */

typedef struct Form {
    const Node *xml; /* NULL: nothing is written */
    const Node *origin;
    Text sort; /* a word of `nodeType` */
    Text name, namespace, prefix;
} Form;

static Text field(const Node *xml, const char *name) {
    const Node *value = node_member(xml, text_from(name));
    return value && value->kind == NODE_STRING ? value->text : (Text){0};
}

static bool flag(const Node *xml, const char *name) {
    const Node *value = node_member(xml, text_from(name));
    return value && value->kind == NODE_BOOLEAN && value->boolean;
}

/* A list has a node of its own only where it is wrapped in one. */
static Text sort_of(const Node *xml, Meet *meet) {
    bool list = (meet_canonical(meet)->kinds & ~(KindSet)KIND_NULL) == KIND_ARRAY;
    if (field(xml, "nodeType").size)
        return field(xml, "nodeType");
    if (flag(xml, "attribute"))
        return TEXT("attribute");
    return list && !flag(xml, "wrapped") ? TEXT("none") : TEXT("element");
}

static Form form_of(const Node *origin, Meet *meet) {
    Form form = {.xml = node_member(origin, TEXT("xml")), .origin = origin};
    form.sort = sort_of(form.xml, meet);
    if (!text_is(form.sort, "element") && !text_is(form.sort, "attribute"))
        return form; /* it has no name */
    form.name = field(form.xml, "name");
    form.namespace = field(form.xml, "namespace");
    form.prefix = field(form.xml, "prefix");
    return form;
}

typedef struct Forms {
    Comparer *comparer;
    Comparison *at;
    Form base, revision;
} Forms;

static const Node *place_of(const Form *form, const char *keyword) {
    const Node *written = node_member(form->xml, text_from(keyword));
    return written ? written : form->origin;
}

static void note_xml(const Forms *forms, const char *keyword, Text from, Text to) {
    Change *change = note(forms->comparer, forms->at, CHANGE_XML_CHANGED, EFFECT_NONE,
                          place_of(&forms->base, keyword), place_of(&forms->revision, keyword));
    with(forms->comparer, change, ATTRIBUTE_KEYWORD, text_from(keyword));
    with(forms->comparer, change, ATTRIBUTE_FROM, from);
    with(forms->comparer, change, ATTRIBUTE_TO, to);
}

static bool same_value(const Node *from, const Node *to) {
    return from == to || (from && to && node_equal(from, to));
}

/* Told by the field that says so: `attribute` and `wrapped` are older words for what `nodeType`
 * says. */
static void note_sort(const Forms *forms) {
    static const char *const fields[] = {"nodeType", "attribute", "wrapped"};
    Arena *arena = forms->comparer->arena;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        const Node *from = node_member(forms->base.xml, text_from(fields[i]));
        const Node *to = node_member(forms->revision.xml, text_from(fields[i]));
        if (same_value(from, to))
            continue;
        bool plain = i == 0;
        note_xml(forms, fields[i], plain ? forms->base.sort : shown_value(arena, from),
                 plain ? forms->revision.sort : shown_value(arena, to));
        return;
    }
    note_xml(forms, "nodeType", forms->base.sort, forms->revision.sort);
}

static Text with_prefix(Arena *arena, const Form *form, Text name) {
    return form->prefix.size
               ? text_format(arena, "%.*s:%.*s", TEXT_ARG(form->prefix), TEXT_ARG(name))
               : name;
}

/* A prefix stands for a namespace and is nobody's matter; where none is given, it belongs to the
 * name (Namespaces in XML 1.0 section 4). */
static void compare_names(Ways *ways, const Forms *forms) {
    const Form *base = &forms->base, *revision = &forms->revision;
    Arena *arena = forms->comparer->arena;
    bool open = !base->namespace.size && !revision->namespace.size;
    bool same = text_equal(base->name, revision->name);
    Text from = base->name, to = revision->name;
    if (!same && !from.size)
        from = inferred_name(ways, forms->at, forms->at->base_meet, 0);
    if (!same && !to.size)
        to = inferred_name(ways, forms->at, forms->at->revision_meet, 0);
    bool prefixed = !text_equal(base->prefix, revision->prefix);
    if (!text_equal(from, to) || (open && prefixed))
        note_xml(forms, "name", with_prefix(arena, base, from), with_prefix(arena, revision, to));
    if (!text_equal(base->namespace, revision->namespace))
        note_xml(forms, "namespace", base->namespace, revision->namespace);
    if (!open && prefixed)
        note_xml(forms, "prefix", base->prefix, revision->prefix);
}

/* A CDATA section is a spelling of text (XML Information Set appendix D). */
static bool is_one_sort(Text a, Text b) {
    bool texts =
        (text_is(a, "text") || text_is(a, "cdata")) && (text_is(b, "text") || text_is(b, "cdata"));
    return texts || text_equal(a, b);
}

static void compare_forms(Ways *ways, Comparison *node, const Node *from, const Node *to) {
    if (same_value(node_member(from, TEXT("xml")), node_member(to, TEXT("xml"))))
        return;
    Forms forms = {ways->comparer, node, form_of(from, node->base_meet),
                   form_of(to, node->revision_meet)};
    if (is_one_sort(forms.base.sort, forms.revision.sort))
        compare_names(ways, &forms);
    else
        note_sort(&forms);
}

/* ---- the root of a body ---------------------------------------------------------------------- */

static bool has_name(const Conjunction *types) {
    for (size_t i = 0; i < types->types.count; i++)
        if (field(node_member(types->types.items[i]->origin, TEXT("xml")), "name").size)
            return true;
    return false;
}

static bool is_told(const Comparison *node, const char *keyword) {
    for (size_t i = 0; i < node->changes.count; i++)
        if (node->changes.items[i]->kind == CHANGE_XML_CHANGED &&
            text_is(change_attribute(node->changes.items[i], ATTRIBUTE_KEYWORD), keyword))
            return true;
    return false;
}

/* Where no name is written it is the component's, says 3.2; before it was left open, and was so for
 * most. */
static void compare_root(Comparer *comparer, Comparison *node) {
    if (!node->base_meet || !node->revision_meet)
        return;
    const Conjunction *base = meet_types(node->base_meet);
    const Conjunction *revision = meet_types(node->revision_meet);
    Text from = meet_name(node->base_meet), to = meet_name(node->revision_meet);
    if (!from.size || !to.size || text_equal(from, to) || has_name(base) || has_name(revision))
        return;
    Forms forms = {comparer, node, form_of(base->types.items[0]->origin, node->base_meet),
                   form_of(revision->types.items[0]->origin, node->revision_meet)};
    bool said =
        comparer->base->dialect >= DIALECT_3_2 && comparer->revision->dialect >= DIALECT_3_2;
    const char *keyword = said ? "name" : "component";
    if (text_is(forms.base.sort, "element") && text_is(forms.revision.sort, "element") &&
        !is_told(node, keyword))
        note_xml(&forms, keyword, from, to);
}

void compare_xml(Comparer *comparer) {
    Ways ways = {.comparer = comparer};
    for (size_t i = 0; i < comparer->nodes.count; i++) {
        Comparison *node = comparer->nodes.items[i];
        for (size_t j = 0; j < node->edges.count; j++)
            if (node->edges.items[j].step.kind == STEP_MEDIA_TYPE &&
                is_xml(node->edges.items[j].step.name))
                compare_root(comparer, node->edges.items[j].to);
        if (!node->base_meet || !node->revision_meet || node->base_meet == node->revision_meet)
            continue;
        const Conjunction *base = meet_types(node->base_meet);
        const Conjunction *revision = meet_types(node->revision_meet);
        for (size_t j = 0; j < base->types.count && base->types.count == revision->types.count; j++)
            compare_forms(&ways, node, base->types.items[j]->origin,
                          revision->types.items[j]->origin);
    }
}
