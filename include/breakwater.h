/* breakwater: if this revision of an API description goes out, which consumer breaks, where, and
 * why?
 *
 * The sections follow the flow of the program, which is this library's first client:
 * support, sources, documents, graph, diff, rules, impact, report. The deployment gate has a header
 * of its own: breakwater_store.h.
 *
 * Conventions. Every name begins with bw_ or BW_. Strings go in as NUL-terminated UTF-8 and come
 * out as bw_text. What a function gives through a `**` pointer belongs to the caller, who frees it
 * with the bw_…_free of its name; all that was read from it lives as long as it does. Options are
 * structs with an initialiser: `bw_compare_options options = BW_COMPARE_OPTIONS_INIT;`. Nothing is
 * printed, and nothing is kept between two calls. Two threads may call the library at the same time
 * as long as each has its own objects; an object that nobody frees may be read by several.
 */
#ifndef BREAKWATER_H
#define BREAKWATER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__) || defined(__clang__)
#define BW_API __attribute__((visibility("default")))
#else
#define BW_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

#define BW_VERSION      "0.1.0"
#define BW_VERSION_DATE "2026-11-26" /* of the manual, so that a build can be repeated */

/* ---- support --------------------------------------------------------------------------------- */

/* The version of the library that runs, which may be another than BW_VERSION of the header. */
BW_API const char *bw_version(void);

/* UTF-8 bytes without a NUL behind them; size 0 where there is nothing to say. */
typedef struct bw_text {
    const char *data;
    size_t size;
} bw_text;

/* What a call came to. The numbers are the program's exit statuses. */
typedef enum bw_status {
    BW_OK = 0,
    BW_WRONG_USAGE = 2, /* the options contradict each other, or are of an unknown version */
    BW_INVALID_INPUT =
        3,       /* an input can't be read or is invalid; diagnostics say which and where */
    BW_FAULT = 4 /* memory is gone, a sink refused, or a defect of breakwater showed */
} bw_status;

/* Takes bytes as they are made; false stops the writing, and the call that writes gives BW_FAULT.
 */
typedef bool (*bw_sink)(const char *data, size_t size, void *context);

/* A sink for a `FILE *` as context. */
BW_API bool bw_to_file(const char *data, size_t size, void *file);

/* How text is laid out; other formats have one form only. */
typedef struct bw_layout {
    unsigned version;
    unsigned width;     /* columns to fill */
    bool colour;        /* with ANSI escapes */
    const char *folder; /* of the working directory, from the root of its repository: forms for CI
                           systems name files from there; NULL: it is the root */
    bool all;           /* of a history: what is compatible is listed, too */
    bool places;        /* of each change all are listed */
    bool folds; /* what does not fit the width goes on in the line below, as far as it can */
} bw_layout;

#define BW_LAYOUT_VERSION 1
#define BW_LAYOUT_INIT                                                                             \
    { .version = BW_LAYOUT_VERSION, .width = 100, .colour = false, .folder = NULL }

/* The forms of a report; bw_format_purpose says what each is for. */
typedef enum bw_format {
    BW_FORMAT_TEXT,
    BW_FORMAT_JSON, /* by breakwater-report.schema.json, of a verification by
                       breakwater-verification.schema.json */
    BW_FORMAT_MARKDOWN,
    BW_FORMAT_HTML,
    BW_FORMAT_SARIF,
    BW_FORMAT_JUNIT,
    BW_FORMAT_GITHUB,
    BW_FORMAT_GITLAB,
    BW_FORMAT_CHANGELOG, /* of comparisons alone */
} bw_format;

/* The name of a form on the command line, and what it is for. NULL behind the last. */
BW_API const char *bw_format_name(bw_format format);
BW_API const char *bw_format_purpose(bw_format format);

/* Whether a verification can be written in it, too. */
BW_API bool bw_format_verifies(bw_format format);

/* ---- sources --------------------------------------------------------------------------------- */

/* A source is named by a string, the same everywhere: a path, `REF:path` (a file of a git
 * revision),
 * `:path` (a file staged in git's index), or `-` (standard input, once in a call); with
 * `allow_remote` also an http or https URL; as a side of a comparison "/dev/null", a description of
 * nothing. Files that a source refers to are found beside it and
 * must lie below its folder or repository. */

