package io.parley.app.wiring;

import io.parley.app.gateway.TimeOrderedIds;
import io.parley.domain.auth.AccountRepository;
import io.parley.domain.auth.Authenticate;
import io.parley.domain.auth.CallLimit;
import io.parley.domain.auth.EndSession;
import io.parley.domain.auth.OpenSession;
import io.parley.domain.auth.PasswordHasher;
import io.parley.domain.auth.RateLimiter;
import io.parley.domain.auth.RefreshSession;
import io.parley.domain.auth.Register;
import io.parley.domain.auth.SessionId;
import io.parley.domain.auth.SessionRepository;
import io.parley.domain.auth.SignIn;
import io.parley.domain.auth.SignOut;
import io.parley.domain.auth.TokenIssuer;
import io.parley.domain.auth.TokenVerifier;
import io.parley.domain.log.Announcer;
import io.parley.domain.log.SessionLog;
import io.parley.domain.user.FindUser;
import io.parley.domain.user.UserDirectory;
import io.parley.domain.user.UserId;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Builds the use cases of accounts and sessions. */
@Configuration(proxyBeanMethods = false)
class AccountUseCases {

    @Bean
    OpenSession openSession(SessionRepository sessions, TokenIssuer issuer, Clock clock) {
        return new OpenSession(sessions, issuer, () -> new SessionId(TimeOrderedIds.next()), clock);
    }

    @Bean
    Register register(
            RateLimiter limiter,
            RegistrationProperties properties,
            PasswordHasher hasher,
            AccountRepository accounts,
            OpenSession openSession,
            Clock clock) {
        return new Register(
                new CallLimit(limiter, Register.limit(properties.burst())),
                hasher,
                accounts,
                openSession,
                new Register.NewUsers(() -> new UserId(TimeOrderedIds.next()), clock));
    }

    @Bean
    SignIn signIn(
            RateLimiter limiter,
            SignInProperties properties,
            PasswordHasher hasher,
            AccountRepository accounts,
            OpenSession openSession) {
        return new SignIn(new CallLimit(limiter, SignIn.limit(properties.burst())), hasher, accounts, openSession);
    }

    @Bean
    RefreshSession refreshSession(
            RateLimiter limiter, SessionRepository sessions, OpenSession openSession, EndSession endSession) {
        return new RefreshSession(limiter, sessions, openSession, endSession);
    }

    @Bean
    EndSession endSession(SessionLog log, SessionRepository sessions, Announcer announcer, Clock clock) {
        return new EndSession(log, sessions, announcer, clock);
    }

    @Bean
    SignOut signOut(EndSession endSession) {
        return new SignOut(endSession);
    }

    @Bean
    Authenticate authenticate(TokenVerifier verifier, SessionRepository sessions) {
        return new Authenticate(verifier, sessions);
    }

    @Bean
    FindUser findUser(UserDirectory directory, RateLimiter limiter) {
        return new FindUser(directory, limiter);
    }
}
