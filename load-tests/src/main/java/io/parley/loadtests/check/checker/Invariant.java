package io.parley.loadtests.check.checker;

import java.util.List;

/** Something that must hold of every history. */
interface Invariant {
    /** Its number in the documentation. */
    String number();

    /** In words each time it does not hold; whoever has nothing to judge by says that too. */
    List<String> broken(Past past);
}
