/* Writes a description made up for measuring, as JSON: of one sort and size, base or revision.
 *
 *     generate SORT SIZE base|revision
 *     generate pact SIZE OPERATIONS        a pact against the description of sort `operations`
 *     generate nested VARIANTS base|revision, generate readings SIZE -
 *                                          alternatives within alternatives, and a pact of them
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool revision;

static void begin(void) {
    printf("{\"openapi\": \"3.1.0\", \"info\": {\"title\": \"made up\", \"version\": "
           "\"1\"},\n\"paths\": {");
}

static void end(void) {
    printf("}}\n");
}

/* One operation that answers with a schema, given as text. */
static void operation(const char *separator, int number, const char *schema) {
    printf("%s\n\"/things%d/{id}\": {\"get\": {\"operationId\": \"get%d\", \"parameters\": "
           "[{\"name\": \"id\", "
           "\"in\": \"path\", \"required\": true, \"schema\": {\"type\": \"string\"}}], "
           "\"responses\": "
           "{\"200\": {\"description\": \"it\", \"content\": {\"application/json\": {\"schema\": "
           "%s}}}}}}",
           separator, number, number, schema);
}

static void components(void) {
    printf("},\n\"components\": {\"schemas\": {");
}

/* Each tenth operation changes, and so does what all share. */
static void operations(int size) {
    begin();
    for (int i = 0; i < size; i++) {
        char schema[400];
        snprintf(schema, sizeof schema,
                 "{\"type\": \"object\", \"required\": [\"id\"], \"properties\": {\"id\": "
                 "{\"type\": \"string\"}, "
                 "\"count\": {\"type\": \"%s\"}, \"shared\": {\"$ref\": "
                 "\"#/components/schemas/Shared\"}}}",
                 revision && i % 10 == 0 ? "number" : "integer");
        operation(i ? "," : "", i, schema);
    }
    components();
    printf("\"Shared\": {\"type\": \"object\", \"properties\": {\"name\": {\"type\": \"string\", "
           "\"maxLength\": %d}, "
           "\"next\": {\"$ref\": \"#/components/schemas/Shared\"}}}}",
           revision ? 20 : 30);
    end();
}

/* A chain of references; its last link changes. */
static void depth(int size) {
    begin();
    operation("", 0, "{\"$ref\": \"#/components/schemas/S0\"}");
    components();
    for (int i = 0; i < size; i++)
        printf("\"S%d\": {\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"string\"}, "
               "\"next\": {\"$ref\": \"#/components/schemas/S%d\"}}},\n",
               i, i + 1);
    printf("\"S%d\": {\"type\": \"%s\"}}", size, revision ? "integer" : "string");
    end();
}

/* The order is turned round, one variant is new and one changes. */
static void variants(int size, const char *keyword, bool tagged) {
    begin();
    operation("", 0, "{\"$ref\": \"#/components/schemas/Any\"}");
    components();
    printf("\"Any\": {\"%s\": [", keyword);
    for (int i = 0; i < size + revision; i++)
        printf("%s{\"$ref\": \"#/components/schemas/V%d\"}", i ? ", " : "",
               revision ? size - i : i);
    printf("]%s}", tagged ? ", \"discriminator\": {\"propertyName\": \"kind\"}" : "");
    for (int i = 0; i < size + revision; i++)
        printf(",\n\"V%d\": {\"type\": \"object\", \"required\": [\"kind\"], \"properties\": "
               "{\"kind\": {\"const\": "
               "\"V%d\"}, \"p%d\": {\"type\": \"%s\"}}}",
               i, i, i, revision && i == size / 2 ? "integer" : "string");
    printf("}");
    end();
}

/* Variants of which nothing tells that a value is one of them alone. */
static void alike(int size) {
    begin();
    printf("\n\"/any\": {\"get\": {\"responses\": {\"200\": {\"description\": \"it\", \"content\": "
           "{\"application/json\": {\"schema\": {\"anyOf\": [");
    for (int i = 0; i < size + revision; i++) {
        int number = revision ? size - i : i;
        printf("%s\n{\"type\": \"object\", \"properties\": {\"a%d\": {\"type\": \"string\"}, "
               "\"b%d\": {\"type\": "
               "\"%s\"}}}",
               i ? "," : "", number, number, revision && number == size / 2 ? "integer" : "string");
    }
    printf("]}}}}}}}");
    end();
}

static void parts(int size) {
    begin();
    operation("", 0, "{\"$ref\": \"#/components/schemas/All\"}");
    components();
    printf("\"All\": {\"allOf\": [");
    for (int i = 0; i < size; i++)
        printf("%s{\"$ref\": \"#/components/schemas/P%d\"}", i ? ", " : "", i);
    printf("]}");
    for (int i = 0; i < size; i++)
        printf(",\n\"P%d\": {\"type\": \"object\", \"required\": [\"p%d\"], \"properties\": "
               "{\"p%d\": {\"type\": "
               "\"%s\"}}}",
               i, i, i, revision && i == size / 2 ? "integer" : "string");
    printf("}");
    end();
}

