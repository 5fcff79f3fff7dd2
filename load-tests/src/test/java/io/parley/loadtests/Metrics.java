package io.parley.loadtests;

/** What a node's management port tells operators. */
record Metrics(ServerNode node) {

    /** Errors: {@code IllegalStateException} if there is no such metric. */
    double of(String name) {
        String all = node.ask("/prometheus").body();
        return all.lines()
                .filter(line -> line.matches(name + "(\\{.*})? .*"))
                .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + name + " in " + all));
    }
}
