/* Declares the style and the script of the HTML report, which the build makes of the files in
 * report/assets/.
 */
#ifndef BREAKWATER_REPORT_ASSETS_H
#define BREAKWATER_REPORT_ASSETS_H

#include <stddef.h>

typedef struct Asset {
    const char *data;
    size_t size;
    const char *hash; /* for the Content Security Policy: "sha256-…" */
} Asset;

extern const Asset page_style, page_script;

#endif
