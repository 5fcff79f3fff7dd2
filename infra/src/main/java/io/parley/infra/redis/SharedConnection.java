package io.parley.infra.redis;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.ReactiveRedisClusterConnection;
import org.springframework.data.redis.connection.ReactiveRedisConnection;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import reactor.core.publisher.Mono;

/**
 * Hands out the one connection that all commands share, without the lock that Lettuce's factory takes for each command:
 * in a crowd, event loops would wait for it.
 */
final class SharedConnection implements ReactiveRedisConnectionFactory {
    private final LettuceConnectionFactory lettuce;
    private volatile @Nullable ReactiveRedisConnection shared;

    SharedConnection(LettuceConnectionFactory lettuce) {
        this.lettuce = lettuce;
    }

    /** Blocks until Redis has answered; once it has, Lettuce connects again by itself. Errors: those of Lettuce. */
    void open() {
        if (shared == null) {
            shared = neverClosed(lettuce.getReactiveConnection());
        }
    }

    boolean isOpen() {
        return shared != null;
    }

    @Override
    public ReactiveRedisConnection getReactiveConnection() {
        ReactiveRedisConnection connection = shared;
        if (connection == null) {
            throw new IllegalStateException("not connected yet");
        }
        return connection;
    }

    @Override
    public ReactiveRedisClusterConnection getReactiveClusterConnection() {
        return lettuce.getReactiveClusterConnection();
    }

    @Override
    public @Nullable DataAccessException translateExceptionIfPossible(RuntimeException error) {
        return lettuce.translateExceptionIfPossible(error);
    }

    /** Templates close what they are given after each command. */
    private static ReactiveRedisConnection neverClosed(ReactiveRedisConnection connection) {
        return (ReactiveRedisConnection) Proxy.newProxyInstance(
                SharedConnection.class.getClassLoader(),
                new Class<?>[] {ReactiveRedisConnection.class},
                (proxy, method, arguments) ->
                        method.getName().equals("closeLater") ? Mono.empty() : call(connection, method, arguments));
    }

    private static @Nullable Object call(ReactiveRedisConnection connection, Method method, Object[] arguments)
            throws Throwable {
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() == null ? thrown : thrown.getCause();
        }
    }
}
