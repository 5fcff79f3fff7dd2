package io.parley.app.docs;

import io.parley.app.docs.TestSources.TaggedTest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What {@code docs/guarantees.md} promises, and by which tests, and where it is not what the tests say of themselves. */
final class Guarantees {
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z0-9-]+)` \\|(.*)\\|(.*)\\|$", Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("`([A-Za-z0-9_.]+)`");

    /** Names of tests by id: a class, or a method of one. */
    private final Map<String, List<String>> proofs = new LinkedHashMap<>();

    private final List<String> faults = new ArrayList<>();

    Guarantees(String page) {
        ROW.matcher(page).results().forEach(this::add);
    }

    private void add(MatchResult row) {
        List<String> names =
                NAME.matcher(row.group(3)).results().map(name -> name.group(1)).toList();
        if (names.isEmpty()) {
            faults.add(row.group(1) + " names no test");
        }
        if (proofs.put(row.group(1), names) != null) {
            faults.add(row.group(1) + " is on the page twice");
        }
    }

    int size() {
        return proofs.size();
    }

    List<String> faults(List<TaggedTest> tests) {
        List<String> all = new ArrayList<>(faults);
        proofs.keySet().stream()
                .filter(id -> tests.stream().noneMatch(test -> test.isTagged(id)))
                .forEach(id -> all.add("no test carries " + id));
        tests.stream()
                .flatMap(TaggedTest::tags)
                .distinct()
                .filter(tag -> !proofs.containsKey(tag))
                .forEach(tag -> all.add(tag + " is not on the page"));
        proofs.forEach((id, names) -> names.stream()
                .filter(name -> !carries(tests, name, id))
                .forEach(name -> all.add(name + " does not carry " + id)));
        return all;
    }

    /** A class that is named carries it itself: one of its tests is not all of them. */
    private static boolean carries(List<TaggedTest> tests, String name, String id) {
        String[] words = name.split("\\.");
        List<TaggedTest> named = tests.stream()
                .filter(test -> test.className().equals(words[0]))
                .filter(test -> words.length == 1 || test.method().equals(words[1]))
                .toList();
        return !named.isEmpty()
                && named.stream()
                        .allMatch(test -> words.length == 1 ? test.ofClass().contains(id) : test.isTagged(id));
    }
}
