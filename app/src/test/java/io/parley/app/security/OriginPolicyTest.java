package io.parley.app.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OriginPolicyTest {

    @Test
    void withoutAListOnlyPagesOfTheSameHostMayCall() {
        OriginPolicy policy = new OriginPolicy(new OriginProperties(List.of()));

        assertThat(policy.allows(null, "chat.example")).isTrue();
        assertThat(policy.allows("https://chat.example", "chat.example")).isTrue();
        assertThat(policy.allows("https://evil.example", "chat.example")).isFalse();
        assertThat(policy.allows("https://chat.example.evil.example", "chat.example"))
                .isFalse();
        assertThat(policy.allows("null", "chat.example")).isFalse();
        assertThat(policy.allows("https://chat.example:8443", "chat.example")).isFalse();
        assertThat(policy.allows("https://chat.example", null)).isFalse();
    }

    @Test
    void withAListOnlyThoseOnItMayCall() {
        OriginPolicy policy = new OriginPolicy(new OriginProperties(List.of("https://app.example")));

        assertThat(policy.allows("https://app.example", "chat.example")).isTrue();
        assertThat(policy.allows("http://app.example", "chat.example")).isFalse();
        assertThat(policy.allows("https://chat.example", "chat.example")).isFalse();
    }

    @Test
    void whatIsNoOriginIsRefusedAsASetting() {
        assertThat(new OriginProperties(List.of("https://a.example", "http://b.example:81")).isEachAnOrigin())
                .isTrue();
        for (String wrong : List.of("*", "a.example", "https://*.example", "https://a.example/", "https://a@b")) {
            assertThat(new OriginProperties(List.of(wrong)).isEachAnOrigin())
                    .as(wrong)
                    .isFalse();
        }
    }
}
