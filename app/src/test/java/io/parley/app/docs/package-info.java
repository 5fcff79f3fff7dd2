/**
 * Documentation that is run: what the documents show is what a node does, or the build fails.
 *
 * <p>Read {@link io.parley.app.docs.Document} first.
 */
package io.parley.app.docs;
