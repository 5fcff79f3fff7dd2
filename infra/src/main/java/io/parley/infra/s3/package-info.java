/**
 * S3: where files rest. Clients carry the bytes themselves, with URLs that are signed here.
 *
 * <pre>
 * files/{id}  one object per uploaded file
 * </pre>
 *
 * <p>Read {@link io.parley.infra.s3.S3FileStore} first.
 */
@NullMarked
package io.parley.infra.s3;

import org.jspecify.annotations.NullMarked;
