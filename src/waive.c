/* `bw_waive`: a waiver for one change of a finished comparison, put into the config. */
#include "edit.h"
#include "settings.h"

#include "support/map.h"

/* More operations than these are named by what their paths have in common; of more locations, or
 * where not all of them are known, any is taken. */
enum { OPERATIONS_NAMED = 12, LOCATIONS_NAMED = 24 };

static const VerdictChange *find_in(const VerdictReport *report, const char *id) {
    for (size_t i = 0; report && i < report->changes.count; i++)
        if (text_is(report->changes.items[i].id, id))
            return &report->changes.items[i];
    return NULL;
}

static const VerdictChange *find_change(const bw_waive_options *options) {
    const VerdictChange *found = NULL;
    for (size_t i = 0; i < options->result_count && !found; i++) {
        const bw_result *result = options->results[i];
        found = find_in(result->report, options->change);
        for (size_t j = 0; j < result->stored.count && !found; j++)
            found = find_in(result->stored.items[j], options->change);
    }
    return found;
}

/* "/users/" of "/users/{id}" and "/users/me". */
static Text common_folder(const VerdictChange *change) {
    Text common = change->operations.items[0].path;
    for (size_t i = 1; i < change->operations.count; i++) {
        Text path = change->operations.items[i].path;
        size_t size = 0;
        while (size < common.size && size < path.size && common.data[size] == path.data[size])
            size++;
        common.size = size;
    }
    while (common.size && common.data[common.size - 1] != '/')
        common.size--;
    return common;
}

static void name_operations(Arena *arena, const VerdictChange *change, NewWaiver *waiver) {
    Map *named = map_new(arena);
    for (size_t i = 0; i < change->operations.count; i++) {
        const VerdictOperation *operation = &change->operations.items[i];
        Text name =
            text_format(arena, "%.*s %.*s", TEXT_ARG(operation->method), TEXT_ARG(operation->path));
        if (map_get_text(named, name))
            continue;
        map_put_text(named, name, named);
        array_push(arena, &waiver->operations, name);
    }
    if (waiver->operations.count <= OPERATIONS_NAMED)
        return;
    Text folder = common_folder(change);
    waiver->operations.count = 0;
    if (folder.size > 1) {
        Text glob = text_format(arena, "%.*s**", TEXT_ARG(folder));
        array_push(arena, &waiver->operations, glob);
    }
}

static bool is_anywhere(const VerdictChange *change) {
    return change->change->more_places || change->further_locations.count >= LOCATIONS_NAMED;
}

/* Where not all of its places are named, what else the waiver asks for must tell it. */
static void name_locations(Arena *arena, const VerdictChange *change, NewWaiver *waiver) {
    if (is_anywhere(change)) {
        array_push(arena, &waiver->locations, TEXT("**"));
        return;
    }
    if (change->location.size)
        array_push(arena, &waiver->locations, change->location);
    for (array_each(const Text, location, &change->further_locations))
        array_push(arena, &waiver->locations, *location);
}

/* What tells the change from others of its rule at its place. */
static void name_conditions(Arena *arena, const VerdictChange *change, NewWaiver *waiver) {
    static const AttributeId telling[] = {ATTRIBUTE_NAME, ATTRIBUTE_VALUE, ATTRIBUTE_KEYWORD,
                                          ATTRIBUTE_FROM, ATTRIBUTE_TO};
    for (size_t i = 0; i < sizeof telling / sizeof *telling; i++) {
        WaiverCondition condition = {telling[i], change_attribute(change->change, telling[i])};
        bool told = !is_anywhere(change) && text_ends_with(change->location, condition.value);
        if (condition.value.size && !told)
            array_push(arena, &waiver->when, condition);
    }
}

