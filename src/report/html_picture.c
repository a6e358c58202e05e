/* Who is hit: consumers on the left, what breaks them on the right, a line for each expectation
 * that is broken. The list below the picture says the same in words.
 */
#include "report/html.h"

#include <stdlib.h>

enum {
    WIDTH = 1000,
    LEFT_WIDTH = 270,
    RIGHT_X = 590,
    RIGHT_WIDTH = WIDTH - RIGHT_X - 4,
    BOXES_MOST = 60, /* on each side */
    LEFT_PITCH = 36,
    RIGHT_PITCH = 50,
    LEFT_HEIGHT = 28,
    RIGHT_HEIGHT = 42,
    PITCH_MOST = 3,
    SWEEPS = 4,
    TOP = 34,
    LEFT_LETTERS = 32,
    RIGHT_LETTERS = 50,
    CONSUMERS_LISTED = 500
};

/* A box: a consumer on the left or a change on the right. */
typedef struct Box {
    Text consumer;
    const VerdictChange *change;
    double weight; /* the mean place of what it is joined with: so ordered, fewer lines cross */
    size_t joined;
    size_t place; /* in the report */
    double y;
} Box;

typedef ARRAY(Box) Boxes;

typedef struct Picture {
    Boxes hits, targets;
    size_t more_targets;
    double height;
} Picture;

/* ---- what is shown --------------------------------------------------------------------------- */

static bool is_joined(const Box *hit, const Box *target) {
    for (size_t i = 0; i < target->change->consumers.count; i++)
        if (text_equal(target->change->consumers.items[i].consumer, hit->consumer))
            return true;
    return false;
}

static void gather(Arena *arena, const VerdictReport *report, Picture *picture) {
    for (size_t i = 0; i < report->changes.count; i++) {
        Box target = {.change = &report->changes.items[i], .place = i};
        if (!target.change->consumers.count)
            continue;
        if (picture->targets.count == BOXES_MOST)
            picture->more_targets++;
        else
            array_push(arena, &picture->targets, target);
    }
    for (size_t i = 0; i < report->consumers_broken.count && i < BOXES_MOST; i++) {
        Box hit = {.consumer = report->consumers_broken.items[i], .place = i};
        array_push(arena, &picture->hits, hit);
    }
}

/* ---- order and places ------------------------------------------------------------------------ */

static int by_weight(const void *a, const void *b) {
    const Box *left = a, *right = b;
    if (left->weight < right->weight || left->weight > right->weight)
        return left->weight < right->weight ? -1 : 1;
    return (left->place > right->place) - (left->place < right->place);
}

/* Orders `boxes` by where on the other side they are joined; what is not joined comes last. */
static void order(Boxes *boxes, const Boxes *others) {
    for (size_t i = 0; i < boxes->count; i++) {
        Box *box = &boxes->items[i];
        double sum = 0;
        box->joined = 0;
        for (size_t j = 0; j < others->count; j++) {
            const Box *other = &others->items[j];
            if (box->change ? !is_joined(other, box) : !is_joined(box, other))
                continue;
            sum += (double)j;
            box->joined++;
        }
        box->weight = box->joined ? sum / (double)box->joined : BOXES_MOST;
    }
    if (boxes->count > 1)
        qsort(boxes->items, boxes->count, sizeof(Box), by_weight);
}

/* Spreads boxes over the height, the fewer the wider, but not without measure. */
static void spread(Boxes *boxes, double height, double least, double box) {
    double pitch = boxes->count ? height / (double)boxes->count : least;
    if (pitch > PITCH_MOST * least)
        pitch = PITCH_MOST * least;
    double top = TOP + (height - pitch * (double)boxes->count) / 2;
    for (size_t i = 0; i < boxes->count; i++)
        boxes->items[i].y = top + pitch * (double)i + (pitch - box) / 2;
}

static void lay_out(Picture *picture) {
    double left = (double)picture->hits.count * LEFT_PITCH;
    double right = (double)picture->targets.count * RIGHT_PITCH;
    double height = left > right ? left : right;
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
        order(&picture->hits, &picture->targets);
        order(&picture->targets, &picture->hits);
    }
    picture->height = TOP + height;
    spread(&picture->hits, height, LEFT_PITCH, LEFT_HEIGHT);
    spread(&picture->targets, height, RIGHT_PITCH, RIGHT_HEIGHT);
}

/* ---- drawing --------------------------------------------------------------------------------- */

static void put_lines_of(Html *html, const Picture *picture, const Box *hit) {
    for (size_t i = 0; i < picture->targets.count; i++) {
        const Box *target = &picture->targets.items[i];
        if (!is_joined(hit, target))
            continue;
        double from = hit->y + LEFT_HEIGHT / 2.0, to = target->y + RIGHT_HEIGHT / 2.0;
        int middle = (LEFT_WIDTH + RIGHT_X) / 2;
        html_format(html, "<path data-to=\"%zu\" d=\"M%d %.1fC%d %.1f %d %.1f %d %.1f\"/>", i,
                    LEFT_WIDTH, from, middle, from, middle, to, RIGHT_X, to);
    }
}