/* A Pact Broker as a source of pacts: those of a provider, as the broker has them for verification.
 * What is not asked for is NULL or 0. */
typedef struct bw_broker {
    unsigned version;
    const char *url;
    const char *token; /* goes before a name and password */
    const char *username, *password;
    const char *ca_file; /* certificates to trust; NULL: the system's */
    const char *provider;
    bool main_branch;                /* the pacts of the consumers' main branches */
    bool deployed_or_released;       /* of those deployed or released anywhere */
    const char *const *environments; /* of those deployed or released there */
    size_t environment_count;
    const char *const *branches; /* the latest of each branch */
    size_t branch_count;
    const char *provider_branch; /* pacts that are pending for it do not fail */
    const char *cache;           /* a folder for what was answered; made where it is missing */
    bool offline; /* nothing is asked: `cache` answers, and a warning tells how old it is */
    unsigned timeout_seconds; /* for each answer; 0: 30 */
} bw_broker;

#define BW_BROKER_VERSION 1
#define BW_BROKER_INIT                                                                             \
    { .version = BW_BROKER_VERSION }

/* ---- documents ------------------------------------------------------------------------------- */

/* Where something is written. Lines and columns count from 1, columns in code points; line 0 means
 * the file as a whole, an empty file that there is no place. */
typedef struct bw_place {
    bw_text file;
    uint32_t line;
    uint32_t column;
    bw_text pointer; /* RFC 6901; empty in a diagnostic */
} bw_place;

typedef enum bw_severity { BW_ERROR, BW_WARNING, BW_NOTE } bw_severity;

/* What is said about an input: one for each failure, in a fixed order. */
typedef struct bw_diagnostic {
    bw_severity severity;
    const char *id; /* stable: "FILE_UNREADABLE" */
    bw_text message;
    bw_place place;
    bw_text second_label; /* "first given here"; empty where there is no second place */
    bw_place second_place;
} bw_diagnostic;

typedef struct bw_diagnostics bw_diagnostics;

BW_API size_t bw_diagnostics_count(const bw_diagnostics *diagnostics);

/* Fills *diagnostic with the one at `index`. False: there is none. */
BW_API bool bw_diagnostics_get(const bw_diagnostics *diagnostics, size_t index,
                               bw_diagnostic *diagnostic);

/* Writes the diagnostic at `index` as the program does: message, place, the line with a caret. */
BW_API bw_status bw_diagnostics_write(const bw_diagnostics *diagnostics, size_t index, bw_sink sink,
                                      void *context);

/* ---- graph ----------------------------------------------------------------------------------- */

/* What a description was understood to say: operations and the graph of their types. */
typedef struct bw_graph bw_graph;

typedef struct bw_graph_options {
    unsigned version;
    const char *spec;      /* the source */
    bool allow_unresolved; /* an unresolvable `$ref` is a type of which nothing is known */
    bool allow_remote;     /* descriptions and references that are URLs are fetched */
} bw_graph_options;

#define BW_GRAPH_OPTIONS_VERSION 1
#define BW_GRAPH_OPTIONS_INIT                                                                      \
    { .version = BW_GRAPH_OPTIONS_VERSION }

typedef enum bw_graph_format {
    BW_GRAPH_JSON,
    BW_GRAPH_DOT /* for Graphviz: operations and the components they use */
} bw_graph_format;

/* Loads a description. *graph is set with BW_OK and with BW_INVALID_INPUT (then for its diagnostics
 * alone), else NULL. */
BW_API bw_status bw_graph_load(const bw_graph_options *options, bw_graph **graph);

BW_API const bw_diagnostics *bw_graph_diagnostics(const bw_graph *graph);

/* BW_INVALID_INPUT where the graph could not be loaded. */
BW_API bw_status bw_graph_write(const bw_graph *graph, bw_graph_format format, bw_sink sink,
                                void *context);

/* NULL is fine, as in every bw_…_free. */
BW_API void bw_graph_free(bw_graph *graph);

/* ---- diff ------------------------------------------------------------------------------------ */

/* In a request the consumer writes and the provider reads, in a response the other way round. */
typedef enum bw_direction { BW_REQUEST, BW_RESPONSE } bw_direction;

