-- The lobby: one public log. Its row holds the head; whoever appends locks it first, so that offsets have no holes
-- and commit order is offset order.
create table lobby (
    id          smallint primary key check (id = 1),
    head_offset bigint not null
);

insert into lobby values (1, 0);

create table lobby_messages (
    log_offset        bigint primary key,
    id                uuid not null unique,
    client_message_id uuid not null unique,
    body              text not null,
    posted_at         timestamptz not null
);

-- Stores a message at the next offset, or answers with the one that came with the same client message id before.
-- VOLATILE: each statement has a snapshot of its own, so that what committed while the lock was awaited is seen.
create function append_lobby_message(p_id uuid, p_client_message_id uuid, p_body text, p_posted_at timestamptz)
    returns setof lobby_messages
    language plpgsql volatile as
$$
declare
    next_offset bigint;
begin
    select head_offset + 1 into next_offset from lobby where id = 1 for no key update;

    return query select * from lobby_messages where client_message_id = p_client_message_id;
    if found then
        return;
    end if;

    update lobby set head_offset = next_offset where id = 1;
    return query
        insert into lobby_messages values (next_offset, p_id, p_client_message_id, p_body, p_posted_at)
        returning *;
end;
$$;
