package io.parley.api;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * Leave to upload one file: PUT its bytes to the URL with exactly these headers before it expires.
 *
 * @param id under which the file can be fetched afterwards
 */
public record UploadView(UUID id, URI url, Map<String, String> headers, Instant expiresAt) {}
