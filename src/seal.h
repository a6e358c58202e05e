/* Owns what makes two contracts, or two descriptions, the same: the digest of what they say.
 * Gives it for what is stored, and for what a run has read. Knows nothing of who has them.
 */
#ifndef BREAKWATER_SEAL_H
#define BREAKWATER_SEAL_H

#include "flow.h"
#include "store/store.h"

/* Sets a contract's digest: of what its pacts say of interactions, whatever their spaces, the order
 * of keys and interactions, the tool that wrote them, and how they are spread over files. False:
 * diagnosed. */
bool seal_contract(Arena *arena, Diagnostics *diagnostics, StoredBundle *bundle);

/* Sets a description's digest: of the contents of its files and of their names from the folder that
 * they have in common, wherever that lies. */
void seal_description(Arena *arena, StoredBundle *bundle);

/* Adds the files that a description was read from. */
void take_description(Arena *arena, const DocumentSet *documents, StoredBundle *bundle);

/* Says of a verification by digests what was compared. Pacts that can't be one contract have none.
 */
void name_contents(Arena *arena, const Side *description, const Side *pacts,
                   VerificationReport *report);

/* The participants of a pact; empty where it names none. */
Text pact_party(const Document *pact, const char *role);

#endif
