/**
 * What happened in a run, as a file: a line of JSON for each operation that began or ended, each frame that a client heard,
 * each fault, and what was found in the end. Read {@link io.parley.loadtests.check.history.Event} first.
 */
@NullMarked
package io.parley.loadtests.check.history;

import org.jspecify.annotations.NullMarked;
