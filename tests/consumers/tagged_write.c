#include "tagged_made.h"

static const char *const part_names[PARTS] = {"n", "m", "x", "y"};

/* ---- Writing --------------------------------------------------------------------------------- */

static void write_part(Buffer *out, const Part *part) {
    static const char *const kinds[] = {"string", "integer", "boolean", "array"};
    const char *kind = kinds[part->kind];
    if (part->nullable)
        buffer_format(out, "{\"type\": [\"%s\", \"null\"]", kind);
    else
        buffer_format(out, "{\"type\": \"%s\"", kind);
    if (part->kind == PART_LIST)
        buffer_format(out, ", \"items\": {\"type\": \"string\"}%s",
                      part->filled ? ", \"minItems\": 1" : "");
    buffer_add_byte(out, '}');
}

static void write_tag(Buffer *out, Random *random, const Answer *answer, const Variant *variant) {
    if (answer->mapped) {
        buffer_add(out, TEXT("{\"type\": \"string\"}"));
        return;
    }
    bool one = !(variant->tags & (variant->tags - 1)) && chance(random, 50);
    buffer_add(out, one ? TEXT("{\"const\": ") : TEXT("{\"type\": \"string\", \"enum\": ["));
    const char *separator = "";
    for (unsigned i = 0; i < TAGS; i++)
        if (variant->tags & (1u << i)) {
            buffer_format(out, "%s\"%c\"", separator, 'a' + (int)i);
            separator = ", ";
        }
    buffer_add(out, one ? TEXT("}") : TEXT("]}"));
}

/* The tag, or the parts, or both as one object. */
static void write_object(Buffer *out, Random *random, const Answer *answer, const Variant *variant,
                         bool tag, bool parts) {
    const char *separator = "";
    buffer_add(out, TEXT("{\"type\": \"object\", \"properties\": {"));
    if (tag) {
        buffer_add(out, TEXT("\"kind\": "));
        write_tag(out, random, answer, variant);
        separator = ", ";
    }
    for (size_t i = 0; parts && i < PARTS; i++)
        if (variant->parts[i].declared) {
            buffer_format(out, "%s\"%s\": ", separator, part_names[i]);
            write_part(out, &variant->parts[i]);
            separator = ", ";
        }
    buffer_add(out, TEXT("}, \"required\": ["));
    separator = "";
    if (tag && variant->tag_required) {
        buffer_add(out, TEXT("\"kind\""));
        separator = ", ";
    }
    for (size_t i = 0; parts && i < PARTS; i++)
        if (variant->parts[i].declared && variant->parts[i].required) {
            buffer_format(out, "%s\"%s\"", separator, part_names[i]);
            separator = ", ";
        }
    buffer_add(out, TEXT("]}"));
}

static void write_variant(Buffer *out, Random *random, const Answer *answer,
                          const Variant *variant) {
    if (chance(random, 60)) {
        write_object(out, random, answer, variant, true, true);
        return;
    }
    bool tag_first = chance(random, 50);
    buffer_add(out, TEXT("{\"allOf\": ["));
    write_object(out, random, answer, variant, tag_first, !tag_first);
    buffer_add(out, TEXT(", "));
    write_object(out, random, answer, variant, !tag_first, tag_first);
    buffer_add(out, TEXT("]}"));
}

typedef struct Written {
    Buffer schema, components;
} Written;

/* Named by their first tags, so that an alternative keeps its name. */
static char name_of(const Variant *variant) {
    return (char)('A' + __builtin_ctz(variant->tags));
}

static void write_choice(Written *written, Random *random, const Answer *answer,
                         const Variant *variant) {
    if (!answer->mapped && chance(random, 50)) {
        write_variant(&written->schema, random, answer, variant);
        return;
    }
    buffer_format(&written->schema, "{\"$ref\": \"#/components/schemas/%c\"}", name_of(variant));
    buffer_format(&written->components, "%s\"%c\": ", written->components.size > 1 ? ", " : "",
                  name_of(variant));
    write_variant(&written->components, random, answer, variant);
}

static void write_mapping(Buffer *out, const Answer *answer) {
    const char *separator = "";
    buffer_add(out, TEXT(", \"discriminator\": {\"propertyName\": \"kind\", \"mapping\": {"));
    for (size_t i = 0; i < answer->count; i++)
        for (unsigned j = 0; j < TAGS; j++)
            if (answer->variants[i].tags & (1u << j)) {
                buffer_format(out, "%s\"%c\": \"#/components/schemas/%c\"", separator, 'a' + (int)j,
                              name_of(&answer->variants[i]));
                separator = ", ";
            }
    buffer_add(out, TEXT("}}"));
}

/* Those without a tag that is required may overlap: a `oneOf` would take less of them. */
static bool is_told_apart(const Answer *answer) {
    for (size_t i = 0; i < answer->count; i++)
        if (!answer->variants[i].tag_required)
            return false;
    return true;
}

