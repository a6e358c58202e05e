/* The commits of a repository, newest first. */
#include "source/repository_inside.h"

static Text whole_id(Repository *repository, const git_oid *id) {
    char digits[GIT_OID_HEXSZ + 1];
    git_oid_tostr(digits, sizeof digits, id);
    return text_copy(repository->arena, text_from(digits));
}

static bool visit_commit(Repository *repository, const git_oid *id, CommitVisitor *visit,
                         void *context) {
    git_commit *commit = NULL;
    Paths parents = {0};
    if (git_commit_lookup(&commit, repository->handle, id) != 0)
        return true;
    for (unsigned i = 0; i < git_commit_parentcount(commit); i++) {
        Text parent = whole_id(repository, git_commit_parent_id(commit, i));
        array_push(repository->arena, &parents, parent);
    }
    git_commit_free(commit);
    return visit(whole_id(repository, id), &parents, context);
}

void repository_commits(Repository *repository, size_t limit, CommitVisitor *visit, void *context) {
    git_revwalk *commits = NULL;
    git_oid id;
    if (git_revwalk_new(&commits, repository->handle) != 0)
        return;
    git_revwalk_sorting(commits, GIT_SORT_TIME);
    git_revwalk_push_glob(commits, "heads/*");
    git_revwalk_push_glob(commits, "remotes/*");
    git_revwalk_push_glob(commits, "tags/*");
    git_revwalk_push_head(commits);
    for (size_t i = 0; i < limit && git_revwalk_next(&id, commits) == 0; i++)
        if (!visit_commit(repository, &id, visit, context))
            break;
    git_revwalk_free(commits);
}
