package io.parley.domain.log;

import java.util.UUID;

/** The life of the store: after a restore from a backup it is another one, and offsets of an older one mean nothing. */
public interface Epoch {

    /** Known from before the ports open. */
    UUID value();
}
