package io.parley.loadtests.check.planted;

import java.util.List;

/**
 * One place of the server's sources that is written otherwise.
 *
 * @param source below the top of the tree
 * @param was what is there; that it is there, and once, is checked
 */
record Alteration(String source, String was, String becomes) {
    private static final String DOMAIN = "domain/src/main/java/io/parley/domain/";
    private static final String INFRA = "infra/src/main/java/io/parley/infra/";
    private static final String APP = "app/src/main/java/io/parley/app/";
    private static final String SWITCH = "io.parley.loadtests.check.planted.Switch";

    /** Each is as always until its bug is switched on. */
    static final List<Alteration> ALL = List.of(
            new Alteration(
                    INFRA + "postgres/PostgresMessageLog.java",
                    "Store.raw(statement, PostgresMessageLog::outcome)",
                    on("ack-before-commit")
                            + " ? statement.map((java.util.function.Function<Readable, MessageOutcome>)"
                            + " PostgresMessageLog::outcome).all().take(batch.size()).collectList()"
                            + " : Store.raw(statement, PostgresMessageLog::outcome)"),
            new Alteration(
                    DOMAIN + "live/FollowedLog.java",
                    "hub.loop().execute(() -> take(change));",
                    "if (" + on("reorder") + " && change.offset() % 3 == 0) {"
                            + " hub.loop().later(() -> take(change), java.time.Duration.ofMillis(20)); } else {"
                            + " hub.loop().execute(() -> take(change)); }"),
            new Alteration(
                    DOMAIN + "live/FollowedLog.java",
                    "change.offset() > position + 1) {",
                    "change.offset() > position + 1 && !" + on("reorder") + ") {"),
            new Alteration(
                    DOMAIN + "live/FollowedLog.java",
                    "} else if (change.offset() == position + 1) {",
                    "} else if (change.offset() == position + 1 || " + on("reorder") + ") {"),
            new Alteration(
                    DOMAIN + "live/Cursor.java",
                    "if (state != State.LIVE || change.offset() <= offset) {",
                    "if (state != State.LIVE || change.offset() <= offset && !" + on("reorder") + ") {"),
            new Alteration(
                    DOMAIN + "live/Cursor.java",
                    "if (change.offset() != offset + 1 || !isClear()) {",
                    "if (change.offset() != offset + 1 && !" + on("reorder") + " || !isClear()) {"),
            new Alteration(
                    INFRA + "postgres/PostgresLogReader.java",
                    "return new LogPage(changes, ",
                    "return new LogPage(" + on("lost-tail")
                            + " && changes.size() > 1 ? changes.subList(0, changes.size() - 1) : changes, "),
            new Alteration(
                    INFRA + "postgres/PostgresLogReader.java",
                    "return pages(store.sql(LogSql.PAGES), ranges, limit)",
                    "if (" + on("head-read-later") + ") {"
                            + " return pages(store.sql(LogSql.PAGES), ranges, limit)"
                            + ".map(pages -> pages.values().stream().map(PageFor::page).toList())"
                            + ".delayElement(java.time.Duration.ofMillis(200)).flatMap(found ->"
                            + " heads(ranges.stream().map(Range::log).toList())"
                            + ".collectMap(LogHead::log, LogHead::head).map(heads -> {"
                            + " java.util.ArrayList<LogPage> all = new java.util.ArrayList<>();"
                            + " for (int i = 0; i < found.size(); i++) { LogPage page = found.get(i);"
                            + " all.add(new LogPage(page.changes(),"
                            + " heads.getOrDefault(ranges.get(i).log(), page.head()), page.floor())); }"
                            + " return (List<LogPage>) all; })); }"
                            + " return pages(store.sql(LogSql.PAGES), ranges, limit)"),
            new Alteration(
                    DOMAIN + "live/CatchUp.java",
                    "return turn.to() - turn.after() > EVERY_CHANGE",
                    "return " + on("lost-tail") + " || " + on("overtake")
                            + " || turn.to() - turn.after() > EVERY_CHANGE"),
            new Alteration(
                    DOMAIN + "live/Cursor.java",
                    "offset = turn.to();",
                    "offset = " + on("overtake") + " ? Math.max(turn.to(), log.position()) : turn.to();"),
            new Alteration(
                    DOMAIN + "live/Cursor.java",
                    "this.offset = offset;",
                    "this.offset = " + on("off-by-one") + " && !lost && offset > 0 ? offset + 1 : offset;"),
            new Alteration(
                    APP + "live/Sessions.java",
                    "return engine.epoch().value().equals(epoch);",
                    "return " + on("epoch-ignored") + " || engine.epoch().value().equals(epoch);"),
            new Alteration(
                    INFRA + "postgres/StoreEpoch.java",
                    "return known;",
                    "return " + on("epoch-ignored")
                            + " ? new UUID(known.getMostSignificantBits(), known.getLeastSignificantBits() ^ 1) : known;"),
            new Alteration(
                    DOMAIN + "live/Stretch.java",
                    "if (later.add(new Item(change.entry().kind(), change.entry().item()))) {",
                    "if (later.add(new Item(change.entry().kind(), change.entry().item())) || " + on("revived")
                            + ") {"));

    private static String on(String bug) {
        return SWITCH + ".on(\"" + bug + "\")";
    }
}
