#include "support/glob.h"

/* Where matching goes on when what follows a star did not fit: the star then takes more. Only the
 * last star need be tried again, and the last `**` once a `*` has met the end of its segment: what
 * stood before was fitted as early as can be, which leaves the most to what follows. */
typedef struct Star {
    bool seen;
    char within;       /* taken no further than this; 0: any character */
    char up_to;        /* takes whole segments, each with this behind it; 0: single characters */
    size_t glob, text; /* behind the star; where it ends so far */
} Star;

static bool stands_at(Text text, size_t at, char c) {
    return at < text.size && text.data[at] == c;
}

/* The star at a place of the glob. False: there is none. */
static bool read_star(Text glob, size_t at, size_t text_at, char separator, Star *star) {
    *star = (Star){.seen = true, .text = text_at};
    if (!stands_at(glob, at, '*'))
        return false;
    bool twice = stands_at(glob, at + 1, '*');
    bool starts = at == 0 || glob.data[at - 1] == separator;
    bool segments = twice && starts && stands_at(glob, at + 2, separator);
    star->within = twice ? 0 : separator;
    star->up_to = segments ? separator : 0;
    star->glob = at + 1 + twice + segments;
    return true;
}

/* Whether the glob's character at *at takes `c`; *at is moved behind it. */
static bool takes_one(Text glob, size_t *at, char c, char separator) {
    if (*at >= glob.size)
        return false;
    char wanted = glob.data[(*at)++];
    if (wanted == '?')
        return c != separator;
    if (wanted == '\\' && *at < glob.size)
        wanted = glob.data[(*at)++];
    return wanted == c;
}

/* Lets the star take more, and goes on behind it. False: it can't. */
static bool extend(Star *star, Text text, size_t *glob_at, size_t *text_at) {
    size_t end = star->text;
    if (star->seen && star->up_to)
        while (end < text.size && text.data[end] != star->up_to)
            end++;
    star->seen = star->seen && end < text.size && !(star->within && text.data[end] == star->within);
    if (!star->seen)
        return false;
    *text_at = star->text = end + 1;
    *glob_at = star->glob;
    return true;
}

bool glob_takes(Text glob, Text text, char separator) {
    Star single = {0}, twice = {0}, star;
    size_t i = 0, j = 0;
    while (i < glob.size || j < text.size) {
        if (read_star(glob, i, j, separator, &star)) {
            i = star.glob;
            if (star.within) {
                single = star;
            } else {
                twice = star;
                single.seen = false;
            }
        } else if (j < text.size && takes_one(glob, &i, text.data[j], separator)) {
            j++;
        } else if (!extend(&single, text, &i, &j) && !extend(&twice, text, &i, &j)) {
            return false;
        }
    }
    return true;
}

bool glob_is_plain(Text glob) {
    for (size_t i = 0; i < glob.size; i++)
        if (glob.data[i] == '*' || glob.data[i] == '?' || glob.data[i] == '\\')
            return false;
    return true;
}
