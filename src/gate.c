/* The public functions of the gate, and how contracts of a store are compared with descriptions: by
 * the functions behind `verify` and `diff`.
 */
#include "record.h"
#include "rendering.h"
#include "settings.h"

#include "gate/sources.h"

/* ---- comparing ------------------------------------------------------------------------------- */

/* Two or three sides that go once they were compared; with the store where memory runs out
 * meanwhile, or where one can't be loaded, since what is said of that lies in it. */
typedef struct Loaded {
    Side base, revision, pacts;
    Arena *run;
} Loaded;

static void release(void *resource) {
    Loaded *loaded = resource;
    arena_free(loaded->run);
    arena_free(loaded->pacts.arena);
    arena_free(loaded->revision.arena);
    arena_free(loaded->base.arena);
    *loaded = (Loaded){0};
}

const SourceBundle *labelled_bundle(bw_store *store, Text digest, Text label) {
    StoredBundle stored;
    if (!store_bundle(store->store, digest, &stored))
        return NULL;
    SourceBundle *bundle = arena_new_object(store->arena, SourceBundle);
    bundle->label = label;
    for (size_t i = 0; i < stored.parts.count; i++) {
        SourcePart part = {stored.parts.items[i].name, stored.parts.items[i].bytes};
        array_push(store->arena, &bundle->parts, part);
    }
    return bundle;
}

/* Ids of Types are unique in a run. */
enum { TYPE_IDS_OF_A_SIDE = 1 << 30 };

static bool load(bw_store *store, Side *side, Text digest, unsigned ordinal,
                 void (*by)(Side *side)) {
    const SourceBundle *bundle = labelled_bundle(store, digest, text_slice(digest, 0, 12));
    if (!bundle)
        return false;
    *side = (Side){.bundles = bundle, .bundle_count = 1};
    side->load.allow_unresolved = true;
    side->next_type_id = ordinal * TYPE_IDS_OF_A_SIDE;
    load_side(side, by);
    if (side->exhausted)
        arena_exhausted(store->arena);
    if (side->diagnostics.errors) /* of the rest was told when it was published */
        gather_diagnostics(&store->diagnostics, side);
    return !side->diagnostics.errors;
}

static Loaded *new_loaded(bw_store *store) {
    Loaded *loaded = arena_new_object(store->arena, Loaded);
    arena_on_free(store->arena, release, loaded);
    loaded->run = arena_new(&store->escape);
    if (!loaded->run)
        arena_exhausted(store->arena);
    return loaded;
}

/* What the gate reads back: errors, what is not guaranteed, what was out of reach. What fails in a
 * pending interaction is neither. */
static Text report_of(bw_store *store, const VerificationReport *report) {
    GateRow row = {.unreached = report->unreached.count};
    for (size_t i = 0; i < report->interactions.count; i++) {
        const VerifiedInteraction *interaction = &report->interactions.items[i];
        for (size_t j = 0; j < interaction->mismatches.count; j++) {
            const VerificationMismatch *mismatch = &interaction->mismatches.items[j];
            GateDetail detail = {interaction->interaction, mismatch->place, mismatch->message};
            if (mismatch->error)
                array_push(store->arena, &row.details, detail);
            else if (!interaction->pending)
                array_push(store->arena, &row.doubts, detail);
        }
    }
    return details_json(store->arena, &row, NULL);
}

static bool compare_pair(void *context, Text contract, Text description,
                         StoredVerification *verification) {
    bw_store *store = context;
    Loaded *loaded = new_loaded(store);
    bool good = load(store, &loaded->base, description, 0, load_description) &&
                load(store, &loaded->pacts, contract, 1, load_pacts) && loaded->base.api;
    if (good) {
        VerifyOptions options = {0};
        VerificationReport *report =
            verify_api(loaded->run, loaded->base.api, &loaded->pacts.expectations, &options);
        bool unreached = report->unreached.count && !report->interactions.count;
        verification->success = report->verdict == SATISFIED && !unreached;
        verification->report = report_of(store, report);
        release(loaded);
    }
    return good;
}

