package io.parley.infra.postgres;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.r2dbc.spi.R2dbcTimeoutException;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import io.r2dbc.spi.ValidationDepth;
import io.r2dbc.spi.Wrapped;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Hands out pooled connections whose statements do not wait for ever: a server that takes connections and is silent, or a
 * line that is cut without a word, has no time limit of its own. What did not answer is closed; what was cancelled goes
 * back to the pool once it has answered.
 */
final class PatientConnections implements ConnectionFactory {
    private final ConnectionFactory pool;
    private final Duration patience;

    PatientConnections(ConnectionFactory pool, Duration patience) {
        this.pool = pool;
        this.patience = patience;
    }

    @Override
    public Publisher<? extends Connection> create() {
        return Mono.from(pool.create()).map(connection -> new Patient(connection, patience).connection());
    }

    @Override
    public ConnectionFactoryMetadata getMetadata() {
        return pool.getMetadata();
    }

    /** One connection, from when it is taken from the pool until it is given back. */
    private static final class Patient {
        private final Connection pooled;
        private final Duration patience;

        /** Answers that have been asked for, and have not come to their end. */
        private final AtomicInteger awaited = new AtomicInteger();

        Patient(Connection pooled, Duration patience) {
            this.pooled = pooled;
            this.patience = patience;
        }

        Connection connection() {
            return proxy(Connection.class, (proxy, method, arguments) -> {
                Object answer = method.getName().equals("close") ? close() : called(pooled, method, arguments);
                return answer instanceof Statement statement ? statement(statement) : answer;
            });
        }

        private Statement statement(Statement statement) {
            return proxy(Statement.class, (proxy, method, arguments) -> {
                Object answer = method.getName().equals("execute")
                        ? answered(statement.execute()).map(this::result)
                        : called(statement, method, arguments);
                return answer == statement ? proxy : answer;
            });
        }

        /** The driver makes results at once, and waits for the answer where their rows are asked for. */
        private Result result(Result result) {
            return proxy(Result.class, (proxy, method, arguments) -> {
                Object rows = called(result, method, arguments);
                return rows instanceof Publisher<?> publisher ? answered(publisher) : rows;
            });
        }

        private <T> Flux<T> answered(Publisher<? extends T> answer) {
            return Flux.<T>from(answer)
                    .takeUntilOther(Mono.delay(patience).then(Mono.defer(this::giveUp)))
                    .doOnSubscribe(subscription -> awaited.incrementAndGet())
                    .doOnTerminate(awaited::decrementAndGet);
        }

        private Mono<Void> giveUp() {
            return kill().then(Mono.error(() -> new R2dbcTimeoutException("no answer in " + patience)));
        }

        /** The connection itself: the pool notices when it looks at it next. */
        private Mono<Void> kill() {
            Object own = pooled instanceof Wrapped<?> wrapped ? wrapped.unwrap() : pooled;
            return Mono.from(((Connection) own).close()).onErrorComplete();
        }

        private Mono<Void> close() {
            return Mono.defer(() -> awaited.get() > 0 ? drained() : Mono.<Void>empty())
                    .then(Mono.from(pooled.close()));
        }

        /** What was asked last is answered before this. */
        private Mono<Void> drained() {
            return Mono.from(pooled.validate(ValidationDepth.REMOTE))
                    .timeout(patience, Mono.just(false))
                    .onErrorReturn(false)
                    .flatMap(answers -> answers ? Mono.empty() : kill());
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler calls) {
        return type.cast(
                Proxy.newProxyInstance(PatientConnections.class.getClassLoader(), new Class<?>[] {type}, calls));
    }

    private static Object called(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() == null ? thrown : thrown.getCause();
        }
    }
}
