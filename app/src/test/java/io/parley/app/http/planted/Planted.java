package io.parley.app.http.planted;

/** Something of a transport's that others must not know. */
public final class Planted {}
