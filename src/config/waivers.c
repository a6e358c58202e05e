#include "config/reader.h"

#include "support/glob.h"

/* ---- reading --------------------------------------------------------------------------------- */

static bool read_rule(ConfigReader *reader, const char *key, const Node *value, void *waiver) {
    return config_read_text(reader, key, value, &((Waiver *)waiver)->rule);
}

static bool read_operation(ConfigReader *reader, const char *key, const Node *value, void *waiver) {
    return config_read_selectors(reader, key, value, &((Waiver *)waiver)->operations);
}

static bool read_one_location(ConfigReader *reader, const char *key, const Node *value,
                              void *into) {
    PolicyTexts *locations = into;
    Text glob;
    if (!config_read_text(reader, key, value, &glob))
        return false;
    const char *fault = location_glob_fault(reader->arena, glob);
    if (fault)
        return diagnose(reader->diagnostics, LOCATION_MALFORMED, node_place(value), TEXT_ARG(glob),
                        fault);
    array_push(reader->arena, locations, glob);
    return true;
}

static bool read_location(ConfigReader *reader, const char *key, const Node *value, void *waiver) {
    return config_read_list(reader, key, value, &((Waiver *)waiver)->locations, read_one_location);
}

static bool read_consumer(ConfigReader *reader, const char *key, const Node *value, void *waiver) {
    return config_read_text(reader, key, value, &((Waiver *)waiver)->consumer);
}

static bool read_reason(ConfigReader *reader, const char *key, const Node *value, void *waiver) {
    return config_read_text(reader, key, value, &((Waiver *)waiver)->waived.reason);
}

static bool read_expires(ConfigReader *reader, const char *key, const Node *value, void *into) {
    Waiver *waiver = into;
    Text text;
    Day day;
    if (!config_read_text(reader, key, value, &text))
        return false;
    if (!day_parse(text, &day) || text.size != sizeof "2027-01-31" - 1)
        return diagnose(reader->diagnostics, CONFIG_NO_DATE, node_place(value), TEXT_ARG(text));
    waiver->waived.expires = text;
    return true;
}

static bool read_when(ConfigReader *reader, const char *key, const Node *value, void *into) {
    static const char *const words[] = {
#define ATTRIBUTE(id, word, type, meaning) word,
#include "diff/attribute.def"
#undef ATTRIBUTE
        NULL,
    };
    Waiver *waiver = into;
    if (value->kind != NODE_MAPPING)
        return diagnose(reader->diagnostics, CONFIG_WRONG_KIND, node_place(value), key,
                        "a mapping of attributes", node_kind_name(value->kind));
    for (size_t i = 0; i < value->count; i++) {
        const Member *member = &value->members[i];
        const Node *wanted = member->value;
        WaiverCondition condition = {.attribute = attribute_by_word(member->key)};
        if (condition.attribute == ATTRIBUTE_COUNT)
            return diagnose(reader->diagnostics, CONFIG_UNKNOWN_ATTRIBUTE, node_key_place(wanted),
                            TEXT_ARG(member->key),
                            text_did_you_mean(reader->arena, member->key, words));
        if (wanted->kind == NODE_MAPPING || wanted->kind == NODE_SEQUENCE)
            return diagnose(reader->diagnostics, CONFIG_WRONG_KIND, node_place(wanted),
                            text_copy(reader->arena, member->key).data, "a string",
                            node_kind_name(wanted->kind));
        const char *const *values = attribute_words(condition.attribute);
        size_t index;
        if (values && !config_read_word(reader, text_copy(reader->arena, member->key).data, wanted,
                                        values, &index))
            return false;
        condition.value = wanted->text;
        array_push(reader->arena, &waiver->when, condition);
    }
    return true;
}

/* What a message calls it. */
static Text name_of(const Waiver *waiver) {
    return waiver->rule.size ? waiver->rule : waiver->waived.reason;
}

static bool check(ConfigReader *reader, const Node *node, const Waiver *waiver) {
    Place place = node_place(node);
    if (!waiver->waived.reason.size)
        return diagnose(reader->diagnostics, CONFIG_KEY_MISSING, place, "a waiver", "reason",
                        ": say why it is let pass");
    if (!waiver->rule.size && !waiver->operations.count && !waiver->locations.count)
        return diagnose(reader->diagnostics, CONFIG_KEY_MISSING, place, "a waiver", "rule",
                        ", `operation` or `location`: else it would waive everything");
    Day expires;
    if (!day_parse(waiver->waived.expires, &expires) || expires >= reader->today)
        return true;
    const Node *date = node_member(node, TEXT("expires"));
    return diagnose(reader->diagnostics, WAIVER_EXPIRED, node_place(date),
                    TEXT_ARG(name_of(waiver)), TEXT_ARG(waiver->waived.expires));
}

