package io.parley.embedded;

/**
 * What users and keeper say to each other, line by line: the user sends the token and is greeted, which makes the
 * connection a lease; then commands, each answered by one line.
 */
final class Protocol {
    /** Greeting; the number changes when the two ends would no longer understand each other. */
    static final String HELLO = "parley embedded 1";

    static final String STOP = "stop";
    static final String KILL = "kill";
    static final String START = "start";
    static final String WIPE = "wipe";
    /** {@code hold <pid>}: live as long as that process does. */
    static final String HOLD = "hold";
    /** Gives up the lease. Answered {@link #STAYS} as soon as others need the servers, and by silence if none do. */
    static final String BYE = "bye";

    static final String STAYS = "stays";
    static final String OK = "ok";
    static final String ERROR = "error ";

    /** Stands for a line break within an answer: the record separator, which no message contains. */
    private static final char LINE_BREAK = '\u001e';

    private Protocol() {}

    static String error(String message) {
        return ERROR + message.replace("\r", "").replace('\n', LINE_BREAK);
    }

    static String message(String error) {
        return error.substring(ERROR.length()).replace(LINE_BREAK, '\n');
    }
}
