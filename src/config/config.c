#include "config/reader.h"

#include "source/path.h"
#include "source/repository.h"
#include "support/glob.h"

enum { DAYS_MOST = 100000 };

static bool is_in_git(const Source *source) {
    return source->kind == SOURCE_GIT_REVISION || source->kind == SOURCE_GIT_INDEX;
}

/* ---- what is said of one API ----------------------------------------------------------------- */

static bool read_spec_paths(ConfigReader *reader, const char *key, const Node *value, void *spec) {
    return config_read_paths(reader, key, value, &((ConfigSpec *)spec)->paths);
}

static bool read_provider(ConfigReader *reader, const char *key, const Node *value, void *spec) {
    return config_read_text(reader, key, value, &((ConfigSpec *)spec)->provider);
}

static bool read_pacts(ConfigReader *reader, const char *key, const Node *value, void *spec) {
    ConfigTexts *pacts = &((ConfigSpec *)spec)->pacts;
    const Source *source = &reader->config->document->source;
    size_t before = pacts->count;
    bool right = config_read_paths(reader, key, value, pacts);
    /* What stands in a commit or in the index means what stands beside it there. */
    for (size_t i = before; is_in_git(source) && i < pacts->count; i++)
        pacts->items[i] = text_format(reader->arena, "%.*s:./%.*s", TEXT_ARG(source->revision),
                                      TEXT_ARG(pacts->items[i]));
    return right;
}

static bool read_environments(ConfigReader *reader, const char *key, const Node *value,
                              void *spec) {
    return config_read_texts(reader, key, value, &((ConfigSpec *)spec)->environments);
}

static bool read_branches(ConfigReader *reader, const char *key, const Node *value, void *spec) {
    return config_read_texts(reader, key, value, &((ConfigSpec *)spec)->branches);
}

static bool read_main_branch(ConfigReader *reader, const char *key, const Node *value, void *spec) {
    return config_read_flag(reader, key, value, &((ConfigSpec *)spec)->main_branch);
}

static bool read_anywhere(ConfigReader *reader, const char *key, const Node *value, void *spec) {
    return config_read_flag(reader, key, value, &((ConfigSpec *)spec)->deployed_or_released);
}

/* Which pacts, and not which broker: a config comes with a pull request, and our credentials go to
 * no place that a stranger names. */
static bool read_broker(ConfigReader *reader, const char *key, const Node *value, void *into) {
    static const ConfigKey keys[] = {
        {"environments", read_environments},
        {"branches", read_branches},
        {"main-branch", read_main_branch},
        {"deployed-or-released", read_anywhere},
        {NULL, NULL},
    };
    ConfigSpec *spec = into;
    if (value->kind == NODE_BOOLEAN)
        return config_read_flag(reader, key, value, &spec->asks_broker);
    spec->asks_broker = true;
    return config_read_mapping(reader, "a broker's pacts", keys, value, spec);
}

static bool read_spec_include(ConfigReader *reader, const char *key, const Node *value,
                              void *spec) {
    return config_read_selectors(reader, key, value, &((ConfigSpec *)spec)->included);
}

static bool read_spec_exclude(ConfigReader *reader, const char *key, const Node *value,
                              void *spec) {
    return config_read_selectors(reader, key, value, &((ConfigSpec *)spec)->excluded);
}

static bool read_spec_policy(ConfigReader *reader, const char *key, const Node *value, void *spec) {
    return config_read_policy(reader, key, value, &((ConfigSpec *)spec)->ruling);
}

static bool read_spec_fail_on(ConfigReader *reader, const char *key, const Node *value,
                              void *spec) {
    return config_read_fail_on(reader, key, value, &((ConfigSpec *)spec)->ruling);
}

static bool read_compose(ConfigReader *reader, const char *key, const Node *value, void *spec) {
    return config_read_flag(reader, key, value, &((ConfigSpec *)spec)->compose);
}

static bool read_prefix(ConfigReader *reader, const char *key, const Node *value, void *prefix) {
    Text text;
    if (!config_read_text(reader, key, value, &text))
        return false;
    if (!text_starts_with(text, TEXT("/")))
        return diagnose(reader->diagnostics, CONFIG_NO_PATH, node_place(value), key,
                        TEXT_ARG(text));
    *(Text *)prefix = text;
    return true;
}

static bool read_one_prefix(ConfigReader *reader, const char *key, const Node *value, void *into) {
    ConfigTexts *prefixes = into;
    Text prefix;
    if (!read_prefix(reader, key, value, &prefix))
        return false;
    array_push(reader->arena, prefixes, prefix);
    return true;
}

