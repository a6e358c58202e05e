#include "tagged.h"

#include "tagged_made.h"

#include <stdio.h>

/* ---- Making ---------------------------------------------------------------------------------- */

static Part make_part(Random *random) {
    return (Part){
        .declared = chance(random, 75),
        .required = chance(random, 75),
        .nullable = chance(random, 8),
        .filled = chance(random, 30),
        .kind = chance(random, 75) ? PART_STRING : (PartKind)random_below(random, PART_KINDS),
    };
}

static unsigned free_tag(Random *random, const Answer *answer) {
    unsigned taken = 0;
    for (size_t i = 0; i < answer->count; i++)
        taken |= answer->variants[i].tags;
    for (unsigned attempts = 0; attempts < 20; attempts++) {
        unsigned tag = 1u << random_below(random, TAGS);
        if (!(taken & tag))
            return tag;
    }
    return 0;
}

static void add_variant(Random *random, Answer *answer) {
    unsigned tags = free_tag(random, answer);
    if (!tags || answer->count == VARIANTS)
        return;
    Variant *variant = &answer->variants[answer->count];
    *variant = (Variant){.tags = tags, .tag_required = chance(random, 85)};
    for (size_t i = 0; i < PARTS; i++)
        variant->parts[i] =
            answer->count && chance(random, 60) ? answer->variants[0].parts[i] : make_part(random);
    answer->count++;
    if (chance(random, 20))
        variant->tags |= free_tag(random, answer);
}

static void make_answer(Random *random, Answer *answer) {
    *answer = (Answer){.mapped = chance(random, 30), .or_null = chance(random, 10)};
    size_t count = 1 + random_below(random, 3);
    for (size_t i = 0; i < count; i++)
        add_variant(random, answer);
}

static void change_variant(Random *random, Answer *answer, Variant *variant) {
    Part *part = &variant->parts[random_below(random, PARTS)];
    switch (random_below(random, 6)) {
    case 0:
        part->declared = !part->declared;
        return;
    case 1:
    case 2:
        part->required = !part->required;
        return;
    case 3:
        part->nullable = !part->nullable;
        return;
    case 4:
        part->kind = (PartKind)random_below(random, PART_KINDS);
        return;
    default:
        variant->tags |= free_tag(random, answer);
    }
}

static void change_answer(Random *random, Answer *answer) {
    size_t at = random_below(random, answer->count);
    switch (random_below(random, 5)) {
    case 0:
        add_variant(random, answer);
        return;
    case 1:
        if (answer->count > 1)
            answer->variants[at] = answer->variants[--answer->count];
        return;
    default:
        change_variant(random, answer, &answer->variants[at]);
    }
}

static void make_reads(Random *random, const Answer *answer, Reads *reads) {
    const Variant *of = &answer->variants[random_below(random, answer->count)];
    *reads = (Reads){.tag = (TagNeed)random_below(random, TAG_NEEDS)};
    for (size_t i = 0; i < PARTS; i++) {
        reads->parts[i] = chance(random, of->parts[i].declared ? 60 : 5);
        reads->kinds[i] = of->parts[i].kind;
    }
    unsigned first = of->tags & (~of->tags + 1);
    reads->tags = chance(random, 92) ? first : 1u << random_below(random, TAGS);
    if (reads->tag == TAG_BY_REGEX && chance(random, 40))
        reads->tags |= 1u << random_below(random, TAGS);
}

/* ---- What is right --------------------------------------------------------------------------- */

static bool picks(const Reads *reads) {
    return reads->tag == TAG_BY_VALUE || reads->tag == TAG_BY_REGEX;
}

static bool means(const Reads *reads, const Variant *variant) {
    return !picks(reads) || (variant->tags & reads->tags);
}

static bool has_part(const Reads *reads, const Variant *variant, size_t at) {
    const Part *part = &variant->parts[at];
    return !reads->parts[at] || (part->declared && part->kind == reads->kinds[at]);
}

static bool guarantees_part(const Reads *reads, const Variant *variant, size_t at) {
    const Part *part = &variant->parts[at];
    return !reads->parts[at] || (has_part(reads, variant, at) && part->required && !part->nullable);
}

static bool serves(const Reads *reads, const Variant *variant) {
    bool all = means(reads, variant);
    for (size_t i = 0; i < PARTS; i++)
        all = all && has_part(reads, variant, i);
    return all;
}

static bool guarantees(const Reads *reads, const Variant *variant) {
    bool tag = reads->tag == TAG_UNREAD || variant->tag_required;
    if (!means(reads, variant))
        return tag;
    if (reads->tag == TAG_BY_REGEX)
        tag = tag && !(variant->tags & ~reads->tags);
    for (size_t i = 0; i < PARTS; i++)
        tag = tag && guarantees_part(reads, variant, i);
    return tag;
}

