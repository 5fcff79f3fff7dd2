package io.parley.loadtests.check.checker;

import io.parley.api.MessageView;

/**
 * Somebody saw a message.
 *
 * @param where for people: on a connection, in an answer, in the final read
 */
record Sighting(long at, MessageView message, String where) {}
