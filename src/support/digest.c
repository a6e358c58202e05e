#include "support/digest.h"

#include <openssl/evp.h>

Text digest_of(Arena *arena, Text bytes) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    if (!EVP_Digest(bytes.size ? bytes.data : "", bytes.size, digest, &size, EVP_sha256(), NULL))
        arena_exhausted(arena); /* it fails for no other reason */
    Buffer text = {.arena = arena};
    for (unsigned i = 0; i < size; i++)
        buffer_format(&text, "%02x", digest[i]);
    return buffer_text(&text);
}
