package io.parley.loadtests.check.history;

/** How an operation ended. */
public enum Outcome {
    OK,
    /** It certainly had no effect. */
    FAIL,
    /** It may have had its effect, may have it yet, or never. */
    UNKNOWN
}
