/**
 * What tests of the server share. Read {@link io.parley.app.testing.ServerTest} first: it gives a test a running node.
 */
package io.parley.app.testing;
