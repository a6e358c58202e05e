#include "diff/compare.h"

#include "support/decimal.h"

/* Constraints: what no facet carries. All constraints of one keyword (of `dependentSchemas`: and of
 * one property) are held against each other: each that one side has must follow from one that the
 * other has. */

/* More of one keyword at one place are not held each against each. */
enum { GROUP_LIMIT = 8 };

void note_constraint(Comparer *comparer, Comparison *at, const char *keyword, Effect effect,
                     const Node *base_origin, const Node *revision_origin) {
    if (effect & EFFECT_UNPROVEN) {
        note_unproven(comparer, at, keyword, base_origin, revision_origin);
        at->effect |= effect;
        return;
    }
    Change *change =
        note(comparer, at, CHANGE_CONSTRAINT_CHANGED, effect, base_origin, revision_origin);
    with(comparer, change, ATTRIBUTE_KEYWORD, text_from(keyword));
    with_effect(comparer, change, effect);
}

/* ---- which belong together ------------------------------------------------------------------- */

static bool alike(const Constraint *a, const Constraint *b) {
    bool named = a->sense == CONSTRAINT_WITHIN && b->sense == CONSTRAINT_WITHIN;
    return text_is(text_from(a->keyword), b->keyword) && (!named || text_equal(a->text, b->text));
}

static ConstraintList those_like(Comparer *comparer, const Alternative *alternative,
                                 const Constraint *constraint) {
    ConstraintList list = {0};
    for (size_t i = 0; i < alternative->constraints.count; i++)
        if (alike(&alternative->constraints.items[i], constraint))
            array_push(comparer->arena, &list, &alternative->constraints.items[i]);
    return list;
}

static Comparison *below(Comparer *comparer, const Comparison *at, Meet *base, Meet *revision) {
    return pair_of(comparer, base, revision, at->direction);
}

static void queue_schemas(Comparer *comparer, const Comparison *at, const Constraint *base,
                          const Constraint *revision) {
    if (base->type && revision->type)
        below(comparer, at, base->type, revision->type);
    for (size_t i = 0; i < base->variants.count && i < revision->variants.count; i++)
        below(comparer, at, base->variants.items[i], revision->variants.items[i]);
    if (base->sense != CONSTRAINT_CONDITION || revision->sense != CONSTRAINT_CONDITION)
        return;
    below(comparer, at, base->then_type, revision->then_type);
    below(comparer, at, base->else_type, revision->else_type);
}

static void put_off(Comparer *comparer, Comparison *at, const Constrained *constrained) {
    for (size_t i = 0; i < constrained->base.count && i < GROUP_LIMIT; i++)
        for (size_t j = 0; j < constrained->revision.count && j < GROUP_LIMIT; j++)
            queue_schemas(comparer, at, constrained->base.items[i], constrained->revision.items[j]);
    defer(comparer,
          (Deferred){.kind = DEFERRED_CONSTRAINED, .at = at, .constrained = *constrained});
}

static bool is_first_of_its_kind(const Alternative *alternative, size_t index) {
    for (size_t i = 0; i < index; i++)
        if (alike(&alternative->constraints.items[i], &alternative->constraints.items[index]))
            return false;
    return true;
}

void compare_constraints(Comparer *comparer, Comparison *at, const Alternative *base,
                         const Alternative *revision) {
    for (size_t side = 0; side < 2; side++) {
        const Alternative *own = side ? revision : base;
        for (size_t i = 0; i < own->constraints.count; i++) {
            const Constraint *constraint = &own->constraints.items[i];
            Constrained constrained = {
                .base_alternative = base,
                .revision_alternative = revision,
                .base = those_like(comparer, base, constraint),
                .revision = those_like(comparer, revision, constraint),
            };
            if (is_first_of_its_kind(own, i) && (!side || !constrained.base.count))
                put_off(comparer, at, &constrained);
        }
    }
}

/* Listed values are held against the other side's constraints one by one; what could not be decided
 * of them stays. */
