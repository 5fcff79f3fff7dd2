package io.parley.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.ChangesPage;
import io.parley.api.EditMessage;
import io.parley.api.MessageView;
import io.parley.api.Refresh;
import io.parley.api.Routes;
import io.parley.api.SaveDraft;
import io.parley.api.ServerFrame;
import io.parley.api.SignedInView;
import io.parley.app.testing.Node;
import io.parley.app.testing.Person;
import io.parley.app.testing.ServerTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;

/**
 * The frames in docs/live-protocol.md are those of a node. After a wanted change of the wire, {@code -Dparley.record=true}
 * writes them anew.
 */
@ServerTest
class LiveProtocolRecordingIT {
    private static final String DOCUMENT = "docs/live-protocol.md";
    private static final int TYPING_TRIES = 20;

    private final Transcript transcript = new Transcript();
    private final Node node;
    private final Person ada;
    private final Person bob;
    private final UUID talk;

    LiveProtocolRecordingIT(Node node) {
        this.node = node;
        this.ada = somebody("ada");
        this.bob = somebody("bob");
        this.talk = ada.direct(bob);
        transcript.name(talk, "<conversation>");
        transcript.name("no token", "<not a token>");
    }

    private Person somebody(String name) {
        Person person = Person.on(node);
        transcript.name(person.id(), "<" + name + ">");
        transcript.name(person.signedIn().user().handle(), name);
        transcript.name(person.token(), "<access token of " + name + ">");
        return person;
    }

    @Test
    @Tag("wire-frames")
    void theDocumentShowsWhatIsSaid() throws Exception {
        LiveLine line = new LiveLine(node);
        String epoch = greeting(line);
        talking(line);
        hinting(line);
        long offset = reading(line);
        staying(line);
        drafting(line);
        refused(line);
        assertThat(line.unasked())
                .allMatch(frame -> frame.path("type").asString().equals("typing"));
        line.hangUp();

        resuming(epoch, offset);
        losing();
        slowly();
        joiningAndLeaving();
        streaming();
        ending();

        compare(transcript.blocks());
        assertThat(new Document(DOCUMENT).recorded())
                .hasSize(transcript.blocks().size() + 1);
    }

    @Test
    void theClientInJavaFollowsAsShown() throws Exception {
        StepVerifier.create(ClientExample.follow(node.tcp(), Mono.just(ada.token()), UUID.randomUUID(), Map.of()))
                .expectNextMatches(ServerFrame.Ready.class::isInstance)
                .thenCancel()
                .verify(Node.TIMEOUT);
        compare(Map.of("client", shownOf("ClientExample")));
    }

    private static String shownOf(String example) throws IOException {
        String source = Files.readString(Path.of("src/test/java/io/parley/app/docs", example + ".java"));
        String shown = source.substring(source.indexOf("// shown from here\n"), source.indexOf("    // to here"));
        return shown.substring(shown.indexOf('\n') + 1).stripIndent();
    }

    private static void compare(Map<String, String> happened) throws IOException {
        Document document = new Document(DOCUMENT);
        assertThat(document.recorded()).containsKeys(happened.keySet().toArray(String[]::new));
        if (Boolean.getBoolean(Document.RECORD)) {
            document.record(happened);
        }
        Map<String, String> shown = new Document(DOCUMENT).recorded();
        SoftAssertions.assertSoftly(each -> happened.forEach((block, frames) -> each.assertThat(shown.get(block))
                .as("%s, as the document shows it; if the wire was meant to change, -D%s=true", block, Document.RECORD)
                .isEqualTo(frames)));
    }

    private String greeting(LiveLine line) throws Exception {
        transcript.begin("hello");
        says(line, "{'type':'hello','token':'%s','device':'a phone'}", bob.token());
        says(line, "{'type':'resume','last':true}");
        JsonNode ready = line.hear("ready");
        transcript.name(ready.path("epoch").asString(), "<epoch>");
        transcript.heard(ready);
        return ready.path("epoch").asString();
    }

    private void talking(LiveLine line) throws Exception {
        transcript.begin("send");
        says(
                line,
                "{'type':'send','ref':'1','conversationId':'%s','clientMessageId':'%s','text':'helo'}",
                talk,
                UUID.randomUUID());
        hears(line, "change");
        String message = hears(line, "ack").path("message").path("id").asString();
        transcript.begin("edit");
        says(line, "{'type':'edit','ref':'2','conversationId':'%s','messageId':'%s','text':'hello'}", talk, message);
        hears(line, "change");
        hears(line, "ack");
        transcript.begin("delete");
        says(line, "{'type':'delete','ref':'3','conversationId':'%s','messageId':'%s'}", talk, message);
        hears(line, "change");
        hears(line, "ack");
    }

