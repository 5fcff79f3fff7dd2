/**
 * People: their handles and names, and how they are found.
 */
@NullMarked
package io.parley.domain.user;

import org.jspecify.annotations.NullMarked;
