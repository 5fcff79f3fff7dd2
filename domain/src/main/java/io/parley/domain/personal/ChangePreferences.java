package io.parley.domain.personal;

import io.parley.domain.user.UserId;
import reactor.core.publisher.Mono;

/** Changes some of a user's preferences, whatever another device does to the others. */
public final class ChangePreferences {
    private final PrivateWrites writes;

    public ChangePreferences(PrivateWrites writes) {
        this.writes = writes;
    }

    /** Value: all of them afterwards. Errors: those of the limiter and of {@link PrivateState#prefer}. */
    public Mono<Preferences> change(UserId user, PreferencesPatch patch) {
        return writes.by(user, () -> writes.state().prefer(user, patch))
                .then(Mono.defer(() -> writes.state().preferences(user)))
                .checkpoint("ChangePreferences");
    }
}
