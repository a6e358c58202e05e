/* Owns the changes of a description that keep its meaning: other spellings of the same set of
 * values. Each is safe by itself for the reason that stands beside it.
 */
#ifndef BREAKWATER_ORACLE_REFACTOR_H
#define BREAKWATER_ORACLE_REFACTOR_H

#include "generate.h"

/* Rewrites a description in one to four places; the names of what was done go into `done`. */
void refactor(Arena *arena, Random *random, Description *description, Buffer *done);

/* One rewriting of one schema. False: it does not apply there. */
typedef struct Refactoring {
    Arena *arena;
    Random *random;
    Description *description;
    Value *schema;
} Refactoring;

Value *object(Refactoring *r);
Value *list_of(Refactoring *r, Value *a, Value *b); /* b may be NULL */
Value *member(Refactoring *r, const char *key, Value *value);
bool is_type(const Value *schema, const char *type);

/* False where `unevaluated…` looks into what is put together. */
bool may_be_put_together(const Refactoring *r);

typedef bool Rewrite(Refactoring *refactoring);

/* Of single schemas: refactor_spelling.c. */
Rewrite respell_nullable, respell_constant, respell_integer_bound, respell_digits, wrap_alone,
    split_types, split_enum, merge_types_out, say_nothing_more, repeat_member, turn_choice,
    say_additional, drop_implied_type, close_unevaluated, respell_dependent, respell_condition,
    deny_twice;

/* Of whole schemas: refactor_meaning.c, and of what lies within: refactor_within.c. */
Rewrite split_by_test, add_part, ask_in_vain, spread_choice, deny_each, split_multiple, round_bound,
    respell_integer, list_integers, split_range;
Rewrite say_unique, count_by_contains, close_tuple, spell_items, close_by_names, find_all_names,
    hoist_required, hoist_property, split_by_property, call_by_condition, deny_property,
    close_the_whole;

#endif