/* Breaking changes that hurt the contract's consumer. */
static void add_changes(bw_store *store, const VerdictReport *report, GateRow *row) {
    for (size_t i = 0; i < report->changes.count; i++) {
        const VerdictChange *change = &report->changes.items[i];
        if (change->verdict != VERDICT_BREAKING || !change->consumers.count)
            continue;
        Text text = text_format(store->arena, "%.*s [%.*s]", TEXT_ARG(change->message),
                                TEXT_ARG(change->rule->id));
        array_push(store->arena, &row->changes, text);
    }
}

static bool explain_pair(void *context, Text contract, Text before, Text after, GateRow *row) {
    bw_store *store = context;
    Loaded *loaded = new_loaded(store);
    bool good = load(store, &loaded->base, before, 0, load_description) &&
                load(store, &loaded->revision, after, 1, load_description) &&
                load(store, &loaded->pacts, contract, 2, load_pacts) && loaded->base.api &&
                loaded->revision.api;
    RuleSet *rules = good ? rules_builtin(loaded->run, &store->diagnostics.all) : NULL;
    if (rules && read_today(&store->diagnostics.all, NULL, &rules->settings.today)) {
        DiffOptions diff_options = {0};
        JudgeOptions judging = {.policy = POLICY_RECORDED_CONSUMERS};
        Diff *diff = diff_apis(loaded->run, loaded->base.api, loaded->revision.api, &diff_options);
        VerdictReport *report = judge(loaded->run, loaded->base.api, loaded->revision.api, diff,
                                      rules, &loaded->pacts.expectations, &judging);
        add_changes(store, report, row);
    }
    if (good)
        release(loaded);
    return good && rules;
}

/* What other sources found and stored is found anew. */
GateComparer stored_comparer(bw_store *store) {
    Text name = text_format(store->arena, "breakwater %s", digest_of_sources);
    return (GateComparer){name, compare_pair, explain_pair, store};
}

/* ---- asking ---------------------------------------------------------------------------------- */

struct bw_answer {
    const GateAnswer *inner;
};

static bw_answer *keep(bw_store *store, const GateAnswer *inner) {
    bw_answer *answer = arena_new_object(store->arena, bw_answer);
    answer->inner = inner;
    return answer;
}

static void fill_question(bw_store *store, const bw_question *given, GateQuestion *question) {
    for (size_t i = 0; i < given->selector_count; i++) {
        const bw_selector *one = &given->selectors[i];
        GateSelector selector = {
            .participant = text_from(one->participant),
            .version = text_from(one->number),
            .branch = text_from(one->branch),
            .tag = text_from(one->tag),
            .main_branch = one->main_branch,
        };
        array_push(store->arena, &question->selectors, selector);
    }
    for (size_t i = 0; i < given->ignored_count; i++) {
        GateSelector ignored = {.participant = text_from(given->ignored[i].participant),
                                .version = text_from(given->ignored[i].number)};
        array_push(store->arena, &question->ignored, ignored);
    }
    question->to_tag = text_from(given->to_tag);
    question->environment = text_from(given->environment);
    question->to_main = given->to_main;
}

static bool check_environment(bw_store *store, Text name) {
    StoredEnvironment environment;
    if (!name.size)
        return true;
    if (!store_find_environment(store->store, name, &environment))
        return false;
    return environment.id || tell_unknown_environment(store, name);
}

static bw_status keep_broker_answer(bw_store *store,
                                    GateAnswer *(*ask)(bw_store *store, const void *given),
                                    const void *given, const bw_answer **answer) {
    if (setjmp(store->escape.point))
        return BW_FAULT;
    GateAnswer *found = ask(store, given);
    if (!found)
        return BW_INVALID_INPUT;
    *answer = keep(store, found);
    return BW_OK;
}

bw_status bw_can_deploy(bw_store *store, const bw_question *given, const bw_answer **answer) {
    *answer = NULL;
    if (given->version != BW_QUESTION_VERSION || !given->selector_count)
        return BW_WRONG_USAGE;
    if (store->broker)
        return keep_broker_answer(store, ask_broker, given, answer);
    if (!store->store)
        return BW_INVALID_INPUT;
    if (setjmp(store->escape.point)) {
        store_roll_back(store->store);
        return BW_FAULT;
    }
    GateQuestion *question = arena_new_object(store->arena, GateQuestion);
    GateComparer comparer = stored_comparer(store);
    fill_question(store, given, question);
    if (!check_environment(store, question->environment))
        return BW_INVALID_INPUT;
    GateAnswer *found =
        gate_ask(store->arena, &store->diagnostics.all, store->store, question, &comparer);
    if (!found)
        return BW_INVALID_INPUT;
    *answer = keep(store, found);
    return BW_OK;
}

