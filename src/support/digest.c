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

Text text_base64(Arena *arena, Text bytes) {
    unsigned char *out = arena_alloc(arena, (bytes.size + 2) / 3 * 4 + 1);
    int size = EVP_EncodeBlock(out, (const unsigned char *)bytes.data, (int)bytes.size);
    return (Text){(const char *)out, (size_t)size};
}
