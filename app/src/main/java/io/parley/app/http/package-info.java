/**
 * HTTP: resources under {@code /api/v1} and the page at {@code /}.
 *
 * <p>Read {@link io.parley.app.http.MessageController} first. Errors of any kind become a problem in
 * {@link io.parley.app.http.HttpProblems}.
 */
@NullMarked
package io.parley.app.http;

import org.jspecify.annotations.NullMarked;
