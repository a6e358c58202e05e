#include "check.h"
#include "rules_text.h"

#include <unistd.h>

/* ---- reading and checking -------------------------------------------------------------------- */

static void a_right_rule_passes(Arena *arena) {
    CHECK_TEXT(checked(arena, RULE("a-1", "  change: property.removed\n")), "");
    CHECK_TEXT(checked(arena, RULE("a", "  change: property.removed\n"
                                        "  direction: request\n  standard: Here\n"
                                        "  when: { required: true, name: [a, '', 1, 2.0] }\n")),
               "");
    CHECK_TEXT(checked(arena, "[]"), "");
}

static void wrong_shapes_are_told(Arena *arena) {
    CHECK_TEXT(checked(arena, "a: 1"), "1:1 a file of rules must be a sequence, not a mapping");
    CHECK_TEXT(checked(arena, "- a"), "1:3 a rule must be a mapping, not a string");
    CHECK_TEXT(checked(arena, RULE("a", "  change: property.removed\n  when: required\n")),
               "3:9 when must be a mapping of attributes, not a string");
    CHECK_TEXT(checked(arena, RULE("a", "  change: 7\n")),
               "2:11 change must be a string, not a number");
    CHECK_TEXT(checked(arena, RULE("a", "  change: property.removed\n  standard: ''\n")),
               "3:13 `standard` is empty");
}

static void unknown_words_are_told(Arena *arena) {
    CHECK_TEXT(checked(arena, RULE("a", "  change: property.removed\n  wen: {}\n")),
               "3:3 `wen` is no key of a rule; did you mean `when`?");
    CHECK_TEXT(checked(arena, RULE("a", "  change: property.removed\n  something: {}\n")),
               "3:3 `something` is no key of a rule");
    CHECK_TEXT(checked(arena, RULE("a", "  change: property.remved\n")),
               "2:11 `property.remved` is no kind of change; did you mean `property.removed`?");
    CHECK_TEXT(checked(arena, RULE("a", "  change: property.removed\n  direction: requst\n")),
               "3:14 `requst` is no direction; did you mean `request`?");
    CHECK_TEXT(checked(arena, "- id: a\n  purpose: p\n  change: tag.added\n  message: m\n"
                              "  why: w\n  help: h\n  compatibility: braking\n"),
               "7:18 `braking` is no compatibility; did you mean `breaking`?");
}

static void wrong_conditions_are_told(Arena *arena) {
    CHECK_TEXT(checked(arena, RULE("a", "  change: property.removed\n  when: { requird: true }\n")),
               "3:11 `requird` is no attribute of changes; did you mean `required`?");
    CHECK_TEXT(checked(arena, RULE("a", "  change: property.renamed\n  when: { closed: true }\n")),
               "3:11 `property.renamed` does not carry `closed`; it carries `from`, `to`, "
               "`sunset`, `deprecated_since`, `required` and `deprecated`");
    CHECK_TEXT(checked(arena, RULE("a", "  change: body.required\n  when: { closed: true }\n")),
               "3:11 `body.required` does not carry `closed`; it carries no attributes");
    CHECK_TEXT(checked(arena, RULE("a", "  change: body.added\n  when: { required: yes }\n")),
               "3:21 required must be true or false, not a string");
    CHECK_TEXT(checked(arena, RULE("a", "  change: type.changed\n  when: { effect: narowed }\n")),
               "3:19 `effect` is never `narowed`; did you mean `narrowed`?");
    CHECK_TEXT(checked(arena, RULE("a", "  change: tag.added\n  when: { name: [] }\n")),
               "3:17 `name` is empty");
    CHECK_TEXT(checked(arena, RULE("a", "  change: tag.added\n  when: { name: ~ }\n")),
               "3:17 name must be a string, or a sequence of strings, not null");
}

