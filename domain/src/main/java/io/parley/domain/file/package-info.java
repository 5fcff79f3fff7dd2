/**
 * Files: clients carry the bytes to and from the file store themselves, with URLs that this package hands out.
 *
 * <p>Read {@link io.parley.domain.file.RequestUpload} first. {@link io.parley.domain.file.FileStore} is what this
 * package needs from outside.
 */
@NullMarked
package io.parley.domain.file;

import org.jspecify.annotations.NullMarked;
