-- Conversations, messages and the logs that everybody follows.
--
-- No foreign keys: each insert would lock the row that it points to (a user's, a conversation's) until the commit, in an
-- order of its own. Rows of others are never deleted while something points to them; they become tombstones.

-- Names this life of the store. After a restore from a backup the operator gives it another one.
create table store (
    id    smallint primary key check (id = 1),
    epoch uuid not null
);

insert into store values (1, gen_random_uuid());

-- The row of a conversation is the head of its log: whoever writes under the conversation locks it first.
create table conversations (
    id              uuid primary key,
    kind            text not null check (kind in ('direct', 'group', 'channel')),
    title           text,
    history         text not null check (history in ('all', 'joined')),
    creator_id      uuid not null,
    idempotency_key uuid,
    request_hash    bytea,
    created_at      timestamptz not null,
    member_count    int not null default 0,
    head_offset     bigint not null default 0,
    floor           bigint not null default 0,
    head_seq        bigint not null default 0,
    head_count      bigint not null default 0,
    unique (creator_id, idempotency_key)
) with (fillfactor = 50); -- heads move with each message: room for the next version of the row on its own page

create index conversations_channels on conversations (id) where kind = 'channel';

-- Made on demand by whoever appends first to a user's log.
create table user_logs (
    user_id     uuid primary key,
    head_offset bigint not null default 0,
    floor       bigint not null default 0
) with (fillfactor = 50);

-- Who is in a conversation, or was (role is null), and how far each has read.
create table user_conversations (
    conversation_id    uuid not null,
    user_id            uuid not null,
    role               text check (role in ('owner', 'admin', 'member')),
    since              timestamptz not null,
    visible_from_seq   bigint not null,
    last_read_seq      bigint not null default 0,
    last_read_count    bigint not null default 0,
    last_delivered_seq bigint not null default 0,
    primary key (conversation_id, user_id)
) with (fillfactor = 70);

create index user_conversations_mine on user_conversations (user_id, conversation_id) where role is not null;

-- seq: the dense number of the message. count: how many up to it count as unread.
create table messages (
    conversation_id   uuid not null,
    seq               bigint not null,
    count             bigint not null,
    id                uuid not null,
    sender_id         uuid not null,
    client_message_id uuid not null,
    body              text check ((deleted_at is null) = (body is not null)),
    body_hash         bytea not null, -- of the first text: tells a repeat from a reused id, also after edit and deletion
    posted_at         timestamptz not null,
    edited_at         timestamptz,
    deleted_at        timestamptz,
    primary key (conversation_id, seq),
    unique (conversation_id, id),
    unique (conversation_id, sender_id, client_message_id)
);

-- The compacted logs: one row per item, at its latest change. The item is the primary key, since it never changes, and
-- a replica or a distributed PostgreSQL finds rows by it; the offset moves with each change. Either way an update writes
-- both indexes; what it does not write are the indexes of the item's own table.
create table log (
    log_id     uuid not null,
    kind       text not null,
    item       uuid not null,
    log_offset bigint not null,
    reason     text not null,
    primary key (log_id, kind, item),
    unique (log_id, log_offset)
);

-- Stored, and not yet confirmed as published. By the clock, not by the start of the transaction: waiting for a lock is
-- not waiting to be published.
create table outbox (
    log_id     uuid not null,
    log_offset bigint not null,
    kind       text not null,
    item       uuid not null,
    reason     text not null,
    created_at timestamptz not null default clock_timestamp(),
    primary key (log_id, log_offset)
);

create index outbox_age on outbox (created_at);

-- Which node relays what was left in the outbox.
create table relay_lease (
    id     smallint primary key check (id = 1),
    holder uuid not null,
    until  timestamptz not null
);

-- Every change comes through here: the item's row of the log, and the outbox.
create function write_change(p_log uuid, p_offset bigint, p_kind text, p_item uuid, p_reason text)
    returns void
    language plpgsql volatile as
$$
begin
    insert into log (log_id, kind, item, log_offset, reason)
        values (p_log, p_kind, p_item, p_offset, p_reason)
        on conflict (log_id, kind, item) do update set log_offset = excluded.log_offset, reason = excluded.reason;
    insert into outbox (log_id, log_offset, kind, item, reason)
        values (p_log, p_offset, p_kind, p_item, p_reason);
end;
$$;
