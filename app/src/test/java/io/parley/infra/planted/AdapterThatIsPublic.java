package io.parley.infra.planted;

/** Breaks a rule on purpose. */
@SuppressWarnings("unused")
public final class AdapterThatIsPublic {}
