#include "impact/spot.h"

#include "impact/choices.h"
#include "impact/common.h"

/* ---- Properties ------------------------------------------------------------------------------ */

/* Whether a property comes for sure of which nothing else is said. */
static bool is_only_required(const Spot *spot, Text name) {
    const Alternative *object =
        only_alternative(spot->provided, spot->provided_variant, ALTERNATIVE_OBJECT);
    const CanonicalProperty *property = object ? object_property(&object->object, name) : NULL;
    return property && property->required && !property->declared;
}

/* The ladder of DESIGN section 3: not declared, in an object that declares properties and is not
 * open to others, is contradicted. */
static void read_lost_property(const Spot *spot, const Change *change) {
    bool open = change_attribute_is_true(change, ATTRIBUTE_OPEN);
    open = open || (spot->provided &&
                    may_declare_more(meet_canonical(spot->provided), spot->provided_variant));
    open = open || is_only_required(spot, change_attribute(change, ATTRIBUTE_NAME));
    Reason reason = {open ? NOT_GUARANTEED : CONTRADICTED,
                     false,
                     REASON_PROPERTY_UNDECLARED,
                     {0},
                     TEXT("is not declared in the description")};
    note_at_property(spot, change, reason);
}

/* Whether another alternative, which the value may be as well, takes the property. */
static bool is_taken_beside(const Spot *spot, Text name) {
    const Alternative *sends =
        only_alternative(spot->expected, spot->expected_variant, ALTERNATIVE_OBJECT);
    const CanonicalProperty *sent = sends ? object_property(&sends->object, name) : NULL;
    const CanonicalProperty *taken =
        sent && spot->provided_variant
            ? property_beside(meet_canonical(spot->provided), spot->provided_variant, name)
            : NULL;
    return taken && types_in_common(sent->type, taken->type);
}

static void read_undeclared_sent(const Spot *spot, const Change *change) {
    if (change_attribute_is_true(change, ATTRIBUTE_OPEN) ||
        is_taken_beside(spot, change_attribute(change, ATTRIBUTE_NAME)))
        return;
    bool closed = change_attribute_is_true(change, ATTRIBUTE_CLOSED) &&
                  !(spot->provided &&
                    may_declare_more(meet_canonical(spot->provided), spot->provided_variant));
    note_at_property(spot, change,
                     (Reason){closed ? CONTRADICTED : NOT_GUARANTEED,
                              false,
                              REASON_PROPERTY_UNDECLARED,
                              {0},
                              closed ? TEXT("is refused by the description")
                                     : TEXT("is not declared in the description")});
}

static void read_optional_property(const Spot *spot, const Change *change) {
    note_at_property(spot, change,
                     (Reason){NOT_GUARANTEED,
                              false,
                              REASON_PROPERTY_OPTIONAL,
                              {0},
                              TEXT("is optional in the description")});
}

static void read_required_property(const Spot *spot, const Change *change) {
    if (change->kind == CHANGE_PROPERTY_ADDED &&
        !change_attribute_is_true(change, ATTRIBUTE_REQUIRED))
        return;
    if (member_named(spot->example, change_attribute(change, ATTRIBUTE_NAME)))
        return;
    note_at_property(spot, change,
                     (Reason){CONTRADICTED,
                              false,
                              REASON_PROPERTY_ABSENT,
                              {0},
                              TEXT("is required by the description and is not sent")});
}

static void read_access(const Spot *spot, const Change *change) {
    if (!text_is(change_attribute(change, ATTRIBUTE_TO), "true"))
        return;
    Reason reason = {CONTRADICTED,
                     false,
                     REASON_PROPERTY_UNDECLARED,
                     {0},
                     TEXT("is writeOnly in the description")};
    if (!is_response(spot))
        reason = (Reason){NOT_GUARANTEED,
                          false,
                          REASON_PROPERTY_UNDECLARED,
                          {0},
                          TEXT("is readOnly in the description")};
    note_at_property(spot, change, reason);
}

/* Whether what is declared is all that comes: nothing is said of other names. */
static bool is_closed_to_readers(const Spot *spot) {
    const Alternative *object =
        only_alternative(spot->provided, spot->provided_variant, ALTERNATIVE_OBJECT);
    return is_response(spot) && object && object->object.additional == ADDITIONAL_UNSAID &&
           (object->object.properties.count || object->object.pattern_properties.count);
}

