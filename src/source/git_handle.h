/* The open repository itself. Internal to git.c and git_list.c. */
#ifndef BREAKWATER_SOURCE_GIT_HANDLE_H
#define BREAKWATER_SOURCE_GIT_HANDLE_H

#include "source/git.h"

#include <git2.h>

struct Git {
    git_repository *repository;
    git_odb *odb;
    git_tree *tree;   /* of a revision */
    git_index *index; /* else */
    Text revision;
    Text root;
    int stage;
    bool started;
};

#endif
