/* The yardstick for JSON: what jansson alone takes for the files, a thread for each. */
#include <jansson.h>
#include <pthread.h>
#include <stdio.h>

static void *parse(void *path) {
    json_error_t error;
    json_t *tree = json_load_file(path, JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL, &error);
    if (!tree)
        fprintf(stderr, "%s: %s\n", (const char *)path, error.text);
    json_decref(tree);
    return tree;
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