static void read_additional(const Spot *spot, const Change *change) {
    bool described = text_is(change_attribute(change, ATTRIBUTE_FROM), "described");
    if (described && effect_hurts(change) && !is_closed_to_readers(spot))
        note_here(spot, change,
                  (Reason){NOT_GUARANTEED,
                           false,
                           REASON_ADDITIONAL,
                           {0},
                           say_of(spot, "may hold values of any kind under other names")});
}

static void read_pattern_property(const Spot *spot, const Change *change) {
    Text name = change_attribute(change, ATTRIBUTE_NAME);
    note_here(spot, change,
              (Reason){NOT_GUARANTEED, false, REASON_NAMES, name,
                       say_of(spot, "is not described for the names that the pact allows")});
}

static void read_dependent(const Spot *spot, const Change *change) {
    if (!effect_hurts(change))
        return;
    bool refused = !is_response(spot) && example_refused(spot);
    Text name = change_attribute(change, ATTRIBUTE_NAME);
    note_here(spot, change,
              (Reason){refused ? CONTRADICTED : NOT_GUARANTEED, false, REASON_DEPENDENT, name,
                       say_of(spot, "calls for other properties than the pact has")});
}

/* ---- Alternatives ---------------------------------------------------------------------------- */

void note_further_variant(const Spot *spot, Text name, size_t ordinal) {
    Arena *run = spot->holding->run;
    Text location = place_location(spot->place);
    note_here(spot,
              difference_at(spot, CHANGE_VARIANT_ADDED, name,
                            meet_canonical(spot->expected)->origin, spot->choice->origin),
              (Reason){NOT_GUARANTEED, false, REASON_FURTHER_VARIANT,
                       text_format(run, "%zu", ordinal),
                       text_format(run, "`%.*s` may be the alternative %.*s in the description",
                                   TEXT_ARG(location), TEXT_ARG(name))});
}

static bool expectation_has(const Spot *spot, Text keyword) {
    const Canonical *canonical = spot->expected ? meet_canonical(spot->expected) : NULL;
    for (size_t i = 0; canonical && i < canonical->alternatives.count; i++) {
        const Alternative *alternative = canonical->alternatives.items[i];
        for (size_t j = 0; j < alternative->constraints.count; j++)
            if (text_is(keyword, alternative->constraints.items[j].keyword))
                return true;
    }
    return false;
}

/* A constraint only limits. What the description alone has narrows a response; an unresolved `$ref`
 * is the exception, of which nothing is known. */
static void read_unproven(const Spot *spot, const Change *change) {
    Text keyword = change_attribute(change, ATTRIBUTE_KEYWORD);
    bool mine = expectation_has(spot, keyword), unknown = text_is(keyword, "$ref");
    if (is_response(spot) && (mine ? text_is(keyword, "contains") : !unknown))
        return; /* what the pact looks for in a list is read item by item */
    if (!is_response(spot) && mine)
        return;
    note_here(spot, change,
              (Reason){!is_response(spot) && example_refused(spot) ? CONTRADICTED : NOT_GUARANTEED,
                       false, REASON_UNPROVEN, keyword,
                       text_format(spot->holding->run,
                                   "what `%.*s` says of `%.*s` can't be proven to fit",
                                   TEXT_ARG(keyword), TEXT_ARG(place_location(spot->place)))});
}

/* ---- Discriminators -------------------------------------------------------------------------- */

static bool takes_tag(Meet *expected, Text tag) {
    Tags one = {.list = {.items = &tag, .count = 1, .capacity = 1}};
    return tags_in_common(expected, &one);
}

bool read_tags(const Spot *spot, Text name) {
    const Tags *tags = spot->choice ? &spot->choice->tags : NULL;
    const CanonicalProperty *read = tags && tags->list.count && text_equal(tags->property, name)
                                        ? object_property(&spot->expected_variant->object, name)
                                        : NULL;
    if (!read || !tags_in_common(read->type, tags) ||
        !(meet_canonical(read->type)->kinds & KIND_STRING))
        return false;
    if (!is_response(spot))
        return !tags->otherwise; /* see note_tagged of alternatives.c */
    Arena *run = spot->holding->run;
    Spot property = {.expected = read->type};
    for (size_t i = 0; i < tags->list.count; i++) {
        Text tag = tags->list.items[i];
        if (takes_tag(read->type, tag))
            continue;
        Node value = {.kind = NODE_STRING, .text = tag};
        Text text = node_to_json(run, &value, VALUE_WIDTH);
        note_at_property(
            spot,
            difference_at(spot, CHANGE_DISCRIMINATOR_VALUE_ADDED, name, read->origin,
                          spot->choice->origin),
            (Reason){NOT_GUARANTEED, is_exact(&property), REASON_FURTHER_VALUE, text,
                     text_format(run, "may be %.*s in the description", TEXT_ARG(text))});
    }
    return true;
}

