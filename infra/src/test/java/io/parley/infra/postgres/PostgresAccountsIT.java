package io.parley.infra.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.auth.Account;
import io.parley.domain.auth.AccountRepository;
import io.parley.domain.error.Conflict;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.NotFound;
import io.parley.domain.error.Unavailable;
import io.parley.domain.user.Handle;
import io.parley.domain.user.UserDirectory;
import io.parley.domain.user.UserId;
import io.parley.embedded.EmbeddedServer;
import io.parley.infra.Accounts;
import io.parley.infra.Node;
import io.parley.infra.Servers;
import io.r2dbc.pool.ConnectionPool;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class PostgresAccountsIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final AccountRepository first = Node.first().get(AccountRepository.class);
    private final AccountRepository second = Node.second().get(AccountRepository.class);
    private final UserDirectory directory = Node.second().get(UserDirectory.class);
    private final DatabaseClient database = DatabaseClient.create(Node.first().get(ConnectionPool.class));

    private final Account account = Accounts.account(Accounts.handle());

    @Test
    void anAccountReadsAsItWasStoredHoweverItsHandleIsWritten() {
        first.register(account).block(TIMEOUT);

        for (Handle handle : new Handle[] {account.user().handle(), shouted(account)}) {
            StepVerifier.create(second.find(handle))
                    .expectNext(account)
                    .expectComplete()
                    .verify(TIMEOUT);
            StepVerifier.create(directory.byHandle(handle))
                    .expectNext(account.user())
                    .expectComplete()
                    .verify(TIMEOUT);
        }
        StepVerifier.create(directory.byId(account.user().id()))
                .expectNext(account.user())
                .expectComplete()
                .verify(TIMEOUT);
    }

    @Test
    void aHandleIsTakenHoweverItIsWritten() {
        first.register(account).block(TIMEOUT);

        isTaken(second.register(Accounts.account(shouted(account))));
        StepVerifier.create(second.find(account.user().handle()))
                .expectNext(account)
                .expectComplete()
                .verify(TIMEOUT);
    }

    @Test
    void ofManyWhoRaceForAHandleOnTwoNodesOneWins() {
        Flux<Boolean> crowd = Flux.range(0, 50)
                .flatMap(
                        i -> (i % 2 == 0 ? first : second)
                                .register(Accounts.account(account.user().handle()))
                                .thenReturn(true)
                                .onErrorReturn(Conflict.class, false)
                                .subscribeOn(Schedulers.parallel()),
                        50);

        StepVerifier.create(crowd.filter(won -> won).count())
                .expectNext(1L)
                .expectComplete()
                .verify(TIMEOUT);
    }

    @Test
    void aDeletedAccountIsNotFoundAndKeepsItsHandle() {
        first.register(account).block(TIMEOUT);
        database.sql("update users set deleted_at = now() where id = :id")
                .bind("id", account.user().id().value())
                .then()
                .block(TIMEOUT);

        StepVerifier.create(first.find(account.user().handle()))
                .expectComplete()
                .verify(TIMEOUT);
        isUnknown(directory.byHandle(account.user().handle()));
        isUnknown(directory.byId(account.user().id()));
        isTaken(first.register(Accounts.account(account.user().handle())));
    }

    @Test
    void whoNeverWasIsUnknown() {
        StepVerifier.create(first.find(Accounts.handle())).expectComplete().verify(TIMEOUT);
        isUnknown(directory.byHandle(Accounts.handle()));
        isUnknown(directory.byId(new UserId(UUID.randomUUID())));
    }

    @Test
    void assemblingDoesNothing() {
        assertThat(first.register(account)).isNotNull();

        StepVerifier.create(first.find(account.user().handle()))
                .expectComplete()
                .verify(TIMEOUT);
    }

    @Test
    void withoutPostgresTheStoreIsUnavailable() {
        Servers.without(EmbeddedServer.POSTGRES, () -> {
            fails(first.register(account), Unavailable.class, ErrorCode.STORE_UNAVAILABLE);
            fails(first.find(account.user().handle()), Unavailable.class, ErrorCode.STORE_UNAVAILABLE);
            fails(directory.byId(account.user().id()), Unavailable.class, ErrorCode.STORE_UNAVAILABLE);
        });
    }

    private static Handle shouted(Account account) {
        return new Handle(account.user().handle().text().toUpperCase(Locale.ROOT));
    }

    private static void isTaken(Mono<?> registering) {
        fails(registering, Conflict.class, ErrorCode.HANDLE_TAKEN);
    }

    private static void isUnknown(Mono<?> asked) {
        fails(asked, NotFound.class, ErrorCode.USER_UNKNOWN);
    }

    private static void fails(Mono<?> asked, Class<? extends Throwable> kind, ErrorCode code) {
        StepVerifier.create(asked)
                .expectErrorSatisfies(
                        error -> assertThat(error).isInstanceOf(kind).hasMessage(code.wireName()))
                .verify(TIMEOUT);
    }
}