void compare_listed_constraints(Comparer *comparer, Comparison *at, const Alternative *listed,
                                const Alternative *base, const Alternative *revision) {
    for (size_t i = 0; i < listed->constraints.count; i++)
        note_unproven(comparer, at, listed->constraints.items[i].keyword, base->origin,
                      revision->origin);
}

/* ---- whether one follows from another -------------------------------------------------------- */

typedef enum Proof { PROVEN, REFUTED, OPEN } Proof;

static Proof proof_of(Effect effect, Effect harm) {
    if (!(effect & (harm | EFFECT_UNPROVEN)))
        return PROVEN;
    return effect & EFFECT_UNPROVEN ? OPEN : REFUTED;
}

static Proof both_proofs(Proof a, Proof b) {
    if (a == OPEN || b == OPEN)
        return OPEN;
    return a == REFUTED || b == REFUTED ? REFUTED : PROVEN;
}

/* What two constraints are asked: whether the one of the base follows from that of the revision
 * (`backward`), or the other way round. */
typedef struct Question {
    Comparer *comparer;
    const Comparison *at;
    const Constraint *base, *revision;
    bool backward;
} Question;

static Effect effect_below(const Question *question, Meet *base, Meet *revision) {
    return comparison_by_letter(question->comparer,
                                below(question->comparer, question->at, base, revision));
}

/* Whether the schema of the premise is within that of the conclusion. A property that is new here
 * may long have been declared beside it, so by the letter; but whether it was is open. */
static Proof within(const Question *question, Meet *base, Meet *revision) {
    Effect effect = effect_below(question, base, revision);
    if (!question->backward && effect & EFFECT_ADDED)
        effect |= EFFECT_UNPROVEN;
    return proof_of(effect, question->backward ? EFFECT_WIDENED : EFFECT_NARROWED);
}

/* The other way round, and by the letter. */
static Proof outside(const Question *question) {
    Effect effect = effect_below(question, question->base->type, question->revision->type);
    return proof_of(effect, question->backward ? EFFECT_NARROWED | EFFECT_ADDED : EFFECT_WIDENED);
}

static bool no_tighter(Bound conclusion, Bound premise, int towards) {
    if (!conclusion.digits.size)
        return true;
    return premise.digits.size && decimal_compare(conclusion.digits, premise.digits) * towards <= 0;
}

static Proof contained(const Question *question) {
    const Constraint *premise = question->backward ? question->revision : question->base;
    const Constraint *conclusion = question->backward ? question->base : question->revision;
    Proof proof = PROVEN;
    bool least = no_tighter(conclusion->least, premise->least, 1);
    bool most = no_tighter(conclusion->most, premise->most, -1);
    if (!least || !most)
        return REFUTED;
    if (conclusion->text.data || decimal_compare(conclusion->least.digits, TEXT("0")) > 0)
        proof = within(question, question->base->type, question->revision->type);
    return conclusion->most.digits.size ? both_proofs(proof, outside(question)) : proof;
}

static Proof conditioned(const Question *question) {
    Effect condition = effect_below(question, question->base->type, question->revision->type);
    if (condition != EFFECT_NONE)
        return OPEN;
    return both_proofs(within(question, question->base->then_type, question->revision->then_type),
                       within(question, question->base->else_type, question->revision->else_type));
}

/* What is not known of a constraint is the same where all that stands there is the same. */
static Proof unchanged(const Question *question) {
    const Constraint *base = question->base, *revision = question->revision;
    if (base->unfollowed || revision->unfollowed || !text_equal(base->text, revision->text) ||
        !base->type != !revision->type || base->variants.count != revision->variants.count)
        return OPEN;
    if (base->type && effect_below(question, base->type, revision->type) != EFFECT_NONE)
        return OPEN;
    for (size_t i = 0; i < base->variants.count; i++)
        if (effect_below(question, base->variants.items[i], revision->variants.items[i]) !=
            EFFECT_NONE)
            return OPEN;
    return comparison_by_letter(question->comparer, question->at) == EFFECT_NONE ? PROVEN : OPEN;
}