/* Half of the properties come and go. */
static void properties(int size) {
    begin();
    printf("\n\"/one\": {\"get\": {\"responses\": {\"200\": {\"description\": \"it\", \"content\": "
           "{\"application/json\": {\"schema\": {\"type\": \"object\", \"properties\": {");
    for (int i = 0; i < size; i++)
        printf("%s\n\"%s%d\": {\"type\": \"string\"}", i ? "," : "",
               i % 2 && revision ? "new" : "old", i);
    printf("}}}}}}}}");
    end();
}

/* Query parameters of one operation; each tenth changes. */
static void parameters(int size) {
    begin();
    printf("\"/things\": {\"get\": {\"parameters\": [");
    for (int i = 0; i < size; i++)
        printf("%s\n{\"name\": \"p%d\", \"in\": \"query\", \"schema\": {\"type\": \"%s\"}}",
               i ? "," : "", i, revision && i % 10 == 0 ? "number" : "integer");
    printf("], \"responses\": {\"200\": {\"description\": \"it\"}}}}");
    end();
}

static void values(int size) {
    begin();
    printf("\n\"/one\": {\"get\": {\"responses\": {\"200\": {\"description\": \"it\", \"content\": "
           "{\"application/json\": {\"schema\": {\"type\": \"string\", \"enum\": [");
    for (int i = 0; i < size; i++)
        printf("%s\"v%d\"", i ? ", " : "", revision ? size - i : i);
    printf("]}}}}}}}");
    end();
}

/* Five alternatives within each; of the first something changes. */
static void nested(int size) {
    begin();
    printf(
        "\n\"/nested\": {\"get\": {\"responses\": {\"200\": {\"description\": \"it\", \"content\": "
        "{\"application/json\": {\"schema\": {\"oneOf\": [");
    for (int i = 0; i < size; i++) {
        printf("%s\n{\"type\": \"object\", \"required\": [\"sort\"], \"properties\": {\"sort\": "
               "{\"const\": \"s%d\"}, \"p%d\": {\"type\": \"%s\"}, \"inner\": {\"oneOf\": [",
               i ? "," : "", i, i, revision && i == 0 ? "integer" : "string");
        for (int j = 0; j < 5; j++)
            printf("%s{\"type\": \"object\", \"required\": [\"kind\"], \"properties\": {\"kind\": "
                   "{\"const\": \"k%d\"}, \"q%d\": {\"type\": \"string\"}, \"n\": {\"type\": "
                   "\"integer\"}}}",
                   j ? ", " : "", j, j);
        printf("]}}}");
    }
    printf("]}}}}}}}");
    end();
}

/* None of which means one of the alternatives, so that all are read. */
static void readings(int size) {
    printf("{\"consumer\": {\"name\": \"Reader\"}, \"provider\": {\"name\": \"Nested\"}, "
           "\"interactions\": [");
    for (int i = 0; i < size; i++)
        printf("%s\n{\"description\": \"request %d\", \"request\": {\"method\": \"GET\", \"path\": "
               "\"/nested\"}, \"response\": {\"status\": 200, \"body\": {\"inner\": {\"n\": %d}}, "
               "\"matchingRules\": {\"$.body\": {\"match\": \"type\"}}}}",
               i ? "," : "", i, i);
    printf("], \"metadata\": {\"pactSpecification\": {\"version\": \"2.0.0\"}}}\n");
}

/* Interactions of ten consumers with the operations in turn. */
static void pact(int size, int count) {
    printf("{\"consumer\": {\"name\": \"Reader\"}, \"provider\": {\"name\": \"Things\"}, "
           "\"interactions\": [");
    for (int i = 0; i < size; i++)
        printf("%s\n{\"description\": \"request %d\", \"request\": {\"method\": \"GET\", \"path\": "
               "\"/things%d/%d\"}, \"response\": {\"status\": 200, \"headers\": {\"Content-Type\": "
               "\"application/json\"}, \"body\": {\"id\": \"x\", \"count\": %d, \"shared\": "
               "{\"name\": \"n\"}}, "
               "\"matchingRules\": {\"$.body\": {\"match\": \"type\"}}}}",
               i ? "," : "", i, i % count, i, i);
    printf("], \"metadata\": {\"pactSpecification\": {\"version\": \"2.0.0\"}}}\n");
}

int main(int count, char **arguments) {
    if (count != 4)
        return 2;
    const char *sort = arguments[1];
    int size = atoi(arguments[2]);
    revision = strcmp(arguments[3], "revision") == 0;
    if (strcmp(sort, "operations") == 0)
        operations(size);
    else if (strcmp(sort, "depth") == 0)
        depth(size);
    else if (strcmp(sort, "tagged") == 0)
        variants(size, "oneOf", true);
    else if (strcmp(sort, "oneOf") == 0)
        variants(size, "oneOf", false);
    else if (strcmp(sort, "anyOf") == 0)
        variants(size, "anyOf", false);
    else if (strcmp(sort, "alike") == 0)
        alike(size);
    else if (strcmp(sort, "allOf") == 0)
        parts(size);
    else if (strcmp(sort, "properties") == 0)
        properties(size);
    else if (strcmp(sort, "parameters") == 0)
        parameters(size);
    else if (strcmp(sort, "enum") == 0)
        values(size);
    else if (strcmp(sort, "nested") == 0)
        nested(size);
    else if (strcmp(sort, "readings") == 0)
        readings(size);
    else if (strcmp(sort, "pact") == 0)
        pact(size, atoi(arguments[3]));
    else
        return 2;
    return 0;
}
