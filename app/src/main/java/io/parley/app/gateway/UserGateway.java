package io.parley.app.gateway;

import io.parley.api.UserView;
import io.parley.domain.user.FindUser;
import io.parley.domain.user.Handle;
import io.parley.domain.user.UserDirectory;
import io.parley.domain.user.UserId;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** People in the words of the public contract. Errors are the domain's. */
@Component
public final class UserGateway {
    private final UserDirectory directory;
    private final FindUser findUser;

    UserGateway(UserDirectory directory, FindUser findUser) {
        this.directory = directory;
        this.findUser = findUser;
    }

    /** Value: whoever is asking. Needs a {@link RequestContext}. */
    public Mono<UserView> me() {
        return RequestContext.current()
                .flatMap(context -> directory.byId(context.requireCaller().user()))
                .map(Views::of);
    }

    /** Value: whose handle this is. Needs a {@link RequestContext}. */
    public Mono<UserView> byHandle(String handle) {
        return RequestContext.current()
                .flatMap(context -> findUser.byHandle(context.caller(), new Handle(handle)))
                .map(Views::of);
    }

    public Mono<UserView> byId(UUID id) {
        return directory.byId(new UserId(id)).map(Views::of);
    }
}