/* One way by which consumers meet a change. */
typedef struct bw_operation {
    bw_text method;
    bw_text path;       /* of a webhook: its name */
    bw_text status;     /* empty in a request */
    bw_text media_type; /* empty outside bodies */
    bool webhook;
} bw_operation;

/* ---- rules ----------------------------------------------------------------------------------- */

/* What a change means by the rules alone. */
typedef enum bw_compatibility { BW_COMPATIBLE, BW_CONDITIONAL, BW_BREAKING } bw_compatibility;

typedef struct bw_rules bw_rules;

/* One rule; all texts as its file has them. */
typedef struct bw_rule {
    bw_text id, purpose, message, why, help, standard;
    const char *change; /* a word of the vocabulary: "property.removed" */
    bool in_request, in_response;
    bw_compatibility compatibility;
    bw_text file; /* of a rule that is not built in; else empty */
    uint32_t line;
} bw_rule;

/* Which rules, and what they take for granted where they speak of time. */
typedef struct bw_rules_options {
    unsigned version;
    const char *const *folders; /* of *.yaml files, laid before all others, the last one first */
    size_t folder_count;
    const char *config; /* whose own rules are laid before the built-in ones; NULL: none */
    const char *today;  /* as in bw_compare_options, like the days */
    int deprecation_days, notice_days;
} bw_rules_options;

#define BW_RULES_OPTIONS_VERSION 1
#define BW_RULES_OPTIONS_INIT                                                                      \
    { .version = BW_RULES_OPTIONS_VERSION }

/* Gives the built-in rules with those of the config and the folders. *rules is set with BW_OK and
 * with BW_INVALID_INPUT (then for its diagnostics alone), else NULL. */
BW_API bw_status bw_rules_load(const bw_rules_options *options, bw_rules **rules);

BW_API const bw_diagnostics *bw_rules_diagnostics(const bw_rules *rules);

BW_API size_t bw_rules_count(const bw_rules *rules);

/* Fills *rule with the one at `index`, in the order in which rules are tried. False: there is none.
 */
BW_API bool bw_rules_get(const bw_rules *rules, size_t index, bw_rule *rule);

/* The index of the rule with an id, or SIZE_MAX. */
BW_API size_t bw_rules_find(const bw_rules *rules, const char *id);

/* The id that a mistyped one was likely meant to be, or the successor of a retired one; empty where
 * nothing is near. */
BW_API bw_text bw_rules_nearest(const bw_rules *rules, const char *id);

/* Which rules are asked for; what is NULL or not set asks for nothing. */
typedef struct bw_rule_filter {
    unsigned version;
    bool in_request, in_response; /* rules of this direction */
    const bw_compatibility *compatibility;
    const char *text; /* in id, kind of change, purpose, message or why; case does not matter */
} bw_rule_filter;

#define BW_RULE_FILTER_VERSION 1
#define BW_RULE_FILTER_INIT                                                                        \
    { .version = BW_RULE_FILTER_VERSION }

/* Keeps the rules that are asked for, and lets the others go. */
BW_API bw_status bw_rules_keep(bw_rules *rules, const bw_rule_filter *filter);

/* Writes the rule at `index` with all that is known of it, or with SIZE_MAX the list of all. */
BW_API bw_status bw_rules_write(const bw_rules *rules, size_t index, bw_format format,
                                const bw_layout *layout, bw_sink sink, void *context);

BW_API void bw_rules_free(bw_rules *rules);

/* ---- impact ---------------------------------------------------------------------------------- */

typedef enum bw_verdict { BW_VERDICT_SAFE, BW_VERDICT_BREAKING } bw_verdict;

typedef enum bw_policy {
    BW_POLICY_DEFAULT,            /* recorded consumers where pacts are given, else any consumer */
    BW_POLICY_ANY_CONSUMER,       /* a change whose compatibility is breaking is breaking */
    BW_POLICY_RECORDED_CONSUMERS, /* a change that hurts a recorded consumer is breaking */
} bw_policy;

