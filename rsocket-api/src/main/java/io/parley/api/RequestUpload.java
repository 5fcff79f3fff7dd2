package io.parley.api;

/**
 * Asks for leave to upload a file.
 *
 * @param type its media type
 * @param size in bytes, at most {@value Limits#MAX_FILE_BYTES}
 */
public record RequestUpload(String type, long size) {}
