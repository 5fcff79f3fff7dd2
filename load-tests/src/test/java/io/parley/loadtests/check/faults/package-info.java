/**
 * What goes wrong in a run: servers that are killed, stopped or emptied, and links that are cut, delayed or silent. Read
 * {@link io.parley.loadtests.check.faults.Run} first.
 */
package io.parley.loadtests.check.faults;
