#include "argued.h"

#include <fnmatch.h>

static ArguedRow row_of(const Argued *argued, Text line) {
    ArguedRow row = {0};
    for (size_t i = 0; i < argued->columns; i++) {
        bool last = i + 1 == argued->columns;
        size_t end = last ? line.size : text_find_byte(line, '|', 0);
        row.columns[i] = text_copy(argued->harness->arena, text_trim(text_slice(line, 0, end)));
        line = text_slice(line, end == SIZE_MAX ? line.size : end + 1, line.size);
    }
    return row;
}

Argued argued_read(Harness *harness, Text name, const char *file, size_t columns,
                   const char *shape) {
    Argued argued = {.harness = harness, .name = name, .file = file, .columns = columns};
    Names lines =
        read_lines(harness->arena, test_path(harness->arena, harness->root, text_from(file)));
    for (size_t i = 0; i < lines.count; i++) {
        if (text_starts_with(lines.items[i], TEXT("#")))
            continue;
        ArguedRow row = row_of(&argued, lines.items[i]);
        if (row.columns[columns - 1].size)
            array_push(harness->arena, &argued.rows, row);
        else
            fail(harness, name, "a row of %s is `%s`: %.*s", file, shape, TEXT_ARG(lines.items[i]));
    }
    return argued;
}

static bool is_of(const Argued *argued, const ArguedRow *row, const Text *difference) {
    for (size_t i = 1; i + 1 < argued->columns; i++)
        if (!text_equal(row->columns[i], difference[i]))
            return false;
    Text subject = text_copy(argued->harness->arena, difference[0]);
    return fnmatch(row->columns[0].data, subject.data, 0) == 0;
}

bool argued_has(Argued *argued, const Text *difference) {
    for (array_each(ArguedRow, row, &argued->rows)) {
        if (!is_of(argued, row, difference))
            continue;
        row->used = true;
        return true;
    }
    return false;
}

void argued_check_used(const Argued *argued) {
    for (array_each(const ArguedRow, row, &argued->rows))
        if (!row->used)
            fail(argued->harness, argued->name, "nothing needs `%.*s` in %s",
                 TEXT_ARG(row->columns[0]), argued->file);
}