/* What a run is to fail for. */
typedef enum bw_fail_on {
    BW_FAIL_ON_DEFAULT,     /* what the config says, else what is breaking */
    BW_FAIL_ON_BREAKING,    /* whatever the config says for all or for a description */
    BW_FAIL_ON_CONDITIONAL, /* a conditional change is breaking under BW_POLICY_ANY_CONSUMER */
    BW_FAIL_ON_NEVER,       /* what is breaking is told, and bw_result_fails says no */
} bw_fail_on;

/* Who is compared with what, and how it is judged. */
typedef struct bw_compare_options {
    unsigned version;
    const char *base, *revision;
    const char *const *pacts; /* files, folders, patterns, git names, tar archives */
    size_t pact_count;
    const char *const *rule_folders; /* as in bw_rules_options */
    size_t rule_folder_count;
    bw_policy policy;
    bw_fail_on fail_on;
    bool allow_unresolved;   /* as in bw_graph_options */
    bool no_renames;         /* a rename stays a removal and an addition */
    bool documentation;      /* descriptions, examples and the like are compared, too */
    bool allow_remote;       /* as in bw_graph_options */
    const bw_broker *broker; /* gives further pacts; NULL: none; without a provider those that
                                a spec of the config wants of it */
    const char *provider_base_path; /* as in bw_verify_options */
    const char *today;    /* "2027-01-31", with which dates are compared; NULL: the clock's, UTC */
    int deprecation_days; /* that something was deprecated before it may go; 0: 180 */
    int notice_days;      /* from the announcement that something goes until it does; 0: 30 */
    const char *config;   /* a file like .breakwater.yaml; what is given here goes before what it
                             says;   NULL: none */
    const char *const *include; /* operations: "/users/x*", "GET /users", "tag:T", "id:I"; */
    size_t include_count;       /* none: all */
    const char *const *exclude;
    size_t exclude_count;
    const char *const *more_base, *const
                                      *more_revision; /* files that form one API with the side's */
    size_t more_base_count, more_revision_count;
    const char *const *strip_prefixes; /* the first that fits is taken off an operation's path */
    size_t strip_prefix_count;
    const char *add_prefix; /* and this is put before it */
    const char *provider;   /* whose pacts count; NULL: all */
    const char
        *base_shown; /* the path that the side's file is taken to have, where its bytes lie */
    const char *revision_shown; /* elsewhere; NULL: its own */
    bool expired_waivers;       /* of the config count all the same, for who is to renew them */
    bool configured; /* in place of `config`: by the .breakwater.yaml that names the file, in its
                        folder or the nearest above, and by what it says of it; in a bare
                        repository, bw_log_run takes that of HEAD */
} bw_compare_options;

#define BW_COMPARE_OPTIONS_VERSION 1
#define BW_COMPARE_OPTIONS_INIT                                                                    \
    { .version = BW_COMPARE_OPTIONS_VERSION }

/* The finished comparison of a base with a revision. */
typedef struct bw_result bw_result;

/* A recorded consumer that a change hurts. */
typedef struct bw_consumer {
    bw_text consumer;
    bw_text pact; /* file */
    uint32_t line;
    bw_text interaction;
    bw_text reason;
} bw_consumer;

typedef struct bw_change {
    bw_text id; /* ten digits that survive rewording and moved lines; unique in a result */
    bw_text rule;
    const char *change;
    bw_direction direction;
    bw_compatibility compatibility;
    bw_verdict verdict;
    bw_text message, help, remark;
    bw_text waived;         /* the reason why a breaking change is let pass; empty: it is not */
    bw_text waived_expires; /* the last day of it, "2027-01-31"; empty: for good */
    bw_text location;       /* "body.user_id"; empty: the operation itself */
    bw_place base, revision;
    size_t operation_count, consumer_count;
} bw_change;

/* Loads both sides and the pacts, compares, judges. BW_OK: the result holds a verdict.
 * BW_INVALID_INPUT: it holds diagnostics and no verdict. BW_FAULT: *result is NULL (memory), or it
 * holds a verdict with interactions that no change explains, which is a defect of breakwater and
 * stands in the report as one. BW_WRONG_USAGE: *result is NULL, or holds the diagnostic. */
BW_API bw_status bw_compare(const bw_compare_options *options, bw_result **result);

BW_API const bw_diagnostics *bw_result_diagnostics(const bw_result *result);

