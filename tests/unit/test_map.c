/* The table: which keys are the same. */
#include "check.h"

#include "support/map.h"

static void an_empty_text_is_a_key_with_or_without_bytes(Arena *arena) {
    Map *map = map_new(arena);
    int value = 0;
    CHECK(!map_get_text(map, (Text){0}));
    map_put_text(map, (Text){0}, &value);
    CHECK(map_get_text(map, (Text){0}) == &value && map_get_text(map, TEXT("")) == &value);
    CHECK(!map_get_text(map, TEXT("a")) && map_count(map) == 1);
}

static void an_equal_key_has_its_value_replaced(Arena *arena) {
    Map *map = map_new(arena);
    int first = 0, second = 0;
    map_put_text(map, TEXT("userId"), &first);
    map_put_text(map, TEXT("userId"), &second);
    CHECK(map_get_text(map, TEXT("userId")) == &second && map_count(map) == 1);
    CHECK(!map_get_text(map, TEXT("user")) && !map_get_text(map, TEXT("userId2")));
}

int main(void) {
    RUN(an_empty_text_is_a_key_with_or_without_bytes);
    RUN(an_equal_key_has_its_value_replaced);
    return check_finish();
}
