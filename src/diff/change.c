#include "diff/change.h"

static const AttributeInfo attributes[] = {
#define ATTRIBUTE(id, word, type, meaning) {word, ATTRIBUTE_##type, meaning},
#include "diff/attribute.def"
#undef ATTRIBUTE
};

_Static_assert(ATTRIBUTE_COUNT <= 32, "ChangeInfo.attributes has a bit for each attribute");

#define A(id) | (UINT32_C(1) << ATTRIBUTE_##id)
static const ChangeInfo changes[] = {
#define CHANGE(id, word, attributes, meaning) {word, UINT32_C(0) attributes, meaning},
#include "diff/change.def"
#undef CHANGE
};
#undef A

const AttributeInfo *attribute_info(AttributeId id) {
    return &attributes[id];
}

const ChangeInfo *change_info(ChangeKind kind) {
    return &changes[kind];
}

AttributeId attribute_by_word(Text word) {
    unsigned id = 0;
    while (id < ATTRIBUTE_COUNT && !text_is(word, attributes[id].word))
        id++;
    return (AttributeId)id;
}

ChangeKind change_by_word(Text word) {
    unsigned kind = 0;
    while (kind < CHANGE_COUNT && !text_is(word, changes[kind].word))
        kind++;
    return (ChangeKind)kind;
}

Text change_attribute(const Change *change, AttributeId id) {
    for (size_t i = 0; i < change->attributes.count; i++)
        if (change->attributes.items[i].id == id)
            return change->attributes.items[i].text;
    return (Text){0};
}

bool change_attribute_is_true(const Change *change, AttributeId id) {
    return text_is(change_attribute(change, id), "true");
}
