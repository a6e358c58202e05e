/* Globs, a row each: what is taken, and what is not. */
#include "check.h"

#include "support/glob.h"

static bool takes(const char *glob, const char *text) {
    return glob_takes(text_from(glob), text_from(text), '/');
}

static void plain_text_takes_itself(Arena *arena) {
    (void)arena;
    CHECK(takes("", "") && !takes("", "a") && !takes("a", ""));
    CHECK(takes("/users/{id}", "/users/{id}") && !takes("/users/{id}", "/users/{key}"));
    CHECK(takes("[a]", "[a]") && takes("\\*", "*") && !takes("\\*", "a"));
    CHECK(glob_is_plain(TEXT("/a/{b}")) && !glob_is_plain(TEXT("a?")));
}

static void a_star_stays_in_its_segment(Arena *arena) {
    (void)arena;
    CHECK(takes("/users/*", "/users/{id}") && takes("/users/*", "/users/"));
    CHECK(!takes("/users/*", "/users/{id}/roles") && !takes("*", "/"));
    CHECK(takes("*/b*", "aa/bcd") && !takes("*/b*", "aa/cbd"));
    CHECK(takes("*a*b*", "xxaxxabxb") && !takes("*a*b", "ba"));
    CHECK(takes("a?c", "abc") && !takes("a?c", "a/c") && !takes("a?", "a"));
}

static void two_stars_cross_segments(Arena *arena) {
    (void)arena;
    CHECK(takes("**", "") && takes("**", "a/b/c") && takes("/a/**", "/a/b/c"));
    CHECK(!takes("/a/**", "/a") && !takes("/a/**", "/ab/c"));
    CHECK(takes("**.yaml", "a/b.yaml") && !takes("**.yaml", "a/b.yml"));
    CHECK(takes("a/**x/c*", "a/b/bx/cd") && takes("**b*c", "b/a/bxc") && !takes("**b*c", "b/c"));
}

static void whole_segments_may_be_none(Arena *arena) {
    (void)arena;
    CHECK(takes("**/x.yaml", "x.yaml") && takes("**/x.yaml", "a/b/x.yaml"));
    CHECK(!takes("**/x.yaml", "ax.yaml") && !takes("**/x.yaml", "a/bx.yaml"));
    CHECK(takes("a/**/b", "a/b") && takes("a/**/b", "a/c/d/b") && !takes("a/**/b", "a/cb"));
    CHECK(takes("**/b/**/*.y", "a/b/c.y") && !takes("**/b/**/*.y", "a/c/c.y"));
}

static void hostile_globs_end(Arena *arena) {
    Buffer glob = {.arena = arena}, text = {.arena = arena};
    for (int i = 0; i < 200; i++) {
        buffer_add(&glob, i % 2 ? TEXT("**a") : TEXT("*a"));
        buffer_add(&text, TEXT("aaaaaaaaaaaaaaa/"));
    }
    buffer_add(&glob, TEXT("b"));
    CHECK(!glob_takes(buffer_text(&glob), buffer_text(&text), '/'));
}

int main(void) {
    RUN(plain_text_takes_itself);
    RUN(a_star_stays_in_its_segment);
    RUN(two_stars_cross_segments);
    RUN(whole_segments_may_be_none);
    RUN(hostile_globs_end);
    return check_finish();
}