/* False: there is no verdict, since an input was invalid. */
BW_API bool bw_result_verdict(const bw_result *result, bw_verdict *verdict);

/* Whether the run is to fail for it: the verdict is breaking, and neither the caller nor the config
 * lets all pass. */
BW_API bool bw_result_fails(const bw_result *result);

/* Of a history that was stored: how many of its commits have no verdict, since a side of them could
 * not be read. */
BW_API size_t bw_result_unread_count(const bw_result *result);

/* Changes, operations and consumers by index, in the report's order. False: there is none. */
BW_API size_t bw_result_change_count(const bw_result *result);
BW_API bool bw_result_change(const bw_result *result, size_t index, bw_change *change);
BW_API bool bw_result_operation(const bw_result *result, size_t change, size_t index,
                                bw_operation *operation);
BW_API bool bw_result_consumer(const bw_result *result, size_t change, size_t index,
                               bw_consumer *consumer);

/* One description and the pacts of its consumers. */
typedef struct bw_recorded {
    const char *spec;
    const char *const
        *pacts; /* as `--pacts` names them; at least one, unless a broker gives them */
    size_t pact_count;
    const bw_broker *broker;        /* gives further pacts; NULL: none */
    const char *provider;           /* whose pacts count; NULL: all */
    const char *provider_base_path; /* where the provider serves the description's paths: "/v2";
                                       NULL: as its servers say */
    bool allow_unresolved;          /* as in bw_graph_options */
    bool allow_remote;              /* as in bw_graph_options */
} bw_recorded;

/* How the interactions of pacts fare against one description. */
typedef struct bw_verification bw_verification;

typedef struct bw_verify_options {
    unsigned version;
    bw_recorded recorded;
    bool strict; /* what is not guaranteed is an error, too */
} bw_verify_options;

#define BW_VERIFY_OPTIONS_VERSION 1
#define BW_VERIFY_OPTIONS_INIT                                                                     \
    { .version = BW_VERIFY_OPTIONS_VERSION }

/* Loads the description and the pacts, and holds each interaction against it. *verification is set
 * with BW_OK and with BW_INVALID_INPUT (then for its diagnostics alone); with BW_WRONG_USAGE it is
 * NULL or holds the diagnostic, with BW_FAULT it is NULL. */
BW_API bw_status bw_verify(const bw_verify_options *options, bw_verification **verification);

BW_API const bw_diagnostics *bw_verification_diagnostics(const bw_verification *verification);

/* Whether the description satisfies every interaction. False: that is not known, since an input was
 * invalid. */
BW_API bool bw_verification_satisfied(const bw_verification *verification, bool *satisfied);

/* Writes the report; JSON by breakwater-verification.schema.json. `layout` NULL: as BW_LAYOUT_INIT.
 * BW_INVALID_INPUT where there is none. */
BW_API bw_status bw_verification_write(const bw_verification *verification, bw_format format,
                                       const bw_layout *layout, bw_sink sink, void *context);

BW_API void bw_verification_free(bw_verification *verification);

/* Which operations, parameters and properties of a description its recorded consumers use. */
typedef struct bw_usage bw_usage;

typedef struct bw_usage_options {
    unsigned version;
    bw_recorded recorded;
    bool unused_only; /* list only what nobody uses; counts are of all */
} bw_usage_options;

#define BW_USAGE_OPTIONS_VERSION 1
#define BW_USAGE_OPTIONS_INIT                                                                      \
    { .version = BW_USAGE_OPTIONS_VERSION }

typedef enum bw_usage_format {
    BW_USAGE_TEXT,
    BW_USAGE_JSON, /* by breakwater-usage.schema.json */
    BW_USAGE_MARKDOWN
} bw_usage_format;

/* Loads the description and the pacts, and finds who uses what. *usage is set as *verification is
 * by bw_verify. */
BW_API bw_status bw_usage_load(const bw_usage_options *options, bw_usage **usage);

BW_API const bw_diagnostics *bw_usage_diagnostics(const bw_usage *usage);

/* Writes the view. `layout` NULL: as BW_LAYOUT_INIT. BW_INVALID_INPUT where there is none. */
BW_API bw_status bw_usage_write(const bw_usage *usage, bw_usage_format format,
                                const bw_layout *layout, bw_sink sink, void *context);

