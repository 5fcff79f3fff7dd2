/**
 * Measures a node from outside, in a process of its own, beside controls that do the least that can be done. {@link
 * Benchmarks} runs what {@code measure} holds on a {@link Stage}; docs/performance.md says how, and what came out.
 */
package io.parley.loadtests.bench;
