#include "source/http.h"

#include "source/http_url.h"
#include "source/source.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <time.h>

static const size_t SIZE_LIMIT = (size_t)SOURCE_SIZE_LIMIT_MIB * 1024 * 1024;

/* What an answer's bytes are gathered in. It grows inside of libcurl's callback, which no escape
 * may cross, so it is the C library's. */
typedef struct Received {
    char *data;
    size_t size, capacity, limit;
    bool too_large, exhausted;
} Received;

struct Http {
    Arena *arena;
    HttpOptions options;
    CURL *curl;
    struct curl_slist *headers;
    Received received;
    long retry_after; /* seconds, as the last answer asked; 0: it did not */
    bool started;
    char error[CURL_ERROR_SIZE];
};

static void release(void *resource) {
    Http *http = resource;
    curl_slist_free_all(http->headers);
    curl_easy_cleanup(http->curl);
    free(http->received.data);
    if (http->started)
        curl_global_cleanup();
}

Http *http_new(Arena *arena, const HttpOptions *options) {
    Http *http = arena_new_object(arena, Http);
    http->arena = arena;
    http->options = *options;
    if (!http->options.timeout_seconds)
        http->options.timeout_seconds = HTTP_TIMEOUT_SECONDS;
    http->received.limit = options->size_limit ? options->size_limit : SIZE_LIMIT;
    arena_on_free(arena, release, http);
    http->started = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    http->curl = http->started ? curl_easy_init() : NULL;
    if (!http->curl)
        arena_exhausted(arena);
    return http;
}

static size_t receive(char *data, size_t size, size_t count, void *context) {
    Received *received = context;
    size *= count;
    if (size > received->limit - received->size) {
        received->too_large = true;
        return CURL_WRITEFUNC_ERROR;
    }
    if (received->size + size > received->capacity) {
        size_t capacity = (received->size + size) * 2;
        char *grown = realloc(received->data, capacity);
        if (!grown) {
            received->exhausted = true;
            return CURL_WRITEFUNC_ERROR;
        }
        received->data = grown;
        received->capacity = capacity;
    }
    memcpy(received->data + received->size, data, size);
    received->size += size;
    return size;
}

/* ---- one exchange ---------------------------------------------------------------------------- */

static void add_header(Http *http, const char *name, Text value) {
    if (!value.size)
        return;
    Text line = text_format(http->arena, "%s: %.*s", name, TEXT_ARG(value));
    struct curl_slist *longer = curl_slist_append(http->headers, line.data);
    if (!longer)
        arena_exhausted(http->arena);
    http->headers = longer;
}

static void set_credentials(Http *http, Text url) {
    const HttpCredentials *who = &http->options.credentials;
    if (!who->origin.size || !http_same_origin(http->arena, who->origin, url))
        return;
    if (who->token.size) {
        add_header(http, "Authorization",
                   text_format(http->arena, "Bearer %.*s", TEXT_ARG(who->token)));
    } else if (who->username.size) {
        curl_easy_setopt(http->curl, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
        curl_easy_setopt(http->curl, CURLOPT_USERNAME, text_copy(http->arena, who->username).data);
        curl_easy_setopt(http->curl, CURLOPT_PASSWORD, text_copy(http->arena, who->password).data);
    }
}

static void set_limits(Http *http) {
    CURL *curl = http->curl;
    long seconds = (long)http->options.timeout_seconds;
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, seconds);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, seconds);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    if (http->options.ca_file.size)
        curl_easy_setopt(curl, CURLOPT_CAINFO, text_copy(http->arena, http->options.ca_file).data);
}

/* libcurl points to the request's body and to texts of the arena until the next reset. */
static CURLcode exchange(Http *http, const HttpRequest *request, Text url) {
    CURL *curl = http->curl;
    curl_easy_reset(curl);
    curl_slist_free_all(http->headers);
    http->headers = NULL;
    http->received.size = 0;
    http->received.too_large = http->received.exhausted = false;
    http->error[0] = '\0';
    set_limits(http);
    set_credentials(http, url);
    add_header(http, "Accept", request->accept);
    add_header(http, "Content-Type", request->content_type);
    add_header(http, "User-Agent", TEXT("breakwater"));
    curl_easy_setopt(curl, CURLOPT_URL, text_copy(http->arena, url).data);
    if (strcmp(request->method, "GET") != 0) {
        curl_easy_setopt(curl, CURLOPT_POST, 1L);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request->body.size ? request->body.data : "");
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body.size);
        curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request->method);
    }
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, http->headers);
    curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, http->error);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, receive);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &http->received);
    return curl_easy_perform(curl);
}

/* ---- again ----------------------------------------------------------------------------------- */

static bool may_pass(CURLcode code) {
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_HTTP2_STREAM:
        return true;
    default:
        return false;
    }
}

static bool may_be_asked_again(long status) {
    return status == 429 || status == 500 || status == 502 || status == 503 || status == 504;
}

