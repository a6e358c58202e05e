/* Who needs whom: consumers on the left, their providers on the right, a line for each pair in the
 * colour of the worst that is known of it. A participant may stand on both sides.
 */
#include "report/html.h"

#include <stdlib.h>

enum {
    WIDTH = 1000,
    BOX_WIDTH = 300,
    RIGHT_X = WIDTH - BOX_WIDTH - 2,
    BOX_HEIGHT = 26,
    PITCH = 34,
    TOP = 34,
    LETTERS = 36,
    SWEEPS = 4,
    BOXES_MOST = 200 /* on each side */
};

static const char *const classes[] = {
    [GATE_YES] = "good", [GATE_UNKNOWN] = "doubt", [GATE_NO] = "bad"};

typedef struct Box {
    Text name;
    double weight; /* the mean place of what it is joined with: so ordered, fewer lines cross */
    size_t place;  /* by name */
    double y;
    GateResult worst;
} Box;
typedef ARRAY(Box) Boxes;

typedef struct Line {
    Text consumer, provider;
    GateResult worst;
} Line;
typedef ARRAY(Line) Lines;

typedef struct Picture {
    Boxes consumers, providers;
    Lines lines;
    bool cut;
} Picture;

/* ---- what is shown --------------------------------------------------------------------------- */

static Box *box_of(Boxes *boxes, Text name) {
    for (size_t i = 0; i < boxes->count; i++)
        if (text_equal(boxes->items[i].name, name))
            return &boxes->items[i];
    return NULL;
}

static void add_box(Arena *arena, Picture *picture, Boxes *boxes, Text name, GateResult result) {
    Box *there = box_of(boxes, name);
    if (there && result > there->worst)
        there->worst = result;
    if (there)
        return;
    Box box = {.name = name, .place = boxes->count, .worst = result};
    if (boxes->count == BOXES_MOST)
        picture->cut = true;
    else
        array_push(arena, boxes, box);
}

/* Rows stand by consumer and provider, so those of a pair follow each other. */
static void gather(Arena *arena, const GateAnswer *answer, Picture *picture) {
    for (size_t i = 0; i < answer->rows.count; i++) {
        const GateRow *row = &answer->rows.items[i];
        Line *last = picture->lines.count ? &picture->lines.items[picture->lines.count - 1] : NULL;
        Line line = {row->consumer, row->provider, row->result};
        add_box(arena, picture, &picture->consumers, row->consumer, row->result);
        add_box(arena, picture, &picture->providers, row->provider, row->result);
        if (!last || !text_equal(last->consumer, row->consumer) ||
            !text_equal(last->provider, row->provider))
            array_push(arena, &picture->lines, line);
        else if (row->result > last->worst)
            last->worst = row->result;
    }
}

/* ---- order and places ------------------------------------------------------------------------ */

static int by_weight(const void *a, const void *b) {
    const Box *left = a, *right = b;
    if (left->weight < right->weight || left->weight > right->weight)
        return left->weight < right->weight ? -1 : 1;
    return (left->place > right->place) - (left->place < right->place);
}

static void order(Picture *picture, Boxes *boxes, Boxes *others) {
    bool consumers = boxes == &picture->consumers;
    for (size_t i = 0; i < boxes->count; i++) {
        Box *box = &boxes->items[i];
        double sum = 0, joined = 0;
        for (array_each(Line, line, &picture->lines)) {
            const Box *other = box_of(others, consumers ? line->provider : line->consumer);
            if (!other || !text_equal(consumers ? line->consumer : line->provider, box->name))
                continue;
            sum += (double)(other - others->items);
            joined++;
        }
        box->weight = joined > 0 ? sum / joined : BOXES_MOST;
    }
    if (boxes->count > 1)
        qsort(boxes->items, boxes->count, sizeof(Box), by_weight);
}

static void place(Boxes *boxes, double height) {
    double pitch = boxes->count ? height / (double)boxes->count : 0;
    for (size_t i = 0; i < boxes->count; i++)
        boxes->items[i].y = TOP + pitch * (double)i + (pitch - BOX_HEIGHT) / 2;
}

static double lay_out(Picture *picture) {
    size_t most = picture->consumers.count > picture->providers.count ? picture->consumers.count
                                                                      : picture->providers.count;
    double height = (double)most * PITCH;
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
        order(picture, &picture->providers, &picture->consumers);
        order(picture, &picture->consumers, &picture->providers);
    }
    place(&picture->consumers, height);
    place(&picture->providers, height);
    return TOP + height;
}

/* ---- drawing --------------------------------------------------------------------------------- */

static void put_box(Html *html, const Box *box, int x) {
    html_put(html, "<g><title>");
    html_text(html, box->name);
    html_format(html,
                "</title><rect class=\"%s\" x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%d\" "
                "rx=\"6\"/><text x=\"%d\" y=\"%.1f\">",
                classes[box->worst], x, box->y, BOX_WIDTH, BOX_HEIGHT, x + 12,
                box->y + BOX_HEIGHT / 2.0 + 4.5);
    html_text(html, first_letters(html->out.arena, box->name, LETTERS));
    html_put(html, "</text></g>\n");
}

static void put_line(Html *html, const Box *from, const Box *to, GateResult result) {
    double left = from->y + BOX_HEIGHT / 2.0, right = to->y + BOX_HEIGHT / 2.0;
    html_format(html, "<path class=\"%s\" d=\"M%d %.1fC%d %.1f %d %.1f %d %.1f\"/>",
                classes[result], BOX_WIDTH + 2, left, WIDTH / 2, left, WIDTH / 2, right, RIGHT_X,
                right);
}

/* A consumer with its lines, so that they light up together. */
static void put_consumer(Html *html, Picture *picture, const Box *box) {
    html_put(html, "<g tabindex=\"0\">");
    for (int result = GATE_YES; result <= GATE_NO; result++) /* the worst lies on top */
        for (array_each(Line, line, &picture->lines)) {
            const Box *to = box_of(&picture->providers, line->provider);
            if (to && (int)line->worst == result && text_equal(line->consumer, box->name))
                put_line(html, box, to, line->worst);
        }
    put_box(html, box, 2);
    html_put(html, "</g>");
}

void html_participants(Html *html, const GateAnswer *answer) {
    Picture picture = {0};
    if (!answer->rows.count)
        return;
    gather(html->out.arena, answer, &picture);
    double height = lay_out(&picture);
    html_put(html, "<section><h2>Participants</h2>\n");
    if (picture.cut)
        html_format(html, "<p class=\"lead\">The first %d on each side.</p>\n", BOXES_MOST);
    html_format(html,
                "<div class=\"picture pairs\" tabindex=\"0\" role=\"group\" "
                "aria-label=\"Who needs whom\"><svg viewBox=\"0 0 %d %.0f\" role=\"group\" "
                "aria-label=\"%zu consumer%s, joined with the %zu provider%s needed\">\n"
                "<text class=\"head\" x=\"2\" y=\"18\">Consumers</text>"
                "<text class=\"head\" x=\"%d\" y=\"18\">Providers</text>\n",
                WIDTH, height + 4, picture.consumers.count, picture.consumers.count == 1 ? "" : "s",
                picture.providers.count, picture.providers.count == 1 ? "" : "s", RIGHT_X);
    for (int result = GATE_YES; result <= GATE_NO; result++)
        for (array_each(Box, box, &picture.consumers))
            if ((int)box->worst == result)
                put_consumer(html, &picture, box);
    for (array_each(Box, box, &picture.providers))
        put_box(html, box, RIGHT_X);
    html_put(html, "</svg></div></section>\n");
}
