package io.parley.loadtests.check.planted;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** The agent with the altered classes, compiled now against the very server that it goes into. */
final class PlantedJar {
    private static final Path TREE = Path.of("..");
    private static final Path FOLDER = Path.of("target", "planted");

    private PlantedJar() {}

    /**
     * Errors: {@code IllegalStateException} if the sources are not what they were when a bug was written: it is then to be
     * written anew.
     *
     * @param server the unpacked server's jar, with its libraries in {@code lib} beside it
     */
    static Path of(Path server) throws IOException {
        Path sources = Files.createDirectories(FOLDER.resolve("sources"));
        Path classes = Files.createDirectories(FOLDER.resolve("classes"));
        compile(server, write(sources), classes);
        return pack(classes, FOLDER.resolve("planted.jar").toAbsolutePath());
    }

    private static List<Path> write(Path folder) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Alteration alteration : Alteration.ALL) {
            String text = texts.containsKey(alteration.source())
                    ? texts.get(alteration.source())
                    : Files.readString(TREE.resolve(alteration.source()));
            int at = text.indexOf(alteration.was());
            if (at < 0 || text.indexOf(alteration.was(), at + 1) >= 0) {
                throw new IllegalStateException("is not there once: " + alteration);
            }
            texts.put(alteration.source(), text.replace(alteration.was(), alteration.becomes()));
        }
        List<Path> files = new ArrayList<>();
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Path file = folder.resolve(text.getKey().replaceFirst(".*/src/main/java/", ""));
            Files.createDirectories(file.getParent());
            files.add(Files.writeString(file, text.getValue()));
        }
        return files;
    }

    private static void compile(Path server, List<Path> files, Path into) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("-nowarn", "-proc:none", "-parameters", "-d", into.toString(), "-cp", classPath(server)));
        files.forEach(file -> command.add(file.toString()));
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, command.toArray(String[]::new));
        if (result != 0) {
            throw new IllegalStateException("the altered sources do not compile");
        }
    }

    private static String classPath(Path server) throws IOException {
        try (Stream<Path> libraries = Files.list(server.resolveSibling("lib"))) {
            return Stream.concat(Stream.of(server, ours()), libraries)
                    .map(Path::toString)
                    .collect(Collectors.joining(System.getProperty("path.separator")));
        }
    }

    /** Where the compiled tests are, {@link Switch} among them. */
    private static Path ours() {
        return Path.of(URI.create(
                Switch.class.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    private static Path pack(Path classes, Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", Agent.class.getName());
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream packed = new JarOutputStream(out, manifest);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                put(packed, "altered/" + classes.relativize(file), Files.readAllBytes(file));
            }
            for (String name : List.of("Agent", "Agent$1", "Switch")) {
                String path = Agent.class.getPackageName().replace('.', '/') + "/" + name + ".class";
                try (InputStream in = Agent.class.getResourceAsStream("/" + path)) {
                    put(packed, path, in.readAllBytes());
                }
            }
        }
        return jar;
    }

    private static void put(JarOutputStream packed, String name, byte[] bytes) throws IOException {
        packed.putNextEntry(new JarEntry(name));
        packed.write(bytes);
        packed.closeEntry();
    }
}
