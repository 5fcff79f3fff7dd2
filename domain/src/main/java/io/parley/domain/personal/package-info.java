/**
 * What users keep for themselves: preferences, drafts, and how they want each conversation. All of it is on the user's own
 * log, and so on all devices of the user; nobody else learns of it.
 *
 * <p>Read {@link io.parley.domain.personal.PrivateState} first: it is what this package needs from outside.
 */
@NullMarked
package io.parley.domain.personal;

import org.jspecify.annotations.NullMarked;
