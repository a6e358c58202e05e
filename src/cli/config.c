#include "cli/config.h"

enum { PATH_SIZE = 1024 };

const char *config_option(const Arguments *arguments) {
    const char *given = arguments_value(arguments, "config");
    if (given || arguments_have(arguments, "no-config"))
        return given;
    char *path = arena_alloc(arguments->arena, PATH_SIZE);
    return bw_config_find(path, PATH_SIZE) ? path : NULL;
}

void config_options(const Arguments *arguments, bw_compare_options *compare) {
    Strings include = arguments_values(arguments, "include");
    Strings exclude = arguments_values(arguments, "exclude");
    compare->config = config_option(arguments);
    compare->include = include.items;
    compare->include_count = include.count;
    compare->exclude = exclude.items;
    compare->exclude_count = exclude.count;
}

void path_options(const Arguments *arguments, bw_compare_options *compare) {
    Strings strip = arguments_values(arguments, "strip-prefix");
    compare->strip_prefixes = strip.items;
    compare->strip_prefix_count = strip.count;
    compare->add_prefix = arguments_value(arguments, "add-prefix");
}
