package io.parley.loadtests.gatling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Properties;
import org.junit.jupiter.api.Test;

class TargetTest {

    @Test
    void whereNothingIsSaidTheNodeOfTheReadmeIsAsked() {
        assertThat(Target.of(new Properties()).url()).hasToString("http://127.0.0.1:8080");
    }

    @Test
    void anotherMachineIsNotAskedUnlessThatIsAllowed() {
        Properties elsewhere = properties("url", "http://192.0.2.1:8080");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Target.of(elsewhere))
                .withMessageContaining("not on this machine");

        elsewhere.setProperty("parley.gatling.remote", "true");
        assertThat(Target.of(elsewhere).webSockets()).isEqualTo("ws://192.0.2.1:8080");
    }

    @Test
    void onePersonAloneIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Target.of(properties("people", "1")));
    }

    private static Properties properties(String name, String value) {
        Properties properties = new Properties();
        properties.setProperty("parley.gatling." + name, value);
        return properties;
    }
}
