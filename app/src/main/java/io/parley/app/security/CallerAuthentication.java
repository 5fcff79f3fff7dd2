package io.parley.app.security;

import io.parley.app.gateway.RequestContext;
import io.parley.domain.auth.Caller;
import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import reactor.util.context.Context;

/** Whoever has signed in, in Spring Security's words. The token itself is not kept. */
final class CallerAuthentication extends AbstractAuthenticationToken {
    private final transient Caller caller;

    CallerAuthentication(Caller caller) {
        super(List.of());
        this.caller = caller;
        setAuthenticated(true);
    }

    @Override
    public Caller getPrincipal() {
        return caller;
    }

    @Override
    public String getCredentials() {
        return "";
    }

    @Override
    public String getName() {
        return caller.user().value().toString();
    }

    /** For the security rules, and as {@link RequestContext} for everybody else. */
    Context into(Context context) {
        return RequestContext.signedInAs(context, caller)
                .putAll(ReactiveSecurityContextHolder.withAuthentication(this).readOnly());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CallerAuthentication that && that.caller.equals(caller);
    }

    @Override
    public int hashCode() {
        return caller.hashCode();
    }
}
