/**
 * Bugs that are planted into running nodes, to show that the checker catches them. Nothing of it is in the server: sources of
 * the server are altered and compiled for a run, and brought into the nodes by an agent; functions of the database are replaced
 * for a while. Read {@link io.parley.loadtests.check.planted.Bug} first.
 */
package io.parley.loadtests.check.planted;
