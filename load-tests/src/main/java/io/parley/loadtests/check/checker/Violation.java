package io.parley.loadtests.check.checker;

/**
 * A promise that was broken.
 *
 * @param invariant its number, such as {@code I3}
 * @param what enough to find the lines of the history that show it
 */
public record Violation(String invariant, String what) {
    @Override
    public String toString() {
        return invariant + ": " + what;
    }
}
