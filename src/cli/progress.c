#include "cli/progress.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void *count(void *context) {
    Progress *progress = context;
    struct timespec next;
    clock_gettime(CLOCK_REALTIME, &next);
    pthread_mutex_lock(&progress->mutex);
    while (!progress->ends) {
        next.tv_sec++;
        int result = 0;
        while (!progress->ends && result != ETIMEDOUT)
            result = pthread_cond_timedwait(&progress->finished, &progress->mutex, &next);
        if (progress->ends)
            break;
        fprintf(stderr, "\r%s: %ld s", progress->what, (long)(next.tv_sec - progress->begun));
        progress->shown = true;
    }
    pthread_mutex_unlock(&progress->mutex);
    return NULL;
}

static void begin(Progress *progress) {
    pthread_mutex_init(&progress->mutex, NULL);
    pthread_cond_init(&progress->finished, NULL);
    progress->runs = pthread_create(&progress->thread, NULL, count, progress) == 0;
}

void progress_begin(Progress *progress, const char *what, bool quiet) {
    const char *terminal = getenv("TERM");
    *progress = (Progress){.what = what, .begun = time(NULL)};
    if (quiet || !isatty(STDERR_FILENO) || (terminal && strcmp(terminal, "dumb") == 0))
        return;
    begin(progress);
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

bool progress_pause(Progress *progress) {
    bool ran = progress->runs;
    progress_end(progress);
    return ran;
}

void progress_resume(Progress *progress, bool paused) {
    if (!paused)
        return;
    progress->ends = progress->shown = false;
    begin(progress);
}
