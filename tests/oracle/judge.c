#include "judge.h"

#include "access.h"
#include "sample.h"
#include "spell.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* ---- the files ------------------------------------------------------------------------------- */

static bool make_file(char *path, size_t size) {
    snprintf(path, size, "%s/bw-oracle-XXXXXX", P_tmpdir);
    int descriptor = mkstemp(path);
    return descriptor >= 0 && close(descriptor) == 0;
}

bool judge_open(Judge *judge) {
    return make_file(judge->base, sizeof judge->base) &&
           make_file(judge->revision, sizeof judge->revision);
}

void judge_close(Judge *judge) {
    unlink(judge->base);
    unlink(judge->revision);
}

static bool write_document(Arena *arena, const char *path, const Description *description) {
    Buffer schema = {.arena = arena}, document = {.arena = arena};
    Description spelled = spell(arena, description);
    value_write(spelled.schema, &schema);
    buffer_format(&document,
                  "{\"openapi\": \"%s\", \"info\": {\"title\": \"t\", \"version\": \"1\"},\n"
                  "\"paths\": {\"/x\": {\"post\": {\"requestBody\": {\"required\": true,\n"
                  "\"content\": {\"application/json\": {\"schema\":\n%.*s}}},\n"
                  "\"responses\": {\"200\": {\"description\": \"d\",\n"
                  "\"content\": {\"application/json\": {\"schema\":\n%.*s}}}}}}},\n"
                  "\"components\": {\"schemas\":\n",
                  spelled.in_3_0 ? "3.0.3" : "3.1.0", TEXT_ARG(buffer_text(&schema)),
                  TEXT_ARG(buffer_text(&schema)));
    value_write(spelled.components, &document);
    buffer_add(&document, TEXT("}}\n"));
    FILE *file = fopen(path, "w");
    if (!file)
        return false;
    bool written = fwrite(document.data, 1, document.size, file) == document.size;
    return (fclose(file) == 0) && written;
}

/* ---- what the program says ------------------------------------------------------------------- */

static Text text_of(bw_text text) {
    return (Text){text.data, text.size};
}

static bool says_unproven(const bw_change *change) {
    static const char *const rules[] = {"request-enum-unproven", "request-pattern-changed",
                                        "pattern-property-added", "pattern-property-removed"};
    if (!strcmp(change->change, "type.unproven"))
        return true;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (text_is(text_of(change->rule), rules[i]))
            return true;
    return false;
}

static void hear(Arena *arena, const bw_result *result, Judgement *judgement) {
    static const char *const words[] = {"compatible", "conditional", "breaking"};
    Buffer lines[2] = {{.arena = arena}, {.arena = arena}};
    bw_change change;
    for (size_t i = 0; bw_result_change(result, i, &change); i++) {
        Said *said = &judgement->said[change.direction];
        said->changes++;
        if (change.compatibility > said->worst)
            said->worst = change.compatibility;
        said->unproven |= says_unproven(&change);
        if (!strcmp(change.change, "property.added"))
            array_push(arena, &said->added, text_copy(arena, text_of(change.message)));
        buffer_format(&lines[change.direction], "    %s: %.*s   at %.*s   [%.*s]\n",
                      words[change.compatibility], TEXT_ARG(text_of(change.message)),
                      TEXT_ARG(text_of(change.location)), TEXT_ARG(text_of(change.rule)));
    }
    judgement->said[0].words = buffer_text(&lines[0]);
    judgement->said[1].words = buffer_text(&lines[1]);
}

static void ask(const Judge *judge, Arena *arena, const PairOfSides *pair, Judgement *judgement) {
    bw_compare_options options = BW_COMPARE_OPTIONS_INIT;
    options.base = judge->base;
    options.revision = judge->revision;
    bw_result *result = NULL;
    judgement->fault = !write_document(arena, judge->base, &pair->base) ||
                       !write_document(arena, judge->revision, &pair->revision);
    if (judgement->fault)
        return;
    bw_status status = bw_compare(&options, &result);
    judgement->refused = status == BW_INVALID_INPUT;
    judgement->fault = status != BW_OK && !judgement->refused;
    bw_diagnostic diagnostic;
    if (judgement->refused && bw_diagnostics_get(bw_result_diagnostics(result), 0, &diagnostic))
        judgement->diagnostic = text_copy(arena, text_of(diagnostic.message));
    if (status == BW_OK)
        hear(arena, result, judgement);
    bw_result_free(result);
}

