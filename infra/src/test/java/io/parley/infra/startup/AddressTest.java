package io.parley.infra.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    @ParameterizedTest
    @CsvSource({
        "db.example:5432, db.example, 5432",
        "10.0.0.1:1, 10.0.0.1, 1",
        "[::1]:65535, [::1], 65535",
        "[2001:db8::7]:9092, [2001:db8::7], 9092",
        "'  db:80 ', db, 80"
    })
    void anAddressIsAHostAndAPort(String text, String host, int port) {
        assertThat(Address.valueOf(text)).isEqualTo(new Address(host, port));
    }

    @ParameterizedTest
    @ValueSource(strings = {"db.example:5432", "[2001:db8::7]:9092"})
    void itReadsWhatItWrites(String text) {
        assertThat(Address.valueOf(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "db",
                "db:",
                ":5432",
                "db:0",
                "db:-1",
                "db:70000",
                "db:99999999999",
                "db:port",
                "db:5432/parley",
                "db:5432/",
                "db:5432?ssl=true",
                "db:5432#a",
                "user@db:5432",
                "user:secret@db:5432",
                "tcp://db:5432",
                "2001:db8::7:9092",
                "[::1]",
                "a b:1",
                "a:1,b:2"
            })
    void everythingElseIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Address.valueOf(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1:1", "127.8.9.1:1", "localhost:1", "LocalHost:1", "[::1]:1", "[0:0:0:0:0:0:0:1]:1"})
    void theseStayOnThisMachine(String text) {
        assertThat(Address.valueOf(text).isLoopback()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1:1",
                "128.0.0.1:1",
                "localhost.evil.example:1",
                "127.0.0.1.evil.example:1",
                "127.evil.example:1",
                "notlocalhost:1",
                "[::2]:1",
                "[2001:db8::1]:1",
                "0.0.0.0:1"
            })
    void theseDoNot(String text) {
        assertThat(Address.valueOf(text).isLoopback()).isFalse();
    }
}