static void wait_before(unsigned attempt, long retry_after) {
    enum { LONGEST_SECONDS = 10 };
    long milliseconds = (long)HTTP_BACKOFF_MILLISECONDS << (attempt - 1);
    if (retry_after > 0)
        milliseconds = (retry_after < LONGEST_SECONDS ? retry_after : LONGEST_SECONDS) * 1000;
    struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000};
    nanosleep(&time, NULL);
}

/* Failures that need another hand than the network's, in words of their own. */
static const char *what_failed(CURLcode code) {
    switch (code) {
    case CURLE_PEER_FAILED_VERIFICATION:
        return "its certificate is not one to trust: ";
    case CURLE_SSL_CACERT_BADFILE:
        return "no certificates to trust can be read: ";
    case CURLE_SSL_CONNECT_ERROR:
        return "no TLS comes about (is it http, not https?): ";
    default:
        return "";
    }
}

/* What is wrong with a certificate, say, libcurl tells in detail; bytes and milliseconds tell
 * nobody anything. */
static const char *why_failed(const Http *http, CURLcode code) {
    static const char *const known[] = {"SSL certificate problem: ", "SSL: "};
    const char *detail = http->error;
    if (!detail[0] || may_pass(code))
        return curl_easy_strerror(code);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strncmp(detail, known[i], strlen(known[i])) == 0)
            return detail + strlen(known[i]);
    return detail;
}

static bool exchange_with_patience(Http *http, Diagnostics *diagnostics, Place place,
                                   const HttpRequest *request, Text url, long *status) {
    CURLcode code;
    for (unsigned attempt = 1;; attempt++) {
        curl_off_t retry_after = 0;
        *status = 0;
        code = exchange(http, request, url);
        curl_easy_getinfo(http->curl, CURLINFO_RESPONSE_CODE, status);
        curl_easy_getinfo(http->curl, CURLINFO_RETRY_AFTER, &retry_after);
        bool again = code == CURLE_OK ? may_be_asked_again(*status) : may_pass(code);
        if (!again || attempt == HTTP_ATTEMPTS)
            break;
        wait_before(attempt, (long)retry_after);
    }
    if (http->received.exhausted || code == CURLE_OUT_OF_MEMORY)
        arena_exhausted(http->arena);
    if (http->received.too_large)
        return diagnose(diagnostics, HTTP_TOO_LARGE, place, TEXT_ARG(url),
                        http->received.limit / 1024);
    if (code == CURLE_OPERATION_TIMEDOUT)
        return diagnose(diagnostics, HTTP_TIMEOUT, place, TEXT_ARG(url),
                        http->options.timeout_seconds);
    return code == CURLE_OK || diagnose(diagnostics, HTTP_UNREACHABLE, place, TEXT_ARG(url),
                                        what_failed(code), why_failed(http, code));
}

/* ---- redirects ------------------------------------------------------------------------------- */

static bool is_redirect(long status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/* Where an answer sends us. 303 asks to GET what is there; all others keep the method and the body,
 * without which 301 and 302 would lose what was asked for. From https to http we do not go. */
static bool follow(Http *http, Diagnostics *diagnostics, Place place, long status,
                   HttpRequest *request, Text *url) {
    const char *location = NULL;
    curl_easy_getinfo(http->curl, CURLINFO_REDIRECT_URL, &location);
    Text target = text_copy(http->arena, text_from(location));
    bool weaker =
        text_starts_with(*url, TEXT("https:")) && !text_starts_with(target, TEXT("https:"));
    if (!target.size || weaker || !http_is_url(target))
        return diagnose(diagnostics, HTTP_REDIRECT_REFUSED, place, TEXT_ARG(*url),
                        TEXT_ARG(target.size ? target : TEXT("nowhere")));
    if (strcmp(request->method, "GET") != 0 && status == 303) {
        request->method = "GET";
        request->body = request->content_type = (Text){0};
    }
    *url = target;
    return true;
}

static void fill_answer(Http *http, long status, Text url, HttpAnswer *answer) {
    const char *type = NULL;
    curl_easy_getinfo(http->curl, CURLINFO_CONTENT_TYPE, &type);
    *answer = (HttpAnswer){
        .status = status,
        .url = url,
        .content_type = text_copy(http->arena, text_from(type)),
        .body = text_copy(http->arena, (Text){http->received.data, http->received.size}),
    };
}

bool http_send(Http *http, Diagnostics *diagnostics, Place place, const HttpRequest *request,
               HttpAnswer *answer) {
    HttpRequest sent = *request;
    Text url = request->url;
    if (!http_is_url(url))
        return diagnose(diagnostics, HTTP_NOT_A_URL, place, TEXT_ARG(url));
    for (int redirects = 0;; redirects++) {
        long status;
        if (!exchange_with_patience(http, diagnostics, place, &sent, url, &status))
            return false;
        if (!is_redirect(status)) {
            fill_answer(http, status, url, answer);
            return true;
        }
        if (redirects == HTTP_REDIRECT_LIMIT)
            return diagnose(diagnostics, HTTP_REDIRECTS, place, TEXT_ARG(request->url),
                            HTTP_REDIRECT_LIMIT);
        if (!follow(http, diagnostics, place, status, &sent, &url))
            return false;
    }
}
