/* Descriptions that publishers ship load without a false error and whole: the numbers of operations
 * and of schemas that these reach were counted by other means. The files are not part of the
 * project; where they are absent, each is skipped by name. */
#include "check.h"

#include "load/load.h"

#include <unistd.h>

typedef struct Published {
    const char *name;
    size_t operations;
    uint32_t types;
} Published;

static const Published published[] = {
    {"adyen/base.yaml", 28, 2626},
    {"docker/base.yaml", 107, 1919},
    {"figma/base.yaml", 40, 1710},
    {"openai-same/base.yaml", 304, 10895},
    {"openai-same/revision.json", 304, 10895},
    {"stripe/base.yaml", 374, 12694},
    {"stripe/revision.yaml", 453, 17394},
    {"box/base.json", 281, 4971},
    {"dialogporten/base.json", 29, 1244},
    {"discord/base.json", 222, 5729},
    {"discord/revision.json", 242, 6507},
    {"github/base.json", 1030, 10119},
    {"kubernetes/base.json", 1067, 7177},
    {"qdrant/base.json", 73, 2981},
    {"twilio/base.json", 197, 4460},
    {"digitalocean/base/DigitalOcean-public.v2.yaml", 589, 5785},
};

static void load_one(Arena *arena, const Published *expected) {
    Text path = text_format(arena, "../shared/corpus/%s", expected->name);
    if (access(path.data, R_OK) != 0) {
        printf("skip %s: not there\n", path.data);
        return;
    }
    Diagnostics diagnostics = {.arena = arena};
    DocumentSet *set = document_set_new(arena, &diagnostics);
    const Document *document = document_set_open(set, path);
    uint32_t next_id = 0;
    LoadOptions options = {false, &next_id};
    Api *api = document ? load_openapi(arena, &diagnostics, set, document, &options) : NULL;
    CHECK(api);
    for (size_t i = 0; i < diagnostics.list.count; i++)
        CHECK(diagnostics.list.items[i].severity == SEVERITY_NOTE);
    if (!api)
        return;
    if (api->operations.count != expected->operations || api->type_count != expected->types)
        printf("%s: %zu operations, %u types\n", path.data, api->operations.count, api->type_count);
    CHECK(api->operations.count == expected->operations);
    CHECK(api->type_count == expected->types);
}

static void published_descriptions(Arena *arena) {
    (void)arena; /* one for each, so that one is in memory at a time */
    for (size_t i = 0; i < sizeof published / sizeof *published; i++) {
        Arena *own = arena_new(&check_escape);
        load_one(own, &published[i]);
        arena_free(own);
    }
}

int main(void) {
    RUN(published_descriptions);
    return check_finish();
}
