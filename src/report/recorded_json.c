/* What was recorded, for programs: one object, whose members are what it was told by. And in place
 * of that or of an answer, why there is none.
 */
#include "report/json_writer.h"
#include "report/report.h"

static json_t *member_json(const RecordedMember *member) {
    json_t *list;
    if (!member->count)
        return json_true();
    if (!member->many)
        return json_from_text(text_from(member->values[member->count - 1]));
    list = json_array();
    for (size_t i = 0; i < member->count; i++)
        json_append(&list, json_from_text(text_from(member->values[i])));
    return list;
}

Text recorded_json(Arena *arena, const RecordedMembers *members) {
    JsonWriter *writer = json_writer_new(arena);
    for (array_each(RecordedMember, member, members))
        json_write_member(writer, text_copy(arena, member->name).data, member_json(member));
    return json_finish(writer);
}

Text errors_json(Arena *arena, const ToldErrors *errors) {
    JsonWriter *writer = json_writer_new(arena);
    json_write_member(writer, "breakwater", json_integer(1));
    json_begin_array(writer, "errors");
    for (array_each(ToldError, error, errors)) {
        json_t *object = json_object();
        json_put(&object, "id", json_from_text(error->id));
        json_put(&object, "message", json_from_text(error->message));
        json_put(&object, "place", json_from_place(error->place, (Text){0}));
        json_write_item(writer, object);
    }
    json_end_array(writer);
    return json_finish(writer);
}
