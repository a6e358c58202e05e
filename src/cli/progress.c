#include "cli/progress.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static void *count(void *context) {
    Progress *progress = context;
    struct timespec next;
    clock_gettime(CLOCK_REALTIME, &next);
    pthread_mutex_lock(&progress->mutex);
    for (int seconds = 1; !progress->ends; seconds++) {
        next.tv_sec++;
        int result = 0;
        while (!progress->ends && result != ETIMEDOUT)
            result = pthread_cond_timedwait(&progress->finished, &progress->mutex, &next);
        if (progress->ends)
            break;
        fprintf(stderr, "\r%s: %d s", progress->what, seconds);
        progress->shown = true;
    }
    pthread_mutex_unlock(&progress->mutex);
    return NULL;
}

void progress_begin(Progress *progress, const char *what, bool quiet) {
    const char *terminal = getenv("TERM");
    *progress = (Progress){.what = what};
    if (quiet || !isatty(STDERR_FILENO) || (terminal && strcmp(terminal, "dumb") == 0))
        return;
    pthread_mutex_init(&progress->mutex, NULL);
    pthread_cond_init(&progress->finished, NULL);
    progress->runs = pthread_create(&progress->thread, NULL, count, progress) == 0;
}

void progress_end(Progress *progress) {
    if (!progress->runs)
        return;
    pthread_mutex_lock(&progress->mutex);
    progress->ends = true;
    pthread_cond_signal(&progress->finished);
    pthread_mutex_unlock(&progress->mutex);
    pthread_join(progress->thread, NULL);
    pthread_cond_destroy(&progress->finished);
    pthread_mutex_destroy(&progress->mutex);
    progress->runs = false;
    if (progress->shown)
        fputs("\r\033[K", stderr);
}
