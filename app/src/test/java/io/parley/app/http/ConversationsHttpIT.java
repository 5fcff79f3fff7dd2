package io.parley.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.AddMember;
import io.parley.api.ChangeRole;
import io.parley.api.ChangesPage;
import io.parley.api.ChannelList;
import io.parley.api.ConversationEntry;
import io.parley.api.ConversationList;
import io.parley.api.ConversationView;
import io.parley.api.EditMessage;
import io.parley.api.MarkRead;
import io.parley.api.MemberList;
import io.parley.api.MemberView;
import io.parley.api.MessagePage;
import io.parley.api.NewConversation;
import io.parley.api.PresenceView;
import io.parley.api.Problem;
import io.parley.api.RenameConversation;
import io.parley.api.Routes;
import io.parley.api.SendMessage;
import io.parley.api.ServerFrame;
import io.parley.app.testing.Node;
import io.parley.app.testing.Person;
import io.parley.app.testing.ServerTest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.RequestHeadersSpec;

@ServerTest
class ConversationsHttpIT {
    private final Node node;
    private final Person ann;
    private final Person ben;

    ConversationsHttpIT(Node node) {
        this.node = node;
        this.ann = Person.on(node);
        this.ben = Person.on(node);
    }

    @Test
    void aDirectConversationIsMadeOnceWhoeverOpensIt() {
        NewConversation withBen = new NewConversation("direct", ben.id(), null, null, null, null);
        NewConversation withAnn = new NewConversation("direct", ann.id(), null, null, null, null);

        EntityExchangeResult<ConversationEntry> first = open(ann, withBen);
        EntityExchangeResult<ConversationEntry> second = open(ben, withAnn);

        assertThat(first.getStatus().value()).isEqualTo(201);
        assertThat(second.getStatus().value()).isEqualTo(200);
        ConversationEntry entry = first.getResponseBody();
        assertThat(second.getResponseBody().id()).isEqualTo(entry.id());
        assertThat(entry.kind()).isEqualTo("direct");
        assertThat(entry.title()).isNull();
        assertThat(entry.peer().id()).isEqualTo(ben.id());
        assertThat(second.getResponseBody().peer().id()).isEqualTo(ann.id());
        assertThat(first.getResponseHeaders().getFirst(HttpHeaders.LOCATION))
                .isEqualTo(Routes.CONVERSATIONS + "/" + entry.id());
    }

    @Test
    void aGroupIsMadeOncePerKey() {
        NewConversation group = Person.group("Lunch", "joined", ben);

        EntityExchangeResult<ConversationEntry> first = open(ann, group);
        EntityExchangeResult<ConversationEntry> second = open(ann, group);

        assertThat(first.getStatus().value()).isEqualTo(201);
        assertThat(second.getStatus().value()).isEqualTo(200);
        assertThat(second.getResponseBody()).isEqualTo(first.getResponseBody());
        assertThat(first.getResponseBody())
                .extracting(
                        ConversationEntry::kind,
                        ConversationEntry::title,
                        ConversationEntry::history,
                        ConversationEntry::role,
                        ConversationEntry::memberCount)
                .containsExactly("group", "Lunch", "joined", "owner", 2);
        assertThat(entry(ben, first.getResponseBody().id()).role()).isEqualTo("member");
    }