static bool check_branch(bw_store *store, Text name) {
    StoredNames branches = {0};
    if (!name.size)
        return true;
    if (!store_branches(store->store, (Text){0}, &branches))
        return false;
    for (array_each(Text, branch, &branches))
        if (text_equal(*branch, name))
            return true;
    return tell_unknown_branch(store, name);
}

/* A name that is mistyped would filter everything. */
static bool check_side(bw_store *store, const MatrixSide *side) {
    int64_t id;
    StoredVersion version;
    if (!check_branch(store, side->branch))
        return false;
    if (!side->participant.size)
        return true;
    if (!store_find_participant(store->store, side->participant, &id))
        return false;
    if (!id)
        return tell_unknown_participant(store, side->participant);
    if (!side->version.size)
        return true;
    if (!store_find_version(store->store, side->participant, side->version, &version))
        return false;
    return version.id || tell_unknown_version(store, side->participant, side->version);
}

static bool check_filter(bw_store *store, const MatrixFilter *filter) {
    return check_environment(store, filter->environment) && check_side(store, &filter->sides[0]) &&
           check_side(store, &filter->sides[1]);
}

bw_status bw_matrix(bw_store *store, const bw_matrix_filter *given, const bw_answer **answer) {
    *answer = NULL;
    if (given->version != BW_MATRIX_FILTER_VERSION || (given->number && !given->participant) ||
        (given->other && !given->participant) ||
        ((given->other_number || given->other_branch) && !given->other))
        return BW_WRONG_USAGE;
    if (store->broker)
        return keep_broker_answer(store, ask_broker_matrix, given, answer);
    if (!store->store)
        return BW_INVALID_INPUT;
    if (setjmp(store->escape.point)) {
        store_roll_back(store->store);
        return BW_FAULT;
    }
    MatrixFilter filter = {
        .sides = {{text_from(given->participant), text_from(given->number),
                   text_from(given->branch)},
                  {text_from(given->other), text_from(given->other_number),
                   text_from(given->other_branch)}},
        .environment = text_from(given->environment),
    };
    GateComparer comparer = stored_comparer(store);
    if (!check_filter(store, &filter))
        return BW_INVALID_INPUT;
    GateAnswer *found =
        gate_matrix(store->arena, &store->diagnostics.all, store->store, &filter, &comparer);
    if (!found)
        return BW_INVALID_INPUT;
    *answer = keep(store, found);
    return BW_OK;
}

bw_deployable bw_answer_deployable(const bw_answer *answer) {
    static const bw_deployable results[] = {
        [GATE_YES] = BW_DEPLOYABLE,
        [GATE_UNKNOWN] = BW_DEPLOYABLE_UNKNOWN,
        [GATE_NO] = BW_NOT_DEPLOYABLE,
    };
    return results[answer->inner->result];
}

static Text render_answer(Arena *arena, const Rendering *rendering) {
    switch ((bw_answer_format)rendering->index) {
    case BW_ANSWER_TEXT:
        return answer_text(arena, rendering->subject, &rendering->layout);
    case BW_ANSWER_JSON:
        return answer_json(arena, rendering->subject);
    case BW_ANSWER_MARKDOWN:
        return answer_markdown(arena, rendering->subject);
    case BW_ANSWER_HTML:
        return answer_html(arena, rendering->subject, &rendering->layout);
    case BW_ANSWER_DOT:
        return answer_dot(arena, rendering->subject);
    }
    return (Text){0};
}

bw_status bw_answer_write(const bw_answer *answer, bw_answer_format format, const bw_layout *layout,
                          bw_sink sink, void *context) {
    if ((unsigned)format > BW_ANSWER_DOT)
        return BW_WRONG_USAGE;
    Rendering rendering = {render_answer, answer->inner, (size_t)format, {0}};
    if (!set_layout(&rendering, layout))
        return BW_WRONG_USAGE;
    return write_rendering(&rendering, sink, context);
}
