package io.parley.app.gateway;

import io.parley.api.Refresh;
import io.parley.api.SignedInView;
import io.parley.domain.auth.Device;
import io.parley.domain.auth.Password;
import io.parley.domain.auth.RefreshSession;
import io.parley.domain.auth.RefreshToken;
import io.parley.domain.auth.Register;
import io.parley.domain.auth.Register.Application;
import io.parley.domain.auth.SignIn;
import io.parley.domain.auth.SignOut;
import io.parley.domain.user.DisplayName;
import io.parley.domain.user.Handle;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Registering, signing in and out, in the words of the public contract. Errors are the domain's. */
@Component
public final class AccountGateway {
    private static final String UNNAMED = "unknown";

    private final Register register;
    private final SignIn signIn;
    private final RefreshSession refreshSession;
    private final SignOut signOut;

    AccountGateway(Register register, SignIn signIn, RefreshSession refreshSession, SignOut signOut) {
        this.register = register;
        this.signIn = signIn;
        this.refreshSession = refreshSession;
        this.signOut = signOut;
    }

    /** Value: the new user, signed in. Needs a {@link RequestContext}, as all of these do. */
    public Mono<SignedInView> register(io.parley.api.Register request) {
        return RequestContext.current()
                .flatMap(context -> register.register(context.address(), application(request)))
                .map(Views::of);
    }

    private static Application application(io.parley.api.Register request) {
        Handle handle = new Handle(Required.field(request.handle()));
        String displayName = request.displayName() == null ? handle.text() : request.displayName();
        return new Application(
                handle,
                new DisplayName(displayName),
                new Password(Required.field(request.password())),
                device(request.device()));
    }

    /** Value: the user, signed in. */
    public Mono<SignedInView> signIn(io.parley.api.SignIn request) {
        return RequestContext.current()
                .flatMap(context -> signIn.signIn(
                        context.address(),
                        new Handle(Required.field(request.handle())),
                        new Password(Required.field(request.password())),
                        device(request.device())))
                .map(Views::of);
    }

    /** Value: the next pair of tokens. */
    public Mono<SignedInView> refresh(Refresh request) {
        return RequestContext.current()
                .flatMap(context -> refreshSession.refresh(
                        context.address(), new RefreshToken(Required.field(request.refreshToken()))))
                .map(Views::of);
    }

    /** Completes when the session of whoever is asking has ended. */
    public Mono<Void> signOut() {
        return RequestContext.current().flatMap(context -> signOut.signOut(context.requireCaller()));
    }

    private static Device device(@Nullable String text) {
        return new Device(text == null || text.isBlank() ? UNNAMED : text);
    }
}
