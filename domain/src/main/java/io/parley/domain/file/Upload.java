package io.parley.domain.file;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

/**
 * Leave to upload one file: a PUT to the URL, with exactly these headers, before it expires.
 *
 * @param headers part of the signature: another type or length is refused by the store
 */
public record Upload(FileId id, URI url, Map<String, String> headers, Instant expiresAt) {}
