#include "impact/reason.h"

enum { OF_VALUES = 1, OPAQUE = 2, ONE_MORE = 4, CAUSES_LIMIT = 16 };

typedef struct ReasonInfo {
    const char *word;
    unsigned flags;
    ChangeKind causes[CAUSES_LIMIT];
    size_t count;
} ReasonInfo;

#define C(kind) CHANGE_##kind,
#define REASON(id, word, flags, causes, detail)                                                    \
    {word, flags, {causes}, sizeof((ChangeKind[]){causes}) / sizeof(ChangeKind)},
static const ReasonInfo reasons[] = {
#include "impact/reason.def"
};
#undef REASON
#undef C

const char *reason_word(ReasonId id) {
    return reasons[id].word;
}

bool reason_is_of_values(ReasonId id) {
    return reasons[id].flags & OF_VALUES;
}

bool reason_is_opaque(ReasonId id) {
    return reasons[id].flags & OPAQUE;
}

bool reason_is_one_more(ReasonId id) {
    return reasons[id].flags & ONE_MORE;
}

bool reason_comes_of(ReasonId id, ChangeKind kind) {
    for (size_t i = 0; i < reasons[id].count; i++)
        if (reasons[id].causes[i] == kind)
            return true;
    return false;
}

bool reason_covers(ReasonId base, ReasonId reason, bool same) {
    if ((base == reason && same) || base == REASON_ANYTHING)
        return true;
    if (base == REASON_PROPERTY_UNDECLARED)
        return reason == REASON_PROPERTY_OPTIONAL;
    if (base == REASON_HEADER_UNDECLARED)
        return reason == REASON_HEADER_OPTIONAL;
    return base == REASON_ANY_VALUE && reason_is_of_values(reason) &&
           reason != REASON_NO_SUCH_VALUE;
}
