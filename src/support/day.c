#include "support/day.h"

enum { DAYS_IN_400_YEARS = 146097, DAYS_TO_1970 = 719468, DATE_SIZE = 10 };

static bool digits(Text text, size_t from, size_t to, int *number) {
    *number = 0;
    for (size_t i = from; i < to; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
        *number = *number * 10 + (text.data[i] - '0');
    }
    return true;
}

static int days_of_month(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

/* Years begin in March here, so that a leap day is the last of its year. */
static Day day_of(int year, int month, int day) {
    year -= month <= 2;
    int era = year / 400, year_of_era = year % 400;
    int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_IN_400_YEARS + day_of_era - DAYS_TO_1970;
}

bool day_parse(Text text, Day *day) {
    int year, month, of_month;
    if (text.size < DATE_SIZE || text.data[4] != '-' || text.data[7] != '-' ||
        !digits(text, 0, 4, &year) || !digits(text, 5, 7, &month) ||
        !digits(text, 8, DATE_SIZE, &of_month))
        return false;
    if (text.size > DATE_SIZE && text.data[DATE_SIZE] != 'T' && text.data[DATE_SIZE] != 't' &&
        text.data[DATE_SIZE] != ' ')
        return false;
    if (month < 1 || month > 12 || of_month < 1 || of_month > days_of_month(year, month))
        return false;
    *day = day_of(year, month, of_month);
    return true;
}

static bool month_of(Text name, int *month) {
    static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    for (*month = 1; *month <= 12; ++*month)
        if (text_equal(name, (Text){names + (ptrdiff_t)3 * (*month - 1), 3}))
            return true;
    return false;
}

bool day_parse_http(Text text, Day *day) {
    static const char form[] = "Sun, 06 Nov 1994 08:49:37 GMT";
    int year, month, of_month;
    if (text.size != sizeof form - 1 || text.data[3] != ',' ||
        !text_ends_with(text, TEXT(" GMT")) || !digits(text, 5, 7, &of_month) ||
        !month_of(text_slice(text, 8, 11), &month) || !digits(text, 12, 16, &year))
        return false;
    if (of_month < 1 || of_month > days_of_month(year, month))
        return false;
    *day = day_of(year, month, of_month);
    return true;
}

Text day_text(Arena *arena, Day day) {
    int days = day + DAYS_TO_1970;
    int era = (days >= 0 ? days : days - DAYS_IN_400_YEARS + 1) / DAYS_IN_400_YEARS;
    int of_era = days - era * DAYS_IN_400_YEARS;
    int year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int from_march = (5 * of_year + 2) / 153;
    int month = from_march < 10 ? from_march + 3 : from_march - 9;
    int year = year_of_era + era * 400 + (month <= 2);
    return text_format(arena, "%04d-%02d-%02d", year, month,
                       of_year - (153 * from_march + 2) / 5 + 1);
}
