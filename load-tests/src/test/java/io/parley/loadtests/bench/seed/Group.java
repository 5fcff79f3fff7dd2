package io.parley.loadtests.bench.seed;

import io.parley.loadtests.bench.wire.LiveClient.Access;
import java.util.List;
import java.util.UUID;

/** A conversation and those in it, who are in no other. */
public record Group(UUID conversation, List<Member> members) {

    /** @param token of a session of its own */
    public record Member(UUID user, String token) {}

    /** How they get in, who hold nothing yet. */
    public List<Access> access() {
        return members.stream()
                .map(member -> new Access(member.token(), Access.NOTHING))
                .toList();
    }
}
