/* Owns the tables of the store and the way from one version of them to the next.
 * Inside store/ only.
 */
#ifndef BREAKWATER_STORE_SCHEMA_H
#define BREAKWATER_STORE_SCHEMA_H

#include "store/sql.h"

/* Brings the database to the newest version. False: diagnosed. */
bool schema_migrate(Sql *sql, Diagnostics *diagnostics, Text name);

#endif