static void a_version_is_held_to_its_spelling(Arena *arena) {
    CHECK_TEXT(checked(arena, RULE("a", "  change: tag.added\n  since: 0.1\n")), "");
    CHECK_TEXT(checked(arena, RULE("a", "  change: tag.added\n  since: 1.0.2\n")), "");
    CHECK_TEXT(checked(arena, RULE("a", "  change: tag.added\n  since: soon\n")),
               "3:10 `since: soon` is no version such as 0.1");
}

static void wrong_templates_are_told(Arena *arena) {
#define TEMPLATE(message)                                                                          \
    "- id: a\n  purpose: p\n  change: property.renamed\n  compatibility: breaking\n"               \
    "  why: w\n  help: h\n  message: \"" message "\"\n"
    CHECK_TEXT(checked(arena, TEMPLATE("`{from}` to {to}")), "");
    CHECK_TEXT(checked(arena, TEMPLATE("{name}")),
               "7:14 `property.renamed` does not carry `name`; it carries `from`, `to`, "
               "`sunset`, `deprecated_since`, `required` and `deprecated`");
    CHECK_TEXT(checked(arena, TEMPLATE("{form}")),
               "7:14 `form` is no attribute of changes; did you mean `from`?");
    CHECK_TEXT(checked(arena, TEMPLATE("{from")),
               "7:12 a brace in `message` is of no `{attribute}`");
    CHECK_TEXT(checked(arena, TEMPLATE("{to} }")),
               "7:12 a brace in `message` is of no `{attribute}`");
    CHECK_TEXT(checked(arena, TEMPLATE("{}")), "7:12 a brace in `message` is of no `{attribute}`");
}

static void missing_keys_are_told(Arena *arena) {
    CHECK_TEXT(checked(arena, "- id: a\n"), "1:3 the rule has no `purpose`\n"
                                            "1:3 the rule has no `compatibility`\n"
                                            "1:3 the rule has no `change`");
    CHECK_TEXT(checked(arena, "- change: tag.added\n  purpose: p\n  compatibility: breaking\n"),
               "1:3 the rule has no `id`\n1:3 the rule has no `message`\n"
               "1:3 the rule has no `why`\n1:3 the rule has no `help`");
}

static void ids_are_held_to_their_spelling(Arena *arena) {
    const char *wrong[] = {"aB", "a_b", "'-a'", "a-", "a--b", "'1a'", "a b"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        Text file = text_format(arena, "- id: %s\n  change: tag.added\n%s", wrong[i], RULE_REST);
        Text told_so = checked(arena, file.data);
        CHECK(text_ends_with(
            told_so,
            TEXT("can't be an id: lower-case words with one `-` between them are expected")));
    }
}

static void ids_are_given_once(Arena *arena) {
    CHECK_TEXT(
        checked(arena, RULE("a", "  change: tag.added\n") RULE("a", "  change: tag.removed\n")),
        "8:7 two rules have the id `a` (1:7 first given here)");
}

static void rows_that_never_match_are_told(Arena *arena) {
    const char *dead = "9:7 the rule `b` can never match: the rows before it take all changes that "
                       "it would (1:7 this row takes them before it)";
    CHECK_TEXT(
        checked(arena, ROW("a", "  direction: request\n") ROW("b", "  direction: request\n")),
        dead);
    CHECK_TEXT(
        checked(arena, ROW("a", "  direction: request\n") ROW("b", "  direction: response\n")), "");
    CHECK_TEXT(checked(arena, ROW("a", "  direction: request\n") ROW("b", "")), "");
    CHECK_TEXT(checked(arena, ROW("a", "  when: { name: [x, y] }\n")
                                  ROW("b", "  when: { name: y, required: true }\n")),
               dead);
    CHECK_TEXT(checked(arena, ROW("a", "  when: { name: [x, y] }\n")
                                  ROW("b", "  when: { name: [y, z] }\n")),
               "");
    CHECK_TEXT(checked(arena, ROW("a", "  when: { required: true }\n") ROW("b", "")), "");
    CHECK_TEXT(checked(arena, ROW("a", "  when: { required: [true, false] }\n") ROW("b", "")),
               dead);
    CHECK_TEXT(checked(arena, ROW("a", "  when: { name: '' }\n") ROW("b", "")), "");
}

