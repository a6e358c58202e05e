#include "support/decimal.h"

#include <inttypes.h>

/* A number as slices of its text. Its value is ±0.DDD × 10^(exponent + scale), where the digits DDD
 * are those of whole and fraction from `first` up to `last`, without zeros at either end. The
 * exponent stays text, so that one of a million digits costs no more than reading it. */
typedef struct Decimal {
    Text whole;
    Text fraction;
    Text exponent; /* digits without leading zeros */
    size_t first;
    size_t last;
    int64_t scale;
    bool negative;
    bool exponent_negative;
} Decimal;

enum {
    DIGIT_LIMIT = 4096,    /* beyond it nothing is written out or divided */
    CANONICAL_DIGITS = 40, /* beyond it the scientific spelling is taken */
    SMALL_DIGITS = 17,     /* a number of so many digits fits in 64 bits, with room for more */
    NEAR_DIGITS = 15       /* an exponent of so many is below FAR */
};

/* Exponents farther apart than this are as good as infinitely far: no text is so long. */
static const int64_t FAR = INT64_C(1000000000000000);

static Text take_digits(Text text, size_t *at) {
    size_t from = *at;
    while (*at < text.size && text.data[*at] >= '0' && text.data[*at] <= '9')
        ++*at;
    return text_slice(text, from, *at);
}

static bool take_sign(Text text, size_t *at) {
    bool negative = *at < text.size && text.data[*at] == '-';
    if (negative || (*at < text.size && text.data[*at] == '+'))
        ++*at;
    return negative;
}

static int digit(const Decimal *number, size_t index) {
    size_t whole = number->whole.size;
    return (index < whole ? number->whole.data[index] : number->fraction.data[index - whole]) - '0';
}

static size_t digit_count(const Decimal *number) {
    return number->last - number->first;
}

static bool is_zero(const Decimal *number) {
    return number->first == number->last;
}

static Decimal parse(Text text) {
    Decimal number = {0};
    size_t at = 0;
    number.negative = take_sign(text, &at);
    number.whole = take_digits(text, &at);
    if (at < text.size && text.data[at] == '.') {
        at++;
        number.fraction = take_digits(text, &at);
    }
    if (at < text.size && (text.data[at] == 'e' || text.data[at] == 'E')) {
        at++;
        number.exponent_negative = take_sign(text, &at);
        while (at < text.size && text.data[at] == '0')
            at++;
        number.exponent = take_digits(text, &at);
    }
    number.last = number.whole.size + number.fraction.size;
    while (number.first < number.last && digit(&number, number.first) == 0)
        number.first++;
    while (number.last > number.first && digit(&number, number.last - 1) == 0)
        number.last--;
    number.scale = (int64_t)number.whole.size - (int64_t)number.first;
    if (is_zero(&number))
        number.negative = false;
    return number;
}

static int exponent_digit(const Decimal *number, size_t place, size_t width) {
    size_t missing = width - number->exponent.size;
    if (place < missing)
        return 0;
    int value = number->exponent.data[place - missing] - '0';
    return number->exponent_negative ? -value : value;
}

/* a's written exponent less b's, held within ±10 FAR. Once the difference of the leading digits is
 * beyond FAR, the digits after them can't bring it back. */
static int64_t exponent_difference(const Decimal *a, const Decimal *b) {
    size_t width = a->exponent.size > b->exponent.size ? a->exponent.size : b->exponent.size;
    int64_t difference = 0;
    for (size_t i = 0; i < width && difference < FAR && difference > -FAR; i++)
        difference = difference * 10 + exponent_digit(a, i, width) - exponent_digit(b, i, width);
    return difference;
}

/* How many digits stand before the point once the exponent is applied, held within ±10 FAR: 3 for
 * 123.4 and for 0.1234e3, -1 for 0.01. */
static int64_t magnitude(const Decimal *number) {
    static const Decimal plain = {0};
    return exponent_difference(number, &plain) + number->scale;
}

static int compare_digits(const Decimal *a, const Decimal *b) {
    size_t count_a = digit_count(a), count_b = digit_count(b);
    for (size_t i = 0; i < count_a && i < count_b; i++) {
        int difference = digit(a, a->first + i) - digit(b, b->first + i);
        if (difference)
            return difference;
    }
    return (count_a > count_b) - (count_a < count_b);
}

