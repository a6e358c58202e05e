#include "report/json_parts.h"

json_t *json_from_location(const Location *location) {
    json_t *object = json_from_place(location->place, location->pointer);
    json_put_excerpt(&object, &location->excerpt);
    return object;
}

json_t *json_from_consumer(const VerdictConsumer *who) {
    json_t *object = json_object();
    json_put(&object, "consumer", json_from_text(who->consumer));
    json_put(&object, "pact", json_from_text(who->pact));
    json_put(&object, "line", json_integer(who->line));
    json_put(&object, "interaction", json_from_text(who->interaction));
    json_put(&object, "reason", json_from_text(who->reason));
    return object;
}

json_t *json_from_names(const Text *names, size_t count) {
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++)
        json_append(&array, json_from_text(names[i]));
    return array;
}
