package io.parley.loadtests.bench.seed;

import io.parley.loadtests.bench.seed.Group.Member;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes groups of people who are signed in; as the role that owns the tables. */
public final class Seed implements AutoCloseable {
    private static final String USERS = """
            insert into users (id, handle, handle_key, display_name, created_at)
                select id, handle, handle, 'somebody', now()
                    from unnest(?) id, lateral (select 'b' || substr(replace(id::text, '-', ''), 2) as handle) h""";

    private static final String SESSIONS = """
            insert into sessions (id, user_id, device, created_at, refreshed_at, ends_at, refresh_hash)
                select s.id, s.user_id, 'bench', now(), now(), now() + interval '1 day', uuid_send(s.id)
                    from unnest(?, ?) s(id, user_id)""";

    private static final String CONVERSATION = """
            insert into conversations (id, kind, title, history, creator_id, created_at, member_count)
                values (?, 'group', 'bench', 'all', ?, now(), ?)""";

    private static final String MEMBERS = """
            insert into user_conversations (conversation_id, user_id, role, since, visible_from_seq)
                select ?, id, 'member', now(), 1 from unnest(?) id""";

    private final Connection database;
    private final Tokens tokens;

    private Seed(Connection database) throws SQLException {
        this.database = database;
        this.tokens = Tokens.read(database);
    }

    /** @param settings of a node that has been started: the tables are there */
    public static Seed into(Map<String, String> settings) throws SQLException {
        return new Seed(connect(settings, "MIGRATION"));
    }

    /** A connection of the role that this is the prefix of. */
    public static Connection connect(Map<String, String> settings, String role) throws SQLException {
        String url = "jdbc:postgresql://" + settings.get("PARLEY_POSTGRES_ADDRESS") + "/"
                + settings.get("PARLEY_POSTGRES_DATABASE") + "?sslmode=disable";
        return DriverManager.getConnection(
                url, settings.get("PARLEY_" + role + "_USER"), settings.get("PARLEY_" + role + "_PASSWORD"));
    }

    /** So many groups of so many each. */
    public List<Group> groups(int count, int members) throws SQLException {
        List<Group> groups = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            groups.add(group(members));
        }
        analyze();
        return groups;
    }

    private Group group(int size) throws SQLException {
        UUID conversation = UUID.randomUUID();
        UUID[] users = Stream.generate(UUID::randomUUID).limit(size).toArray(UUID[]::new);
        UUID[] sessions = Stream.generate(UUID::randomUUID).limit(size).toArray(UUID[]::new);
        run(USERS, array(users));
        run(SESSIONS, array(sessions), array(users));
        run(CONVERSATION, conversation, users[0], size);
        run(MEMBERS, conversation, array(users));
        List<Member> members = IntStream.range(0, size)
                .parallel()
                .mapToObj(i -> new Member(users[i], tokens.sign(users[i], sessions[i])))
                .toList();
        return new Group(conversation, members);
    }

    private Object array(UUID[] ids) throws SQLException {
        return database.createArrayOf("uuid", ids);
    }

    private void run(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    /** Functions keep their plans: what is first run on tables that are thought empty stays slow. */
    private void analyze() throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute("analyze users, sessions, conversations, user_conversations");
        }
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}