int decimal_compare(Text a, Text b) {
    Decimal left = parse(a), right = parse(b);
    if (is_zero(&left) || is_zero(&right) || left.negative != right.negative) {
        int sign_left = is_zero(&left) ? 0 : left.negative ? -1 : 1;
        int sign_right = is_zero(&right) ? 0 : right.negative ? -1 : 1;
        return sign_left - sign_right;
    }
    int64_t higher = exponent_difference(&left, &right) + left.scale - right.scale;
    int order = higher ? (higher > 0 ? 1 : -1) : compare_digits(&left, &right);
    return left.negative ? -order : order;
}

bool decimal_is_integer(Text number) {
    Decimal decimal = parse(number);
    return is_zero(&decimal) || magnitude(&decimal) >= (int64_t)digit_count(&decimal);
}

/* Whether the digits of `number`, with `zeros` zeros behind them, divide by a divisor that is small
 * enough for ten times it to fit in 64 bits. */
static bool divides_small(const Decimal *number, uint64_t divisor, size_t zeros) {
    uint64_t rest = 0;
    for (size_t i = number->first; i < number->last; i++)
        rest = (rest * 10 + (uint64_t)digit(number, i)) % divisor;
    for (size_t i = 0; i < zeros && rest; i++)
        rest = rest * 10 % divisor;
    return rest == 0;
}

enum { LIMB = 1000000000, LIMB_DIGITS = 9, LIMBS = DIGIT_LIMIT / LIMB_DIGITS + 2 };

/* A remainder in division by a long divisor: limbs to the base 10^9, the lowest first, as many as
 * the divisor has and one more. */
typedef struct Long {
    uint32_t limbs[LIMBS];
    size_t count;
} Long;

static void long_shift_in(Long *number, int next) {
    uint64_t carry = (uint64_t)next;
    for (size_t i = 0; i < number->count; i++) {
        carry += (uint64_t)number->limbs[i] * 10;
        number->limbs[i] = (uint32_t)(carry % LIMB);
        carry /= LIMB;
    }
}

static bool long_below(const Long *a, const Long *b) {
    for (size_t i = a->count; i-- > 0;)
        if (a->limbs[i] != b->limbs[i])
            return a->limbs[i] < b->limbs[i];
    return false;
}

static void long_subtract(Long *a, const Long *b) {
    uint32_t borrow = 0;
    for (size_t i = 0; i < a->count; i++) {
        uint32_t less = b->limbs[i] + borrow;
        borrow = a->limbs[i] < less;
        a->limbs[i] = a->limbs[i] + (borrow ? LIMB : 0) - less;
    }
}

static bool long_is_zero(const Long *number) {
    for (size_t i = 0; i < number->count; i++)
        if (number->limbs[i])
            return false;
    return true;
}

static void long_step(Long *rest, const Long *divisor, int next) {
    long_shift_in(rest, next);
    while (!long_below(rest, divisor))
        long_subtract(rest, divisor);
}

static bool divides_long(const Decimal *number, const Decimal *by, size_t zeros) {
    size_t count = digit_count(by) / LIMB_DIGITS + 2;
    Long divisor = {.count = count}, rest = {.count = count};
    for (size_t i = by->first; i < by->last; i++)
        long_shift_in(&divisor, digit(by, i));
    for (size_t i = number->first; i < number->last; i++)
        long_step(&rest, &divisor, digit(number, i));
    for (size_t i = 0; i < zeros && !long_is_zero(&rest); i++)
        long_step(&rest, &divisor, 0);
    return long_is_zero(&rest);
}

bool decimal_is_multiple(Text number, Text divisor, bool *decided) {
    Decimal left = parse(number), right = parse(divisor);
    *decided = true;
    if (is_zero(&left) || is_zero(&right))
        return is_zero(&left);
    if (digit_count(&left) > DIGIT_LIMIT || digit_count(&right) > DIGIT_LIMIT)
        return *decided = false;
    /* With both as integers without a zero at the end, times powers of ten: where the divisor's
     * power is the higher one, the number had to end in a zero. */
    int64_t power = exponent_difference(&left, &right) + left.scale - right.scale -
                    (int64_t)digit_count(&left) + (int64_t)digit_count(&right);
    if (power < 0)
        return false;
    /* Ten's powers help by their factors 2 and 5 alone, of which a divisor of n digits has less
     * than 4 n: more zeros change nothing. */
    int64_t useful = 4 * (int64_t)digit_count(&right);
    size_t zeros = (size_t)(power < useful ? power : useful);
    if (digit_count(&right) > SMALL_DIGITS)
        return divides_long(&left, &right, zeros);
    uint64_t small = 0;
    for (size_t i = right.first; i < right.last; i++)
        small = small * 10 + (uint64_t)digit(&right, i);
    return divides_small(&left, small, zeros);
}

