#include "cli/build.h"

#include "source/repository.h"

#include <stdlib.h>

/* Of a pull request the branch that it comes from stands before what is checked out for it. */
static const char *const branches[] = {
    "GITHUB_HEAD_REF",                        /* GitHub, Gitea, Forgejo: of a pull request */
    "GITHUB_REF_NAME",                        /* the same */
    "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME",    /* GitLab */
    "CI_COMMIT_REF_NAME",                     /* GitLab */
    "BUILDKITE_BRANCH",                       /* Buildkite */
    "CIRCLE_BRANCH",                          /* Circle CI */
    "TRAVIS_PULL_REQUEST_BRANCH",             /* Travis CI */
    "TRAVIS_BRANCH",                          /* the same */
    "CHANGE_BRANCH",                          /* Jenkins, of a pull request */
    "BRANCH_NAME",                            /* Jenkins, of several branches */
    "GIT_LOCAL_BRANCH",                       /* Jenkins, Hudson */
    "GIT_BRANCH",                             /* the same */
    "APPVEYOR_PULL_REQUEST_HEAD_REPO_BRANCH", /* AppVeyor */
    "APPVEYOR_REPO_BRANCH",                   /* the same */
    "BITBUCKET_BRANCH",                       /* Bitbucket */
    "SYSTEM_PULLREQUEST_SOURCEBRANCH",        /* Azure Pipelines */
    "BUILD_SOURCEBRANCH",                     /* the same */
    "CI_BRANCH",                              /* CodeShip */
};

static const char *from_variables(void) {
    static const char heads[] = "refs/heads/", origin[] = "origin/";
    for (size_t i = 0; i < sizeof branches / sizeof *branches; i++) {
        const char *value = getenv(branches[i]);
        if (!value || !*value)
            continue;
        if (strncmp(value, heads, sizeof heads - 1) == 0)
            value += sizeof heads - 1;
        if (strncmp(value, origin, sizeof origin - 1) == 0)
            value += sizeof origin - 1;
        return value;
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
