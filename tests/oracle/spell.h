/* Owns other spellings of a description that mean the same, as a whole document has them: those of
 * OpenAPI 3.0, and lists whose items are named through the dynamic scope.
 * Gives the spelled copy. The evaluator never sees it.
 */
#ifndef BREAKWATER_ORACLE_SPELL_H
#define BREAKWATER_ORACLE_SPELL_H

#include "evaluate.h"

/* `in_3_0` of the copy says what the document must call itself. */
Description spell(Arena *arena, const Description *description);

#endif
