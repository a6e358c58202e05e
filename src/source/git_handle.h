/* The open repository itself. Internal to git.c and git_list.c. */
#ifndef BREAKWATER_SOURCE_GIT_HANDLE_H
#define BREAKWATER_SOURCE_GIT_HANDLE_H

#include "source/git.h"
#include "source/tree.h"

struct Git {
    TreeView view;
    git_odb *odb;
    Text revision;
    Text root;
    bool started;
};

#endif
