/**
 * Simulations for Gatling, which act as people do: {@link RestSimulation} over HTTP, {@link LiveSimulation} over WebSocket.
 * They know a node by its URL alone, {@link Target} says which; docs/performance.md has the commands.
 */
package io.parley.loadtests.gatling;