void note_no_such_tag(const Spot *spot, const CanonicalProperty *expected, const Node *origin) {
    Spot property = {.expected = expected->type};
    const Node *value = exact_value(&property);
    bool text = value && value->kind == NODE_STRING;
    Text tag = text ? value->text : TEXT("what the pact expects");
    const char *quote = text ? "`" : "";
    Text message =
        text_format(spot->holding->run, "%s %s%.*s%s in the description",
                    is_response(spot) ? "is never" : "does not take", quote, TEXT_ARG(tag), quote);
    note_at_property(spot,
                     difference_at(spot, CHANGE_DISCRIMINATOR_VALUE_REMOVED, expected->name,
                                   expected->origin, origin),
                     (Reason){CONTRADICTED, false, REASON_NO_SUCH_TAG, tag, message});
}

void note_other_tags(const Spot *spot, const CanonicalProperty *expected, const Node *origin) {
    note_at_property(spot,
                     difference_at(spot, CHANGE_DISCRIMINATOR_VALUE_REMOVED, expected->name,
                                   expected->origin, origin),
                     (Reason){NOT_GUARANTEED,
                              false,
                              REASON_NO_SUCH_TAG,
                              {0},
                              TEXT("takes the values of the discriminator only")});
}

/* ---- The table ------------------------------------------------------------------------------- */

typedef void (*Reader)(const Spot *spot, const Change *change);

/* How each kind of change is read by who reads a response and by who sends a request. What is not
 * here means nothing to a consumer: annotations, and what only adds to what it may do. */
static const struct {
    Reader response, request;
} readers[CHANGE_COUNT] = {
    [CHANGE_PROPERTY_ADDED] = {NULL, read_required_property},
    [CHANGE_PROPERTY_REMOVED] = {read_lost_property, read_undeclared_sent},
    [CHANGE_PROPERTY_REQUIRED] = {NULL, read_required_property},
    [CHANGE_PROPERTY_OPTIONAL] = {read_optional_property, NULL},
    [CHANGE_PROPERTY_ACCESS_CHANGED] = {read_access, read_access},
    [CHANGE_PATTERN_PROPERTY_REMOVED] = {read_pattern_property, read_pattern_property},
    [CHANGE_ADDITIONAL_PROPERTIES_CHANGED] = {read_additional, read_additional},
    [CHANGE_DEPENDENT_REQUIRED_CHANGED] = {read_dependent, read_dependent},
    [CHANGE_TYPE_CHANGED] = {read_kinds_received, read_kinds_sent},
    [CHANGE_TYPE_UNPROVEN] = {read_unproven, read_unproven},
    [CHANGE_CONSTRAINT_CHANGED] = {read_unproven, read_unproven},
    [CHANGE_NULL_ADDED] = {read_null_received, NULL},
    [CHANGE_NULL_REMOVED] = {NULL, read_null_sent},
    [CHANGE_ENUM_ADDED] = {read_listed_values, read_listed_values},
    [CHANGE_ENUM_REMOVED] = {read_free_values, read_free_values},
    [CHANGE_ENUM_VALUE_ADDED] = {read_further_value, NULL},
    [CHANGE_ENUM_VALUE_REMOVED] = {read_missing_value, read_missing_value},
    [CHANGE_BOUND_CHANGED] = {read_bound, read_bound},
    [CHANGE_PATTERN_CHANGED] = {read_facet, read_facet},
    [CHANGE_FORMAT_CHANGED] = {read_facet, read_facet},
    [CHANGE_CONTENT_CHANGED] = {read_facet, read_facet},
    [CHANGE_UNIQUE_ITEMS_CHANGED] = {read_unique, read_unique},
};

/* What remains to be said of a value that is taken: names that the description does not know. */
static bool is_read_of_accepted(ChangeKind kind) {
    return kind == CHANGE_PROPERTY_REMOVED || kind == CHANGE_PROPERTY_ACCESS_CHANGED;
}

