#include "check.h"

#include "diff/compare.h"

static void the_same_letters_are_the_same(Arena *arena) {
    static const char *const pairs[][2] = {
        {"userId", "user_id"}, {"UserID", "user-id"},         {"X-Request-Id", "Request-ID"},
        {"e_mail", "email"},   {"HTTPServer", "http_server"}, {"line1", "line_1"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        CHECK(name_likeness(arena, text_from(pairs[i][0]), text_from(pairs[i][1])) ==
              LIKENESS_SAME);
}

static void variants_of_a_word_are_alike(Arena *arena) {
    static const char *const pairs[][2] = {
        {"color", "colour"},           {"order_item", "order_items"},
        {"category", "categories"},    {"shortDesc", "short_description"},
        {"user_id", "userIdentifier"}, {"recieved_at", "received_at"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        CHECK(name_likeness(arena, text_from(pairs[i][0]), text_from(pairs[i][1])) ==
              LIKENESS_VARIANT);
}

static void further_words_are_alike(Arena *arena) {
    CHECK(name_likeness(arena, TEXT("id"), TEXT("user_id")) == LIKENESS_WITHIN);
    CHECK(name_likeness(arena, TEXT("customerName"), TEXT("name")) == LIKENESS_WITHIN);
    CHECK(name_likeness(arena, TEXT("X-Rate-Limit"), TEXT("Rate-Limit-Policy")) == LIKENESS_WITHIN);
}

static void other_things_are_not_alike(Arena *arena) {
    static const char *const pairs[][2] = {
        {"min_price", "max_price"},
        {"input_tokens", "output_tokens"},
        {"address1", "address2"},
        {"created_at", "updated_at"},
        {"first_name", "last_name"},
        {"latitude", "longitude"},
        {"shipping_address_id", "billing_address_id"},
        {"is_read", "is_read_only_flag"},
        {"start_date", "end_date"},
        {"date", "start_date"},
        {"read", "not_read"},
        {"id", "name"},
        {"source", "target"},
        {"from", "form"},
        {"id", "the_new_user_id"},
        {"line", "line2"},
        {"user", "username"},
        {"order", "ordering"},
        {"time", "timezone"},
        {"", "a"},
        {"_", "-"},
        {"total_input_tokens", "total_output_tokens"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        unsigned likeness = name_likeness(arena, text_from(pairs[i][0]), text_from(pairs[i][1]));
        CHECK(!likeness);
        if (likeness)
            printf("%s is like %s\n", pairs[i][0], pairs[i][1]);
    }
}

int main(void) {
    RUN(the_same_letters_are_the_same);
    RUN(variants_of_a_word_are_alike);
    RUN(further_words_are_alike);
    RUN(other_things_are_not_alike);
    return check_finish();
}
