package io.parley.domain.log;

/** How a change looks on the wire, on every transport alike. */
public interface ChangeEncoder {

    /** The frame; equal states give frames that decode to equal states. Never fails, never blocks. */
    EncodedChange encode(Change change);
}
