/* Owns the HTML page under construction: the frame that all pages have, and the pieces of text in
 * it. Knows nothing of what is judged. Internal to report/'s HTML.
 */
#ifndef BREAKWATER_REPORT_HTML_H
#define BREAKWATER_REPORT_HTML_H

#include "report/forms.h"

/* Names that a reader can filter by; changes refer to them by their place. */
typedef struct Names {
    ARRAY(Text) list;
    Map *places; /* size_t by name */
} Names;

typedef struct Html {
    Buffer out;
    Names consumers, operations;
    Map *operation_lists; /* what stands in data-operations, by the list that it is made of */
    size_t changes;       /* how many stand in the page already */
    const char *prefix;   /* of ids: those of several reports may be alike */
    unsigned level;       /* of the headings of a report's sections */
} Html;

Html html_new(Arena *arena);

/* The place of a name, which is added where it is new. */
size_t names_place(Arena *arena, Names *names, Text name);

/* Markup as it is; text from outside; a phrase in which what stands between two backticks is code.
 */
void html_put(Html *html, const char *markup);
void html_text(Html *html, Text text);
void html_phrase(Html *html, Text text);
void html_code(Html *html, Text text);
void html_format(Html *html, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The lines around a place as a figure with a caption; `absent` says that the thing is not there.
 */
void html_side(Html *html, const char *kind, const Location *location, bool absent);

/* What the page says first. */
typedef struct HtmlHead {
    Text title;       /* of the window */
    bool good;        /* the verdict */
    const char *word; /* "Breaking" */
    Text says;        /* one sentence */
} HtmlHead;

/* The page up to the facts below the verdict: each fact is a term and a text. */
void html_begin(Html *html, const HtmlHead *head);
void html_fact(Html *html, const char *term, Text text);

/* Ends the facts; the filter, made of the names that are known by now. `verdicts` are pairs of a
 * word in data-verdict and how it reads, NULL behind the last. */
void html_filter(Html *html, const char *const *verdicts);

void html_end(Html *html, const TextLayout *layout);

/* The participants of the gate's answer as a picture. */
void html_participants(Html *html, const GateAnswer *answer);

/* The parts of a comparison. */
void html_picture(Html *html, const VerdictReport *report);
void html_changes(Html *html, const VerdictReport *report);

#endif
