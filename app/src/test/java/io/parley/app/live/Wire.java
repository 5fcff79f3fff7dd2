package io.parley.app.live;

import java.util.function.Consumer;

/** Carries the frames of one live connection as JSON text: what a transport's class gives to the tests of all. */
interface Wire {

    /** Sends one frame; the first may be empty, which RSocket cannot do without. */
    void say(String frame);

    /** Lets so many more frames in. */
    void request(long frames);

    /** Ends the connection from this side. */
    void cut();

    /** What happens on one connection, one after the other. */
    record Listener(Consumer<String> onFrame, Consumer<Ending> onEnd) {}

    /**
     * How the server ended a connection.
     *
     * @param number a WebSocket's close code, else the status of the problem; 0 if nothing was said
     * @param code why; a limit of the transport's own may have none
     */
    record Ending(int number, String code) {}
}
