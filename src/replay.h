/* Owns what the parts of an import share: whose result it is, and of what file. Inside the import
 * of verifications only (replay.c, import_report.c).
 */
#ifndef BREAKWATER_REPLAY_H
#define BREAKWATER_REPLAY_H

#include "record.h"

#include "document/document.h"
#include "report/report.h"

typedef struct Importing {
    bw_store *store;
    Arena *arena;
    const bw_replay *replay;
    const Node *root;
    Place place; /* of the file */
    Text number; /* of the provider */
    StoredVersion provider;
    GateRow row;          /* its details are those of the consumer in hand */
    StoredNames names;    /* descriptions of the interactions that the file speaks of */
    StoredNames verified; /* of those that succeeded, as often as it says so */
    StoredNames failed;   /* of those that did not */
    bool sentences;       /* both are sentences in which a description stands */
    bool many_tests;      /* an interaction may have succeeded more than once */
} Importing;

/* False: it is said why the file can't be imported. */
bool refuse_import(Importing *importing, const char *why);

/* The JSON of `verify`, which is no replay: our own comparison of what it names by digests. */
bool import_report(Importing *importing, const VerificationReport *report);

#endif
