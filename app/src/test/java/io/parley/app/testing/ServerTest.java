package io.parley.app.testing;

import io.parley.app.ParleyApplication;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

/**
 * A node on free ports, on the embedded servers; the same one for all tests that carry this annotation and nothing
 * else. A test takes a {@link Node} in its constructor.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(EmbeddedSettings.class) // before Spring: settings are checked before there is a context
@SpringBootTest(classes = ParleyApplication.class, webEnvironment = WebEnvironment.DEFINED_PORT)
@Import({Node.class, PlantedFault.class, ThreadNames.class})
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
public @interface ServerTest {}
