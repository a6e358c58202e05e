/* Owns the name of what the build makes of the sources that decide whether a contract is satisfied:
 * their digest. What was found by other sources is not believed, and nobody has to remember that a
 * change was one. Knows nothing of what they say.
 *
 * The definition is written by the build's own program, `sources`.
 */
#ifndef BREAKWATER_GATE_SOURCES_H
#define BREAKWATER_GATE_SOURCES_H

extern const char digest_of_sources[];

#endif
