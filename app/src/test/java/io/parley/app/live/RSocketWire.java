package io.parley.app.live;

import io.parley.api.Problem;
import io.parley.api.Routes;
import java.nio.charset.StandardCharsets;
import org.reactivestreams.Subscription;
import org.springframework.messaging.rsocket.RSocketRequester;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Sinks;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Over an RSocket channel, whose first payload opens it. */
final class RSocketWire extends BaseSubscriber<byte[]> implements Wire {
    private final Sinks.Many<byte[]> said = Sinks.many().unicast().onBackpressureBuffer();
    private final RSocketRequester requester;
    private final Listener listener;
    private final JsonMapper json;

    RSocketWire(RSocketRequester requester, Listener listener, JsonMapper json) {
        this.requester = requester;
        this.listener = listener;
        this.json = json;
        requester
                .route(Routes.LIVE)
                .data(said.asFlux())
                .retrieveFlux(byte[].class)
                .subscribe(this);
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        // The test asks.
    }

    @Override
    protected void hookOnNext(byte[] frame) {
        listener.onFrame().accept(new String(frame, StandardCharsets.UTF_8));
    }

    @Override
    protected void hookOnError(Throwable error) {
        listener.onEnd().accept(ending(String.valueOf(error.getMessage())));
    }

    @Override
    protected void hookOnComplete() {
        listener.onEnd().accept(new Ending(0, "completed"));
    }

    private Ending ending(String message) {
        try {
            Problem problem = json.readValue(message, Problem.class);
            return new Ending(problem.status(), problem.code());
        } catch (JacksonException notOurs) {
            return new Ending(0, message);
        }
    }

    @Override
    public void say(String frame) {
        said.emitNext(frame.getBytes(StandardCharsets.UTF_8), Sinks.EmitFailureHandler.FAIL_FAST);
    }

    @Override
    public void cut() {
        cancel();
        requester.dispose();
    }
}
