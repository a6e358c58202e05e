#include "report/html.h"

#include "report/assets.h"
#include "report/printable.h"
#include "report/xml.h"

Html html_new(Arena *arena) {
    Html html = {.out = {.arena = arena}, .prefix = "", .level = 2};
    html.consumers.places = map_new(arena);
    html.operations.places = map_new(arena);
    html.operation_lists = map_new(arena);
    return html;
}

size_t names_place(Arena *arena, Names *names, Text name) {
    size_t *place = map_get_text(names->places, name);
    if (place)
        return *place;
    place = arena_new_object(arena, size_t);
    *place = names->list.count;
    array_push(arena, &names->list, name);
    map_put_text(names->places, name, place);
    return *place;
}

/* ---- text ------------------------------------------------------------------------------------ */

void html_put(Html *html, const char *markup) {
    buffer_add(&html->out, text_from(markup));
}

void html_text(Html *html, Text text) {
    xml_add(&html->out, text);
}

void html_code(Html *html, Text text) {
    html_put(html, "<code>");
    html_text(html, text);
    html_put(html, "</code>");
}

void html_format(Html *html, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    buffer_add(&html->out, text_vformat(html->out.arena, format, arguments));
    va_end(arguments);
}

void html_phrase(Html *html, Text text) {
    for (size_t from = 0; from < text.size;) {
        size_t open = text_find_byte(text, '`', from);
        size_t close = open == SIZE_MAX ? SIZE_MAX : text_find_byte(text, '`', open + 1);
        if (close == SIZE_MAX) {
            html_text(html, text_slice(text, from, text.size));
            return;
        }
        html_text(html, text_slice(text, from, open));
        html_code(html, text_slice(text, open + 1, close));
        from = close + 1;
    }
}

/* ---- excerpts -------------------------------------------------------------------------------- */

static size_t indentation(Text line) {
    size_t count = 0;
    while (count < line.size && line.data[count] == ' ')
        count++;
    return count;
}

/* What all lines with something in them begin with. */
static size_t common_indentation(const Excerpt *excerpt) {
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < excerpt->lines.count; i++) {
        size_t count = indentation(excerpt->lines.items[i]);
        if (count < excerpt->lines.items[i].size && count < least)
            least = count;
    }
    return least == SIZE_MAX ? 0 : least;
}

static void put_line(Html *html, const Location *location, uint32_t number, size_t indent) {
    Text line = excerpt_line(&location->excerpt, number);
    size_t from, to;
    bool at = number == location->place.line;
    html_put(html, at ? "<span class=\"at\">" : "");
    if (at && excerpt_word(&location->excerpt, location->place, &from, &to) && from >= indent) {
        html_text(html, text_slice(line, indent, from));
        html_put(html, "<mark>");
        html_text(html, text_slice(line, from, to));
        html_put(html, "</mark>");
        html_text(html, text_slice(line, to, line.size));
    } else {
        html_text(html, text_slice(line, indent, line.size));
    }
    html_put(html, at ? "\n</span>" : "\n");
}

/* The numbers of the lines are one attribute, and not a node each. The newline behind the tag is
 * none of the text's. */
static void put_excerpt(Html *html, const Location *location) {
    const Excerpt *excerpt = &location->excerpt;
    size_t indent = common_indentation(excerpt);
    html_put(html, "<pre tabindex=\"0\" data-n=\"");
    for (size_t i = 0; i < excerpt->lines.count; i++)
        html_format(html, "%s%zu", i ? "\n" : "", excerpt->line + i);
    html_put(html, "\">\n");
    for (size_t i = 0; i < excerpt->lines.count; i++)
        put_line(html, location, excerpt->line + (uint32_t)i, indent);
    html_put(html, "</pre>");
}

void html_side(Html *html, const char *kind, const Location *location, bool absent) {
    html_format(html, "<figure class=\"side %s%s\"><figcaption><b>%s</b>", kind,
                absent ? " absent" : "", kind);
    if (location->place.file.size) {
        html_put(html, absent ? ": missing, nearest at " : ": ");
        html_code(html, place_text(html->out.arena, location->place));
    }
    html_put(html, "</figcaption>");
    if (location->excerpt.line) {
        put_excerpt(html, location);
    } else {
        html_put(html, absent ? "<p class=\"none\">There is nothing on this side.</p>"
                              : "<p class=\"none\">The lines are not at hand.</p>");
    }
    html_put(html, "</figure>");
}

