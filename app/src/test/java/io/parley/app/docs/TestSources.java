package io.parley.app.docs;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The tests of all modules with their tags, as they are written: those of other modules are on no class path here. */
final class TestSources {
    private static final Set<String> TEST =
            Set.of("Test", "ParameterizedTest", "RepeatedTest", "TestFactory", "TestTemplate", "ArchTest");

    private TestSources() {}

    /** @param root top of the repository */
    static List<TaggedTest> under(Path root) throws IOException {
        return parsed(files(root));
    }

    private static List<Path> files(Path root) throws IOException {
        Path tests = Path.of("src", "test", "java");
        try (Stream<Path> files =
                Files.find(root, 16, (path, is) -> path.toString().endsWith(".java"))) {
            return files.filter(path -> path.toString().contains(tests.toString()))
                    .filter(path -> !path.toString().contains("target"))
                    .sorted()
                    .toList();
        }
    }

    static List<TaggedTest> parsed(List<Path> files) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
            List<TaggedTest> tests = new ArrayList<>();
            for (CompilationUnitTree source : task.parse()) {
                new Scanner(tests).scan(source, null);
            }
            return tests;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * A method that is run as a test.
     *
     * @param own tags of the method
     * @param ofClass tags of its class
     */
    record TaggedTest(String className, String method, Set<String> own, Set<String> ofClass) {
        boolean isTagged(String tag) {
            return own.contains(tag) || ofClass.contains(tag);
        }

        Stream<String> tags() {
            return Stream.concat(own.stream(), ofClass.stream());
        }
    }

    private static final class Scanner extends TreeScanner<Void, Void> {
        private final List<TaggedTest> tests;

        Scanner(List<TaggedTest> tests) {
            this.tests = tests;
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            Set<String> ofClass = tags(type.getModifiers());
            for (Tree member : type.getMembers()) {
                if (member instanceof MethodTree method && isTest(method.getModifiers())) {
                    tests.add(new TaggedTest(
                            type.getSimpleName().toString(),
                            method.getName().toString(),
                            tags(method.getModifiers()),
                            ofClass));
                }
            }
            return super.visitClass(type, nothing);
        }

        private static boolean isTest(ModifiersTree modifiers) {
            return modifiers.getAnnotations().stream().map(Scanner::name).anyMatch(TEST::contains);
        }

        private static Set<String> tags(ModifiersTree modifiers) {
            return modifiers.getAnnotations().stream()
                    .filter(annotation -> name(annotation).equals("Tag"))
                    .map(Scanner::text)
                    .collect(Collectors.toSet());
        }

        private static String name(AnnotationTree annotation) {
            String name = annotation.getAnnotationType().toString();
            return name.substring(name.lastIndexOf('.') + 1);
        }

        /** A constant would hide the id from who looks for it. */
        private static String text(AnnotationTree tag) {
            ExpressionTree value = tag.getArguments().get(0);
            if (value instanceof AssignmentTree named) {
                value = named.getExpression();
            }
            return value instanceof LiteralTree literal
                    ? String.valueOf(literal.getValue())
                    : "not written out: " + value;
        }
    }
}
