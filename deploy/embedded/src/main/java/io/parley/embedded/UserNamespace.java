package io.parley.embedded;

import com.sun.security.auth.module.UnixSystem;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** PostgreSQL refuses to run as root; there zonky runs it in a user namespace, in which it is nobody. */
final class UserNamespace {
    private static final long ENDS_WITHIN_SECONDS = 5;

    private UserNamespace() {}

    /** Says beforehand, and in plain words, what would otherwise fail inside initdb. */
    static void require() {
        if (new UnixSystem().getUid() == 0 && !works()) {
            throw new EmbeddedServersException("PostgreSQL does not run as root, and this system does not allow the"
                    + " user namespace (unshare -U) that would help: run as an ordinary user, or allow user namespaces"
                    + " (sysctl user.max_user_namespaces, kernel.unprivileged_userns_clone; in a container the"
                    + " unshare system call)");
        }
    }

    private static boolean works() {
        try {
            Process probe = new ProcessBuilder("unshare", "-U", "id", "-u")
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .start();
            if (!probe.waitFor(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                probe.destroyForcibly();
                return false;
            }
            String user = new String(probe.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return probe.exitValue() == 0 && !user.equals("0");
        } catch (IOException noSuchCommand) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
