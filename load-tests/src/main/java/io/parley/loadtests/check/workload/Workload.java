package io.parley.loadtests.check.workload;

import io.parley.api.ChangesPage;
import io.parley.api.ConversationEntry;
import io.parley.api.MessagePage;
import io.parley.api.MessageView;
import io.parley.api.NewConversation;
import io.parley.api.ReceiptList;
import io.parley.api.Routes;
import io.parley.api.ServerFrame;
import io.parley.loadtests.check.history.Event;
import io.parley.loadtests.check.history.History;
import io.parley.loadtests.check.workload.Client.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** All people with all their devices, and the conversations that they are in. */
public final class Workload implements AutoCloseable {
    /** In the text of one message of twelve, for whoever watches the wire. */
    public static final String MARK = Client.MARK;

    private static final int PAGE = 200;
    private static final long ENDS_WITHIN_SECONDS = 60;

    private final Rest rest = new Rest();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Talk> talks = new ArrayList<>();
    private final List<Client> clients = new ArrayList<>();
    private final History history;
    private final List<Door> doors;

    /**
     * How much of it.
     *
     * @param people at least three, each with two devices
     * @param meanPauseMillis of each device, between two things that it does
     */
    public record Size(int people, long meanPauseMillis) {}

    /** Registers everybody and opens the conversations; nobody says anything yet. */
    public Workload(History history, List<Door> doors, long seed, Size size) {
        this.history = history;
        this.doors = doors;
        List<Person> people = IntStream.range(0, size.people)
                .mapToObj(i -> Person.register(rest, doors.get(i % doors.size()), "person" + i))
                .toList();
        talks.add(open(people, 0, "all", false));
        talks.add(open(people, 1, "joined", false));
        talks.add(open(people, 2, "all", true));
        talks.add(open(people, 0, "joined", true));
        for (int i = 0; i < people.size() * 2; i++) {
            Style style = style(i % 2 + 1, i % 4 < 2, i == 3);
            Plan plan = new Plan(seed, i, talks.size(), doors.size(), size.meanPauseMillis);
            clients.add(new Client(history, rest, doors, talks, people.get(i / 2), style, plan));
        }
    }

    private static Style style(int number, boolean webSocket, boolean slow) {
        boolean over = slow || webSocket;
        return new Style((slow ? "slow-" : "device-") + number, over ? "websocket" : "rsocket", slow);
    }

    private Talk open(List<Person> people, int owner, String kind, boolean lively) {
        Person opens = people.get(owner);
        List<UUID> others =
                people.stream().filter(one -> one != opens).map(Person::id).toList();
        NewConversation group = new NewConversation("group", null, UUID.randomUUID(), "A talk", kind, others);
        Door door = doors.get(0);
        ConversationEntry entry = rest.must(
                rest.ask(door, "POST", Routes.CONVERSATIONS, group, opens.token(door)), ConversationEntry.class);
        history.add(at -> new Event.Founded(
                at,
                entry.id(),
                kind,
                opens.id(),
                people.stream().map(Person::id).toList()));
        return new Talk(entry.id(), kind, opens, people, lively);
    }

    public List<UUID> conversations() {
        return talks.stream().map(Talk::id).toList();
    }

    public void start() {
        clients.forEach(threads::execute);
    }

    /** Nothing new is begun from here on. */
    public void stop() {
        clients.forEach(Client::stop);
    }

    /** Whether everything that was begun has ended, and everybody is connected. */
    public boolean isQuiet() {
        return clients.stream().allMatch(Client::isQuiet);
    }

    /**
     * Whether all devices have come to the ends of the logs of their users.
     *
     * @param heads of the conversations
     * @param members who is in them
     */
    public boolean isCaughtUp(Map<UUID, Long> heads, Map<UUID, List<UUID>> members) {
        return clients.stream().allMatch(client -> heads.entrySet().stream()
                .filter(head -> members.getOrDefault(head.getKey(), List.of())
                        .contains(client.person().id()))
                .allMatch(head -> client.held().isAt(head.getKey(), head.getValue())));
    }

    /** For people: which devices are not where they should be. */
    public List<String> laggards(Map<UUID, Long> heads, Map<UUID, List<UUID>> members) {
        List<String> laggards = new ArrayList<>();
        clients.forEach(client -> heads.forEach((talk, head) -> {
            boolean in = members.getOrDefault(talk, List.of())
                    .contains(client.person().id());
            if (in && !client.held().isAt(talk, head)) {
                laggards.add(client.person() + " quiet " + client.isQuiet() + " at "
                        + client.held().offsets().get(talk) + " of " + talk + ", which ends at " + head);
            }
        }));
        return laggards;
    }

    /** Everything is read once more, from every node: by the owners from each, by all others from one. */
    public void readAll() {
        for (Talk talk : talks) {
            for (Door door : doors) {
                read(door, talk, talk.owner());
            }
            for (int i = 0; i < talk.members().size(); i++) {
                if (talk.members().get(i) != talk.owner()) {
                    read(doors.get(i % doors.size()), talk, talk.members().get(i));
                }
            }
        }
    }

    private void read(Door door, Talk talk, Person person) {
        String token = person.token(door);
        Rest.Answer known = rest.ask(door, "GET", of(Routes.CONVERSATION, talk), null, token);
        if (known.status() == 404) {
            return;
        }
        ConversationEntry entry = rest.must(known, ConversationEntry.class);
        List<MessageView> messages = messages(door, talk, token);
        List<ServerFrame> log = log(door, talk, token);
        ReceiptList receipts =
                rest.must(rest.ask(door, "GET", of(Routes.RECEIPTS, talk), null, token), ReceiptList.class);
        history.add(at -> new Event.NodeRead(at, door.node(), person.id(), entry, messages, log, receipts.receipts()));
    }

    private List<MessageView> messages(Door door, Talk talk, String token) {
        List<MessageView> all = new ArrayList<>();
        Long after = 0L;
        while (after != null) {
            String path = of(Routes.MESSAGES, talk) + "?limit=" + PAGE + "&after=" + after;
            MessagePage page = rest.must(rest.ask(door, "GET", path, null, token), MessagePage.class);
            all.addAll(page.messages());
            after = page.after();
        }
        return all;
    }

    private List<ServerFrame> log(Door door, Talk talk, String token) {
        List<ServerFrame> all = new ArrayList<>();
        long after = 0;
        ChangesPage page;
        do {
            String path = of(Routes.CHANGES, talk) + "?limit=" + PAGE + "&after=" + after;
            page = rest.must(rest.ask(door, "GET", path, null, token), ChangesPage.class);
            all.addAll(page.changes());
            after = Objects.requireNonNullElse(page.next(), page.head());
        } while (after < page.head());
        return all;
    }

    private static String of(String route, Talk talk) {
        return route.replace("{id}", talk.id().toString());
    }

    @Override
    public void close() {
        clients.forEach(Client::close);
        threads.shutdown();
        try {
            if (!threads.awaitTermination(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
