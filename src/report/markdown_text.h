/* Gives text from outside as GitHub's and GitLab's Markdown take it, so that it is read as it is:
 * no markup, no links, no mentions of people or issues, no formulas. Knows nothing of what is
 * written.
 */
#ifndef BREAKWATER_REPORT_MARKDOWN_TEXT_H
#define BREAKWATER_REPORT_MARKDOWN_TEXT_H

#include "support/text.h"

/* What a comment may hold on GitHub, and what of it is kept for the words on what is left out. */
enum { COMMENT_MOST = 65536, COMMENT_TAIL = 600 };

/* A phrase: what stands between two backticks is set as code. */
void markdown_add(Buffer *out, Text text);

/* A name, a path or a value, set as code whatever it holds; fits table cells. */
void markdown_add_code(Buffer *out, Text text);

/* A phrase within an HTML element such as <summary>, in which no Markdown is read. */
void markdown_add_html(Buffer *out, Text text);

/* Lines as a fenced block of a language, or with "" of none. */
void markdown_add_block(Buffer *out, const char *language, Text lines);

#endif