static bool is_of_kinds(ChangeKind kind) {
    return kind == CHANGE_TYPE_CHANGED || kind == CHANGE_NULL_ADDED || kind == CHANGE_NULL_REMOVED;
}

void read_change(const Spot *spot, const Change *change) {
    if (((spot->written || spot->given) && !is_of_kinds(change->kind)) ||
        (spot->accepted && !is_read_of_accepted(change->kind)))
        return;
    Reader reader =
        is_response(spot) ? readers[change->kind].response : readers[change->kind].request;
    if (reader)
        reader(spot, change);
}

/* Kinds of change above the types, which no expectation's type is compared with. */
static const bool hurts_above_types[CHANGE_COUNT] = {
    [CHANGE_OPERATION_REMOVED] = true,
    [CHANGE_OPERATION_RENAMED] = true,
    [CHANGE_PATH_PREFIX_RENAMED] = true,
    [CHANGE_SERVER_REMOVED] = true,
    [CHANGE_SECURITY_REQUIRED] = true,
    [CHANGE_SECURITY_ALTERNATIVE_REMOVED] = true,
    [CHANGE_SECURITY_SCHEME_CHANGED] = true,
    [CHANGE_PARAMETER_ADDED] = true,
    [CHANGE_PARAMETER_REMOVED] = true,
    [CHANGE_PARAMETER_RENAMED] = true,
    [CHANGE_PARAMETER_MOVED] = true,
    [CHANGE_PARAMETER_REQUIRED] = true,
    [CHANGE_PARAMETER_SERIALISED] = true,
    [CHANGE_BODY_ADDED] = true,
    [CHANGE_BODY_REMOVED] = true,
    [CHANGE_BODY_REQUIRED] = true,
    [CHANGE_MEDIA_TYPE_ADDED] = true,
    [CHANGE_MEDIA_TYPE_REMOVED] = true,
    [CHANGE_MEDIA_TYPE_RENAMED] = true,
    [CHANGE_ENCODING_CHANGED] = true,
    [CHANGE_STATUS_ADDED] = true,
    [CHANGE_STATUS_REMOVED] = true,
    [CHANGE_HEADER_REMOVED] = true,
    [CHANGE_HEADER_RENAMED] = true,
    [CHANGE_HEADER_OPTIONAL] = true,
    [CHANGE_HEADER_SERIALISED] = true,
    [CHANGE_PROPERTY_RENAMED] = true,
    [CHANGE_PROPERTY_MOVED] = true,
    [CHANGE_DISCRIMINATOR_CHANGED] = true,
    [CHANGE_DISCRIMINATOR_VALUE_REMOVED] = true,
    [CHANGE_VARIANT_REMOVED] = true,
};

/* Kinds that make more alternatives possible in a response. */
static bool adds_alternatives(ChangeKind kind) {
    return kind == CHANGE_VARIANT_ADDED || kind == CHANGE_DISCRIMINATOR_VALUE_ADDED;
}

bool change_may_hurt(const Change *change) {
    bool response = change->direction == DIRECTION_RESPONSE;
    bool read = response ? readers[change->kind].response : readers[change->kind].request;
    return hurts_above_types[change->kind] || (response && adds_alternatives(change->kind)) ||
           (read && effect_hurts(change));
}

bool change_is_of_types(ChangeKind kind) {
    return readers[kind].response || readers[kind].request || kind == CHANGE_PROPERTY_RENAMED ||
           kind == CHANGE_PROPERTY_MOVED || kind == CHANGE_DISCRIMINATOR_CHANGED ||
           kind == CHANGE_DISCRIMINATOR_VALUE_REMOVED || kind == CHANGE_VARIANT_REMOVED ||
           adds_alternatives(kind);
}

bool change_names_property(ChangeKind kind) {
    switch (kind) {
    case CHANGE_PROPERTY_ADDED:
    case CHANGE_PROPERTY_REMOVED:
    case CHANGE_PROPERTY_RENAMED:
    case CHANGE_PROPERTY_MOVED:
    case CHANGE_PROPERTY_REQUIRED:
    case CHANGE_PROPERTY_OPTIONAL:
    case CHANGE_PROPERTY_ACCESS_CHANGED:
        return true;
    default:
        return false;
    }
}
