package io.parley.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.app.docs.TestSources.TaggedTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each promise of docs/guarantees.md has tests that name it, and each test that names one is right to. */
class GuaranteesTest {
    private static final String PAGE = """
            | Id | What is promised | Proved by |
            |---|---|---|
            | `log-1` | something | `FirstTest.holds`, `SecondTest` |
            | `log-2` | another thing | `FirstTest.holdsToo` |
            """;

    private static final TaggedTest HOLDS = new TaggedTest("FirstTest", "holds", Set.of("log-1"), Set.of());
    private static final TaggedTest TOO = new TaggedTest("FirstTest", "holdsToo", Set.of("log-2"), Set.of());
    private static final TaggedTest SECOND = new TaggedTest("SecondTest", "any", Set.of(), Set.of("log-1"));

    @Test
    void everyPromiseIsNamedByTestsAndNoTestNamesAnother() throws IOException {
        Guarantees guarantees = new Guarantees(Files.readString(Path.of("../docs/guarantees.md")));

        assertThat(guarantees.size()).isGreaterThan(50);
        assertThat(guarantees.faults(TestSources.under(Path.of("..")))).isEmpty();
    }

    @Test
    void aPageThatTheTestsBearOutHasNoFaults() {
        assertThat(faults(HOLDS, TOO, SECOND)).isEmpty();
    }

    @Test
    void aPromiseWithoutATestIsAFault() {
        assertThat(faults(HOLDS, SECOND))
                .containsExactly("no test carries log-2", "FirstTest.holdsToo does not carry log-2");
    }

    @Test
    void aTagOfNoPromiseIsAFault() {
        assertThat(faults(HOLDS, TOO, SECOND, new TaggedTest("SecondTest", "more", Set.of("log-9"), Set.of("log-1"))))
                .containsExactly("log-9 is not on the page");
    }

    @Test
    void aTestThatIsNamedAndDoesNotCarryTheTagIsAFault() {
        TaggedTest methodAlone = new TaggedTest("SecondTest", "any", Set.of("log-1"), Set.of());

        assertThat(faults(HOLDS, TOO, methodAlone))
                .as("the class is named, and not one of its tests")
                .containsExactly("SecondTest does not carry log-1");
        assertThat(faults(HOLDS, TOO)).as("it is not there").containsExactly("SecondTest does not carry log-1");
        assertThat(faults(new TaggedTest("FirstTest", "holds", Set.of("log-2"), Set.of()), TOO, SECOND))
                .containsExactly("FirstTest.holds does not carry log-1");
    }

    @Test
    void aRowThatNamesNoTestAndARowThatComesTwiceAreFaults() {
        Guarantees guarantees = new Guarantees(PAGE + "| `log-1` | once more | none |\n");

        assertThat(guarantees.faults(List.of(HOLDS, TOO, SECOND)))
                .containsExactly("log-1 names no test", "log-1 is on the page twice");
    }

    @Test
    void tagsAreReadFromTheSources(@TempDir Path folder) throws IOException {
        Path source = folder.resolve("SomeTest.java");
        Files.writeString(source, """
                @Tag("log-1")
                class SomeTest {
                    /** Not a tag: @Tag("log-7"). */
                    @Tag("log-2")
                    @org.junit.jupiter.api.Tag("log-3")
                    @ParameterizedTest(name = "void other() {")
                    void holds(int number) {}

                    @Tag("log-4")
                    private void isNoTest() {}
                }
                """);

        assertThat(TestSources.parsed(List.of(source)))
                .containsExactly(new TaggedTest("SomeTest", "holds", Set.of("log-2", "log-3"), Set.of("log-1")));
    }

    private static List<String> faults(TaggedTest... tests) {
        return new Guarantees(PAGE).faults(List.of(tests));
    }
}
