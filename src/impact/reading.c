#include "impact/spot.h"

#include "impact/common.h"

/* ---- Properties ------------------------------------------------------------------------------ */

/* Whether another alternative of the provider than the one that the spot is about may carry it. */
static bool declared_elsewhere(const Spot *spot, Text name) {
    if (!spot->provided || !spot->provided_variant)
        return false;
    const Canonical *canonical = meet_canonical(spot->provided);
    for (size_t i = 0; i < canonical->alternatives.count; i++) {
        const Alternative *alternative = canonical->alternatives.items[i];
        if (alternative->kind != ALTERNATIVE_OBJECT)
            continue;
        const ObjectFacets *object = &alternative->object;
        bool open = object->additional == ADDITIONAL_ALLOWED ||
                    object->additional == ADDITIONAL_DESCRIBED ||
                    object->pattern_properties.count ||
                    (object->additional == ADDITIONAL_UNSAID && !object->properties.count);
        if (open)
            return true;
        for (size_t j = 0; j < object->properties.count; j++)
            if (text_equal(object->properties.items[j].name, name))
                return true;
    }
    return false;
}

/* The ladder of DESIGN section 3: not declared, in an object that declares properties and is not
 * open to others, is contradicted. */
static void read_lost_property(const Spot *spot, const Change *change) {
    bool open = change_attribute_is_true(change, ATTRIBUTE_OPEN);
    open = open || (spot->provided && may_declare_more(meet_canonical(spot->provided)));
    Reason reason = {open ? NOT_GUARANTEED : CONTRADICTED,
                     false,
                     REASON_PROPERTY_UNDECLARED,
                     {0},
                     TEXT("is not declared in the description")};
    Spot own = *spot;
    if (spot->provided_variant &&
        !declared_elsewhere(spot, change_attribute(change, ATTRIBUTE_NAME)))
        own.lenient = false;
    note_at_property(&own, change, reason);
}

