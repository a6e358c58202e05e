#include "server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum { RULES_MOST = 100, THREADS_MOST = 400, WORD = 256, REQUEST_MOST = 1 << 20 };

typedef struct Rule {
    char method[8], path[WORD], type[WORD], file[WORD], location[WORD], needs[WORD];
    int status;
    unsigned slow, retry_after;
    bool cut, hang_up, echo, given;
} Rule;

struct Server {
    const char *folder;
    Rule rules[RULES_MOST];
    size_t rule_count;
    int listening[2];
    char origins[2][64];
    pthread_t accepting[2], answering[THREADS_MOST];
    size_t thread_count;
    pthread_mutex_t lock;
};

typedef struct Connection {
    Server *server;
    int socket;
    bool other;
} Connection;

/* ---- the script ------------------------------------------------------------------------------ */

static void read_answer(Rule *rule, char *rest) {
    char *at = rest, *word;
    while ((word = strsep(&at, " "))) {
        if (!strcmp(word, "slow"))
            rule->slow = (unsigned)atoi(strsep(&at, " "));
        else if (!strcmp(word, "retry-after"))
            rule->retry_after = (unsigned)atoi(strsep(&at, " "));
        else if (!strcmp(word, "cut"))
            rule->cut = true;
        else if (!strcmp(word, "hang-up"))
            rule->hang_up = true;
        else if (!strcmp(word, "location"))
            snprintf(rule->location, WORD, "%s", strsep(&at, " "));
        else if (!rule->status)
            rule->status = atoi(word);
        else if (!rule->type[0])
            snprintf(rule->type, WORD, "%s", word);
        else
            snprintf(rule->file, WORD, "%s", word);
    }
}

static void read_script(Server *server, const char *path) {
    FILE *script = fopen(path, "r");
    char line[4 * WORD], needs[WORD] = "";
    while (script && fgets(line, sizeof line, script) && server->rule_count < RULES_MOST) {
        line[strcspn(line, "\n")] = '\0';
        char *answer = strstr(line, " = ");
        if (!strncmp(line, "needs ", 6))
            snprintf(needs, WORD, "%.*s", WORD - 1, line + 6);
        if (!answer)
            continue;
        *answer = '\0';
        Rule *rule = &server->rules[server->rule_count++];
        rule->echo = !strncmp(line, "echo ", 5);
        sscanf(line + (rule->echo ? 5 : 0), "%7s %255s", rule->method, rule->path);
        snprintf(rule->needs, WORD, "%s", needs);
        read_answer(rule, answer + 3);
    }
    if (script)
        fclose(script);
}

/* The first rule of the request that was not given yet, else its last. */
static Rule *find_rule(Server *server, const char *method, const char *path) {
    Rule *last = NULL;
    for (size_t i = 0; i < server->rule_count; i++) {
        Rule *rule = &server->rules[i];
        if (strcmp(rule->method, method) != 0 || strcmp(rule->path, path) != 0)
            continue;
        last = rule;
        if (!rule->given)
            break;
    }
    if (last)
        last->given = true;
    return last;
}

/* ---- one exchange ---------------------------------------------------------------------------- */

static char *substitute(const Server *server, const char *text) {
    size_t size = strlen(text) * 4 + 64;
    char *out = calloc(1, size), *to = out;
    while (*text && to + 64 < out + size) {
        int which = !strncmp(text, "{server}", 8) ? 0 : !strncmp(text, "{other}", 7) ? 1 : -1;
        if (which < 0) {
            *to++ = *text++;
            continue;
        }
        to += sprintf(to, "%s", server->origins[which]);
        text += which ? 7 : 8;
    }
    return out;
}

static char *file_content(const Server *server, const char *name) {
    char path[2 * WORD];
    snprintf(path, sizeof path, "%s/%s", server->folder, name);
    FILE *file = name[0] ? fopen(path, "r") : NULL;
    char *raw = calloc(1, REQUEST_MOST + 1);
    if (file) {
        raw[fread(raw, 1, REQUEST_MOST, file)] = '\0';
        fclose(file);
    }
    char *content = substitute(server, raw);
    free(raw);
    return content;
}

static void send_all(int socket, const char *data, size_t size) {
    while (size) {
        ssize_t sent = send(socket, data, size, MSG_NOSIGNAL);
        if (sent <= 0)
            return;
        data += sent;
        size -= (size_t)sent;
    }
}

static void send_answer(const Server *server, int socket, const Rule *rule, int status) {
    char head[8 * WORD];
    char *body = status == rule->status ? file_content(server, rule->file) : calloc(1, 1);
    char *location = substitute(server, rule->location);
    size_t size = strlen(body);
    int used = snprintf(head, sizeof head,
                        "HTTP/1.1 %d Scripted\r\nContent-Length: %zu\r\nConnection: close\r\n",
                        status, size);
    if (status == rule->status && rule->type[0])
        used += sprintf(head + used, "Content-Type: %s\r\n", rule->type);
    if (location[0])
        used += sprintf(head + used, "Location: %s\r\n", location);
    if (rule->retry_after)
        used += sprintf(head + used, "Retry-After: %u\r\n", rule->retry_after);
    used += sprintf(head + used, "\r\n");
    send_all(socket, head, (size_t)used);
    send_all(socket, body, rule->cut ? size / 2 : size);
    free(location);
    free(body);
}

