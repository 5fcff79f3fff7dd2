-- Opening conversations, and who is in them. Each function locks the conversation's row, then the user logs concerned in
-- the order of ids, and decides by what the statements after that see. Roles and kinds: see ConversationRepository.

-- What a write appended, a row for each entry; one row without an entry if it changed nothing, or was refused. Status is
-- 'ok' or the refusal.
create type written as (
    status          text,
    conversation_id uuid,
    log_id          uuid,
    log_offset      bigint,
    kind            text,
    item            uuid,
    reason          text
);

create function nothing_written(p_status text, p_conversation uuid)
    returns written
    language sql immutable as
$$
    select row (p_status, p_conversation, null, null, null, null, null)::written;
$$;

-- Locks the logs of those users that exist, and answers who of them is not deleted. Rows are made in the order of ids
-- too: waiting for another who makes the same ones is waiting for a lock.
create function lock_user_logs(p_users uuid[])
    returns uuid[]
    language plpgsql volatile as
$$
begin
    insert into user_logs (user_id)
        select id from users where id = any (p_users) order by id
        on conflict do nothing;
    perform 1 from user_logs where user_id = any (p_users) order by user_id for no key update;
    return array(select id from users where id = any (p_users) and deleted_at is null);
end;
$$;

create function append_to_conversation(p_conversation uuid, p_kind text, p_item uuid, p_reason text)
    returns written
    language plpgsql volatile as
$$
declare
    v_offset bigint;
begin
    update conversations set head_offset = head_offset + 1 where id = p_conversation returning head_offset into v_offset;
    perform write_change(p_conversation, v_offset, p_kind, p_item, p_reason);
    return row ('ok', p_conversation, p_conversation, v_offset, p_kind, p_item, p_reason)::written;
end;
$$;

create function append_to_user(p_user uuid, p_conversation uuid, p_kind text, p_item uuid, p_reason text)
    returns written
    language plpgsql volatile as
$$
declare
    v_offset bigint;
begin
    update user_logs set head_offset = head_offset + 1 where user_id = p_user returning head_offset into v_offset;
    perform write_change(p_user, v_offset, p_kind, p_item, p_reason);
    return row ('ok', p_conversation, p_user, v_offset, p_kind, p_item, p_reason)::written;
end;
$$;

-- That a member's row has changed: to those in the conversation, and to all devices of the member.
create function append_member(p_conversation uuid, p_user uuid, p_reason text)
    returns setof written
    language plpgsql volatile as
$$
begin
    return next append_to_conversation(p_conversation, 'member', p_user, p_reason);
    return next append_to_user(p_user, p_conversation, 'membership', p_conversation, p_reason);
end;
$$;

-- Makes somebody a member who is not, the first time or again: reading starts at the head.
create function enter_conversation(p_conversation uuid, p_user uuid, p_role text, p_reason text, p_at timestamptz)
    returns setof written
    language plpgsql volatile as
$$
begin
    insert into user_conversations (conversation_id, user_id, role, since, visible_from_seq, last_read_seq,
            last_read_count, last_delivered_seq)
        select id, p_user, p_role, p_at, case history when 'all' then 1 else head_seq + 1 end, head_seq, head_count,
            head_seq
            from conversations where id = p_conversation
        on conflict (conversation_id, user_id) do update
            set role = excluded.role, since = excluded.since, visible_from_seq = excluded.visible_from_seq,
                last_read_seq = excluded.last_read_seq, last_read_count = excluded.last_read_count,
                last_delivered_seq = excluded.last_delivered_seq;
    update conversations set member_count = member_count + 1 where id = p_conversation;
    return query select * from append_member(p_conversation, p_user, p_reason);
end;
$$;

create function role_in(p_conversation uuid, p_user uuid)
    returns text
    language plpgsql volatile as
$$
begin
    return (select role from user_conversations where conversation_id = p_conversation and user_id = p_user);
end;
$$;

-- Whether nobody else owns it.
create function is_last_owner(p_conversation uuid, p_user uuid)
    returns boolean
    language plpgsql volatile as
$$
begin
    return role_in(p_conversation, p_user) = 'owner' and not exists (
        select 1 from user_conversations
            where conversation_id = p_conversation and role = 'owner' and user_id <> p_user);
end;
$$;

create function open_direct(p_id uuid, p_creator uuid, p_peer uuid, p_at timestamptz)
    returns setof written
    language plpgsql volatile as
