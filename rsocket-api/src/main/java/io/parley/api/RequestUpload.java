package io.parley.api;

/**
 * Asks for leave to upload a file.
 *
 * @param type its media type
 * @param size in bytes, at most 10 MiB
 */
public record RequestUpload(String type, long size) {}
