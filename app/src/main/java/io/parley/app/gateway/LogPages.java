package io.parley.app.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Writes pages of a stored log, whose changes have been written already. */
@Component
final class LogPages {
    /** An {@link io.parley.api.ChangesPage}. */
    byte[] page(UUID epoch, List<byte[]> changes, long next, long head) {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        page.writeBytes(ascii("{\"epoch\":\"" + epoch + "\",\"gap\":false,\"changes\":["));
        for (int i = 0; i < changes.size(); i++) {
            if (i > 0) {
                page.write(',');
            }
            page.writeBytes(changes.get(i));
        }
        page.writeBytes(ascii("],\"next\":" + next + ",\"head\":" + head + "}"));
        return page.toByteArray();
    }

    /** The same, where the client has to start anew. */
    byte[] gapPage(UUID epoch, long head) {
        return ascii("{\"epoch\":\"" + epoch + "\",\"gap\":true,\"changes\":[],\"head\":" + head + "}");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
