package io.parley.app.operations;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * The management port has a context of its own, and in it a web server that would run on Reactor Netty's global event
 * loops: with ours, liveness is asked where it matters.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
public class ManagementServerConfiguration {

    @Bean
    WebServerFactoryCustomizer<NettyReactiveWebServerFactory> managementEventLoops(ReactorResourceFactory eventLoops) {
        return factory -> factory.addServerCustomizers(server -> server.runOn(eventLoops.getLoopResources()));
    }
}