/* ---- the frame ------------------------------------------------------------------------------- */

/* The policy lets in nothing but the page's own style and script, known by their hashes: whatever a
 * document says can't run, load or send anything. */
static void put_policy(Html *html) {
    html_format(
        html,
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
        "img-src data:; style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'\">\n",
        page_style.hash, page_script.hash);
}

void html_begin(Html *html, const HtmlHead *head) {
    html_put(html, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    put_policy(html);
    html_put(html, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                   "<link rel=\"icon\" href=\"data:,\">\n<title>");
    html_text(html, head->title);
    html_put(html, "</title>\n<style>");
    buffer_add(&html->out, (Text){page_style.data, page_style.size});
    html_put(html, "</style>\n</head>\n<body>\n"
                   "<a class=\"skip\" href=\"#changes\">Skip to what was found</a>\n");
    html_format(html, "<header class=\"verdict%s\"><div class=\"wrap\">\n<h1>",
                head->good ? "" : " breaking");
    html_put(html, head->good
                       ? "<svg viewBox=\"0 0 24 24\" aria-hidden=\"true\"><circle cx=\"12\" "
                         "cy=\"12\" r=\"11\" fill=\"currentColor\"/><path d=\"M6.5 12.5l3.8 3.8 "
                         "7.2-8\" fill=\"none\" stroke=\"Canvas\" stroke-width=\"2.4\"/></svg>"
                       : "<svg viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"M7.4 1h9.2L23 "
                         "7.4v9.2L16.6 23H7.4L1 16.6V7.4z\" fill=\"currentColor\"/><path d=\"M8 "
                         "8l8 8M16 8l-8 8\" stroke=\"Canvas\" stroke-width=\"2.4\"/></svg>");
    html_format(html, "%s</h1>\n<p class=\"says\">", head->word);
    html_phrase(html, head->says);
    html_put(html, "</p>\n<dl class=\"facts\">\n");
}

void html_fact(Html *html, const char *term, Text text) {
    html_format(html, "<div><dt>%s</dt><dd>", term);
    html_text(html, text);
    html_put(html, "</dd></div>\n");
}

/* A choice of names; none where there is nothing to choose. */
static void put_options(Html *html, const char *name, const char *label, const Names *names) {
    if (!names->list.count)
        return;
    html_format(html, "<label>%s<select name=\"%s\"><option value=\"\">all</option>", label, name);
    for (size_t i = 0; i < names->list.count; i++) {
        html_format(html, "<option value=\"%zu\">", i);
        html_text(html, names->list.items[i]);
        html_put(html, "</option>");
    }
    html_put(html, "</select></label>\n");
}

void html_filter(Html *html, const char *const *verdicts) {
    html_put(html, "</dl>\n</div></header>\n"
                   "<search class=\"filter\" aria-label=\"Filter\" hidden><form class=\"wrap\">\n");
    put_options(html, "consumer", "Consumer", &html->consumers);
    put_options(html, "operation", "Operation", &html->operations);
    html_put(html, "<label>Verdict<select name=\"verdict\"><option value=\"\">all</option>");
    for (size_t i = 0; verdicts[i]; i += 2)
        html_format(html, "<option value=\"%s\">%s</option>", verdicts[i], verdicts[i + 1]);
    html_put(html, "</select></label>\n<label>Text<input name=\"text\" type=\"search\" "
                   "autocomplete=\"off\" aria-keyshortcuts=\"/\"></label>\n"
                   "<button type=\"reset\" hidden>Show all</button>\n"
                   "<output aria-live=\"polite\"></output>\n</form></search>\n"
                   "<main class=\"wrap\">\n");
}

void html_end(Html *html, const TextLayout *layout) {
    html_put(html, "</main>\n<footer><div class=\"wrap\">Made by breakwater");
    if (layout->version)
        html_format(html, " %s", layout->version);
    html_put(html, ". This file is complete in itself: it loads nothing and sends nothing."
                   "</div></footer>\n<script>");
    buffer_add(&html->out, (Text){page_script.data, page_script.size});
    html_put(html, "</script>\n</body>\n</html>\n");
}
