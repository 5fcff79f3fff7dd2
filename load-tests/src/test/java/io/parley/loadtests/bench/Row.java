package io.parley.loadtests.bench;

import java.util.Locale;

/**
 * One line of the results.
 *
 * @param control what it is compared with, measured in turn with it; null if nothing
 * @param target null where none is set
 */
public record Row(String what, String unit, Series server, Series control, Target target) {

    /**
     * What is to be reached.
     *
     * @param ofRatio whether the ratio is meant, else the server's own figure
     * @param atMost else at least
     */
    public record Target(double value, boolean ofRatio, boolean atMost) {
        public static Target ratioAtMost(double value) {
            return new Target(value, true, true);
        }

        public static Target ratioAtLeast(double value) {
            return new Target(value, true, false);
        }

        public static Target atMost(double value) {
            return new Target(value, false, true);
        }

        boolean isMetBy(double figure) {
            return atMost ? figure <= value : figure >= value;
        }
    }

    public static Row of(String what, String unit, Series server) {
        return new Row(what, unit, server, null, null);
    }

    public Row against(Series measured) {
        return new Row(what, unit, server, measured, target);
    }

    public Row toReach(Target wanted) {
        return new Row(what, unit, server, control, wanted);
    }

    /** Null without a control. */
    public Series ratio() {
        return control == null ? null : server.by(control);
    }

    /** Whether the median is where it is to be; null where no target is set. */
    public Boolean met() {
        if (target == null) {
            return null;
        }
        return target.isMetBy(target.ofRatio() ? ratio().median() : server.median());
    }

    /** @param judged whether the figures are good enough to be held against the target */
    String markdown(boolean judged) {
        return "| " + what + " | " + text(server) + " " + unit + " | " + (control == null ? "" : text(control)) + " | "
                + (control == null ? "" : text(ratio())) + " | " + wanted() + " | " + (judged ? verdict() : "") + " |";
    }

    private String wanted() {
        if (target == null) {
            return "";
        }
        return (target.atMost() ? "≤ " : "≥ ") + number(target.value()) + (target.ofRatio() ? " ×" : " " + unit);
    }

    private String verdict() {
        Boolean met = met();
        return met == null ? "" : met ? "met" : "**missed**";
    }

    private static String text(Series series) {
        String median = number(series.median());
        return series.values().size() == 1
                ? median
                : median + " (" + number(series.min()) + "–" + number(series.max()) + ")";
    }

    private static String number(double value) {
        if (!Double.isFinite(value)) {
            return "too little to tell";
        }
        double size = Math.abs(value);
        String form = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, form, value);
    }
}
