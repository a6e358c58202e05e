/* The yardstick for YAML: what libyaml's bare event loop takes for the files, a thread for each. */
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <yaml.h>

static bool take_events(yaml_parser_t *parser) {
    for (bool more = true; more;) {
        yaml_event_t event;
        if (!yaml_parser_parse(parser, &event))
            return false;
        more = event.type != YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    return true;
}

static void *parse(void *path) {
    static char good;
    yaml_parser_t parser;
    FILE *file = fopen(path, "rb");
    if (!file || !yaml_parser_initialize(&parser))
        return NULL;
    yaml_parser_set_input_file(&parser, file);
    bool parsed = take_events(&parser);
    yaml_parser_delete(&parser);
    fclose(file);
    return parsed ? &good : NULL;
}

int main(int count, char **paths) {
    enum { MOST = 8 };
    pthread_t threads[MOST];
    int status = count < 2 || count > MOST;
    for (int i = 1; i < count && i < MOST; i++)
        status |= pthread_create(&threads[i], NULL, parse, paths[i]) != 0;
    for (int i = 1; i < count && i < MOST && !status; i++) {
        void *parsed = NULL;
        pthread_join(threads[i], &parsed);
        status |= !parsed;
    }
    return status;
}