static Satisfaction right_result(const Reads *reads, const Answer *answer) {
    bool any = false, all = !answer->or_null;
    for (size_t i = 0; i < answer->count; i++) {
        any = any || serves(reads, &answer->variants[i]);
        all = all && guarantees(reads, &answer->variants[i]);
    }
    return !any ? CONTRADICTED : all ? SATISFIED : NOT_GUARANTEED;
}

/* Whether what is read is wrong in some alternative that is meant. */
static bool is_wrong_part(const Reads *reads, const Answer *answer, size_t at) {
    for (size_t i = 0; i < answer->count; i++)
        if (means(reads, &answer->variants[i]) && !guarantees_part(reads, &answer->variants[i], at))
            return true;
    return false;
}

static bool must_be_named(const Made *made, Satisfaction before, Satisfaction after) {
    bool fresh = after > before;
    for (size_t i = 0; i < PARTS && before < CONTRADICTED; i++)
        fresh = fresh || (is_wrong_part(&made->reads, &made->revision, i) &&
                          !is_wrong_part(&made->reads, &made->base, i));
    return fresh;
}

/* A further value beside one that was recorded exactly is named although all are satisfied. */
static bool may_be_named(const Made *made, Satisfaction after) {
    return !made->same && (after != SATISFIED || made->reads.tag == TAG_BY_VALUE);
}

/* ---- Checking -------------------------------------------------------------------------------- */

typedef struct Checked {
    TaggedFigures *figures;
    uint64_t seed;
    Text base, revision, pact;
} Checked;

static void misjudged(const Checked *checked, const char *what, const Outcome *outcome) {
    checked->figures->wrong++;
    printf("seed %llu, tagged: %s\n  base      %.*s\n  revision  %.*s\n%.*s",
           (unsigned long long)checked->seed, what, TEXT_ARG(checked->base),
           TEXT_ARG(checked->revision), TEXT_ARG(checked->pact));
    for (size_t i = 0; outcome && i < outcome->mismatches.count; i++)
        printf("  %.*s\n", TEXT_ARG(outcome->mismatches.items[i].message));
}

static void check_result(const Checked *checked, const Outcome *outcome, Satisfaction right,
                         bool base) {
    static const char *const words[] = {"satisfied", "not guaranteed", "contradicted"};
    char what[80];
    checked->figures->results[right]++;
    snprintf(what, sizeof what, "the %s is %s, and called %s", base ? "base" : "revision",
             words[right], words[outcome->result]);
    if (outcome->result != right)
        misjudged(checked, what, outcome);
}

static void make(Made *made, uint64_t seed) {
    Random *random = &made->random;
    *made = (Made){.random = {seed * 13 + 7}};
    made->where = (Where)random_below(random, WHERES);
    make_answer(random, &made->base);
    if (made->where == AT_ROOT)
        made->base.or_null = false; /* a pact has no such body */
    make_reads(random, &made->base, &made->reads);
    made->revision = made->base;
    made->same = chance(random, 25);
    for (size_t i = made->same ? 0 : 1 + random_below(random, 2); i > 0; i--)
        change_answer(random, &made->revision);
}

void check_tagged(const Reader *reader, uint64_t seed, TaggedFigures *figures) {
    Made made;
    Checked checked = {.figures = figures, .seed = seed};
    Expectations expectations = {0};
    make(&made, seed);
    const Api *base = write_api(reader, &made, &made.base, &checked.base);
    const Api *revision = write_api(reader, &made, &made.revision, &checked.revision);
    checked.pact = write_pact(reader, &made);
    if (!base || !revision || !read_pact(reader, checked.pact, &expectations)) {
        misjudged(&checked, "is not read", NULL);
        return;
    }
    const Interaction *interaction = expectations.interactions.items[0];
    Satisfaction before = right_result(&made.reads, &made.base);
    Satisfaction after = right_result(&made.reads, &made.revision);
    Outcome *outcome = hold_one(reader, revision, interaction);
    const VerdictReport *report = judge_both(reader, base, revision, &expectations);
    bool named = report->consumers_broken.count > 0;
    figures->pairs++;
    figures->named += named;
    check_result(&checked, hold_one(reader, base, interaction), before, true);
    check_result(&checked, outcome, after, false);
    if (report->orphans.count || report->by_nearness)
        misjudged(&checked, "an impact that no change explains", outcome);
    if (!named && must_be_named(&made, before, after))
        misjudged(&checked, "hurt and not named", outcome);
    if (named && !may_be_named(&made, after))
        misjudged(&checked, "named and not hurt", outcome);
}