static Proof follows(const Question *question) {
    if (question->base->sense != question->revision->sense)
        return OPEN;
    switch (question->base->sense) {
    case CONSTRAINT_WITHIN:
        return contained(question);
    case CONSTRAINT_OUTSIDE:
        return outside(question);
    case CONSTRAINT_CONDITION:
        return conditioned(question);
    case CONSTRAINT_UNKNOWN:
        return unchanged(question);
    }
    return OPEN;
}

/* What all values of the other side fit anyway is no demand, however that side puts it. */
static bool is_met_by(Comparer *comparer, const Comparison *at, const Alternative *values,
                      const Constraint *constraint) {
    if (constraint->sense == CONSTRAINT_UNKNOWN || constraint->endless || constraint->unfollowed)
        return false;
    Alternative demand = alternative_of_kind(comparer->canonicals, values->kind);
    array_push(comparer->arena, &demand.constraints, *constraint);
    return prove_demand(comparer->prover, values, &demand, at->direction);
}

/* What it means that one side has a constraint: harm where it is sure not to follow. */
static Effect effect_of(Comparer *comparer, const Comparison *at, const Constrained *constrained,
                        const Constraint *conclusion, bool backward) {
    const ConstraintList *premises = backward ? &constrained->revision : &constrained->base;
    Effect harm = backward ? EFFECT_WIDENED : EFFECT_NARROWED;
    bool open = conclusion->sense == CONSTRAINT_UNKNOWN;
    if (premises->count > GROUP_LIMIT)
        return EFFECT_UNPROVEN;
    for (size_t i = 0; i < premises->count; i++) {
        const Constraint *premise = premises->items[i];
        Question question = {comparer, at, backward ? conclusion : premise,
                             backward ? premise : conclusion, backward};
        Proof proof = follows(&question);
        if (proof == PROVEN)
            return EFFECT_NONE;
        open |= proof == OPEN;
    }
    if (is_met_by(comparer, at,
                  backward ? constrained->revision_alternative : constrained->base_alternative,
                  conclusion))
        return EFFECT_NONE;
    return open ? EFFECT_UNPROVEN : harm;
}

static bool has_endless(const ConstraintList *list) {
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i]->endless)
            return true;
    return false;
}

/* A property that was added may be one that a constraint of the base speaks of. */
static bool speaks_of_additions(Comparer *comparer, const Comparison *at,
                                const Constraint *constraint) {
    Meet *schemas[] = {constraint->type, constraint->then_type, constraint->else_type};
    for (size_t i = 0; i < sizeof schemas / sizeof *schemas; i++)
        if (schemas[i] && additions_meet(comparer, at, schemas[i]))
            return true;
    for (size_t i = 0; i < constraint->variants.count; i++)
        if (additions_meet(comparer, at, constraint->variants.items[i]))
            return true;
    return false;
}

void decide_constrained(Comparer *comparer, Comparison *at, const Constrained *constrained) {
    Effect forward = EFFECT_NONE, backward = EFFECT_NONE;
    for (size_t i = 0; i < constrained->revision.count; i++)
        forward |= effect_of(comparer, at, constrained, constrained->revision.items[i], false);
    for (size_t i = 0; i < constrained->base.count; i++)
        backward |= effect_of(comparer, at, constrained, constrained->base.items[i], true);
    for (size_t i = 0; i < constrained->base.count && !(forward & EFFECT_UNPROVEN); i++)
        if (speaks_of_additions(comparer, at, constrained->base.items[i]))
            forward |= EFFECT_UNPROVEN;
    if ((forward | backward) == EFFECT_NONE)
        return;
    /* Nothing is lost: whatever else is so, no more than a widening. */
    if (forward == EFFECT_NONE && !has_endless(&constrained->base))
        backward = EFFECT_WIDENED;
    Effect effect = forward | backward;
    const Constraint *from = constrained->base.count ? constrained->base.items[0] : NULL;
    const Constraint *to = constrained->revision.count ? constrained->revision.items[0] : NULL;
    note_constraint(comparer, at, from ? from->keyword : to->keyword, effect,
                    from ? from->origin : constrained->base_alternative->origin,
                    to ? to->origin : constrained->revision_alternative->origin);
}
