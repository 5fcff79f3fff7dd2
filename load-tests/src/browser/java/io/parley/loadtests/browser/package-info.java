/**
 * The web page in a real browser, against packaged servers. Only the Maven profile {@code browser} compiles and runs it.
 *
 * <p>Read {@link io.parley.loadtests.browser.TalkingIT} first; {@link io.parley.loadtests.browser.Screen} is what a person
 * sees and does, {@link io.parley.loadtests.browser.Site} what all tests share.
 */
@NullMarked
package io.parley.loadtests.browser;

import org.jspecify.annotations.NullMarked;