static void rows_covered_by_several_are_told(Arena *arena) {
    CHECK_TEXT(checked(arena, ROW("a", "  when: { required: true }\n")
                                  ROW("b", "  when: { required: false }\n") ROW("c", "")),
               "17:7 the rule `c` can never match: the rows before it take all changes that it "
               "would (1:7 this row takes them before it)");
    CHECK_TEXT(checked(arena, ROW("a", "  when: { required: true }\n") ROW(
                                  "b", "  when: { required: false, closed: true }\n") ROW("c", "")),
               "");
}

static void retired_ids_are_checked(Arena *arena) {
    const char *name = "rules/retired.yaml";
    CHECK_TEXT(checked_file(arena, name, "- id: a\n"), "");
    CHECK_TEXT(checked_file(arena, name, "- id: a\n  successor: b\n"),
               "2:14 the successor `b` is the id of no rule");
    CHECK_TEXT(checked_file(arena, name, "- id: a\n  sucessor: b\n"),
               "2:3 `sucessor` is no key of a retired rule; did you mean `successor`?");
    CHECK_TEXT(checked_file(arena, name, "- a\n"),
               "1:3 a retired rule must be a mapping, not a string");
}

/* ---- the built-in rules ---------------------------------------------------------------------- */

static RuleSet *builtin(Arena *arena) {
    Diagnostics *diagnostics = new_diagnostics(arena);
    RuleSet *set = rules_builtin(arena, diagnostics);
    CHECK_TEXT(told(arena, diagnostics), "");
    if (!set)
        set = arena_new_object(arena, RuleSet);
    return set;
}

static bool has_row_for_the_rest(const RuleSet *set, ChangeKind kind, Direction direction) {
    for (size_t i = 0; i < set->rules.count; i++) {
        const Rule *rule = set->rules.items[i];
        bool meets = direction == DIRECTION_REQUEST ? rule->in_request : rule->in_response;
        if (rule->change == kind && meets && rule->when.count == 0)
            return true;
    }
    return false;
}

static void every_change_has_a_rule_in_both_directions(Arena *arena) {
    const RuleSet *set = builtin(arena);
    for (unsigned kind = 0; kind < CHANGE_COUNT; kind++)
        for (unsigned direction = DIRECTION_REQUEST; direction <= DIRECTION_RESPONSE; direction++) {
            bool found = has_row_for_the_rest(set, (ChangeKind)kind, (Direction)direction);
            CHECK(found);
            if (!found)
                printf("no row without conditions for %s in a %s\n",
                       change_info((ChangeKind)kind)->word, direction ? "response" : "request");
        }
}

static void words_are_found_again(Arena *arena) {
    (void)arena;
    for (unsigned i = 0; i < CHANGE_COUNT; i++)
        CHECK(change_by_word(text_from(change_info((ChangeKind)i)->word)) == i);
    for (unsigned i = 0; i < ATTRIBUTE_COUNT; i++)
        CHECK(attribute_by_word(text_from(attribute_info((AttributeId)i)->word)) == i);
    CHECK(change_by_word(TEXT("property")) == CHANGE_COUNT);
    CHECK(attribute_by_word(TEXT("")) == ATTRIBUTE_COUNT);
}

static Text rule_for(Arena *arena, const RuleSet *set, ChangeKind kind, Direction direction,
                     const char *attributes) {
    const Rule *rule = rules_match(set, change_of(arena, kind, direction, attributes));
    return rule ? text_format(arena, "%.*s: %s", TEXT_ARG(rule->id),
                              compatibility_word(rule->compatibility))
                : (Text){0};
}

