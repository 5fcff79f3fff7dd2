package io.parley.loadtests.check.workload;

import java.util.List;
import java.util.UUID;

/**
 * A conversation of the run.
 *
 * @param history {@code all} or {@code joined}
 * @param lively whether members come and go
 */
record Talk(UUID id, String history, Person owner, List<Person> members, boolean lively) {
    boolean isOpenTo(Person person) {
        return members.contains(person);
    }
}