    @Test
    void theListComesInPagesThatJoin() {
        List<UUID> mine = Stream.generate(ann::group).limit(5).sorted(UUIDS).toList();
        List<UUID> listed = new ArrayList<>();
        ConversationList page = ann.get(ConversationList.class, Routes.CONVERSATIONS + "?limit=2");
        page.conversations().forEach(entry -> listed.add(entry.id()));
        while (page.after() != null) {
            assertThat(page.conversations()).hasSize(2);
            page = ann.get(ConversationList.class, Routes.CONVERSATIONS + "?limit=2&after={after}", page.after());
            page.conversations().forEach(entry -> listed.add(entry.id()));
        }

        assertThat(listed).isEqualTo(mine);
        assertThat(ann.get(ConversationList.class, Routes.CONVERSATIONS + "?limit=5")
                        .after())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        // role of who asks, role of whom it is about: rename, add, remove, make somebody an admin
        "owner, member, 200, 204, 204, 204",
        "owner, admin, 200, 204, 204, 204",
        "owner, owner, 200, 204, 204, 204",
        "admin, member, 200, 204, 204, 403",
        "admin, admin, 200, 204, 403, 403",
        "admin, owner, 200, 204, 403, 403",
        "member, member, 403, 403, 403, 403",
        "member, owner, 403, 403, 403, 403"
    })
    void theRoleDecidesWhatSomebodyMayDo(
            String asking, String concerned, int rename, int add, int remove, int changeRole) {
        Person founder = Person.on(node);
        UUID group = founder.group(ann, ben);
        changeRole(founder, group, ann, asking).expectStatus().isNoContent();
        changeRole(founder, group, ben, concerned).expectStatus().isNoContent();

        rename(ann, group, "Renamed").expectStatus().isEqualTo(rename);
        ann.add(group, Person.on(node)).expectStatus().isEqualTo(add);
        changeRole(ann, group, ben, "admin").expectStatus().isEqualTo(changeRole);
        if (changeRole == 204) {
            changeRole(founder, group, ben, concerned).expectStatus().isNoContent();
        }
        ann.remove(group, ben).expectStatus().isEqualTo(remove);
    }

    @Test
    @Tag("wire-unknown")
    void whoIsNotAMemberFindsNothingAnywhere() {
        UUID group = ann.group();
        UUID message = ann.say(group, "hello").id();
        WebTestClient http = ben.http();
        List<RequestHeadersSpec<?>> requests = List.of(
                http.get().uri(Routes.CONVERSATION, group),
                http.patch().uri(Routes.CONVERSATION, group).bodyValue(new RenameConversation("Mine")),
                http.post().uri(Routes.CONVERSATION_JOIN, group),
                http.post().uri(Routes.CONVERSATION_LEAVE, group),
                http.get().uri(Routes.MEMBERS, group),
                http.post().uri(Routes.MEMBERS, group).bodyValue(new AddMember(ben.id())),
                http.patch().uri(Routes.MEMBER, group, ann.id()).bodyValue(new ChangeRole("member")),
                http.delete().uri(Routes.MEMBER, group, ann.id()),
                http.get().uri(Routes.MESSAGES, group),
                http.post().uri(Routes.MESSAGES, group).bodyValue(new SendMessage(null, UUID.randomUUID(), "x")),
                http.get().uri(Routes.MESSAGE, group, message),
                http.patch().uri(Routes.MESSAGE, group, message).bodyValue(new EditMessage("x")),
                http.delete().uri(Routes.MESSAGE, group, message),
                http.get().uri(Routes.CHANGES, group),
                http.put().uri(Routes.READ, group).bodyValue(new MarkRead(1)));

        for (RequestHeadersSpec<?> request : requests) {
            Problem problem = request.exchange()
                    .expectStatus()
                    .isNotFound()
                    .expectBody(Problem.class)
                    .returnResult()
                    .getResponseBody();
            assertThat(problem.code()).isEqualTo("conversation.unknown");
        }
        assertThat(ben.get(ConversationList.class, Routes.CONVERSATIONS).conversations())
                .isEmpty();
    }

    @Test
    void nobodyAsksWithoutSigningIn() {
        UUID group = ann.group();

        for (String route : List.of(
                Routes.CONVERSATION, Routes.MEMBERS, Routes.MESSAGES, Routes.CHANGES, Routes.FILES, Routes.CHANNELS)) {
            node.http().get().uri(route, group).exchange().expectStatus().isUnauthorized();
        }
        node.http().get().uri(Routes.FILE, group).exchange().expectStatus().isUnauthorized();
        node.http().post().uri(Routes.FILES).exchange().expectStatus().isUnauthorized();
    }

    @Test
    @Tag("always-5")
    void whoWasRemovedFindsNothingAnyMore() {
        UUID group = ann.group(ben);
        ann.remove(group, ben).expectStatus().isNoContent();

        ben.http().get().uri(Routes.MESSAGES, group).exchange().expectStatus().isNotFound();
        assertThat(members(ann, group)).extracting(member -> member.user().id()).containsExactly(ann.id());
    }

    @Test
    void anybodyJoinsAChannelAndLeavesIt() {
        UUID channel = ann.channel();
        assertThat(listed()).contains(channel);

        ConversationEntry joined = ben.http()
                .post()
                .uri(Routes.CONVERSATION_JOIN, channel)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(ConversationEntry.class)
                .returnResult()
                .getResponseBody();
        assertThat(joined.memberCount()).isEqualTo(2);
        assertThat(joined.role()).isEqualTo("member");

        ben.http()
                .post()
                .uri(Routes.CONVERSATION_LEAVE, channel)
                .exchange()
                .expectStatus()
                .isNoContent();
        assertThat(members(ann, channel)).hasSize(1);
    }

    private List<UUID> listed() {
        List<UUID> listed = new ArrayList<>();
        ChannelList page = ben.get(ChannelList.class, Routes.CHANNELS + "?limit=200");
        listed.addAll(page.channels().stream().map(ConversationView::id).toList());
        while (page.after() != null) {
            page = ben.get(ChannelList.class, Routes.CHANNELS + "?limit=200&after={after}", page.after());
            listed.addAll(page.channels().stream().map(ConversationView::id).toList());
        }
        return listed;
    }

    @Test
    void aGroupIsNotJoinedAndADirectConversationNotLeft() {
        UUID direct = ann.direct(ben);

        Problem problem = ann.http()
                .post()
                .uri(Routes.CONVERSATION_LEAVE, direct)
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody(Problem.class)
                .returnResult()
                .getResponseBody();

        assertThat(problem.code()).isEqualTo("conversation.kind");
    }

    @Test
    void membersComeInPagesThatJoin() {
        UUID group = ann.group(ben, Person.on(node), Person.on(node));

        MemberList first = ann.get(MemberList.class, Routes.MEMBERS + "?limit=3", group);
        MemberList second = ann.get(MemberList.class, Routes.MEMBERS + "?limit=3&after={after}", group, first.after());

        assertThat(first.members()).hasSize(3);
        assertThat(second.members()).hasSize(1);
        assertThat(second.after()).isNull();
        assertThat(members(ann, group))
                .containsExactlyElementsOf(Stream.concat(first.members().stream(), second.members().stream())
                        .toList())
                .filteredOn(member -> member.user().id().equals(ann.id()))
                .extracting(MemberView::role)
                .containsExactly("owner");
    }

    @Test
    void aRenamedGroupIsCalledThatByEverybody() {
        UUID group = ann.group(ben);

        rename(ann, group, " Dinner ").expectStatus().isOk();

        assertThat(entry(ben, group).title()).isEqualTo("Dinner");
    }

    @Test
    void whoJoinsAGroupWithoutHistoryReadsWhatComesAfter() {
        UUID group = ann.open(Person.group("New ones only", "joined"));
        ann.say(group, "before");
        ann.add(group, ben).expectStatus().isNoContent();
        ann.say(group, "after");

        MessagePage page = ben.get(MessagePage.class, Routes.MESSAGES, group);

        assertThat(page.messages()).extracting("text").containsExactly("after");
        assertThat(page.before()).isNull();
        assertThat(entry(ben, group).visibleFromSeq()).isEqualTo(2);
        assertThat(changes(ben, group, "").changes())
                .noneMatch(frame -> frame instanceof ServerFrame.Change change
                        && change.message() != null
                        && "before".equals(change.message().text()));
    }

    @Test
    @Tag("wire-changes")
    void theChangesOfAConversationComeInPagesUpToItsHead() {
        UUID group = ann.group(ben);
        ann.say(group, "one");
        ann.say(group, "two");

        List<ServerFrame> all = new ArrayList<>();
        ChangesPage page = changes(ann, group, "?limit=2");
        all.addAll(page.changes());
        while (page.next() < page.head()) {
            page = changes(ann, group, "?limit=2&after=" + page.next());
            all.addAll(page.changes());
        }

        assertThat(all)
                .extracting(frame -> ((ServerFrame.Change) frame).offset())
                .isSorted()
                .doesNotHaveDuplicates()
                .endsWith(page.head());
        assertThat(all).isEqualTo(changes(ann, group, "").changes());
        assertThat(changes(ann, group, "?after=" + page.head()).changes()).isEmpty();
    }

    @Test
    void whoCannotGoOnFromWhereItStandsStartsAnew() {
        UUID group = ann.group();
        ChangesPage whole = changes(ann, group, "");

        for (String query : List.of("?after=" + (whole.head() + 1), "?epoch=" + UUID.randomUUID())) {
            ChangesPage gap = changes(ann, group, query);
            assertThat(gap.gap()).isTrue();
            assertThat(gap.head()).isEqualTo(whole.head());
            assertThat(gap.changes()).isEmpty();
            assertThat(gap.next()).isNull();
        }
        assertThat(changes(ann, group, "?epoch=" + whole.epoch())).isEqualTo(whole);
        ann.http()
                .get()
                .uri(Routes.CHANGES + "?after=-1", group)
                .exchange()
                .expectStatus()
                .isBadRequest();
    }

    @Test
    void theLogOfAUserIsNoConversation() {
        ann.http().get().uri(Routes.CHANGES, ann.id()).exchange().expectStatus().isNotFound();
    }

    @Test
    void strangersAreNotToldWhoIsThere() {
        assertThat(presence(ann, ben)).isEqualTo("unknown");

        ann.direct(ben);

        assertThat(presence(ann, ben)).isEqualTo("offline");
        assertThat(presence(ann, ann)).isEqualTo("offline");
    }

    private static final Comparator<UUID> UUIDS = Comparator.comparing(UUID::toString);

    private static String presence(Person asking, Person user) {
        return asking.get(PresenceView.class, Routes.PRESENCE, user.id()).presence();
    }

    private static ChangesPage changes(Person person, UUID conversation, String query) {
        return person.get(ChangesPage.class, Routes.CHANGES + query, conversation);
    }

    private static List<MemberView> members(Person person, UUID conversation) {
        return person.get(MemberList.class, Routes.MEMBERS, conversation).members();
    }

    private static ConversationEntry entry(Person person, UUID conversation) {
        return person.get(ConversationEntry.class, Routes.CONVERSATION, conversation);
    }

    private static EntityExchangeResult<ConversationEntry> open(Person person, NewConversation request) {
        return person.http()
                .post()
                .uri(Routes.CONVERSATIONS)
                .bodyValue(request)
                .exchange()
                .expectBody(ConversationEntry.class)
                .returnResult();
    }

    private static WebTestClient.ResponseSpec rename(Person person, UUID conversation, String title) {
        return person.http()
                .patch()
                .uri(Routes.CONVERSATION, conversation)
                .bodyValue(new RenameConversation(title))
                .exchange();
    }

    private static WebTestClient.ResponseSpec changeRole(Person person, UUID conversation, Person member, String role) {
        return person.http()
                .patch()
                .uri(Routes.MEMBER, conversation, member.id())
                .bodyValue(new ChangeRole(role))
                .exchange();
    }
}