static void the_first_row_that_matches_wins(Arena *arena) {
    const RuleSet *set = builtin(arena);
#define MATCH(kind, direction, attributes)                                                         \
    rule_for(arena, set, CHANGE_##kind, DIRECTION_##direction, attributes)
    CHECK_TEXT(MATCH(PROPERTY_REMOVED, RESPONSE, "name=a required=true"),
               "response-property-removed: breaking");
    CHECK_TEXT(MATCH(PROPERTY_REMOVED, RESPONSE, "name=a required=false"),
               "response-optional-property-removed: conditional");
    CHECK_TEXT(MATCH(PROPERTY_RENAMED, RESPONSE, "from=a to=b required=false"),
               "response-property-renamed: breaking");
    CHECK_TEXT(MATCH(PROPERTY_ADDED, REQUEST, "required=true has_default=false"),
               "request-required-property-added: breaking");
    CHECK_TEXT(MATCH(ENUM_VALUE_ADDED, RESPONSE, "value=1 extensible=false"),
               "response-enum-value-added: conditional");
    CHECK_TEXT(MATCH(ENUM_VALUE_ADDED, REQUEST, "value=1 extensible=false"),
               "request-enum-value-added: compatible");
    CHECK_TEXT(MATCH(STATUS_REMOVED, RESPONSE, "name=200 covered=false"),
               "response-success-status-removed: breaking");
    CHECK_TEXT(MATCH(STATUS_REMOVED, RESPONSE, "name=200 covered=true"),
               "response-status-undeclared: compatible");
    CHECK_TEXT(MATCH(OPERATION_REMOVED, RESPONSE, "webhook=true deprecated=false"),
               "webhook-removed: breaking");
    CHECK_TEXT(MATCH(BOUND_CHANGED, REQUEST, "keyword=maximum from= to=5 effect=narrowed"),
               "request-bound-added: breaking");
}

static void standards_have_addresses(Arena *arena) {
    const RuleSet *set = builtin(arena);
    for (size_t i = 0; i < set->rules.count; i++) {
        Text standard = set->rules.items[i]->standard;
        CHECK(!standard.size || rules_standard_link(arena, standard).size);
    }
    CHECK_TEXT(rules_standard_link(arena, TEXT("RFC 9110 15.5.7")),
               "https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.7");
    CHECK_TEXT(rules_standard_link(arena, TEXT("OpenAPI 3.1.1 4.8.16")),
               "https://spec.openapis.org/oas/v3.1.1.html#responses-object");
    CHECK_TEXT(rules_standard_link(arena, TEXT("our own")), "");
}

static void templates_are_filled(Arena *arena) {
    Change *change =
        change_of(arena, CHANGE_PROPERTY_RENAMED, DIRECTION_RESPONSE, "from={to} to=user_id");
    CHECK_TEXT(rules_expand(arena, TEXT("`{from}` is now `{to}`"), change),
               "`{to}` is now `user_id`");
    CHECK_TEXT(rules_expand(arena, TEXT("{to}{to}"), change), "user_iduser_id");
    CHECK_TEXT(rules_expand(arena, TEXT("nothing here"), change), "nothing here");
    CHECK_TEXT(rules_expand(arena, TEXT(""), change), "");
}

static void ids_are_found(Arena *arena) {
    const RuleSet *set = builtin(arena);
    CHECK(rules_find(set, TEXT("tag-added")));
    CHECK(!rules_find(set, TEXT("tag-aded")));
    const Rule *nearest = rules_nearest(set, TEXT("tag-aded"));
    CHECK(nearest);
    if (nearest)
        CHECK_TEXT(nearest->id, "tag-added");
    CHECK(!rules_nearest(set, TEXT("xyzzy")));
}

/* ---- folders --------------------------------------------------------------------------------- */

static bool write_file(const char *path, const char *text) {
    FILE *file = fopen(path, "w");
    if (!file)
        return false;
    bool written = fputs(text, file) >= 0;
    return fclose(file) == 0 && written;
}

/* What is told of the built-in rules with a folder of one file laid before them. */
static Text with_folder(Arena *arena, RuleSet *set, const char *text) {
    char folder[] = "/tmp/rules-XXXXXX";
    CHECK(mkdtemp(folder));
    Text path = text_format(arena, "%s/own.yaml", folder);
    Diagnostics *diagnostics = new_diagnostics(arena);
    if (text)
        CHECK(write_file(path.data, text));
    bool right = rules_add_folder(arena, diagnostics, set, text_from(folder));
    CHECK(right == (diagnostics->errors == 0));
    unlink(path.data);
    rmdir(folder);
    return told(arena, diagnostics);
}

static void a_folder_lies_before_what_was_there(Arena *arena) {
    RuleSet *set = builtin(arena);
    size_t count = set->rules.count;
    CHECK_TEXT(
        with_folder(arena, set, RULE("own-tag", "  change: tag.added\n  when: { name: public }\n")),
        "");
    CHECK(set->rules.count == count + 1);
    CHECK_TEXT(rule_for(arena, set, CHANGE_TAG_ADDED, DIRECTION_REQUEST, "name=public"),
               "own-tag: breaking");
    CHECK_TEXT(rule_for(arena, set, CHANGE_TAG_ADDED, DIRECTION_REQUEST, "name=other"),
               "tag-added: compatible");
    CHECK_TEXT(with_folder(arena, set, RULE("all-tags", "  change: tag.added\n")), "");
    CHECK_TEXT(rule_for(arena, set, CHANGE_TAG_ADDED, DIRECTION_REQUEST, "name=public"),
               "all-tags: breaking");
}

static void a_wrong_folder_is_told(Arena *arena) {
    RuleSet *set = builtin(arena);
    size_t count = set->rules.count;
    Text empty = with_folder(arena, set, NULL);
    CHECK(text_ends_with(empty,
                         TEXT("holds no rules: a folder with files *.yaml or *.yml is expected")));
    Text twice = with_folder(arena, set, RULE("tag-added", "  change: tag.removed\n"));
    CHECK(text_starts_with(twice, TEXT("1:7 two rules have the id `tag-added` (")));
    CHECK(set->rules.count == count);
}

static void silence_is_of_one_direction(Arena *arena) {
    RuleSet set = {0};
    UnruledKind entry = {.change = CHANGE_TAG_ADDED, .in_request = true};
    array_push(arena, &set.unruled, entry);
    CHECK(rules_are_silent(&set, change_of(arena, CHANGE_TAG_ADDED, DIRECTION_REQUEST, "name=a")));
    CHECK(
        !rules_are_silent(&set, change_of(arena, CHANGE_TAG_ADDED, DIRECTION_RESPONSE, "name=a")));
    CHECK(
        !rules_are_silent(&set, change_of(arena, CHANGE_TAG_REMOVED, DIRECTION_REQUEST, "name=a")));
}

int main(void) {
    RUN(a_right_rule_passes);
    RUN(wrong_shapes_are_told);
    RUN(unknown_words_are_told);
    RUN(wrong_conditions_are_told);
    RUN(a_version_is_held_to_its_spelling);
    RUN(wrong_templates_are_told);
    RUN(missing_keys_are_told);
    RUN(ids_are_held_to_their_spelling);
    RUN(ids_are_given_once);
    RUN(rows_that_never_match_are_told);
    RUN(rows_covered_by_several_are_told);
    RUN(retired_ids_are_checked);
    RUN(every_change_has_a_rule_in_both_directions);
    RUN(words_are_found_again);
    RUN(the_first_row_that_matches_wins);
    RUN(standards_have_addresses);
    RUN(templates_are_filled);
    RUN(ids_are_found);
    RUN(a_folder_lies_before_what_was_there);
    RUN(a_wrong_folder_is_told);
    RUN(silence_is_of_one_direction);
    return check_finish();
}
