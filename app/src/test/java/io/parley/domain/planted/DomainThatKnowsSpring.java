package io.parley.domain.planted;

import org.springframework.core.env.Environment;

/** Breaks a rule on purpose. */
@SuppressWarnings("unused")
public final class DomainThatKnowsSpring {
    private Environment environment;
}