$$
begin
    insert into conversations (id, kind, history, creator_id, created_at)
        values (p_id, 'direct', 'all', p_creator, p_at)
        on conflict (id) do nothing;
    if not found then
        return next nothing_written('ok', p_id);
        return;
    end if;
    if cardinality(lock_user_logs(array [p_creator, p_peer])) < 2 then
        delete from conversations where id = p_id;
        return next nothing_written('unknown_user', null);
        return;
    end if;
    return next append_to_conversation(p_id, 'conversation', p_id, 'created');
    return query select * from enter_conversation(p_id, p_creator, 'member', 'joined', p_at);
    return query select * from enter_conversation(p_id, p_peer, 'member', 'added', p_at);
end;
$$;

-- p_members: without the creator, each once.
create function create_conversation(p_id uuid, p_creator uuid, p_key uuid, p_hash bytea, p_kind text, p_title text,
    p_history text, p_members uuid[], p_at timestamptz)
    returns setof written
    language plpgsql volatile as
$$
declare
    v_member uuid;
    v_first  conversations;
begin
    insert into conversations (id, kind, title, history, creator_id, idempotency_key, request_hash, created_at)
        values (p_id, p_kind, p_title, p_history, p_creator, p_key, p_hash, p_at)
        on conflict (creator_id, idempotency_key) do nothing;
    if not found then
        select * into v_first from conversations where creator_id = p_creator and idempotency_key = p_key;
        return next case when v_first.request_hash = p_hash
            then nothing_written('ok', v_first.id) else nothing_written('key_reused', null) end;
        return;
    end if;
    if cardinality(lock_user_logs(p_creator || p_members)) <= cardinality(p_members) then
        delete from conversations where id = p_id;
        return next nothing_written('unknown_user', null);
        return;
    end if;
    return next append_to_conversation(p_id, 'conversation', p_id, 'created');
    return query select * from enter_conversation(p_id, p_creator, 'owner', 'joined', p_at);
    foreach v_member in array p_members loop
        return query select * from enter_conversation(p_id, v_member, 'member', 'added', p_at);
    end loop;
end;
$$;

create function rename_conversation(p_id uuid, p_actor uuid, p_title text)
    returns setof written
    language plpgsql volatile as
$$
declare
    v_conversation conversations;
    v_role         text;
begin
    select * into v_conversation from conversations where id = p_id for no key update;
    v_role := role_in(p_id, p_actor);
    if v_role is null then
        return next nothing_written('unknown_conversation', null);
    elsif v_conversation.kind = 'direct' then
        return next nothing_written('kind', null);
    elsif v_role = 'member' then
        return next nothing_written('forbidden', null);
    elsif v_conversation.title = p_title then
        return next nothing_written('ok', p_id);
    else
        update conversations set title = p_title where id = p_id;
        return next append_to_conversation(p_id, 'conversation', p_id, 'renamed');
    end if;
end;
$$;

create function join_conversation(p_id uuid, p_user uuid, p_at timestamptz)
    returns setof written
    language plpgsql volatile as
$$
declare
    v_conversation conversations;
    v_alive        uuid[];
begin
    select * into v_conversation from conversations where id = p_id for no key update;
    v_alive := lock_user_logs(array [p_user]);
    if role_in(p_id, p_user) is not null then
        return next nothing_written('ok', p_id);
    elsif v_conversation.kind is distinct from 'channel' then
        return next nothing_written('unknown_conversation', null);
    elsif cardinality(v_alive) = 0 then
        return next nothing_written('unknown_user', null);
    else
        return query select * from enter_conversation(p_id, p_user, 'member', 'joined', p_at);
    end if;
end;
$$;

create function add_member(p_id uuid, p_actor uuid, p_user uuid, p_at timestamptz)
    returns setof written
    language plpgsql volatile as
$$
declare
    v_conversation conversations;
    v_alive        uuid[];
    v_role         text;
begin
    select * into v_conversation from conversations where id = p_id for no key update;
    v_alive := lock_user_logs(array [p_user]);
    v_role := role_in(p_id, p_actor);
    if v_role is null then
        return next nothing_written('unknown_conversation', null);
    elsif v_conversation.kind = 'direct' then
        return next nothing_written('kind', null);
    elsif v_role = 'member' then
        return next nothing_written('forbidden', null);
    elsif role_in(p_id, p_user) is not null then
        return next nothing_written('ok', p_id);
    elsif cardinality(v_alive) = 0 then
        return next nothing_written('unknown_user', null);
    else
        return query select * from enter_conversation(p_id, p_user, 'member', 'added', p_at);
    end if;
