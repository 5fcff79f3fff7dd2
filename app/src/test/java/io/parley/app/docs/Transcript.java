package io.parley.app.docs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What was said, block by block, with names in place of whatever differs from run to run. */
final class Transcript {
    private static final int WIDTH = 116;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final JsonMapper json = JsonMapper.shared();
    private final Map<String, String> blocks = new LinkedHashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private String block = "";

    /** From now on this value is shown as this name. */
    void name(Object value, String name) {
        names.put(value.toString(), name);
    }

    void begin(String name) {
        block = name;
        blocks.put(name, "");
    }

    void said(String frame) {
        add("→ ", json.readTree(frame));
    }

    void heard(JsonNode frame) {
        add("← ", frame);
    }

    /** A line of text, in which values stand for themselves. */
    void printed(String text) {
        String named = text;
        for (Map.Entry<String, String> value : names.entrySet()) {
            named = named.replace(value.getKey(), value.getValue());
        }
        blocks.merge(block, named + "\n", String::concat);
    }

    /** A frame behind something that is printed before it. */
    void printed(String before, String frame) {
        add(before, json.readTree(frame));
    }

    Map<String, String> blocks() {
        return blocks;
    }

    private void add(String arrow, JsonNode frame) {
        blocks.merge(block, arrow + layOut(named(frame, ""), arrow.length()) + "\n", String::concat);
    }

    private Object named(JsonNode node, String field) {
        if (node instanceof ObjectNode object) {
            Map<String, Object> named = new LinkedHashMap<>();
            object.properties()
                    .forEach(entry -> named.put(
                            names.getOrDefault(entry.getKey(), entry.getKey()),
                            named(entry.getValue(), entry.getKey().equals("id") ? field : entry.getKey())));
            return named;
        }
        if (node.isArray()) {
            List<Object> named = new ArrayList<>();
            node.forEach(element -> named.add(named(element, field.replaceAll("s$", ""))));
            return named;
        }
        return node.isString() ? nameOf(node.asString(), field) : node;
    }

    private String nameOf(String value, String field) {
        if (field.endsWith("At") || field.equals("since")) {
            return "<time>";
        }
        if (field.equals("requestId") || field.equals("displayName")) {
            return "<" + field + ">";
        }
        return ID.matcher(value).matches()
                ? names.computeIfAbsent(value, id -> next(field))
                : names.getOrDefault(value, value);
    }

    private String next(String field) {
        String kind = field.replaceAll("Id$", "");
        return "<" + kind + " " + counts.merge(kind, 1, Integer::sum) + ">";
    }

    /** On one line if it fits, else one line for each field. */
    private String layOut(Object value, int indent) {
        String flat = flat(value);
        if (flat.length() + indent <= WIDTH || !(value instanceof Map || value instanceof List)) {
            return flat;
        }
        String margin = "\n" + " ".repeat(indent + 2);
        List<String> lines = new ArrayList<>();
        if (value instanceof Map<?, ?> fields) {
            fields.forEach((name, field) -> lines.add("\"" + name + "\": " + layOut(field, indent + 2)));
        } else {
            ((List<?>) value).forEach(element -> lines.add(layOut(element, indent + 2)));
        }
        String end = "\n" + " ".repeat(indent);
        return value instanceof Map
                ? "{" + margin + String.join("," + margin, lines) + end + "}"
                : "[" + margin + String.join("," + margin, lines) + end + "]";
    }

    private String flat(Object value) {
        if (value instanceof Map<?, ?> fields) {
            List<String> parts = new ArrayList<>();
            fields.forEach((name, field) -> parts.add("\"" + name + "\": " + flat(field)));
            return "{" + String.join(", ", parts) + "}";
        }
        if (value instanceof List<?> elements) {
            return "[" + String.join(", ", elements.stream().map(this::flat).toList()) + "]";
        }
        return value instanceof JsonNode node ? node.toString() : json.writeValueAsString(value);
    }
}
