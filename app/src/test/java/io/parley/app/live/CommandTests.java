package io.parley.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.ClientFrame;
import io.parley.api.MessageView;
import io.parley.api.ServerFrame;
import io.parley.app.testing.Person;
import io.parley.domain.error.ErrorCode;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client may say, and that each is answered once. */
interface CommandTests extends LiveTests {

    @Test
    default void aMessageIsSentEditedReadAndDeleted() {
        Person ada = bench().person();
        UUID group = ada.group();
        LiveClient client = live(ada);

        MessageView sent = message(client.ask(LiveBench.send(client, group, "one")));
        MessageView edited = message(client.ask(new ClientFrame.Edit(client.ref(), group, sent.id(), "two")));
        ServerFrame read = client.ask(new ClientFrame.Read(client.ref(), group, sent.seq()));
        MessageView deleted = message(client.ask(new ClientFrame.Delete(client.ref(), group, sent.id())));

        assertThat(sent.text()).isEqualTo("one");
        assertThat(edited.text()).isEqualTo("two");
        assertThat(((ServerFrame.Ack) read).read().lastReadSeq()).isEqualTo(sent.seq());
        assertThat(deleted.deletedAt()).isNotNull();
        client.until("the deletion", () -> client.replica().offset(group) == deleted.offset());
        assertThat(client.replica().messages(group)).containsExactly(deleted);
    }

    @Test
    @Tag("credit")
    default void creditNeedsALimitAndIsNeverNegative() {
        LiveClient client = live(bench().person());

        ServerFrame unstated = client.ask(new ClientFrame.Credit(client.ref(), 5));
        ServerFrame none = client.ask(new ClientFrame.Credit(client.ref(), 0));

        assertThat(LiveBench.code(unstated)).isEqualTo(ErrorCode.LIVE_CREDIT_UNSTATED.wireName());
        assertThat(LiveBench.code(none)).isEqualTo(ErrorCode.REQUEST_MALFORMED.wireName());
        client.settled();
    }

    @Test
    @Tag("wire-ref")
    default void eachOfManyCommandsIsAnsweredOnceAndInOrder() {
        Person ada = bench().person();
        UUID group = ada.group();
        LiveClient client = live(ada);
        List<ClientFrame.Send> sends = IntStream.range(0, 30)
                .mapToObj(number -> LiveBench.send(client, group, "m" + number))
                .toList();

        sends.forEach(client::say);
        sends.forEach(send -> client.answer(send.ref()));
        client.settled();

        assertThat(sends)
                .allSatisfy(send ->
                        assertThat(client.answers(send.ref())).singleElement().isInstanceOf(ServerFrame.Ack.class));
        assertThat(client.frames(ServerFrame.Ack.class))
                .extracting(ServerFrame.Ack::ref)
                .isEqualTo(sends.stream().map(ClientFrame.Send::ref).toList());
        client.until("all changes", () -> client.replica().texts(group).size() == sends.size());
        assertThat(client.replica().texts(group))
                .isEqualTo(sends.stream().map(ClientFrame.Send::text).toList());
    }

    @Test
    @Tag("log-8")
    @Tag("always-4")
    default void aRepeatedSendIsAnsweredWithTheFirstMessage() {
        Person ada = bench().person();
        UUID group = ada.group();
        LiveClient client = live(ada);
        UUID id = UUID.randomUUID();

        MessageView first = message(client.ask(new ClientFrame.Send("1", group, id, "once")));
        MessageView repeated = message(client.ask(new ClientFrame.Send("2", group, id, "once")));
        ServerFrame another = client.ask(new ClientFrame.Send("3", group, id, "twice"));

        assertThat(repeated).isEqualTo(first);
        assertThat(LiveBench.code(another)).isEqualTo(ErrorCode.MESSAGE_ID_REUSED.wireName());
        client.until("the message", () -> client.replica().texts(group).equals(List.of("once")));
    }