BW_API void bw_usage_free(bw_usage *usage);

/* ---- config ---------------------------------------------------------------------------------- */

/* Finds .breakwater.yaml in the working directory or the nearest folder above it, up to the root of
 * a git working tree, and writes its path, as seen from the working directory, with a NUL behind.
 * False: there is none, or the path is larger than `size`. */
BW_API bool bw_config_find(char *path, size_t size);

/* For bw_layout: where the working directory lies in its git repository: "services/users", or "" at
 * the root. False: in none, or the path is longer than `size`. */
BW_API bool bw_folder_find(char *path, size_t size);

/* The text of a file that is to be written. */
typedef struct bw_edit bw_edit;

BW_API const bw_diagnostics *bw_edit_diagnostics(const bw_edit *edit);
BW_API bw_text bw_edit_text(const bw_edit *edit);
BW_API void bw_edit_free(bw_edit *edit);

/* Makes a config for the descriptions and pacts below the working directory, found by their
 * contents. *edit is set with BW_OK and with BW_INVALID_INPUT (then for its diagnostics alone),
 * else NULL. */
BW_API bw_status bw_init(bw_edit **edit);

/* Gives the paths of the descriptions that a config names, or where it is NULL all configs of the
 * repository, from the root of the git working tree, globs as they are, one a line; then globs for
 * the files that they refer to. As with bw_init.
 */
BW_API bw_status bw_config_paths(const char *config, bw_edit **edit);

/* A change of one file as git tells an external diff of it: paths from the root of the working
 * tree, files with the contents or /dev/null, ids in hexadecimal digits ("." for no file, zeros for
 * what lies in the working tree). */
typedef struct bw_git_change {
    const char *base_path, *base_file, *base_id;
    const char *revision_path, *revision_file, *revision_id;
} bw_git_change;

/* Finds what is to be compared where the change is of a description in several files, or of a part
 * of some. Gives texts, each with a NUL behind: what the two states of the repository are called
 * that git compares; then, four at a time, the description that the file is a part of (empty: it is
 * one), names for bw_compare, or in place of them the file with which its changes are shown. No
 * text at all: the file stands alone. BW_INVALID_INPUT: which states these are can't be told. As
 * with bw_init. */
BW_API bw_status bw_git_change_read(const bw_git_change *change, bw_edit **edit);

/* What is waived, why and until when. */
typedef struct bw_waive_options {
    unsigned version;
    const char *config; /* the file that the waiver is put into; it need not be there */
    const bw_result *const *results;
    size_t result_count;
    const char *change; /* its id in one of the results */
    const char *reason;
    const char *expires;  /* "2027-01-31"; NULL: it holds for good */
    const char *consumer; /* whom alone the change may hurt; NULL: all */
    const char *today;    /* as in bw_compare_options: what expired before it is refused */
} bw_waive_options;

#define BW_WAIVE_OPTIONS_VERSION 1
#define BW_WAIVE_OPTIONS_INIT                                                                      \
    { .version = BW_WAIVE_OPTIONS_VERSION }

/* Makes the config with the waiver in it, all else left as it stands. As with bw_init. */
BW_API bw_status bw_waive(const bw_waive_options *options, bw_edit **edit);

/* The comparison of all descriptions that a config names with what they were in git. */
typedef struct bw_check bw_check;

typedef struct bw_check_options {
    unsigned version;
    const char
        *against; /* a branch or revision; NULL: as the config says, else the default branch */
    bool against_itself; /* it is compared with as it is, and not where HEAD was forked from it */
    bool staged;         /* what is in git's index is to go out, against NULL: on top of HEAD */
    bool compose;        /* the files of each spec form one API, whatever the config says */
    bool all_configs; /* judge by every .breakwater.yaml of the repository, where there are any */
    bw_compare_options every; /* for each comparison, without base and revision; pacts come on top
                                 of the config's; `config` NULL: the nearest .breakwater.yaml here
                                 or above, else all those below */
} bw_check_options;

#define BW_CHECK_OPTIONS_VERSION 1
#define BW_CHECK_OPTIONS_INIT                                                                      \
    { .version = BW_CHECK_OPTIONS_VERSION, .every = BW_COMPARE_OPTIONS_INIT }

