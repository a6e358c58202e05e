/* Owns a small HTTP server on loopback that answers from a script, for sessions that talk to one.
 * Knows nothing of what is asked.
 *
 * The script has a line for each answer; of several for one request the first is given first, and
 * the last one from then on:
 *
 *   GET /pacts/1 = 200 application/hal+json pact.json
 *   GET /busy = retry-after 1 503 text/plain busy.txt
 *   GET /slow = slow 3 200 application/json pact.json      seconds before the answer
 *   GET /cut = cut 200 application/json pact.json          half of the body, then the end
 *   GET /silent = hang-up                                  no answer at all
 *   GET /moved = 302 location {other}/pacts/1
 *   needs Authorization: Bearer secret                     else 401, from this line on
 *   echo POST /publish = 200 application/json done.json    the request's body goes to the log, too
 *
 * Files are those of the session's folder; in them and in locations {server} and {other} stand for
 * the server's two origins. What was asked goes to the file `requests` there. */
#ifndef BREAKWATER_TESTS_SERVER_H
#define BREAKWATER_TESTS_SERVER_H

#include "support/text.h"

typedef struct Server Server;

/* Starts to serve by the script; both paths must outlive the server. NULL: no port could be had. */
Server *server_start(const char *folder, const char *script);

/* "http://127.0.0.1:PORT" */
const char *server_origin(const Server *server);
const char *server_other_origin(const Server *server);

void server_stop(Server *server);

#endif
