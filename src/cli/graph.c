/* `breakwater graph SPEC`: what a description was understood to say. */
#include "cli/comparison.h"

static const Operand operands[] = {
    OPERAND_SPEC,
};

static const char *const formats[] = {"json", "dot", NULL};

static const Option options[] = {
    {.name = "format",
     .value = "FORMAT",
     .choices = formats,
     .help = "all of the graph (the default), or operations and their components for Graphviz"},
    OPTION_OUTPUT,
    OPTION_ALLOW_UNRESOLVED,
    OPTION_ALLOW_REMOTE,
};

static const char *const examples[] = {
    "breakwater graph openapi.yaml",
    "breakwater graph openapi.yaml --format dot | dot -Tsvg -o openapi.svg",
    NULL,
};

static bw_status write_graph(const void *subject, const char *format, const bw_layout *layout,
                             bw_sink sink, void *context) {
    (void)layout; /* none of the forms is laid out */
    bool dot = format && strcmp(format, "dot") == 0;
    return bw_graph_write(subject, dot ? BW_GRAPH_DOT : BW_GRAPH_JSON, sink, context);
}

static int run(const Arguments *arguments) {
    Outputs outputs = {0};
    if (!outputs_pair(arguments, &outputs))
        return wrong_usage(arguments);
    bw_graph_options graph_options = BW_GRAPH_OPTIONS_INIT;
    graph_options.spec = arguments_operand(arguments, 0);
    graph_options.allow_unresolved = arguments_have(arguments, "allow-unresolved");
    graph_options.allow_remote = arguments_have(arguments, "allow-remote");
    bw_graph *graph;
    bw_status status = bw_graph_load(&graph_options, &graph);
    progress_end(arguments->progress);
    if (!graph)
        return told_out_of_memory();
    tell_diagnostics(bw_graph_diagnostics(graph), arguments_have(arguments, "verbose"));
    int exit_status =
        status == BW_OK ? outputs_write(&outputs, write_graph, graph, EXIT_SAFE) : (int)status;
    bw_graph_free(graph);
    return exit_status;
}

const Command graph_command = {
    .name = "graph",
    .summary = "Show what a description was understood to say.",
    .description = "Writes the operations that were found and the graph of their types, each $ref "
                   "an edge. What no operation reaches is not in it.",
    .operands = operands,
    .operand_count = 1,
    .required = 1,
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .examples = examples,
    .run = run,
};