    @Test
    @Tag("wire-ref")
    @Tag("wire-unknown")
    default void anErrorCarriesItsRefAndRequestIdAndEndsNothing() {
        Person ada = bench().person();
        UUID foreign = bench().person().group();
        LiveClient client = live(ada);

        ServerFrame.Failure send = failure(client.ask(LiveBench.send(client, foreign, "hello")));
        ServerFrame.Failure read = failure(client.ask(new ClientFrame.Read(client.ref(), foreign, 1)));
        ServerFrame.Failure received = failure(client.ask(new ClientFrame.Received(client.ref(), foreign, 1)));
        ServerFrame.Failure typing = failure(client.ask(new ClientFrame.Typing(client.ref(), foreign)));
        ServerFrame.Failure edit =
                failure(client.ask(new ClientFrame.Edit(client.ref(), foreign, UUID.randomUUID(), "x")));

        assertThat(List.of(send, read, received, typing, edit)).allSatisfy(failure -> {
            assertThat(failure.problem().code()).isEqualTo(ErrorCode.CONVERSATION_UNKNOWN.wireName());
            assertThat(failure.problem().status()).isEqualTo(404);
            assertThat(failure.problem().requestId()).isNotBlank();
        });
        assertThat(List.of(send, read, received, typing, edit))
                .extracting(failure -> failure.problem().requestId())
                .doesNotHaveDuplicates();
        client.settled();
    }

    @ParameterizedTest
    @Tag("wire-ref")
    @CsvSource(delimiter = '|', textBlock = """
            send   | "conversationId":"%s","clientMessageId":"0b9e6a52-7d3c-4a57-9c06-2f1f3a1d9d10"
            send   | "conversationId":"%s","text":"hello"
            send   | "clientMessageId":"0b9e6a52-7d3c-4a57-9c06-2f1f3a1d9d10","text":"hello"
            edit   | "conversationId":"%s","text":"hello"
            edit   | "conversationId":"%s","messageId":"0b9e6a52-7d3c-4a57-9c06-2f1f3a1d9d10"
            delete | "conversationId":"%s"
            read   | "seq":1
            received | "seq":1
            typing | "unknown":1
            refresh| "unknown":1
            """)
    default void aMissingFieldIsToldWithTheRef(String type, String fields) {
        Person ada = bench().person();
        LiveClient client = live(ada);

        client.say("{\"type\":\"" + type + "\",\"ref\":\"7\"," + fields.formatted(UUID.randomUUID()) + "}");

        assertThat(LiveBench.code(client.answer("7"))).isEqualTo(ErrorCode.REQUEST_MALFORMED.wireName());
        client.settled();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"dance\",\"ref\":\"7\"}",
                "{\"ref\":\"7\"}",
                "{\"type\":\"ping\"}",
                "{\"type\":\"refresh\",\"token\":\"some\"}",
                "{\"type\":\"send\",\"ref\":\"7\",\"conversationId\":\"nobody\"}",
                "[]",
                "null",
                "{",
                "{\"type\":\"send\",\"conversationId\":\"0b9e6a52-7d3c-4a57-9c06-2f1f3a1d9d10\"}"
            })
    default void aFrameThatCannotBeReadIsToldWithoutOne(String frame) {
        LiveClient client = live(bench().person());

        client.say(frame);

        client.until("an error", () -> !client.frames(ServerFrame.Failure.class).isEmpty());
        assertThat(client.frames(ServerFrame.Failure.class)).singleElement().satisfies(failure -> {
            assertThat(failure.ref()).isNull();
            assertThat(failure.problem().code()).isEqualTo(ErrorCode.REQUEST_MALFORMED.wireName());
        });
        client.settled();
    }

    @Test
    default void unknownFieldsAreNotMinded() {
        LiveClient client = live(bench().person());

        client.say("{\"type\":\"ping\",\"ref\":\"7\",\"color\":\"red\"}");

        assertThat(client.answer("7")).isEqualTo(new ServerFrame.Pong("7"));
    }

    private static MessageView message(ServerFrame answer) {
        assertThat(answer).isInstanceOf(ServerFrame.Ack.class);
        return ((ServerFrame.Ack) answer).message();
    }

    private static ServerFrame.Failure failure(ServerFrame answer) {
        assertThat(answer).isInstanceOf(ServerFrame.Failure.class);
        return (ServerFrame.Failure) answer;
    }
}
