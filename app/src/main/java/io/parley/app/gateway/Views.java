package io.parley.app.gateway;

import io.parley.api.MessageView;
import io.parley.api.SignedInView;
import io.parley.api.UserView;
import io.parley.domain.auth.SignedIn;
import io.parley.domain.auth.SignedIn.Tokens;
import io.parley.domain.message.Message;
import io.parley.domain.user.User;

/** The domain's model in the words of the public contract. */
final class Views {
    private Views() {}

    static UserView of(User user) {
        return new UserView(
                user.id().value(), user.handle().text(), user.displayName().text(), user.createdAt());
    }

    static SignedInView of(SignedIn signedIn) {
        Tokens tokens = signedIn.tokens();
        return new SignedInView(
                of(signedIn.user()),
                signedIn.session().value(),
                tokens.access().value(),
                tokens.accessExpiresAt(),
                tokens.refresh().value(),
                tokens.refreshExpiresAt());
    }

    static MessageView of(Message message) {
        return new MessageView(
                message.offset(),
                message.id().value(),
                message.clientMessageId().value(),
                message.body().text(),
                message.postedAt());
    }
}
