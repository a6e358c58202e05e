#include "cli/build.h"

#include "source/repository.h"

#include <stdlib.h>

/* Of a pull request the branch that it comes from stands before what is checked out for it. */
static const struct {
    const char *variable;
    const char *unless; /* then it names a tag; NULL: never */
} branches[] = {
    {"GITHUB_HEAD_REF", NULL},                        /* GitHub, Gitea, Forgejo: pull request */
    {"GITHUB_REF", NULL},                             /* the same */
    {"CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", NULL},    /* GitLab */
    {"CI_COMMIT_BRANCH", NULL},                       /* GitLab, Woodpecker */
    {"BUILDKITE_BRANCH", "BUILDKITE_TAG"},            /* Buildkite */
    {"CIRCLE_BRANCH", NULL},                          /* Circle CI */
    {"TRAVIS_PULL_REQUEST_BRANCH", NULL},             /* Travis CI */
    {"TRAVIS_BRANCH", "TRAVIS_TAG"},                  /* the same */
    {"CHANGE_BRANCH", NULL},                          /* Jenkins, of a pull request */
    {"BRANCH_NAME", "TAG_NAME"},                      /* Jenkins, of several branches */
    {"GIT_LOCAL_BRANCH", NULL},                       /* Jenkins, Hudson */
    {"GIT_BRANCH", NULL},                             /* the same */
    {"APPVEYOR_PULL_REQUEST_HEAD_REPO_BRANCH", NULL}, /* AppVeyor */
    {"APPVEYOR_REPO_BRANCH", "APPVEYOR_REPO_TAG_NAME"},
    {"BITBUCKET_BRANCH", NULL},
    {"SYSTEM_PULLREQUEST_SOURCEBRANCH", NULL}, /* Azure Pipelines */
    {"BUILD_SOURCEBRANCH", NULL},              /* the same */
    {"CI_BRANCH", NULL},                       /* CodeShip */
};

static const char *value_of(const char *variable) {
    const char *value = variable ? getenv(variable) : NULL;
    return value && *value ? value : NULL;
}

static const char *from_variables(void) {
    static const char refs[] = "refs/", heads[] = "refs/heads/", origin[] = "origin/";
    for (size_t i = 0; i < sizeof branches / sizeof *branches; i++) {
        const char *value = value_of(branches[i].variable);
        if (!value || value_of(branches[i].unless))
            continue;
        if (strncmp(value, heads, sizeof heads - 1) == 0)
            return value + sizeof heads - 1;
        if (strncmp(value, refs, sizeof refs - 1) == 0) /* a tag, or a pull request's merge */
            continue;
        bool remote = strncmp(value, origin, sizeof origin - 1) == 0;
        return remote ? value + sizeof origin - 1 : value;
    }
    return NULL;
}

bool build_find(const Arguments *arguments, Build *build) {
    Repository *repository = repository_find(arguments->arena);
    RepositoryHead head = repository ? repository_head_names(repository) : (RepositoryHead){0};
    build->branch = from_variables();
    if (!build->branch && head.branch.size)
        build->branch = head.branch.data;
    build->commit = head.commit.size ? head.commit.data : NULL;
    return build->branch ||
           diagnose(arguments->diagnostics, NO_BRANCH, (Place){0}, arguments->command->name);
}
