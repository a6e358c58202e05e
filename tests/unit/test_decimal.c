#include "support/decimal.h"

#include "check.h"

static int sign(int order) {
    return (order > 0) - (order < 0);
}

static int compare(const char *a, const char *b) {
    int order = sign(decimal_compare(text_from(a), text_from(b)));
    CHECK(order == -sign(decimal_compare(text_from(b), text_from(a))));
    return order;
}

static void equal_numbers_have_many_spellings(Arena *arena) {
    (void)arena;
    CHECK(compare("1e3", "1000.0") == 0);
    CHECK(compare("0", "-0.0e5") == 0);
    CHECK(compare("+5", "5.") == 0);
    CHECK(compare(".5", "0.50") == 0);
    CHECK(compare("007", "7") == 0);
    CHECK(compare("1E-2", "0.01") == 0);
    CHECK(compare("100e-2", "1") == 0);
    CHECK(compare("-9223372036854776000", "-9223372036854776e3") == 0);
}

static void order_is_exact(Arena *arena) {
    (void)arena;
    CHECK(compare("9007199254740993", "9007199254740992") > 0);
    CHECK(compare("0.1", "0.10000000000000000000000000001") < 0);
    CHECK(compare("-2", "-1") < 0);
    CHECK(compare("-1", "0") < 0);
    CHECK(compare("0", "1e-400") < 0);
    CHECK(compare("10", "9") > 0);
    CHECK(compare("1.9", "1.10") > 0);
    CHECK(compare("-1e400", "1e-400") < 0);
}

static void exponents_have_no_bound(Arena *arena) {
    (void)arena;
    CHECK(compare("1e1000000000", "1e999999999") > 0);
    CHECK(compare("1e1000000000", "10e999999999") == 0);
    CHECK(compare("1e-1000000000", "0") > 0);
    CHECK(compare("1e99999999999999999999999", "10e99999999999999999999998") == 0);
    CHECK(compare("1e99999999999999999999999", "2e99999999999999999999998") > 0);
    CHECK(compare("-1e99999999999999999999999", "-1e99999999999999999999998") < 0);
    CHECK(compare("1e-99999999999999999999999", "1e99999999999999999999999") < 0);
    CHECK(compare("1e000000000000000000000000003", "1000") == 0);
    CHECK(compare("0e99999999999999999999999", "0") == 0);
}

static void an_integer_has_no_fraction(Arena *arena) {
    (void)arena;
    static const char *const integers[] = {"0",     "-0.0", "1.0",          "1e2",  "1.5e1",
                                           "10e-1", "+7",   "1e1000000000", "0e-5", "120e-1"};
    static const char *const others[] = {"0.1", "1e-1", "1.25e1", "-3.5", "1e-1000000000", "12e-1"};
    for (size_t i = 0; i < sizeof integers / sizeof *integers; i++)
        CHECK(decimal_is_integer(text_from(integers[i])));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        CHECK(!decimal_is_integer(text_from(others[i])));
}

static bool multiple(const char *number, const char *divisor) {
    bool decided = false;
    bool result = decimal_is_multiple(text_from(number), text_from(divisor), &decided);
    CHECK(decided);
    return result;
}

static void multiples_are_exact(Arena *arena) {
    (void)arena;
    CHECK(multiple("0.3", "0.1"));
    CHECK(multiple("19.99", "0.01"));
    CHECK(!multiple("19.995", "0.01"));
    CHECK(multiple("0", "7"));
    CHECK(!multiple("7", "0"));
    CHECK(multiple("-12", "4"));
    CHECK(multiple("12", "-4"));
    CHECK(!multiple("4", "12"));
    CHECK(multiple("30", "12e-1"));
    CHECK(multiple("1e1000000000", "0.0001"));
    CHECK(multiple("1e1000000000", "1024"));
    CHECK(!multiple("1e1000000000", "3"));
    CHECK(!multiple("1e-1000000000", "1"));
    CHECK(multiple("123456789012345678901234567890", "12345678901234567890123456789"));
    CHECK(!multiple("123456789012345678901234567891", "12345678901234567890123456789"));
    CHECK(multiple("1e30", "1267650600228229401496703205376e-1") == false);
    CHECK(multiple("1e100", "1267650600228229401496703205376"));
    CHECK(!multiple("1e99", "1267650600228229401496703205377"));
}

