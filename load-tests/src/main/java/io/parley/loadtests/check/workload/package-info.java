/**
 * People with several devices who talk at several nodes over all transports, and write down what they ask for and hear. One
 * seed decides who does what. Read {@link io.parley.loadtests.check.workload.Workload} first, then {@link
 * io.parley.loadtests.check.workload.Client}: one device.
 */
@NullMarked
package io.parley.loadtests.check.workload;

import org.jspecify.annotations.NullMarked;