bool config_read_waiver(ConfigReader *reader, const char *key, const Node *value, void *into) {
    static const ConfigKey keys[] = {
        {"rule", read_rule},         {"operation", read_operation},
        {"location", read_location}, {"when", read_when},
        {"consumer", read_consumer}, {"reason", read_reason},
        {"expires", read_expires},   {NULL, NULL},
    };
    (void)key;
    Policies *policies = into;
    Waiver *waiver = arena_new_object(reader->arena, Waiver);
    waiver->place = node_place(value);
    if (!config_read_mapping(reader, "a waiver", keys, value, waiver) ||
        !check(reader, value, waiver))
        return false;
    array_push(reader->arena, &policies->waivers, waiver);
    return true;
}

/* ---- what is of no use ----------------------------------------------------------------------- */

static bool names_one(const ConfigTexts *paths) {
    return paths->count == 1 && glob_is_plain(paths->items[0]);
}

ConfigScope config_scope_of_one(const Config *config) {
    size_t specs = config->specs.count;
    bool one = !specs || (specs == 1 && names_one(&config->specs.items[0].paths));
    return one ? CONFIG_SCOPE_ONE : CONFIG_SCOPE_PART;
}

/* What it names and what is not there. False: all is, or it can't be known. */
static bool tell_missing(const Waiver *waiver, Diagnostics *diagnostics) {
    Arena *arena = diagnostics->arena;
    Text name = name_of(waiver);
    if (waiver->consumer.size && !waiver->has_consumers)
        return !diagnose(diagnostics, WAIVER_NO_PACTS, waiver->place, TEXT_ARG(name),
                         TEXT_ARG(waiver->consumer));
    if (waiver->consumer.size && !waiver->consumer_met)
        return !diagnose(diagnostics, WAIVER_NO_CONSUMER, waiver->place, TEXT_ARG(name),
                         TEXT_ARG(waiver->consumer),
                         text_suggestion(arena, waiver->consumer_guess.word));
    const Selector *unmet = NULL;
    for (array_each(const Selector, selector, &waiver->operations)) {
        if (selector->met)
            return false;
        unmet = unmet ? unmet : selector;
    }
    return unmet && !diagnose(diagnostics, WAIVER_NO_OPERATION, unmet->place, TEXT_ARG(name),
                              TEXT_ARG(unmet->written),
                              text_suggestion(arena, selector_guess(arena, unmet)));
}

void config_tell_unused(const Config *config, Diagnostics *diagnostics, ConfigScope scope,
                        bool all_read) {
    for (size_t i = 0; i < config->policies.waivers.count; i++) {
        const Waiver *waiver = config->policies.waivers.items[i];
        Text name = name_of(waiver);
        if (waiver->used || (all_read && tell_missing(waiver, diagnostics)))
            continue;
        if (waiver->misplaced && all_read)
            diagnose(diagnostics, WAIVER_MISPLACED, waiver->place, TEXT_ARG(name),
                     TEXT_ARG(waiver->locations.items[0]),
                     text_suggestion(diagnostics->arena, waiver->location_guess.word));
        else if (waiver->needless)
            diagnose(diagnostics, WAIVER_NEEDLESS, waiver->place, TEXT_ARG(name));
        else if (scope == CONFIG_SCOPE_ALL)
            diagnose(diagnostics, WAIVER_UNUSED, waiver->place, TEXT_ARG(name));
        else if (scope == CONFIG_SCOPE_ONE)
            diagnose(diagnostics, WAIVER_UNUSED_HERE, waiver->place, TEXT_ARG(name));
        else
            diagnose(diagnostics, WAIVER_UNUSED_IN_PART, waiver->place, TEXT_ARG(name));
    }
}

void tell_unmet_selectors(const Selectors *selectors, Diagnostics *diagnostics) {
    for (array_each(const Selector, selector, selectors))
        if (!selector->met)
            diagnose(
                diagnostics, SELECTOR_UNMET, selector->place, TEXT_ARG(selector->written),
                text_suggestion(diagnostics->arena, selector_guess(diagnostics->arena, selector)));
}

void config_tell_unmet(const Config *config, Diagnostics *diagnostics, ConfigScope scope) {
    const Policies *policies = &config->policies;
    if (scope == CONFIG_SCOPE_PART)
        return;
    tell_unmet_selectors(&policies->included, diagnostics);
    tell_unmet_selectors(&policies->excluded, diagnostics);
    for (array_each(const PolicyRow, row, &policies->rows))
        tell_unmet_selectors(&row->where, diagnostics);
}
