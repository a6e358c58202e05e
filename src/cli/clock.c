#include "cli/clock.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

enum { DATE_SIZE = sizeof "2027-01-31", DAYS_LIMIT = 100000 };

/* SOURCE_DATE_EPOCH, seconds since 1970, as reproducible builds have it. */
static bool epoch_date(const Arguments *arguments, const char **today) {
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    char *end;
    if (!epoch || !*epoch)
        return true;
    errno = 0;
    long long seconds = strtoll(epoch, &end, 10);
    time_t moment = (time_t)seconds;
    struct tm date;
    char *text = arena_alloc(arguments->arena, DATE_SIZE);
    bool right = !errno && end != epoch && !*end && gmtime_r(&moment, &date) &&
                 strftime(text, DATE_SIZE, "%Y-%m-%d", &date);
    if (right)
        *today = text;
    return right || diagnose(arguments->diagnostics, NOT_AN_EPOCH, (Place){0}, epoch);
}

static bool read_days(const Arguments *arguments, const char *name, int *days) {
    const char *value = arguments_value(arguments, name);
    char *end;
    if (!value)
        return true;
    errno = 0;
    long number = strtol(value, &end, 10);
    *days = (int)number;
    if (errno || end == value || *end || number < 1 || number > DAYS_LIMIT)
        return diagnose(arguments->diagnostics, NOT_A_NUMBER_OF_DAYS, (Place){0}, value);
    return true;
}

bool clock_options(const Arguments *arguments, bw_compare_options *compare) {
    struct tm date = {0};
    compare->today = arguments_value(arguments, "today");
    const char *end = compare->today ? strptime(compare->today, "%Y-%m-%d", &date) : "";
    if (!end || *end)
        return diagnose(arguments->diagnostics, NOT_A_DATE, (Place){0}, compare->today);
    if (!compare->today && !epoch_date(arguments, &compare->today))
        return false;
    return read_days(arguments, "deprecation-days", &compare->deprecation_days) &&
           read_days(arguments, "notice-days", &compare->notice_days);
}
