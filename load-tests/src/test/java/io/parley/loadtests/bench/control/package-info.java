/** What a server costs that does nothing but the least: the yardstick, in a process of its own. */
package io.parley.loadtests.bench.control;
