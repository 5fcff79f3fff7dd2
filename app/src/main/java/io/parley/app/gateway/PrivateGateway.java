package io.parley.app.gateway;

import io.parley.api.PersonalView;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.message.MessageBody;
import io.parley.domain.personal.ChangePersonal;
import io.parley.domain.personal.ChangePreferences;
import io.parley.domain.personal.Notify;
import io.parley.domain.personal.PersonalPatch;
import io.parley.domain.personal.PersonalPatch.Mute;
import io.parley.domain.personal.Preferences;
import io.parley.domain.personal.PreferencesPatch;
import io.parley.domain.personal.PrivateState;
import io.parley.domain.personal.SaveDraft;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What people keep for themselves, in the words of the public contract. Needs a {@link RequestContext}. */
@Component
public final class PrivateGateway {
    private final PrivateState state;
    private final ChangePreferences changePreferences;
    private final SaveDraft saveDraft;
    private final ChangePersonal changePersonal;

    PrivateGateway(
            PrivateState state,
            ChangePreferences changePreferences,
            SaveDraft saveDraft,
            ChangePersonal changePersonal) {
        this.state = state;
        this.changePreferences = changePreferences;
        this.saveDraft = saveDraft;
        this.changePersonal = changePersonal;
    }

    /** Value: the caller's preferences. */
    public Mono<Map<String, String>> preferences() {
        return RequestContext.user().flatMap(state::preferences).map(Preferences::values);
    }

    /** Value: the caller's preferences afterwards. */
    public Mono<Map<String, String>> changePreferences(Map<String, @Nullable String> patch) {
        return RequestContext.user()
                .flatMap(user -> changePreferences.change(user, new PreferencesPatch(patch)))
                .map(Preferences::values);
    }

    /** Completes when the draft is kept, or removed if it is blank. */
    public Mono<Void> saveDraft(UUID conversation, io.parley.api.SaveDraft request) {
        return RequestContext.user().flatMap(user -> {
            String text = Required.field(request.text());
            return saveDraft.save(
                    user, new ConversationId(conversation), text.isBlank() ? null : new MessageBody(text));
        });
    }

    /** Completes when there is no draft. */
    public Mono<Void> removeDraft(UUID conversation) {
        return RequestContext.user().flatMap(user -> saveDraft.save(user, new ConversationId(conversation), null));
    }

    /** Value: how the caller wants the conversation. */
    public Mono<PersonalView> personal(UUID conversation) {
        return RequestContext.user()
                .flatMap(user -> state.personal(user, new ConversationId(conversation)))
                .map(Views::of);
    }

    /** Value: how the caller wants the conversation afterwards. */
    public Mono<PersonalView> changePersonal(UUID conversation, io.parley.api.ChangePersonal request) {
        return RequestContext.user()
                .flatMap(user -> changePersonal.change(user, new ConversationId(conversation), patch(request)))
                .map(Views::of);
    }

    private static PersonalPatch patch(io.parley.api.ChangePersonal request) {
        String level = request.level();
        Optional<Instant> muted = request.mutedUntil();
        return new PersonalPatch(
                level == null ? null : Required.word(Notify.class, level),
                muted == null ? null : new Mute(muted.orElse(null)),
                request.markedUnread());
    }
}