/* Adds 1 to (takes 1 from) the digits, in place; the first is a 0 that takes the carry. */
static void step_digits(char *digits, size_t count, int step) {
    size_t at = count;
    if (step > 0) {
        while (digits[--at] == '9')
            digits[at] = '0';
        digits[at]++;
    } else {
        while (digits[--at] == '0')
            digits[at] = '9';
        digits[at]--;
    }
}

/* The digits before the point, with room in front for a sign and a carry; count is of all. */
static char *whole_digits(Arena *arena, const Decimal *number, size_t whole, size_t *count) {
    char *digits = arena_alloc(arena, whole + 2);
    memset(digits, '0', whole + 2);
    for (size_t i = 0; i < whole && i < digit_count(number); i++)
        digits[i + 2] = (char)('0' + digit(number, number->first + i));
    *count = whole + 2;
    return digits;
}

static Text step_integer(Arena *arena, Text text, bool up) {
    Decimal number = parse(text);
    int64_t places = is_zero(&number) ? 0 : magnitude(&number);
    if (places > DIGIT_LIMIT)
        return decimal_canonical(arena, text);
    size_t whole = places > 0 ? (size_t)places : 0, count = 0;
    bool broken = !is_zero(&number) && (int64_t)digit_count(&number) > places;
    char *digits = whole_digits(arena, &number, whole, &count);
    bool negative = number.negative || (is_zero(&number) && !up);
    bool away = negative != up;
    if (away)
        step_digits(digits, count, 1);
    else if (!broken)
        step_digits(digits, count, -1);
    size_t first = 0;
    while (first + 1 < count && digits[first] == '0')
        first++;
    if (negative && digits[first] != '0')
        digits[--first] = '-';
    return (Text){digits + first, count - first};
}

Text decimal_next_integer(Arena *arena, Text number) {
    return step_integer(arena, number, true);
}

Text decimal_previous_integer(Arena *arena, Text number) {
    return step_integer(arena, number, false);
}

/* The written exponent and `more` together, exactly, however long the exponent is. */
static Text exponent_plus(Arena *arena, const Decimal *number, int64_t more) {
    Text exponent = number->exponent;
    if (exponent.size <= NEAR_DIGITS)
        return text_format(arena, "%" PRId64, magnitude(number) - number->scale + more);
    int64_t carry = number->exponent_negative ? -more : more;
    char *sum = arena_alloc(arena, exponent.size + 2);
    for (size_t i = exponent.size; i-- > 0;) {
        carry += exponent.data[i] - '0';
        int64_t rest = (carry % 10 + 10) % 10;
        sum[i + 2] = (char)('0' + rest);
        carry = (carry - rest) / 10;
    }
    sum[1] = (char)('0' + carry);
    size_t first = 1;
    while (sum[first] == '0')
        first++;
    if (number->exponent_negative)
        sum[--first] = '-';
    return (Text){sum + first, exponent.size + 2 - first};
}

static void add_digits(Buffer *out, const Decimal *number, size_t from, size_t to) {
    for (size_t i = from; i < to; i++)
        buffer_add_byte(
            out, i < digit_count(number) ? (char)('0' + digit(number, number->first + i)) : '0');
}

static void add_plain(Buffer *out, const Decimal *number, int64_t places) {
    size_t whole = places > 0 ? (size_t)places : 0;
    add_digits(out, number, 0, whole);
    if (!whole)
        buffer_add_byte(out, '0');
    if ((int64_t)digit_count(number) <= places)
        return;
    buffer_add_byte(out, '.');
    for (int64_t i = places; i < 0; i++)
        buffer_add_byte(out, '0');
    add_digits(out, number, whole, digit_count(number));
}

Text decimal_canonical(Arena *arena, Text text) {
    Decimal number = parse(text);
    if (is_zero(&number))
        return TEXT("0");
    Buffer out = {.arena = arena};
    if (number.negative)
        buffer_add_byte(&out, '-');
    int64_t places = magnitude(&number), count = (int64_t)digit_count(&number);
    int64_t length = places <= 0 ? count - places : places > count ? places : count;
    if (length <= CANONICAL_DIGITS) {
        add_plain(&out, &number, places);
        return buffer_text(&out);
    }
    add_digits(&out, &number, 0, 1);
    if (count > 1) {
        buffer_add_byte(&out, '.');
        add_digits(&out, &number, 1, (size_t)count);
    }
    buffer_add_byte(&out, 'e');
    buffer_add(&out, exponent_plus(arena, &number, number.scale - 1));
    return buffer_text(&out);
}