    private long reading(LiveLine line) throws Exception {
        ada.say(talk, "are you there?");
        JsonNode change = line.hear("change");
        String seq = change.at("/message/seq").asString();
        transcript.begin("received");
        says(line, "{'type':'received','ref':'4','conversationId':'%s','seq':%s}", talk, seq);
        hears(line, "ack");
        line.hear("receipt");
        transcript.begin("read");
        says(line, "{'type':'read','ref':'5','conversationId':'%s','seq':%s}", talk, seq);
        hears(line, "ack");
        hears(line, "receipt");
        return change.path("offset").asLong();
    }

    private void hinting(LiveLine line) throws Exception {
        transcript.begin("typing");
        LiveLine adas = lineOf(ada);
        String typing = "{\"type\":\"typing\",\"conversationId\":\"" + talk + "\"}";
        // What Redis carries may be lost: a client says it again and again.
        for (int i = 0; i < TYPING_TRIES && !line.hasHeard("typing"); i++) {
            adas.say(typing);
        }
        hears(line, "typing");
        transcript.begin("receipt");
        adas.say("{\"type\":\"read\",\"ref\":\"1\",\"conversationId\":\"" + talk + "\",\"seq\":1}");
        hears(line, "receipt");
        watching(line);
        adas.hangUp();
    }

    private void watching(LiveLine line) throws Exception {
        UUID stranger = UUID.randomUUID();
        transcript.name(stranger, "<a stranger>");
        transcript.begin("watch");
        says(line, "{'type':'watch','ref':'w1','userIds':['%s','%s']}", ada.id(), stranger);
        hears(line, "ack");
        hears(line, "presence");
        hears(line, "presence");
        says(line, "{'type':'watch','ref':'w2','userIds':[]}");
        hears(line, "ack");
    }

    private void drafting(LiveLine line) throws Exception {
        transcript.begin("draft");
        bob.http()
                .put()
                .uri(Routes.DRAFT, talk)
                .bodyValue(new SaveDraft("on my w"))
                .exchange()
                .expectStatus()
                .isNoContent();
        transcript.heard(line.hear("change", bob.id()));
    }

    private void staying(LiveLine line) throws Exception {
        transcript.begin("ping");
        says(line, "{'type':'ping','ref':'6'}");
        hears(line, "pong");
        transcript.begin("refresh");
        String fresh = freshToken();
        transcript.name(fresh, "<fresh access token of bob>");
        says(line, "{'type':'refresh','ref':'7','token':'%s'}", fresh);
        hears(line, "ack");
    }

    private LiveLine lineOf(Person person) throws Exception {
        LiveLine line = new LiveLine(node);
        line.say("{\"type\":\"hello\",\"token\":\"" + person.token() + "\"}");
        line.say("{\"type\":\"resume\",\"last\":true}");
        line.hear("ready");
        return line;
    }

    private String freshToken() {
        return node.http()
                .post()
                .uri(Routes.REFRESH)
                .bodyValue(new Refresh(bob.signedIn().refreshToken()))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(SignedInView.class)
                .returnResult()
                .getResponseBody()
                .accessToken();
    }

    private void refused(LiveLine line) throws Exception {
        transcript.begin("error");
        says(
                line,
                "{'type':'send','ref':'8','conversationId':'%s','clientMessageId':'%s','text':' '}",
                talk,
                UUID.randomUUID());
        hears(line, "error");
    }

    private void resuming(String epoch, long offset) throws Exception {
        MessageView message = ada.say(talk, "I shall wait");
        ada.http()
                .patch()
                .uri(Routes.MESSAGE, talk, message.id())
                .bodyValue(new EditMessage("I am waiting"))
                .exchange()
                .expectStatus()
                .isOk();
        ada.say(talk, "still here");
        transcript.begin("resume");
        LiveLine line = new LiveLine(node);
        says(line, "{'type':'hello','token':'%s'}", bob.token());
        says(line, "{'type':'resume','epoch':'%s','offsets':{'%s':%s},'last':true}", epoch, talk, offset);
        line.hear("ready");
        hears(line, "catchUp");
        hears(line, "change");
        hears(line, "change");
        hears(line, "caughtUp");
        assertThat(line.unasked()).isEmpty();
        line.hangUp();
    }

    private void losing() throws Exception {
        transcript.begin("gap");
        UUID older = UUID.randomUUID();
        transcript.name(older, "<epoch before a restore>");
        LiveLine line = new LiveLine(node);
        says(line, "{'type':'hello','token':'%s'}", bob.token());
        says(line, "{'type':'resume','epoch':'%s','offsets':{'%s':2},'last':true}", older, talk);
        line.hear("ready");
        hears(line, "gap");
        assertThat(line.unasked()).isEmpty();
        line.hangUp();
    }

