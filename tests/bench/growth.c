/* Runs breakwater on inputs of n, 2n, 4n and 8n and prints one row: CPU time and peak memory of
 * each, less those of the smallest input, and how the time grew with each doubling. Nothing is
 * asserted: a straight line is 2.0, the square 4.0.
 *
 *     growth LABEL N FOLDER MAKER BREAKWATER COMMAND…
 *
 * MAKER is a shell command that writes the inputs of size $N into $FOLDER; COMMAND… are
 * breakwater's arguments.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { RUNS = 3, STEPS = 4 };

typedef struct Sample {
    double milliseconds, megabytes;
} Sample;

static double of_timeval(struct timeval time) {
    return (double)time.tv_sec * 1e3 + (double)time.tv_usec / 1e3;
}

static Sample run(char **command) {
    pid_t child = fork();
    if (child == 0) {
        int nothing = open("/dev/null", O_WRONLY);
        if (nothing >= 0 && dup2(nothing, 1) >= 0)
            execv(command[0], command);
        _exit(127);
    }
    int status = 0;
    struct rusage usage;
    if (child < 0 || wait4(child, &status, 0, &usage) < 0 || !WIFEXITED(status) ||
        WEXITSTATUS(status) > 1) {
        fprintf(stderr, "%s failed\n", command[0]);
        exit(1);
    }
    return (Sample){of_timeval(usage.ru_utime) + of_timeval(usage.ru_stime),
                    (double)usage.ru_maxrss / 1024};
}

/* The quickest of some runs. */
static Sample measure(const char *maker, int size, char **command) {
    char text[16];
    snprintf(text, sizeof text, "%d", size);
    if (setenv("N", text, 1) || system(maker)) {
        fprintf(stderr, "%s failed\n", maker);
        exit(1);
    }
    Sample best = run(command);
    for (int i = 1; i < RUNS; i++) {
        Sample sample = run(command);
        best = sample.milliseconds < best.milliseconds ? sample : best;
    }
    return best;
}

int main(int count, char **arguments) {
    if (count < 7 || setenv("FOLDER", arguments[3], 1))
        return 2;
    int size = atoi(arguments[2]);
    Sample samples[STEPS], least = measure(arguments[4], 1, arguments + 5);
    printf("%-31s %6d", arguments[1], size);
    for (int i = 0; i < STEPS; i++) {
        samples[i] = measure(arguments[4], size << i, arguments + 5);
        samples[i].milliseconds -= least.milliseconds;
        samples[i].megabytes -= least.megabytes;
        printf(" %7.0f", samples[i].milliseconds);
    }
    for (int i = 1; i < STEPS; i++)
        printf(" %5.1f", samples[i].milliseconds / samples[i - 1].milliseconds);
    for (int i = 0; i < STEPS; i += STEPS - 1)
        printf(" %7.0f", samples[i].megabytes);
    printf("\n");
    return 0;
}
