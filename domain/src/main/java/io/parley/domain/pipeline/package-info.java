/**
 * What runs for as long as the server does. Read {@link io.parley.domain.pipeline.Pipeline}: it is all there is.
 */
@NullMarked
package io.parley.domain.pipeline;

import org.jspecify.annotations.NullMarked;
