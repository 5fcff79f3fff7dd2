package io.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table in docs/configuration.md and the settings in application.yaml are the same. */
class ConfigurationTableTest {
    private static final Pattern SETTING = Pattern.compile("\\$\\{(PARLEY_[A-Z0-9_]+):([^}]*)}");
    private static final Pattern ROW = Pattern.compile("^\\| `(PARLEY_[A-Z0-9_]+)` \\|([^|]*)\\|", Pattern.MULTILINE);
    private static final Pattern KEY = Pattern.compile("^( +)([a-z0-9-]+): ?(.*)$");

    @Test
    void everyVariableIsInTheTableWithItsDefault() throws IOException {
        assertThat(rows()).isEqualTo(settings());
    }

    @Test
    void everyVariableIsNamedAfterItsSetting() throws IOException {
        String group = "";
        for (String line : Files.readAllLines(Path.of("src/main/resources/application.yaml"))) {
            Matcher key = KEY.matcher(line);
            if (!key.matches() || line.contains("ALLOW_PLAINTEXT") || line.contains("SECRETS_FOLDER")) {
                continue;
            }
            group = key.group(1).length() == 2 ? key.group(2) : group;
            Matcher setting = SETTING.matcher(key.group(3));
            if (setting.find()) {
                String path = key.group(1).length() == 2 ? key.group(2) : group + "_" + key.group(2);
                assertThat(setting.group(1))
                        .isEqualTo("PARLEY_" + path.replace('-', '_').toUpperCase(Locale.ROOT));
            }
        }
    }

    private static Map<String, String> settings() throws IOException {
        Map<String, String> settings = new TreeMap<>();
        SETTING.matcher(Files.readString(Path.of("src/main/resources/application.yaml")))
                .results()
                .forEach(match -> settings.put(match.group(1), match.group(2)));
        assertThat(settings).hasSizeGreaterThan(30);
        return settings;
    }

    private static Map<String, String> rows() throws IOException {
        Map<String, String> rows = new TreeMap<>();
        ROW.matcher(Files.readString(Path.of("../docs/configuration.md")))
                .results()
                .forEach(match ->
                        rows.put(match.group(1), match.group(2).replace("`", "").strip()));
        return rows;
    }
}