static bool read_strip_prefix(ConfigReader *reader, const char *key, const Node *value,
                              void *spec) {
    return config_read_list(reader, key, value, &((ConfigSpec *)spec)->strip_prefixes,
                            read_one_prefix);
}

static bool read_add_prefix(ConfigReader *reader, const char *key, const Node *value, void *spec) {
    return read_prefix(reader, key, value, &((ConfigSpec *)spec)->add_prefix);
}

static bool read_spec(ConfigReader *reader, const char *key, const Node *value, void *into) {
    static const ConfigKey keys[] = {
        {"path", read_spec_paths},       {"provider", read_provider},
        {"pacts", read_pacts},           {"broker", read_broker},
        {"include", read_spec_include},  {"exclude", read_spec_exclude},
        {"policy", read_spec_policy},    {"fail-on", read_spec_fail_on},
        {"compose", read_compose},       {"strip-prefix", read_strip_prefix},
        {"add-prefix", read_add_prefix}, {NULL, NULL},
    };
    Config *config = into;
    ConfigSpec spec = {.place = node_place(value)};
    bool right = value->kind == NODE_STRING
                     ? config_read_paths(reader, key, value, &spec.paths)
                     : config_read_mapping(reader, "a spec", keys, value, &spec);
    if (right && !spec.paths.count)
        right = diagnose(reader->diagnostics, CONFIG_KEY_MISSING, node_place(value), "a spec",
                         "path", "");
    if (right && spec.asks_broker && !spec.provider.size)
        right = diagnose(reader->diagnostics, CONFIG_KEY_MISSING, node_place(value),
                         "a spec with `broker`", "provider", "");
    array_push(reader->arena, &config->specs, spec);
    return right;
}

/* ---- what is said for all -------------------------------------------------------------------- */

static bool read_specs(ConfigReader *reader, const char *key, const Node *value, void *config) {
    return config_read_list(reader, key, value, config, read_spec);
}

static bool read_policy(ConfigReader *reader, const char *key, const Node *value, void *config) {
    return config_read_policy(reader, key, value, &((Config *)config)->ruling);
}

static bool read_fail_on(ConfigReader *reader, const char *key, const Node *value, void *config) {
    return config_read_fail_on(reader, key, value, &((Config *)config)->ruling);
}

static bool read_against(ConfigReader *reader, const char *key, const Node *value, void *config) {
    return config_read_text(reader, key, value, &((Config *)config)->against);
}

static bool read_unresolved(ConfigReader *reader, const char *key, const Node *value,
                            void *config) {
    return config_read_flag(reader, key, value, &((Config *)config)->allow_unresolved);
}

static bool read_rules(ConfigReader *reader, const char *key, const Node *value, void *config) {
    return config_read_paths(reader, key, value, &((Config *)config)->rule_folders);
}

static bool read_include(ConfigReader *reader, const char *key, const Node *value, void *config) {
    return config_read_selectors(reader, key, value, &((Config *)config)->policies.included);
}

static bool read_exclude(ConfigReader *reader, const char *key, const Node *value, void *config) {
    return config_read_selectors(reader, key, value, &((Config *)config)->policies.excluded);
}

static bool read_days(ConfigReader *reader, const char *key, const Node *value, int *days) {
    Text text = {0};
    if (value->kind == NODE_NUMBER)
        text = value->text;
    *days = 0;
    for (size_t i = 0; i < text.size && *days <= DAYS_MOST; i++)
        *days = text.data[i] >= '0' && text.data[i] <= '9' ? *days * 10 + (text.data[i] - '0')
                                                           : DAYS_MOST + 1;
    if (*days > 0 && *days <= DAYS_MOST)
        return true;
    return diagnose(reader->diagnostics, CONFIG_NO_DAYS, node_place(value), key, DAYS_MOST);
}

static bool read_deprecation(ConfigReader *reader, const char *key, const Node *value,
                             void *config) {
    return read_days(reader, key, value, &((Config *)config)->deprecation_days);
}

static bool read_notice(ConfigReader *reader, const char *key, const Node *value, void *config) {
    return read_days(reader, key, value, &((Config *)config)->notice_days);
}

typedef struct RowInHand {
    Selectors where;
    ConfigRuling ruling;
} RowInHand;

static bool read_row_for(ConfigReader *reader, const char *key, const Node *value, void *row) {
    return config_read_selectors(reader, key, value, &((RowInHand *)row)->where);
}

static bool read_row_policy(ConfigReader *reader, const char *key, const Node *value, void *row) {
    return config_read_policy(reader, key, value, &((RowInHand *)row)->ruling);
}

