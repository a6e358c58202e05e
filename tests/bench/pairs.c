/* Runs breakwater and a bare parse of the same two files in turn and prints one row: medians of
 * time, the median of the ratios pair by pair, CPU time and peak memory. Speed is shown, never
 * asserted.
 *
 *     pairs LABEL BREAKWATER BARE BASE REVISION
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { RUNS = 7 };

typedef struct Sample {
    double wall, cpu, megabytes;
} Sample;

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double of_timeval(struct timeval time) {
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static Sample run(char *const *command) {
    double start = seconds();
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
    return (Sample){seconds() - start, of_timeval(usage.ru_utime) + of_timeval(usage.ru_stime),
                    (double)usage.ru_maxrss / 1024};
}

static int by_size(const void *a, const void *b) {
    const double *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

static double median(double *values) {
    qsort(values, RUNS, sizeof *values, by_size);
    return values[RUNS / 2];
}

static double size_of(const char *path) {
    struct stat status;
    return stat(path, &status) ? 0 : (double)status.st_size / (1024 * 1024);
}

int main(int count, char **arguments) {
    if (count != 6)
        return 2;
    char *ours[] = {arguments[2], "diff", arguments[4], arguments[5], NULL};
    char *bare[] = {arguments[3], arguments[4], arguments[5], NULL};
    double wall[RUNS], bare_wall[RUNS], ratio[RUNS], cpu[RUNS], bare_cpu[RUNS], memory = 0,
                                                                                bare_memory = 0;
    run(ours);
    run(bare);
    for (int i = 0; i < RUNS; i++) {
        Sample a = run(ours), b = run(bare);
        wall[i] = a.wall * 1000;
        bare_wall[i] = b.wall * 1000;
        ratio[i] = a.wall / b.wall;
        cpu[i] = a.cpu * 1000;
        bare_cpu[i] = b.cpu * 1000;
        memory = a.megabytes > memory ? a.megabytes : memory;
        bare_memory = b.megabytes > bare_memory ? b.megabytes : bare_memory;
    }
    double input = size_of(arguments[4]) + size_of(arguments[5]);
    printf("%-16s %8.0f %8.0f %7.2f %8.0f %8.0f %9.0f %9.0f %8.1f\n", arguments[1],
           median(bare_wall), median(wall), median(ratio), median(bare_cpu), median(cpu),
           bare_memory, memory, memory / input);
    return 0;
}