end;
$$;

create function remove_member(p_id uuid, p_actor uuid, p_user uuid, p_at timestamptz)
    returns setof written
    language plpgsql volatile as
$$
declare
    v_conversation conversations;
    v_role         text;
    v_removed      text;
begin
    select * into v_conversation from conversations where id = p_id for no key update;
    perform lock_user_logs(array [p_user]);
    v_role := role_in(p_id, p_actor);
    v_removed := role_in(p_id, p_user);
    if v_role is null then
        return next nothing_written('unknown_conversation', null);
    elsif v_conversation.kind = 'direct' then
        return next nothing_written('kind', null);
    elsif p_actor <> p_user and v_role = 'member' then
        return next nothing_written('forbidden', null);
    elsif v_removed is null then
        return next nothing_written('unknown_member', null);
    elsif p_actor <> p_user and v_role = 'admin' and v_removed <> 'member' then
        return next nothing_written('forbidden', null);
    elsif v_conversation.member_count > 1 and is_last_owner(p_id, p_user) then
        return next nothing_written('last_owner', null);
    else
        update user_conversations set role = null, since = p_at where conversation_id = p_id and user_id = p_user;
        update conversations set member_count = member_count - 1 where id = p_id;
        return query select * from append_member(p_id, p_user,
            case when p_actor = p_user then 'left' else 'removed' end);
    end if;
end;
$$;

create function set_member_role(p_id uuid, p_actor uuid, p_user uuid, p_role text)
    returns setof written
    language plpgsql volatile as
$$
declare
    v_conversation conversations;
    v_role         text;
    v_former       text;
begin
    select * into v_conversation from conversations where id = p_id for no key update;
    perform lock_user_logs(array [p_user]);
    v_role := role_in(p_id, p_actor);
    v_former := role_in(p_id, p_user);
    if v_role is null then
        return next nothing_written('unknown_conversation', null);
    elsif v_conversation.kind = 'direct' then
        return next nothing_written('kind', null);
    elsif v_role <> 'owner' then
        return next nothing_written('forbidden', null);
    elsif v_former is null then
        return next nothing_written('unknown_member', null);
    elsif v_former = p_role then
        return next nothing_written('ok', p_id);
    elsif is_last_owner(p_id, p_user) then
        return next nothing_written('last_owner', null);
    else
        update user_conversations set role = p_role where conversation_id = p_id and user_id = p_user;
        return query select * from append_member(p_id, p_user, 'promoted');
    end if;
end;
$$;

-- Ends a session and tells its user's devices, once: no row if it does not exist or they have been told before.
create function end_session(p_session uuid, p_at timestamptz)
    returns setof written
    language plpgsql volatile as
$$
declare
    v_user uuid;
begin
    select user_id into v_user from sessions where id = p_session;
    if not found then
        return;
    end if;
    perform lock_user_logs(array [v_user]);
    update sessions set revoked_at = p_at where id = p_session and revoked_at is null;
    if not exists (select 1 from log where log_id = v_user and kind = 'session' and item = p_session) then
        return next append_to_user(v_user, null, 'session', p_session, 'revoked');
    end if;
end;
$$;

-- Moves a read position up, never down, and tells where it stands; no row to who is not a member. Two statements, since
-- one that waited for another reader's move would answer with what it saw before the wait.
create function read_up_to(p_conversation uuid, p_user uuid, p_seq bigint)
    returns table (last_read bigint, unread bigint)
    language plpgsql volatile as
$$
begin
    update user_conversations uc set last_read_seq = m.seq, last_read_count = m.count
        from (select seq, count from messages where conversation_id = p_conversation and seq <= p_seq
                order by seq desc limit 1) m
        where uc.conversation_id = p_conversation and uc.user_id = p_user and uc.role is not null
            and uc.last_read_seq < m.seq;
    return query
        select uc.last_read_seq, c.head_count - uc.last_read_count
            from user_conversations uc join conversations c on c.id = uc.conversation_id
            where uc.conversation_id = p_conversation and uc.user_id = p_user and uc.role is not null;
end;
$$;
