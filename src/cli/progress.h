/* Owns the word of life on standard error while something takes longer than a second, on a terminal
 * alone. Knows nothing of what is being done.
 */
#ifndef BREAKWATER_CLI_PROGRESS_H
#define BREAKWATER_CLI_PROGRESS_H

#include <pthread.h>
#include <stdbool.h>
#include <time.h>

typedef struct Progress {
    const char *what; /* the command: "check" */
    time_t begun;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t finished;
    bool runs, ends, shown;
} Progress;

/* From here on, seconds are counted. Nothing is shown off a terminal, with TERM=dumb or `quiet`. */
void progress_begin(Progress *progress, const char *what, bool quiet);

/* Takes away what was shown. To be called before anything else is written; more than once, or where
 * nothing was begun, it does nothing. */
void progress_end(Progress *progress);

/* Ends it, and begins it again behind what is written in between. */
bool progress_pause(Progress *progress);
void progress_resume(Progress *progress, bool paused);

#endif
