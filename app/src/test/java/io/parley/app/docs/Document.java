package io.parley.app.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Markdown file of this repository and the fenced blocks in it. Those after a comment {@code <!-- recorded: name -->}
 * are compared with what really happens; with the system property {@value #RECORD} they are written instead.
 */
final class Document {
    static final String RECORD = "parley.record";

    private static final Pattern RECORDED = Pattern.compile(
            "(<!-- recorded: ([a-z-]+) -->\\n+```[a-z]*\\n)(.*?)(?=^```$)", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern SHELL = Pattern.compile("^```sh\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    private final Path path;
    private final String text;

    /** @param name from the top of the repository */
    Document(String name) throws IOException {
        this.path = Path.of("..", name);
        this.text = Files.readString(path);
    }

    /** The shell blocks of the part under a heading. */
    List<String> shellBlocks(String heading) {
        int begin = text.indexOf("\n## " + heading + "\n") + 1;
        int end = text.indexOf("\n## ", begin);
        if (begin == 0) {
            throw new IllegalStateException(path + " has no part " + heading);
        }
        return SHELL.matcher(text.substring(begin, end < 0 ? text.length() : end))
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    /** The recorded blocks by name, in the order of the document. */
    Map<String, String> recorded() {
        Map<String, String> blocks = new LinkedHashMap<>();
        RECORDED.matcher(text).results().forEach(block -> blocks.put(block.group(2), block.group(3)));
        return blocks;
    }

    /** Writes what happened into the blocks of these names. */
    void record(Map<String, String> happened) throws IOException {
        Files.writeString(path, RECORDED.matcher(text).replaceAll(block -> replaced(block, happened)));
    }

    private static String replaced(MatchResult block, Map<String, String> happened) {
        return Matcher.quoteReplacement(block.group(1) + happened.getOrDefault(block.group(2), block.group(3)));
    }
}
