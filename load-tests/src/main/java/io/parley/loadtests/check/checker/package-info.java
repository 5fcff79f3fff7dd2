/**
 * Judges a finished history, and knows nothing of the server but its contract. Each invariant of the promise is a class of
 * its own, named by its number in {@code docs/reliability.md}. Read {@link io.parley.loadtests.check.checker.Checker} first,
 * then {@link io.parley.loadtests.check.checker.Past}: the history, sorted.
 */
@NullMarked
package io.parley.loadtests.check.checker;

import org.jspecify.annotations.NullMarked;
