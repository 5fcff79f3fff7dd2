package io.parley.loadtests.check.planted;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;

/** Gives a node the altered classes of its own jar instead of those that it would load. */
public final class Agent {
    private Agent() {}

    public static void premain(String arguments, Instrumentation instrumentation) {
        instrumentation.addTransformer(new ClassFileTransformer() {
            @Override
            public byte[] transform(
                    ClassLoader loader, String name, Class<?> defined, ProtectionDomain domain, byte[] bytes) {
                return name != null && name.startsWith("io/parley/") ? altered(name) : null;
            }
        });
    }

    private static byte[] altered(String name) {
        try (InputStream in = Agent.class.getResourceAsStream("/altered/" + name + ".class")) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