static void write_choices(Written *written, Random *random, const Answer *answer) {
    bool one = is_told_apart(answer) && chance(random, 60), grouped = false;
    size_t from = random_below(random, answer->count);
    buffer_format(&written->schema, "{\"%s\": [", one ? "oneOf" : "anyOf");
    for (size_t i = 0; i < answer->count; i++) {
        buffer_add(&written->schema, i ? TEXT(", ") : TEXT(""));
        if (!answer->mapped && i + 2 == answer->count && chance(random, 30)) {
            buffer_add(&written->schema, TEXT("{\"anyOf\": ["));
            grouped = true;
        }
        write_choice(written, random, answer, &answer->variants[(from + i) % answer->count]);
    }
    buffer_add(&written->schema, grouped ? TEXT("]}]") : TEXT("]"));
    if (answer->mapped)
        write_mapping(&written->schema, answer);
    buffer_add_byte(&written->schema, '}');
}

static void write_answer(Written *written, Random *random, const Answer *answer) {
    if (answer->or_null)
        buffer_add(&written->schema, TEXT("{\"anyOf\": ["));
    if (answer->count == 1 && !answer->mapped && chance(random, 60))
        write_choice(written, random, answer, &answer->variants[0]);
    else
        write_choices(written, random, answer);
    if (answer->or_null)
        buffer_add(&written->schema, TEXT(", {\"type\": \"null\"}]}"));
}

const Api *write_api(const Reader *reader, Made *made, const Answer *answer, Text *text) {
    static const char *const before[] = {
        "", "{\"type\": \"object\", \"required\": [\"v\"], \"properties\": {\"v\": ",
        "{\"type\": \"array\", \"items\": "};
    static const char *const behind[] = {"", "}}", "}"};
    Written written = {{.arena = reader->arena}, {.arena = reader->arena}};
    buffer_add(&written.schema, text_from(before[made->where]));
    buffer_add_byte(&written.components, '{');
    write_answer(&written, &made->random, answer);
    buffer_add(&written.schema, text_from(behind[made->where]));
    buffer_add_byte(&written.components, '}');
    Text schema = buffer_text(&written.schema), components = buffer_text(&written.components);
    *text = text_format(reader->arena, "%.*s\n    %.*s", TEXT_ARG(schema), TEXT_ARG(components));
    return read_description(reader, schema, components);
}

static void write_rule(Buffer *rules, Text path, const char *name, const char *matcher) {
    buffer_format(rules, "%s\"%.*s%s%s\": {\"matchers\": [%s]}", rules->size ? ", " : "",
                  TEXT_ARG(path), *name ? "." : "", name, matcher);
}

/* By value it needs no rule, but where the rule of a list reaches down to it. */
static void write_tag_need(Buffer *body, Buffer *rules, Text path, const Reads *reads) {
    static const char type[] = "{\"match\": \"type\"}";
    Buffer regex = {.arena = rules->arena};
    buffer_format(body, "\"kind\": \"%c\"", 'a' + __builtin_ctz(reads->tags));
    if (reads->tag == TAG_BY_TYPE)
        write_rule(rules, path, "kind", type);
    if (reads->tag == TAG_BY_VALUE && rules->size)
        write_rule(rules, path, "kind", "{\"match\": \"equality\"}");
    if (reads->tag != TAG_BY_REGEX)
        return;
    buffer_add(&regex, TEXT("{\"match\": \"regex\", \"regex\": \"["));
    for (unsigned i = 0; i < TAGS; i++)
        if (reads->tags & (1u << i))
            buffer_add_byte(&regex, (char)('a' + i));
    buffer_format(&regex, "]\"}%c", '\0');
    write_rule(rules, path, "kind", regex.data);
}

Text write_pact(const Reader *reader, const Made *made) {
    static const char *const samples[] = {"\"s\"", "1", "true", "[\"s\"]"};
    static const char *const paths[] = {"$", "$.v", "$[*]"};
    static const char *const before[] = {"", "{\"v\": ", "["}, *const behind[] = {"", "}", "]"};
    Buffer body = {.arena = reader->arena}, rules = {.arena = reader->arena};
    Text path = text_from(paths[made->where]);
    if (made->where == IN_ITEMS)
        write_rule(&rules, TEXT("$"), "", "{\"match\": \"type\", \"min\": 1}");
    buffer_format(&body, "%s{", before[made->where]);
    size_t start = body.size;
    if (made->reads.tag != TAG_UNREAD)
        write_tag_need(&body, &rules, path, &made->reads);
    for (size_t i = 0; i < PARTS; i++) {
        if (!made->reads.parts[i])
            continue;
        bool list = made->reads.kinds[i] == PART_LIST;
        buffer_format(&body, "%s\"%s\": %s", body.size > start ? ", " : "", part_names[i],
                      samples[made->reads.kinds[i]]);
        write_rule(&rules, path, part_names[i],
                   list ? "{\"match\": \"type\", \"min\": 1}" : "{\"match\": \"type\"}");
    }
    buffer_format(&body, "}%s", behind[made->where]);
    return text_format(
        reader->arena,
        "{\"consumer\": {\"name\": \"c\"}, \"provider\": {\"name\": \"p\"}, \"interactions\": [\n"
        "{\"description\": \"d\", \"request\": {\"method\": \"GET\", \"path\": \"/x\"},\n"
        "\"response\": {\"status\": 200, \"headers\": {\"Content-Type\": \"application/json\"},\n"
        "\"body\": %.*s,\n\"matchingRules\": {\"body\": {%.*s}}}}],\n"
        "\"metadata\": {\"pactSpecification\": {\"version\": \"3.0.0\"}}}\n",
        TEXT_ARG(buffer_text(&body)), TEXT_ARG(rules.size ? buffer_text(&rules) : TEXT("")));
}