/* ---- what is so ------------------------------------------------------------------------------ */

static bool is_described(const Described *described, const ValueMember *member) {
    for (size_t i = 0; i < described->members.count; i++)
        if (described->members.items[i] == member)
            return true;
    return false;
}

static bool is_said_to_be_added(Arena *arena, const Said *said, Text name) {
    Text quoted = text_format(arena, "`%.*s`", TEXT_ARG(name));
    for (size_t i = 0; i < said->added.count; i++)
        if (strstr(said->added.items[i].data, quoted.data))
            return true;
    return false;
}

/* See the exemption in judge.h. */
static bool is_exempt(Arena *arena, const Value *value, const Described *described,
                      const Said *said) {
    for (size_t i = 0; i < value->items.count; i++)
        if (is_exempt(arena, value->items.items[i], described, said))
            return true;
    for (size_t i = 0; i < value->members.count; i++) {
        const ValueMember *member = &value->members.items[i];
        if (!is_described(described, member) && is_said_to_be_added(arena, said, member->key))
            return true;
        if (is_exempt(arena, member->value, described, said))
            return true;
    }
    return false;
}

/* What a direction does not carry on each side. */
typedef struct Access {
    bool known;
    Names base, revision;
} Access;

static Access access_of(Arena *arena, const PairOfSides *pair, bool request) {
    Access access = {0};
    access.known = find_hidden(arena, &pair->base, request, &access.base) &&
                   find_hidden(arena, &pair->revision, request, &access.revision);
    return access;
}

/* Whether a value is lost on the way from one side to the other. */
static bool is_lost(Arena *arena, const PairOfSides *pair, const Value *value, const Access *access,
                    bool from_base, Described *described) {
    Described other = {0};
    if (!access->known || has_hidden(value, &access->base) || has_hidden(value, &access->revision))
        return false;
    Answer base =
        evaluate(arena, &pair->base, value, &access->base, from_base ? described : &other);
    Answer revision =
        evaluate(arena, &pair->revision, value, &access->revision, from_base ? &other : described);
    return from_base ? base == TAKEN && revision == NOT_TAKEN
                     : revision == TAKEN && base == NOT_TAKEN;
}

static void weigh(Arena *arena, const PairOfSides *pair, const Value *value, const Access access[2],
                  Judgement *judgement) {
    Described described = {0}, unused = {0};
    const Value **request = &judgement->witness[BW_REQUEST];
    const Value **response = &judgement->witness[BW_RESPONSE];
    if (!*request && is_lost(arena, pair, value, &access[BW_REQUEST], true, &described) &&
        !is_exempt(arena, value, &described, &judgement->said[BW_REQUEST]))
        *request = value;
    if (!*response && is_lost(arena, pair, value, &access[BW_RESPONSE], false, &unused))
        *response = value;
}

static void look_for_witnesses(const Judge *judge, Arena *arena, uint64_t seed,
                               const PairOfSides *pair, Judgement *judgement) {
    Random random = {seed};
    Pool pool = {0};
    Access access[2];
    access[BW_REQUEST] = access_of(arena, pair, true);
    access[BW_RESPONSE] = access_of(arena, pair, false);
    pool_fill(arena, &pair->base, &pool);
    pool_fill(arena, &pair->revision, &pool);
    for (unsigned i = 0; i < judge->samples; i++) {
        weigh(arena, pair, sample(arena, &random, &pair->base, &pool), access, judgement);
        weigh(arena, pair, sample(arena, &random, &pair->revision, &pool), access, judgement);
        if (judgement->witness[BW_REQUEST] && judgement->witness[BW_RESPONSE])
            return;
    }
}

Judgement judge_pair(const Judge *judge, Arena *arena, uint64_t seed, const PairOfSides *pair) {
    Judgement judgement = {0};
    ask(judge, arena, pair, &judgement);
    if (!judgement.refused && !judgement.fault)
        look_for_witnesses(judge, arena, seed, pair, &judgement);
    return judgement;
}

bool judgement_misses(const Judgement *judgement, int direction) {
    const Said *said = &judgement->said[direction];
    return judgement->witness[direction] && (!said->changes || said->worst == BW_COMPATIBLE);
}

bool judgement_alarms(const Judgement *judgement, int direction) {
    return judgement->said[direction].worst != BW_COMPATIBLE;
}
