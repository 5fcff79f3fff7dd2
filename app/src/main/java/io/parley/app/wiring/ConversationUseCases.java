package io.parley.app.wiring;

import io.parley.app.gateway.TimeOrderedIds;
import io.parley.domain.auth.RateLimiter;
import io.parley.domain.conversation.AddMember;
import io.parley.domain.conversation.ChangeRole;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.ConversationRepository;
import io.parley.domain.conversation.ConversationWrites;
import io.parley.domain.conversation.CreateConversation;
import io.parley.domain.conversation.JoinChannel;
import io.parley.domain.conversation.LeaveConversation;
import io.parley.domain.conversation.OpenDirectConversation;
import io.parley.domain.conversation.RemoveMember;
import io.parley.domain.conversation.RenameConversation;
import io.parley.domain.log.Announcer;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Builds the use cases of conversations. */
@Configuration(proxyBeanMethods = false)
class ConversationUseCases {
    @Bean
    ConversationWrites conversationWrites(
            ConversationRepository conversations, RateLimiter limiter, Announcer announcer, Clock clock) {
        return new ConversationWrites(conversations, limiter, announcer, clock);
    }

    @Bean
    OpenDirectConversation openDirectConversation(ConversationWrites writes) {
        return new OpenDirectConversation(writes);
    }

    @Bean
    CreateConversation createConversation(ConversationWrites writes) {
        return new CreateConversation(writes, () -> new ConversationId(TimeOrderedIds.next()));
    }

    @Bean
    RenameConversation renameConversation(ConversationWrites writes) {
        return new RenameConversation(writes);
    }

    @Bean
    JoinChannel joinChannel(ConversationWrites writes) {
        return new JoinChannel(writes);
    }

    @Bean
    LeaveConversation leaveConversation(ConversationWrites writes) {
        return new LeaveConversation(writes);
    }

    @Bean
    AddMember addMember(ConversationWrites writes) {
        return new AddMember(writes);
    }

    @Bean
    RemoveMember removeMember(ConversationWrites writes) {
        return new RemoveMember(writes);
    }

    @Bean
    ChangeRole changeRole(ConversationWrites writes) {
        return new ChangeRole(writes);
    }
}
