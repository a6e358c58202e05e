#include "impact/declared.h"

#include "support/map.h"

/* A Type that is still to be looked into. A list, not recursion: a chain of references may be as
 * long as a document. */
typedef struct Visit {
    const Type *type;
    Text location;
    Direction direction;
} Visit;

typedef struct Walk {
    Arena *run;
    Map *seen;  /* Type and direction */
    Map *known; /* property's origin → index + 1 */
    ARRAY(Visit) open;
    DeclaredProperties *properties;
} Walk;

static void visit(Walk *walk, const Type *type, Text location, Direction direction) {
    struct {
        const Type *type;
        uintptr_t direction; /* of a pointer's size, so that no padding is hashed */
    } key = {type, direction};
    if (!type || map_get(walk->seen, &key, sizeof key))
        return;
    map_put(walk->seen, arena_copy(walk->run, &key, sizeof key), sizeof key, walk);
    Visit open = {type, type->name.size ? type->name : location, direction};
    array_push(walk->run, &walk->open, open);
}

static bool is_required(const ObjectKeywords *object, Text name) {
    for (size_t i = 0; i < object->required.count; i++)
        if (text_equal(object->required.items[i].name, name))
            return true;
    return false;
}

static void declare(Walk *walk, const Visit *from, const Property *property) {
    const void *key = property->origin;
    size_t known = (size_t)(uintptr_t)map_get(walk->known, &key, sizeof key);
    Text location =
        text_format(walk->run, "%.*s.%.*s", TEXT_ARG(from->location), TEXT_ARG(property->name));
    if (!known) {
        DeclaredProperty declared = {
            .property = property,
            .location = location,
            .required = is_required(from->type->object, property->name),
        };
        array_push(walk->run, walk->properties, declared);
        known = walk->properties->count;
        map_put(walk->known, arena_copy(walk->run, &key, sizeof key), sizeof key,
                (void *)(uintptr_t)known);
    }
    DeclaredProperty *declared = &walk->properties->items[known - 1];
    declared->in_request |= from->direction == DIRECTION_REQUEST;
    declared->in_response |= from->direction == DIRECTION_RESPONSE;
    visit(walk, property->type, location, from->direction);
}

static void enter_object(Walk *walk, const Visit *from) {
    const ObjectKeywords *object = from->type->object;
    Text any = text_format(walk->run, "%.*s.*", TEXT_ARG(from->location));
    for (size_t i = 0; i < object->properties.count; i++)
        declare(walk, from, &object->properties.items[i]);
    for (size_t i = 0; i < object->pattern_properties.count; i++)
        visit(walk, object->pattern_properties.items[i].type, any, from->direction);
    for (size_t i = 0; i < object->dependent_schemas.count; i++)
        visit(walk, object->dependent_schemas.items[i].type, from->location, from->direction);
    visit(walk, object->additional_properties, any, from->direction);
    visit(walk, object->unevaluated_properties, any, from->direction);
}

static void enter_array(Walk *walk, const Visit *from) {
    const ArrayKeywords *array = from->type->array;
    Text any = text_format(walk->run, "%.*s[*]", TEXT_ARG(from->location));
    for (size_t i = 0; i < array->prefix_items.count; i++)
        visit(walk, array->prefix_items.items[i],
              text_format(walk->run, "%.*s[%zu]", TEXT_ARG(from->location), i), from->direction);
    visit(walk, array->items, any, from->direction);
    visit(walk, array->contains, any, from->direction);
    visit(walk, array->unevaluated_items, any, from->direction);
}

/* What `not` and `if` speak of is no value of the API. */
static void enter_combinators(Walk *walk, const Visit *from) {
    const Combinators *combinators = from->type->combinators;
    for (size_t i = 0; i < combinators->all_of.count; i++)
        visit(walk, combinators->all_of.items[i], from->location, from->direction);
    for (size_t i = 0; i < combinators->any_of.count; i++)
        visit(walk, combinators->any_of.items[i], from->location, from->direction);
    for (size_t i = 0; i < combinators->one_of.count; i++)
        visit(walk, combinators->one_of.items[i], from->location, from->direction);
    visit(walk, combinators->then_type, from->location, from->direction);
    visit(walk, combinators->else_type, from->location, from->direction);
}

static void enter(Walk *walk, const Visit *from) {
    visit(walk, from->type->reference, from->location, from->direction);
    if (from->type->object)
        enter_object(walk, from);
    if (from->type->array)
        enter_array(walk, from);
    if (from->type->combinators)
        enter_combinators(walk, from);
}

/* ---- operations ------------------------------------------------------------------------------ */

Text parameter_location(Arena *run, const Parameter *parameter) {
    static const char *const places[] = {
        [IN_PATH] = "path",     [IN_QUERY] = "query",       [IN_HEADER] = "header",
        [IN_COOKIE] = "cookie", [IN_QUERYSTRING] = "query",
    };
    return text_format(run, "%s.%.*s", places[parameter->in], TEXT_ARG(parameter->name));
}

static void enter_media_types(Walk *walk, Text operation, Text status, const MediaType *items,
                              size_t count, Direction direction) {
    for (size_t i = 0; i < count; i++) {
        Text location =
            text_format(walk->run, "%.*s →%s%.*s %.*s → body", TEXT_ARG(operation),
                        status.size ? " " : "", TEXT_ARG(status), TEXT_ARG(items[i].name));
        visit(walk, items[i].type, location, direction);
        visit(walk, items[i].item_type, text_format(walk->run, "%.*s[*]", TEXT_ARG(location)),
              direction);
    }
}

static void enter_parameter(Walk *walk, Text operation, const Parameter *parameter,
                            Direction direction) {
    Text name = parameter_location(walk->run, parameter);
    Text location = text_format(walk->run, "%.*s → %.*s", TEXT_ARG(operation), TEXT_ARG(name));
    visit(walk, parameter->type, location, direction);
    if (parameter->content)
        visit(walk, parameter->content->type, location, direction);
}

static void enter_operation(Walk *walk, const Operation *operation) {
    Text name =
        text_format(walk->run, "%.*s %.*s", TEXT_ARG(operation->method), TEXT_ARG(operation->path));
    for (size_t i = 0; i < operation->parameters.count; i++)
        enter_parameter(walk, name, &operation->parameters.items[i], DIRECTION_REQUEST);
    const Body *body = operation->request_body;
    if (body)
        enter_media_types(walk, name, (Text){0}, body->media_types.items, body->media_types.count,
                          DIRECTION_REQUEST);
    for (size_t i = 0; i < operation->responses.count; i++) {
        const Response *response = &operation->responses.items[i];
        Text status =
            text_format(walk->run, "%.*s → %.*s", TEXT_ARG(name), TEXT_ARG(response->status));
        for (size_t j = 0; j < response->headers.count; j++)
            enter_parameter(walk, status, &response->headers.items[j], DIRECTION_RESPONSE);
        enter_media_types(walk, name, response->status, response->media_types.items,
                          response->media_types.count, DIRECTION_RESPONSE);
    }
}

void declared_properties(Arena *run, const Api *api, DeclaredProperties *properties) {
    Walk walk = {.run = run, .seen = map_new(run), .known = map_new(run), .properties = properties};
    for (size_t i = 0; i < api->operations.count; i++) {
        if (api->operations.items[i]->webhook)
            continue;
        enter_operation(&walk, api->operations.items[i]);
        while (walk.open.count) {
            Visit from = walk.open.items[--walk.open.count];
            enter(&walk, &from);
        }
    }
}