/* Compares each description; what stands as it stood is not even read. BW_OK: each has a verdict.
 * BW_INVALID_INPUT, BW_FAULT: as with bw_compare, and *check may be NULL. */
BW_API bw_status bw_check_run(const bw_check_options *options, bw_check **check);

/* What was said beside the single comparisons. */
BW_API const bw_diagnostics *bw_check_diagnostics(const bw_check *check);

/* The comparisons, in the config's order; where nothing changed at all, one without changes. They
 * belong to the check. */
BW_API size_t bw_check_count(const bw_check *check);
BW_API const bw_result *bw_check_result(const bw_check *check, size_t index);

BW_API void bw_check_free(bw_check *check);

/* One commit that changed a description. */
typedef struct bw_log_entry {
    bw_text commit, date, author, subject; /* the date as 2027-01-31, where the author was */
    bw_text release;                       /* the first tag that has it; empty: none has it yet */
    const bw_result *result; /* what it changed; without a verdict where a side was invalid */
} bw_log_entry;

/* Writes a commit as text: its headline, and a line for each change that is not compatible.
 * `layout` NULL: as BW_LAYOUT_INIT. */
BW_API bw_status bw_log_entry_write(const bw_log_entry *entry, const bw_layout *layout,
                                    bw_sink sink, void *context);

typedef struct bw_log_options {
    unsigned version;
    const char *spec;  /* its path, as it is called where the range ends */
    const char *range; /* "v1..v2", a revision, or NULL for HEAD */
    bool (*visit)(const bw_log_entry *entry, void *context); /* called for each commit, newest
                                                                first; false: that is enough */
    void *context;
    bw_compare_options every; /* for each comparison, without base and revision; where no pacts are
                                 given, those count that the config names for the description */
} bw_log_options;

#define BW_LOG_OPTIONS_VERSION 1
#define BW_LOG_OPTIONS_INIT                                                                        \
    { .version = BW_LOG_OPTIONS_VERSION, .every = BW_COMPARE_OPTIONS_INIT }

typedef struct bw_log bw_log;

/* Walks the history of a description in git, under whatever name it had; each state of it is read
 * once. As with bw_check_run. */
BW_API bw_status bw_log_run(const bw_log_options *options, bw_log **log);
BW_API const bw_diagnostics *bw_log_diagnostics(const bw_log *log);
BW_API void bw_log_free(bw_log *log);

/* ---- report ---------------------------------------------------------------------------------- */

/* Reads a report that was written as BW_FORMAT_JSON; `source` is named like any other. The result
 * is as that of the comparison which made the report; where the document holds several reports, all
 * are written, and the changes of the first can be asked for. Of a verification there are the
 * verdict (breaking: contradicted) and the writing. *result is set with BW_OK and with
 * BW_INVALID_INPUT (then for its diagnostics alone), else NULL. */
BW_API bw_status bw_report_read(const char *source, bw_result **result);

/* The same for the bytes of a report. */
BW_API bw_status bw_report_parse(const char *data, size_t size, bw_result **result);

/* Whether what was read is a verification: bw_format_verifies says how it can be written. */
BW_API bool bw_result_is_verification(const bw_result *result);

/* Writes the report. `layout` NULL: as BW_LAYOUT_INIT. BW_INVALID_INPUT where there is no verdict.
 */
BW_API bw_status bw_result_write(const bw_result *result, bw_format format, const bw_layout *layout,
                                 bw_sink sink, void *context);

/* Writes one report of several comparisons, in their order; at least one. */
BW_API bw_status bw_results_write(const bw_result *const *results, size_t count, bw_format format,
                                  const bw_layout *layout, bw_sink sink, void *context);

/* Writes, as text, why a change of the result (by its id) was judged as it was: which of the rules
 * matches it, which others speak of its kind, and how policy and consumers made the verdict.
 * BW_WRONG_USAGE: no change has the id. */
BW_API bw_status bw_result_explain(const bw_result *result, const bw_rules *rules,
                                   const char *change, const bw_layout *layout, bw_sink sink,
                                   void *context);

BW_API void bw_result_free(bw_result *result);

#ifdef __cplusplus
}
#endif

#endif