static void division_has_a_limit(Arena *arena) {
    char *digits = arena_alloc(arena, 5001);
    memset(digits, '7', 5000);
    bool decided = true;
    decimal_is_multiple((Text){digits, 5000}, TEXT("7"), &decided);
    CHECK(!decided);
    CHECK(decimal_is_multiple((Text){digits, 4096}, TEXT("7"), &decided) && decided);
    CHECK(decimal_is_multiple((Text){digits, 4096}, (Text){digits, 2048}, &decided) && decided);
    CHECK(!decimal_is_multiple((Text){digits, 4096}, (Text){digits, 2047}, &decided) && decided);
    CHECK(decimal_is_multiple((Text){digits, 4096}, (Text){digits, 4096}, &decided) && decided);
}

static void integers_beside_a_number(Arena *arena) {
    static const char *const rows[][3] = {
        /* number, next, previous */
        {"4.2", "5", "4"},
        {"4", "5", "3"},
        {"0", "1", "-1"},
        {"-4.2", "-4", "-5"},
        {"-4", "-3", "-5"},
        {"9", "10", "8"},
        {"10", "11", "9"},
        {"-9.5", "-9", "-10"},
        {"0.5", "1", "0"},
        {"-0.5", "0", "-1"},
        {"-1", "0", "-2"},
        {"1", "2", "0"},
        {"1e3", "1001", "999"},
        {"99.9e1", "1000", "998"},
        {"1e-1000000000", "1", "0"},
        {"-1e-1000000000", "0", "-1"},
        {"1.0", "2", "0"},
        {"99999999999999999999", "100000000000000000000", "99999999999999999998"},
        {"1e1000000000", "1e1000000000", "1e1000000000"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        CHECK_TEXT(decimal_next_integer(arena, text_from(rows[i][0])), rows[i][1]);
        CHECK_TEXT(decimal_previous_integer(arena, text_from(rows[i][0])), rows[i][2]);
    }
}

static void canonical_spelling(Arena *arena) {
    static const char *const rows[][2] = {
        {"1.50", "1.5"},
        {"1e2", "100"},
        {"-0.0", "0"},
        {"+.5", "0.5"},
        {"5.", "5"},
        {"007", "7"},
        {"-1.20e1", "-12"},
        {"1e-3", "0.001"},
        {"123.456e1", "1234.56"},
        {"1e39", "1000000000000000000000000000000000000000"},
        {"1e40", "1e40"},
        {"15e40", "1.5e41"},
        {"1e-40", "0.0000000000000000000000000000000000000001"},
        {"1e-41", "1e-41"},
        {"12.5e-50", "1.25e-49"},
        {"1e1000000000", "1e1000000000"},
        {"1e99372036854776000", "1e99372036854776000"},
        {"10e999999999999999", "1e1000000000000000"},
        {"0.01e1000000000000000", "1e999999999999998"},
        {"10e-1000000000000000", "1e-999999999999999"},
        {"100e99999999999999999999999", "1e100000000000000000000001"},
        {"0.01e100000000000000000000001", "1e99999999999999999999999"},
        {"100e-100000000000000000000001", "1e-99999999999999999999999"},
        {"0.01e-99999999999999999999999", "1e-100000000000000000000001"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CHECK_TEXT(decimal_canonical(arena, text_from(rows[i][0])), rows[i][1]);
}

int main(void) {
    RUN(equal_numbers_have_many_spellings);
    RUN(order_is_exact);
    RUN(exponents_have_no_bound);
    RUN(an_integer_has_no_fraction);
    RUN(multiples_are_exact);
    RUN(division_has_a_limit);
    RUN(integers_beside_a_number);
    RUN(canonical_spelling);
    return check_finish();
}