static bool read_row_fail_on(ConfigReader *reader, const char *key, const Node *value, void *row) {
    ConfigRuling *ruling = &((RowInHand *)row)->ruling;
    if (!config_read_fail_on(reader, key, value, ruling))
        return false;
    return !ruling->fail_never ||
           diagnose(reader->diagnostics, CONFIG_FAIL_NEVER, node_place(value), key);
}

static bool read_row(ConfigReader *reader, const char *key, const Node *value, void *into) {
    static const ConfigKey keys[] = {
        {"for", read_row_for},
        {"policy", read_row_policy},
        {"fail-on", read_row_fail_on},
        {NULL, NULL},
    };
    (void)key;
    Config *config = into;
    RowInHand row = {0};
    if (!config_read_mapping(reader, "a policy", keys, value, &row))
        return false;
    const char *missing = !row.where.count ? "for" : !row.ruling.has_policy ? "policy" : NULL;
    if (missing)
        return diagnose(reader->diagnostics, CONFIG_KEY_MISSING, node_place(value), "a policy",
                        missing, "");
    PolicyRow whole = {row.where, row.ruling.policy, row.ruling.fail_on_conditional};
    array_push(reader->arena, &config->policies.rows, whole);
    return true;
}

static bool read_policies(ConfigReader *reader, const char *key, const Node *value, void *config) {
    return config_read_list(reader, key, value, config, read_row);
}

static bool read_waivers(ConfigReader *reader, const char *key, const Node *value, void *config) {
    return config_read_list(reader, key, value, &((Config *)config)->policies, config_read_waiver);
}

static bool read_compatibility(ConfigReader *reader, const char *key, const Node *value,
                               void *into) {
    static const char *const words[] = {"compatible", "conditional", "breaking", "off", NULL};
    Config *config = into;
    if (value->kind == NODE_NULL)
        return true;
    if (value->kind != NODE_MAPPING)
        return diagnose(reader->diagnostics, CONFIG_WRONG_KIND, node_place(value), key,
                        "a mapping of rules", node_kind_name(value->kind));
    bool right = true;
    for (size_t i = 0; i < value->count; i++) {
        const Member *member = &value->members[i];
        const char *id = text_copy(reader->arena, member->key).data;
        size_t index;
        if (!config_read_word(reader, id, member->value, words, &index)) {
            right = false;
            continue;
        }
        Override override = {.rule = member->key, .off = index == 3};
        override.compatibility = override.off ? COMPATIBLE : (Compatibility)index;
        array_push(reader->arena, &config->policies.overrides, override);
    }
    return right;
}

static bool read_config(ConfigReader *reader, const Node *root) {
    static const ConfigKey keys[] = {
        {"specs", read_specs},
        {"against", read_against},
        {"policy", read_policy},
        {"fail-on", read_fail_on},
        {"policies", read_policies},
        {"compatibility", read_compatibility},
        {"rules", read_rules},
        {"waivers", read_waivers},
        {"include", read_include},
        {"exclude", read_exclude},
        {"allow-unresolved", read_unresolved},
        {"deprecation-days", read_deprecation},
        {"notice-days", read_notice},
        {NULL, NULL},
    };
    return config_read_mapping(reader, "the config", keys, root, reader->config);
}

Text config_find(Arena *arena) {
    return source_find_upwards(arena, TEXT(CONFIG_NAME));
}

bool config_is_blank(Text content) {
    for (size_t at = 0; at < content.size;) {
        size_t end = text_find_byte(content, '\n', at);
        Text line = text_trim(text_slice(content, at, end == SIZE_MAX ? content.size : end));
        if (line.size && line.data[0] != '#')
            return false;
        at = end == SIZE_MAX ? content.size : end + 1;
    }
    return true;
}

static const Document *open_document(Arena *arena, Diagnostics *diagnostics, Text file) {
    Source source;
    if (!source_read(arena, diagnostics, file, &source))
        return NULL;
    if (config_is_blank(source.bytes))
        source.bytes = TEXT("{}");
    return document_parse(arena, diagnostics, source);
}

Config *config_read(Arena *arena, Diagnostics *diagnostics, Text file, Day today) {
    const Document *document = open_document(arena, diagnostics, file);
    if (!document)
        return NULL;
    Config *config = arena_new_object(arena, Config);
    config->file = file;
    config->folder = path_folder(file);
    if (is_in_git(&document->source)) {
        /* Its path counts from the root of the repository, and ours from where we are. */
        const Repository *repository = repository_find(arena);
        config->folder = path_folder(document->source.path);
        if (repository)
            config->folder =
                path_folder(repository_path_from_here(repository, document->source.path));
    }
    config->document = document;
    ConfigReader reader = {arena, diagnostics, config, today};
    return read_config(&reader, document->root) ? config : NULL;
}