    /** Takes what it allowed, misses nothing, and is told of the edited message once. */
    private void slowly() throws Exception {
        LiveLine other = lineOf(ada);
        LiveLine line = new LiveLine(node);
        transcript.begin("credit");
        says(line, "{'type':'hello','token':'%s','credit':1}", bob.token());
        line.say("{\"type\":\"resume\",\"last\":true}");
        line.hear("ready");
        ada.say(talk, "one");
        hears(line, "change");
        MessageView second = ada.say(talk, "tow");
        ada.http()
                .patch()
                .uri(Routes.MESSAGE, talk, second.id())
                .bodyValue(new EditMessage("two"))
                .exchange()
                .expectStatus()
                .isOk();
        // Who takes everything has heard of all three: then so has the node.
        for (int i = 0; i < 3; i++) {
            other.hear("change");
        }
        other.hangUp();
        says(line, "{'type':'ping','ref':'8'}");
        hears(line, "pong");
        says(line, "{'type':'credit','n':100}");
        hears(line, "catchUp");
        hears(line, "change");
        hears(line, "caughtUp");
        line.hangUp();
    }

    private void joiningAndLeaving() throws Exception {
        UUID group = ada.open(Person.group("A group", "joined"));
        transcript.name(group, "<group>");
        MessageView earlier = ada.say(group, "before Bob");
        LiveLine line = ready();
        transcript.begin("joined");
        ada.add(group, bob).expectStatus().is2xxSuccessful();
        hears(line, "change");
        hears(line, "gap");
        transcript.begin("skip");
        ada.http()
                .delete()
                .uri(Routes.MESSAGE, group, earlier.id())
                .exchange()
                .expectStatus()
                .isOk();
        hears(line, "skip");
        transcript.begin("removed");
        ada.http()
                .delete()
                .uri(Routes.MEMBER, group, bob.id())
                .exchange()
                .expectStatus()
                .is2xxSuccessful();
        transcript.heard(line.hear("change", bob.id()));
        line.hangUp();
    }

    private void streaming() throws Exception {
        long offset =
                ada.get(ChangesPage.class, Routes.CHANGES + "?limit=1", talk).head();
        ada.say(talk, "are you listening?");
        String server = "http://127.0.0.1:" + node.port("local.server.port");
        transcript.name(server, "<server>");
        transcript.begin("events");
        String token = "-H 'Authorization: Bearer " + bob.token() + "'";
        String address =
                "'" + server + Routes.CHANGES.replace("{id}", talk.toString()) + "?after=" + offset + "&follow=true'";
        transcript.printed("$ curl -N " + token + " \\\n    -H 'Accept: text/event-stream' " + address);
        try (EventLine line = new EventLine("curl -N " + token + " -H 'Accept: text/event-stream' " + address)) {
            prints(line, "catchUp");
            prints(line, "change");
            prints(line, "caughtUp");
            ada.say(talk, "this is live");
            prints(line, "change");
        }
    }

    private void prints(EventLine line, String type) throws Exception {
        String printed = line.next();
        if (printed.startsWith("id: ")) {
            transcript.printed(printed);
            printed = line.next();
        }
        assertThat(printed).startsWith("data: {\"type\":\"" + type + "\"");
        transcript.printed("data: ", printed.substring("data: ".length()));
        transcript.printed(line.next());
    }

    private LiveLine ready() throws Exception {
        LiveLine line = new LiveLine(node);
        line.say("{\"type\":\"hello\",\"token\":\"" + bob.token() + "\"}");
        line.say("{\"type\":\"resume\",\"last\":true}");
        line.hear("ready");
        return line;
    }

    private void ending() throws Exception {
        transcript.begin("refused");
        LiveLine foreign = new LiveLine(node);
        says(foreign, "{'type':'hello','token':'no token'}");
        hears(foreign, "goAway");
        hears(foreign, "close");
        transcript.begin("signed-out");
        LiveLine line = ready();
        bob.http().post().uri(Routes.SIGN_OUT).exchange().expectStatus().isNoContent();
        hears(line, "goAway");
        hears(line, "close");
    }

    private void says(LiveLine line, String format, Object... arguments) throws Exception {
        String frame = format.replace('\'', '"').formatted(arguments);
        transcript.said(frame);
        line.say(frame);
    }

    private JsonNode hears(LiveLine line, String type) throws Exception {
        JsonNode frame = line.hear(type);
        transcript.heard(frame);
        return frame;
    }
}
