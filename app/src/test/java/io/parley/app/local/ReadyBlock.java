package io.parley.app.local;

import io.parley.embedded.EmbeddedServer;
import io.parley.embedded.EmbeddedServers;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/** Says in one block what listens where, once everything does. */
final class ReadyBlock implements ApplicationListener<ApplicationReadyEvent> {
    private final EmbeddedServers servers;

    ReadyBlock(EmbeddedServers servers) {
        this.servers = servers;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        System.out.println(text(event.getApplicationContext().getEnvironment(), event.getTimeTaken()));
    }

    private String text(Environment node, Duration timeTaken) {
        String http = node.getRequiredProperty("server.port");
        String rsocket = node.getRequiredProperty("parley.rsocket.port");
        String management = node.getRequiredProperty("management.server.port");
        Map<String, String> at = servers.settings();
        return """

                Parley is ready: %s

                  HTTP, WebSocket   http://127.0.0.1:%s/api/v1   ws://127.0.0.1:%s/api/v1/live
                  RSocket           tcp://127.0.0.1:%s   ws://127.0.0.1:%s/rsocket
                  health, metrics   http://127.0.0.1:%s/health/ready   http://127.0.0.1:%s/prometheus

                  PostgreSQL  %-22s %s
                  Kafka       %-22s %s
                  Redis       %-22s %s
                  S3          %-22s %s
                  Parley                             %s

                The same command in another terminal starts a second node. Ctrl-C stops this one.
                """.formatted(
                        "http://127.0.0.1:" + http + "/",
                        http,
                        http,
                        rsocket,
                        http,
                        management,
                        management,
                        at.get("PARLEY_POSTGRES_ADDRESS"),
                        started(EmbeddedServer.POSTGRES),
                        at.get("PARLEY_KAFKA_ADDRESSES"),
                        started(EmbeddedServer.KAFKA),
                        at.get("PARLEY_REDIS_ADDRESS"),
                        started(EmbeddedServer.REDIS),
                        at.get("PARLEY_S3_URL"),
                        started(EmbeddedServer.S3),
                        "ready in " + seconds(timeTaken));
    }

    private String started(EmbeddedServer part) {
        return servers.startedHere()
                ? "ready in " + seconds(servers.startTimes().get(part))
                : "was running";
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1_000.0);
    }
}