/* Reads up to the end of the body; the text ends in NUL. */
static char *receive_request(int socket, char **body) {
    char *text = calloc(1, REQUEST_MOST + 1);
    size_t size = 0;
    *body = NULL;
    for (;;) {
        char *end = strstr(text, "\r\n\r\n");
        char *length = strcasestr(text, "\r\nContent-Length:");
        size_t wanted = end && length && length < end ? (size_t)atol(length + 17) : 0;
        if (end && size >= (size_t)(end + 4 - text) + wanted) {
            *body = end + 4;
            return text;
        }
        ssize_t got = recv(socket, text + size, REQUEST_MOST - size, 0);
        if (got <= 0)
            return text;
        size += (size_t)got;
    }
}

static void note_request(const Server *server, const char *method, const char *path,
                         const char *text, const char *body, bool other) {
    char name[2 * WORD], who[WORD] = "";
    snprintf(name, sizeof name, "%s/requests", server->folder);
    const char *authorization = strcasestr(text, "\r\nAuthorization: ");
    if (authorization)
        sscanf(authorization + 17, "%255[^\r]", who);
    FILE *log = fopen(name, "a");
    if (!log)
        return;
    fprintf(log, "%s%s %s%s%s%s\n", other ? "(other) " : "", method, path, who[0] ? " as " : "",
            who, body ? "" : " (cut)");
    fclose(log);
}

static void note_body(const Server *server, const char *body) {
    char name[2 * WORD];
    snprintf(name, sizeof name, "%s/requests", server->folder);
    FILE *log = fopen(name, "a");
    if (log) {
        fprintf(log, "%s\n", body);
        fclose(log);
    }
}

static void *answer(void *context) {
    Connection *connection = context;
    Server *server = connection->server;
    char method[8] = "", path[WORD] = "", *body, missing[] = "";
    char *text = receive_request(connection->socket, &body);
    static const Rule nothing = {.status = 404};
    sscanf(text, "%7s %255s", method, path);
    pthread_mutex_lock(&server->lock);
    const Rule *rule = find_rule(server, method, path);
    note_request(server, method, path, text, body, connection->other);
    if (rule && rule->echo)
        note_body(server, body ? body : missing);
    pthread_mutex_unlock(&server->lock);
    if (!rule)
        rule = &nothing;
    bool refused = rule->needs[0] && !strcasestr(text, rule->needs);
    if (rule->slow)
        sleep(rule->slow);
    if (!rule->hang_up)
        send_answer(server, connection->socket, rule, refused ? 401 : rule->status);
    close(connection->socket);
    free(text);
    free(connection);
    return NULL;
}

/* ---- the server ------------------------------------------------------------------------------ */

static void *accept_all(void *context) {
    Connection *door = context;
    Server *server = door->server;
    int socket;
    while ((socket = accept(door->socket, NULL, NULL)) >= 0) {
        Connection *connection = calloc(1, sizeof *connection);
        *connection = (Connection){server, socket, door->other};
        pthread_mutex_lock(&server->lock);
        bool room = server->thread_count < THREADS_MOST;
        pthread_t *thread = room ? &server->answering[server->thread_count++] : NULL;
        pthread_mutex_unlock(&server->lock);
        if (!thread || pthread_create(thread, NULL, answer, connection) != 0)
            abort();
    }
    free(door);
    return NULL;
}

static bool open_door(Server *server, int which) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int door = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (door < 0 || bind(door, (struct sockaddr *)&address, size) != 0 || listen(door, 64) != 0 ||
        getsockname(door, (struct sockaddr *)&address, &size) != 0)
        return false;
    server->listening[which] = door;
    snprintf(server->origins[which], sizeof server->origins[which], "http://127.0.0.1:%d",
             ntohs(address.sin_port));
    Connection *context = calloc(1, sizeof *context);
    *context = (Connection){server, door, which == 1};
    return pthread_create(&server->accepting[which], NULL, accept_all, context) == 0;
}

Server *server_start(const char *folder, const char *script) {
    Server *server = calloc(1, sizeof *server);
    server->folder = folder;
    pthread_mutex_init(&server->lock, NULL);
    read_script(server, script);
    return open_door(server, 0) && open_door(server, 1) ? server : NULL;
}

const char *server_origin(const Server *server) {
    return server->origins[0];
}

const char *server_other_origin(const Server *server) {
    return server->origins[1];
}

void server_stop(Server *server) {
    for (int i = 0; i < 2; i++) {
        shutdown(server->listening[i], SHUT_RDWR);
        close(server->listening[i]);
        pthread_join(server->accepting[i], NULL);
    }
    for (size_t i = 0; i < server->thread_count; i++)
        pthread_join(server->answering[i], NULL);
    pthread_mutex_destroy(&server->lock);
    free(server);
}
