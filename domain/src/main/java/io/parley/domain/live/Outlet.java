package io.parley.domain.live;

/** Where the frames of one client go: a socket, or a stream that its reader paces. Confined to the client's loop. */
public interface Outlet {

    /** How many frames it takes now, as far as that can be told; 0: its listener hears when it takes some again. */
    long takes();

    /**
     * Takes a frame and the caller's reference to it; only while {@link #takes} is positive. What is offered goes out in
     * this order, soon, and together if there is more than one.
     */
    void offer(Frame frame);

    /** To be called once, on the loop, before anything else. */
    void listen(Runnable onRoom);
}
