package io.parley.domain.user;

import reactor.core.publisher.Mono;

/** Finds people. Whoever deleted their account is not found. Nothing happens before subscription. */
public interface UserDirectory {

    /** Value: whose handle this is, however it is written. Errors: {@code NotFound}, {@code Unavailable}. */
    Mono<User> byHandle(Handle handle);

    /** Value: the person. Errors: {@code NotFound}, {@code Unavailable}. */
    Mono<User> byId(UserId id);
}
