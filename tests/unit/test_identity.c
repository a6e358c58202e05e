/* Ids of changes: what they survive, and what they tell apart. */
#include "check.h"

#include "breakwater.h"

#include <unistd.h>

/* A description of two operations that share nothing: `%s` are what may stand differently. */
typedef struct Description {
    const char *title, *parameter, *summary, *status, *values;
} Description;

static const Description plain = {"T", "id", "all", "'200'", "[a, b, c]"};

static const char *written_file(Arena *arena, Text text) {
    static const char template[] = P_tmpdir "/bw-identity-XXXXXX";
    char *path = arena_copy(arena, template, sizeof template);
    int descriptor = mkstemp(path);
    CHECK(descriptor >= 0 && write(descriptor, text.data, text.size) == (ssize_t)text.size);
    close(descriptor);
    return path;
}

static const char *file_of(Arena *arena, const Description *description) {
    Text text = text_format(
        arena,
        "openapi: 3.1.0\n"
        "info: {title: %s, version: '1'}\n"
        "paths:\n"
        "  /users/{%s}:\n"
        "    get:\n"
        "      summary: %s\n"
        "      parameters: [{name: %s, in: path, required: true, schema: {type: string}}]\n"
        "      responses:\n"
        "        %s:\n"
        "          description: all\n"
        "          content: {application/json: {schema: {type: object, required: [role, rank],\n"
        "            properties: {role: {enum: %s}, rank: {enum: %s}}}}}\n",
        description->title, description->parameter, description->summary, description->parameter,
        description->status, description->values, description->values);
    return written_file(arena, text);
}

/* "ID " of each change that the rule judged, in order. */
static Text ids_between(Arena *arena, const char *base, const char *revision, const char *rule) {
    bw_compare_options options = BW_COMPARE_OPTIONS_INIT;
    options.base = base;
    options.revision = revision;
    bw_result *result;
    CHECK(bw_compare(&options, &result) == BW_OK);
    Buffer ids = {.arena = arena};
    bw_change change;
    for (size_t i = 0; bw_result_change(result, i, &change); i++) {
        CHECK(change.id.size == 10);
        if (text_is((Text){change.rule.data, change.rule.size}, rule))
            buffer_format(&ids, "%.*s ", TEXT_ARG(change.id));
    }
    bw_result_free(result);
    unlink(options.base);
    unlink(options.revision);
    return text_copy(arena, buffer_text(&ids));
}

static Text ids_of(Arena *arena, const Description *base, const Description *revision,
                   const char *rule) {
    return ids_between(arena, file_of(arena, base), file_of(arena, revision), rule);
}

static const char removed[] = "response-enum-value-removed";

static void ids_survive_moved_lines_and_rewording(Arena *arena) {
    Description fewer = plain, moved = plain, moved_fewer;
    fewer.values = "[a, b]";
    Text ids = ids_of(arena, &plain, &fewer, removed);
    CHECK(ids.size == 22);
    moved.title = "'Another title,\n\n  of several lines'";
    moved.summary = "other words";
    moved_fewer = moved;
    moved_fewer.values = "[a, b]";
    CHECK(text_equal(ids_of(arena, &moved, &moved_fewer, removed), ids));
    moved_fewer.parameter = "user_id";
    CHECK(text_equal(ids_of(arena, &moved, &moved_fewer, removed), ids));
}

static void ids_tell_places_and_values_apart(Arena *arena) {
    Description fewer = plain, other = plain, status = plain, status_fewer;
    fewer.values = "[a, b]";
    other.values = "[a, c]";
    Text ids = ids_of(arena, &plain, &fewer, removed);
    CHECK(!text_equal(text_slice(ids, 0, 11), text_slice(ids, 11, 22)));
    Text others = ids_of(arena, &plain, &other, removed);
    CHECK(!text_equal(text_slice(ids, 0, 11), text_slice(others, 0, 11)));
    CHECK(!text_equal(text_slice(ids, 0, 11), text_slice(others, 11, 22)));
    status.status = status_fewer.status = "'201'";
    status_fewer = fewer;
    status_fewer.status = "'201'";
    CHECK(!text_equal(text_slice(ids_of(arena, &status, &status_fewer, removed), 0, 11),
                      text_slice(ids, 0, 11)));
}

static void ids_are_unique_in_a_report(Arena *arena) {
    Description one = plain;
    one.values = "[a]";
    Text ids = ids_of(arena, &plain, &one, removed);
    CHECK(ids.size == 44);
    for (size_t i = 0; i < ids.size; i += 11)
        for (size_t j = 0; j < i; j += 11)
            CHECK(!text_equal(text_slice(ids, i, i + 11), text_slice(ids, j, j + 11)));
}

/* A component that `more` operations use beside /users, of which a property is gone. */
static const char *sharing_file(Arena *arena, const char *more, const char *properties) {
    Text text =
        text_format(arena,
                    "openapi: 3.1.0\n"
                    "info: {title: T, version: '1'}\n"
                    "paths:\n"
                    "%s"
                    "  /users: {get: {responses: {'200': {description: all, content:\n"
                    "    {application/json: {schema: {$ref: '#/components/schemas/User'}}}}}}}\n"
                    "components: {schemas: {User: {type: object, properties: {%s}}}}\n",
                    more, properties);
    return written_file(arena, text);
}

static Text shared_ids(Arena *arena, const char *more) {
    return ids_between(arena, sharing_file(arena, more, "a: {type: string}, b: {type: string}"),
                       sharing_file(arena, more, "a: {type: string}"),
                       "response-optional-property-removed");
}

static void ids_survive_other_operations(Arena *arena) {
    Text ids = shared_ids(arena, "");
    CHECK(ids.size == 11);
    CHECK(
        text_equal(ids, shared_ids(arena, "  /all: {get: {responses: {'200': {description: all, "
                                          "content: {application/json: {schema: {type: array, "
                                          "items: {$ref: '#/components/schemas/User'}}}}}}}}\n")));
}

int main(void) {
    RUN(ids_survive_moved_lines_and_rewording);
    RUN(ids_tell_places_and_values_apart);
    RUN(ids_are_unique_in_a_report);
    RUN(ids_survive_other_operations);
    return check_finish();
}
