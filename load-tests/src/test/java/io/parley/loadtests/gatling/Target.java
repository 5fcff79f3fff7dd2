package io.parley.loadtests.gatling;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Properties;

/**
 * Which node is asked, and how much: system properties {@code parley.gatling.*}. A node that is not on this machine has to
 * be allowed by {@code parley.gatling.remote=true}: load goes nowhere by a slip.
 *
 * @param people accounts that are registered first; each user is one of them on one more device
 * @param users sessions that begin within the time
 * @param messages how many each of them sends
 * @param p99Millis what 99 % of all requests have to be answered in
 */
record Target(URI url, int people, int users, Duration time, int messages, int p99Millis) {

    Target {
        if (people < 2) {
            throw new IllegalArgumentException("parley.gatling.people: it takes two to talk");
        }
    }

    /** Errors: {@code IllegalArgumentException} if the node may not be asked. */
    static Target of(Properties all) {
        URI url = URI.create(all.getProperty("parley.gatling.url", "http://127.0.0.1:8080"));
        if (!Boolean.parseBoolean(all.getProperty("parley.gatling.remote")) && !isHere(url.getHost())) {
            throw new IllegalArgumentException(url + " is not on this machine: say -Dparley.gatling.remote=true");
        }
        return new Target(
                url,
                number(all, "people", 4),
                number(all, "users", 20),
                Duration.ofSeconds(number(all, "seconds", 10)),
                number(all, "messages", 5),
                number(all, "p99", 5_000));
    }

    private static int number(Properties all, String name, int otherwise) {
        return Integer.parseInt(all.getProperty("parley.gatling." + name, String.valueOf(otherwise)));
    }

    private static boolean isHere(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    /** Where its WebSockets are. */
    String webSockets() {
        return (url.getScheme().equals("https") ? "wss://" : "ws://") + url.getAuthority();
    }
}