/* ---- rules ----------------------------------------------------------------------------------- */

static bool takes_any(const RuleSet *rules, Text id) {
    for (size_t i = 0; i < rules->rules.count; i++)
        if (glob_takes(id, rules->rules.items[i]->id, '/'))
            return true;
    return false;
}

/* `response-*` for `resp-*`: a word that is cut short is completed. Empty: none is. */
static Text completed_glob(Arena *arena, const RuleSet *rules, Text glob) {
    size_t star = text_find_byte(glob, '*', 0);
    if (star == SIZE_MAX || star < 2 || glob.data[star - 1] != '-')
        return (Text){0};
    Text stem = text_slice(glob, 0, star - 1), rest = text_slice(glob, star - 1, glob.size);
    for (size_t i = 0; i < rules->rules.count; i++) {
        Text id = rules->rules.items[i]->id;
        size_t end = text_find_byte(id, '-', stem.size < id.size ? stem.size : id.size);
        if (end == SIZE_MAX || !text_starts_with(id, stem))
            continue;
        Text whole =
            text_format(arena, "%.*s%.*s", TEXT_ARG(text_slice(id, 0, end)), TEXT_ARG(rest));
        if (takes_any(rules, whole))
            return whole;
    }
    return (Text){0};
}

/* What stands before a glob's first `*` may be the mistyped beginning of a rule's id: with it in
 * its place the glob is to take a rule. Empty: none is near. */
static Text nearest_glob(Arena *arena, const RuleSet *rules, Text glob) {
    Text whole = completed_glob(arena, rules, glob);
    if (whole.size)
        return whole;
    size_t star = text_find_byte(glob, '*', 0);
    size_t size = star == SIZE_MAX ? glob.size : star;
    Guess guess = {.mistyped = text_slice(glob, 0, size)};
    for (size_t i = 0; i < rules->rules.count; i++) {
        Text id = rules->rules.items[i]->id;
        for (size_t end = size ? size - 1 : 0; end <= size + 1 && end <= id.size; end++) {
            Guess nearer = guess;
            Text beginning = text_slice(id, 0, end), rest = text_slice(glob, size, glob.size);
            guess_offer(&nearer, beginning);
            bool better = !text_equal(nearer.word, guess.word);
            if (better && takes_any(rules, text_format(arena, "%.*s%.*s", TEXT_ARG(beginning),
                                                       TEXT_ARG(rest))))
                guess = nearer;
        }
    }
    return guess.word.size ? text_format(arena, "%.*s%.*s", TEXT_ARG(guess.word),
                                         TEXT_ARG(text_slice(glob, size, glob.size)))
                           : (Text){0};
}

static bool check_rule(const RuleSet *rules, Diagnostics *diagnostics, Text id, Place place) {
    if (!id.size || rules_find(rules, id) || takes_any(rules, id))
        return true;
    if (!glob_is_plain(id))
        return diagnose(
            diagnostics, CONFIG_NO_RULE_LIKE, place, TEXT_ARG(id),
            text_suggestion(diagnostics->arena, nearest_glob(diagnostics->arena, rules, id)));
    const Rule *near = rules_nearest(rules, id);
    Text meant = near ? near->id : (Text){0};
    for (size_t i = 0; i < rules->retired.count; i++)
        if (text_equal(rules->retired.items[i].id, id))
            meant = rules->retired.items[i].successor;
    return diagnose(diagnostics, CONFIG_UNKNOWN_RULE, place, TEXT_ARG(id),
                    text_suggestion(diagnostics->arena, meant));
}

bool config_speaks_of_rules(const Config *config) {
    return config->rule_folders.count || config->policies.overrides.count ||
           config->policies.waivers.count;
}

bool config_check_rules(const Config *config, const RuleSet *rules, Diagnostics *diagnostics) {
    const Node *levels = node_member(config->document->root, TEXT("compatibility"));
    bool right = true;
    for (size_t i = 0; i < config->policies.overrides.count; i++) {
        Text id = config->policies.overrides.items[i].rule;
        right =
            check_rule(rules, diagnostics, id, node_key_place(node_member(levels, id))) && right;
    }
    for (size_t i = 0; i < config->policies.waivers.count; i++) {
        const Waiver *waiver = config->policies.waivers.items[i];
        right = check_rule(rules, diagnostics, waiver->rule, waiver->place) && right;
    }
    return right;
}
