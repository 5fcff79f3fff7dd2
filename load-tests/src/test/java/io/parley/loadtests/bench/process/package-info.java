/** Other JVMs of this machine, from outside: what they cost in time and memory. */
package io.parley.loadtests.bench.process;
