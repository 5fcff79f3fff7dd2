/**
 * What runs for as long as the server does. Read {@link io.parley.domain.pipeline.Pipeline} first; what they are given by
 * others waits in an {@link io.parley.domain.pipeline.Inbox}.
 */
@NullMarked
package io.parley.domain.pipeline;

import org.jspecify.annotations.NullMarked;