static bool check_expiry(Diagnostics *diagnostics, const bw_waive_options *options) {
    Day today, expires;
    if (!options->expires)
        return true;
    if (strlen(options->expires) != strlen("2027-01-31") ||
        !day_parse(text_from(options->expires), &expires))
        return diagnose(diagnostics, NOT_A_DATE, (Place){0}, options->expires);
    if (!read_today(diagnostics, options->today, &today))
        return false;
    return expires >= today || diagnose(diagnostics, WAIVER_PAST, (Place){0}, options->expires);
}

/* A waiver for somebody whom the change does not hurt would waive nothing. */
static bool check_consumer(Diagnostics *diagnostics, const bw_waive_options *options,
                           const VerdictChange *change) {
    const VerdictRuling *ruling = &change->ruling;
    if (options->consumer && change->consumers.count && !ruling->consumers_decide) {
        Text row = {0};
        if (ruling->selector.size)
            row = text_format(diagnostics->arena, ", which the config asks of `%.*s`",
                              TEXT_ARG(ruling->selector));
        return diagnose(diagnostics, WAIVER_RULES_DECIDE, (Place){0}, options->consumer,
                        policy_word(ruling->policy), TEXT_ARG(row));
    }
    Buffer others = {.arena = diagnostics->arena};
    Text last = {0};
    for (array_each(const VerdictConsumer, who, &change->consumers)) {
        if (!options->consumer || text_is(who->consumer, options->consumer))
            return true;
        if (!text_equal(who->consumer, last))
            buffer_format(&others, "%s%.*s", others.size ? ", " : "it hurts ",
                          TEXT_ARG(who->consumer));
        last = who->consumer;
    }
    Text whom = others.size ? buffer_text(&others) : TEXT("it hurts none");
    return !options->consumer || diagnose(diagnostics, WAIVER_CONSUMER_UNKNOWN, (Place){0},
                                          options->consumer, TEXT_ARG(whom));
}

/* Another waiver, or several, take all that the change does. */
static void tell_waived(Diagnostics *diagnostics, const VerdictChange *change) {
    const Waived *waived = &change->waived;
    Text until = {0};
    if (waived->expires.size)
        until = text_format(diagnostics->arena, " until %.*s", TEXT_ARG(waived->expires));
    if (waived->reason.size)
        diagnose(diagnostics, WAIVED_ALREADY, (Place){0},
                 text_copy(diagnostics->arena, change->id).data, TEXT_ARG(until),
                 TEXT_ARG(waived->reason));
}

static bool waive(bw_edit *edit, const void *given) {
    const bw_waive_options *options = given;
    Diagnostics *diagnostics = &edit->diagnostics.all;
    Text file = text_from(options->config);
    if (!check_expiry(diagnostics, options))
        return false;
    const VerdictChange *change = find_change(options);
    if (!change)
        return diagnose(diagnostics, UNKNOWN_CHANGE, (Place){0}, options->change);
    if (!check_consumer(diagnostics, options, change))
        return false;
    if (change->verdict == VERDICT_SAFE && !change->waived.reason.size)
        diagnose(diagnostics, WAIVER_OF_SAFE_CHANGE, (Place){0}, options->change);
    NewWaiver waiver = {
        .rule = change->rule->id,
        .consumer = text_from(options->consumer),
        .reason = text_from(options->reason),
        .expires = text_from(options->expires),
    };
    name_operations(edit->arena, change, &waiver);
    name_locations(edit->arena, change, &waiver);
    name_conditions(edit->arena, change, &waiver);
    Source source = {0};
    if (source_exists(edit->arena, file) && !source_read(edit->arena, diagnostics, file, &source))
        return false;
    bool renewed = false;
    if (!config_add_waiver(edit->arena, diagnostics, file, source.bytes, &waiver, &edit->text,
                           &renewed))
        return false;
    if (!renewed)
        tell_waived(diagnostics, change);
    return true;
}

bw_status bw_waive(const bw_waive_options *options, bw_edit **edit) {
    *edit = NULL;
    if (options->version != BW_WAIVE_OPTIONS_VERSION || !options->config || !options->change ||
        !options->reason)
        return BW_WRONG_USAGE;
    return edit_make(waive, options, edit);
}
