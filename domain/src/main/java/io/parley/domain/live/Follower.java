package io.parley.domain.live;

/** Who follows one log on one loop; called there, and free to stop following meanwhile. */
interface Follower {

    /** The next change of the log. */
    void onChange(Delivery delivery);

    /** What is left of the changes with {@code from < offset <= piece.to()}: offsets between them have been superseded. */
    void onPiece(long from, Piece piece);

    /** The changes up to {@code to} are gone for good. */
    void onGap(long to);

    void onHint(HintDelivery hint);

    /** It failed at what it was told last; the other followers are told all the same. */
    void onFault(Throwable fault);
}