static void read_undeclared_sent(const Spot *spot, const Change *change) {
    if (change_attribute_is_true(change, ATTRIBUTE_OPEN))
        return;
    bool closed = change_attribute_is_true(change, ATTRIBUTE_CLOSED) &&
                  !(spot->provided && may_declare_more(meet_canonical(spot->provided)));
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

static void read_additional(const Spot *spot, const Change *change) {
    bool described = text_is(change_attribute(change, ATTRIBUTE_FROM), "described");
    if (described && effect_hurts(change))
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

/* The key counts them: names of alternatives are not part of what is sent, and their order is none.
 */
static void read_further_variant(const Spot *spot, const Change *change) {
    Arena *run = spot->holding->run;
    Text name = change_attribute(change, ATTRIBUTE_NAME);
    Text location = place_location(spot->place);
    size_t ordinal = 0;
    for (size_t i = 0; i < spot->node->changes.count; i++) {
        ordinal += spot->node->changes.items[i]->kind == CHANGE_VARIANT_ADDED;
        if (spot->node->changes.items[i] == change)
            break;
    }
    note_here(spot, change,
              (Reason){NOT_GUARANTEED, true, REASON_FURTHER_VARIANT,
                       text_format(run, "%zu", ordinal),
                       text_format(run, "`%.*s` may be the alternative %.*s in the description",
                                   TEXT_ARG(location), TEXT_ARG(name))});
}

/* None of the description's alternatives is like what the pact has. */
static void read_missing_variant(const Spot *spot, const Change *change) {
    bool never = is_response(spot) && spot->expected && spot->provided
                     ? !types_in_common(spot->expected, spot->provided)
                     : example_refused(spot);
    note_here(spot, change,
              (Reason){never ? CONTRADICTED : NOT_GUARANTEED,
                       false,
                       REASON_NO_SUCH_VARIANT,
                       {0},
                       say_of(spot, "is none of the alternatives in the description")});
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

/* The text that an alternative of the expectation fixes a property to; data NULL: none. */
static const CanonicalProperty *fixed_text(const Alternative *alternative, Text name, Text *text) {
    if (alternative->kind != ALTERNATIVE_OBJECT || alternative->values)
        return NULL;
    for (size_t i = 0; i < alternative->object.properties.count; i++) {
        const CanonicalProperty *property = &alternative->object.properties.items[i];
        const Canonical *type = meet_canonical(property->type);
        bool exact = text_equal(property->name, name) && type->alternatives.count == 1 &&
                     type->alternatives.items[0]->values &&
                     type->alternatives.items[0]->values->count == 1;
        const Node *value = exact ? type->alternatives.items[0]->values->items[0] : NULL;
        if (!value || value->kind != NODE_STRING)
            continue;
        *text = value->text;
        return property;
    }
    return NULL;
}

/* True where some object has no tag: then the discriminator does not say all values. */
static bool has_tag(const Canonical *provided, Text tag) {
    for (size_t i = 0; i < provided->alternatives.count; i++) {
        const Alternative *alternative = provided->alternatives.items[i];
        if (alternative->kind == ALTERNATIVE_OBJECT &&
            (!alternative->tags.list.count || tags_have(&alternative->tags, tag)))
            return true;
    }
    return false;
}

void read_discriminator(const Spot *spot) {
    const Canonical *provided = spot->provided ? meet_canonical(spot->provided) : NULL;
    if (!spot->expected || !provided || !provided->discriminator || spot->accepted)
        return;
    const Canonical *expected = meet_canonical(spot->expected);
    Arena *run = spot->holding->run;
    Text name = provided->discriminator->property;
    for (size_t i = 0; i < expected->alternatives.count; i++) {
        Text tag = {0};
        const CanonicalProperty *property = fixed_text(expected->alternatives.items[i], name, &tag);
        if (!property || has_tag(provided, tag))
            continue;
        const Change *named = difference_at(spot, CHANGE_DISCRIMINATOR_VALUE_REMOVED, name,
                                            property->origin, provided->discriminator->origin);
        Spot own = *spot;
        own.lenient = own.lenient || expected->alternatives.count > 1;
        note_at_property(
            &own, named,
            (Reason){CONTRADICTED, false, REASON_NO_SUCH_TAG, tag,
                     text_format(run, "is never `%.*s` in the description", TEXT_ARG(tag))});
    }
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
    [CHANGE_VARIANT_ADDED] = {read_further_variant, NULL},
    [CHANGE_VARIANT_REMOVED] = {read_missing_variant, read_missing_variant},
};

/* What remains to be said of a value that is taken: names that the description does not know. */
static bool is_read_of_accepted(ChangeKind kind) {
    return kind == CHANGE_PROPERTY_REMOVED || kind == CHANGE_PROPERTY_ACCESS_CHANGED;
}

/* What may stand in the place of an arm as a whole. */
static bool is_read_of_arm(ChangeKind kind) {
    return kind != CHANGE_TYPE_CHANGED && kind != CHANGE_NULL_ADDED && kind != CHANGE_NULL_REMOVED;
}

static bool is_of_kinds(ChangeKind kind) {
    return kind == CHANGE_TYPE_CHANGED || kind == CHANGE_NULL_ADDED || kind == CHANGE_NULL_REMOVED;
}

void read_change(const Spot *spot, const Change *change) {
    if (((spot->written || spot->given) && !is_of_kinds(change->kind)) ||
        (spot->accepted && !is_read_of_accepted(change->kind)) ||
        (spot->arm && !is_read_of_arm(change->kind)))
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
};

bool change_may_hurt(const Change *change) {
    bool response = change->direction == DIRECTION_RESPONSE;
    bool read = response ? readers[change->kind].response : readers[change->kind].request;
    return hurts_above_types[change->kind] || (read && effect_hurts(change));
}

bool change_is_of_types(ChangeKind kind) {
    return readers[kind].response || readers[kind].request || kind == CHANGE_PROPERTY_RENAMED ||
           kind == CHANGE_PROPERTY_MOVED || kind == CHANGE_DISCRIMINATOR_CHANGED ||
           kind == CHANGE_DISCRIMINATOR_VALUE_REMOVED;
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
