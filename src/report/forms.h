/* Declares the writer of each form of format.def. */
#ifndef BREAKWATER_REPORT_FORMS_H
#define BREAKWATER_REPORT_FORMS_H

#include "report/report.h"

#define FORMAT(id, name, writer, purpose)                                                          \
    Text writer(Arena *arena, const Reports *reports, const TextLayout *layout);
#include "report/format.def"
#undef FORMAT

#endif