static void put_hit(Html *html, const Picture *picture, const Box *hit) {
    Arena *arena = html->out.arena;
    size_t place = names_place(arena, &html->consumers, hit->consumer);
    html_put(html, "<g class=\"hit\">");
    put_lines_of(html, picture, hit);
    html_format(html, "<a href=\"#changes\" data-consumer=\"%zu\"><title>", place);
    html_text(html, hit->consumer);
    html_format(html,
                ": show what breaks it</title><rect x=\"2\" y=\"%.1f\" width=\"%d\" height=\"%d\" "
                "rx=\"6\"/><text x=\"14\" y=\"%.1f\">",
                hit->y, LEFT_WIDTH - 2, LEFT_HEIGHT, hit->y + LEFT_HEIGHT / 2.0 + 4.5);
    html_text(html, first_letters(arena, hit->consumer, LEFT_LETTERS));
    html_put(html, "</text></a></g>\n");
}

static void put_target(Html *html, const Picture *picture, size_t index) {
    Arena *arena = html->out.arena;
    const VerdictChange *change = picture->targets.items[index].change;
    double y = picture->targets.items[index].y;
    Text where = {0};
    if (change->operations.count)
        where = operation_text(arena, &change->operations.items[0]);
    if (change->operations.count > 1)
        where = text_format(arena, "%.*s +%zu", TEXT_ARG(where), change->operations.count - 1);
    html_format(html, "<g data-target=\"%zu\"><a href=\"#%s", index, html->prefix);
    html_text(html, change->id);
    html_put(html, "\"><title>");
    html_text(html, change->message);
    html_format(html,
                "</title><rect x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%d\" rx=\"6\"/>"
                "<text x=\"%d\" y=\"%.1f\">",
                RIGHT_X, y, RIGHT_WIDTH, RIGHT_HEIGHT, RIGHT_X + 12, y + 17);
    html_text(html, first_letters(arena, change->location.size ? change->location : change->message,
                                  RIGHT_LETTERS));
    html_format(html, "</text><text class=\"small\" x=\"%d\" y=\"%.1f\">", RIGHT_X + 12, y + 33);
    html_text(html, first_letters(arena, where, RIGHT_LETTERS + 6));
    html_put(html, "</text></a></g>\n");
}

static void put_drawing(Html *html, const Picture *picture) {
    html_format(html,
                "<div class=\"picture\" tabindex=\"0\" role=\"group\" aria-label=\"Which consumer "
                "is broken by what\"><svg viewBox=\"0 0 %d %.0f\" role=\"group\" "
                "aria-label=\"%zu consumer%s and %zu change%s, joined where one is broken\">\n"
                "<text class=\"head\" x=\"2\" y=\"18\">Consumers</text>"
                "<text class=\"head\" x=\"%d\" y=\"18\">What breaks them</text>\n",
                WIDTH, picture->height + 4, picture->hits.count, plural(picture->hits.count),
                picture->targets.count, plural(picture->targets.count), RIGHT_X);
    for (size_t i = 0; i < picture->hits.count; i++)
        put_hit(html, picture, &picture->hits.items[i]);
    for (size_t i = 0; i < picture->targets.count; i++)
        put_target(html, picture, i);
    html_put(html, "</svg></div>\n");
}

/* ---- in words -------------------------------------------------------------------------------- */

static bool is_broken(const VerdictReport *report, Text name) {
    for (size_t i = 0; i < report->consumers_broken.count; i++)
        if (text_equal(report->consumers_broken.items[i], name))
            return true;
    return false;
}

static void put_consumers(Html *html, const VerdictReport *report) {
    size_t count = report->consumers_recorded.count;
    html_put(html, "<ul class=\"consumers\">\n");
    for (size_t i = 0; i < count && i < CONSUMERS_LISTED; i++) {
        Text name = report->consumers_recorded.items[i];
        bool broken = is_broken(report, name);
        html_put(html, "<li>");
        if (broken) {
            size_t place = names_place(html->out.arena, &html->consumers, name);
            html_format(html, "<a href=\"#changes\" data-consumer=\"%zu\">", place);
        }
        html_text(html, name);
        html_put(html, broken ? "</a> <span class=\"tag bad\">broken</span>"
                              : " <span class=\"tag\">unharmed</span>");
        html_put(html, "</li>\n");
    }
    if (count > CONSUMERS_LISTED)
        html_format(html, "<li>and %zu more</li>\n", count - CONSUMERS_LISTED);
    html_put(html, "</ul>\n");
}

void html_picture(Html *html, const VerdictReport *report) {
    Arena *arena = html->out.arena;
    Picture picture = {0};
    if (!report->consumers)
        return;
    gather(arena, report, &picture);
    lay_out(&picture);
    html_format(html, "<section><h%u>Who is hit</h%u>\n<p class=\"lead\">", html->level,
                html->level);
    html_format(html, "%zu of %zu recorded consumer%s.", report->consumers_broken.count,
                report->consumers, plural(report->consumers));
    if (picture.more_targets)
        html_format(html, " The picture shows the first %d changes; %zu more stand%s below.",
                    BOXES_MOST, picture.more_targets, picture.more_targets == 1 ? "s" : "");
    if (report->consumers_broken.count > BOXES_MOST)
        html_format(html, " Of the consumers it shows %d.", BOXES_MOST);
    html_put(html, "</p>\n");
    if (picture.hits.count && picture.targets.count)
        put_drawing(html, &picture);
    put_consumers(html, report);
    html_put(html, "</section>\n");
}
