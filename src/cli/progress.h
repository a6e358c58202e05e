/* Owns the word of life on standard error while something takes longer than a second, on a terminal
 * alone. Knows nothing of what is being done.
 */
#ifndef BREAKWATER_CLI_PROGRESS_H
#define BREAKWATER_CLI_PROGRESS_H

#include <pthread.h>
#include <stdbool.h>

typedef struct Progress {
    const char *what; /* "comparing" */
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t finished;
    bool runs, ends, shown;
} Progress;

/* From here on, seconds are counted. Nothing is shown off a terminal, with TERM=dumb or `quiet`. */
void progress_begin(Progress *progress, const char *what, bool quiet);

/* Takes away what was shown. To be called before anything else is written. */
void progress_end(Progress *progress);

#endif
