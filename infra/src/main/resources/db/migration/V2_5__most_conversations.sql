-- Nobody is in more than 10,000 conversations at once: a live connection keeps a cursor in each.

alter table user_logs add column conversations int not null default 0;

update user_logs l set conversations = mine.n
    from (select user_id, count(*) as n from user_conversations where role is not null group by user_id) mine
    where mine.user_id = l.user_id;

-- Counts as memberships begin and end, whoever writes them: whoever does has locked the user's log, so that this waits
-- for nobody.
create function count_conversations()
    returns trigger
    language plpgsql volatile as
$$
declare
    v_more int := (new.role is not null)::int - (old.role is not null)::int;
begin
    if v_more <> 0 then
        insert into user_logs (user_id, conversations) values (coalesce(new.user_id, old.user_id), v_more)
            on conflict (user_id) do update set conversations = user_logs.conversations + v_more;
    end if;
    return null;
end;
$$;

create trigger count_conversations
    after insert or delete or update of role on user_conversations
    for each row execute function count_conversations();

-- Whether one of these users, whose logs are locked, is in as many conversations as anybody may be in. Looked up rather than
-- counted: who is in so many and tries one more must not hold its row while ten thousand others are gone through.
create function no_room_for_another(p_users uuid[])
    returns boolean
    language plpgsql volatile as
$$
begin
    return exists (select 1 from user_logs where user_id = any (p_users) and conversations >= 10000);
end;
$$;

-- As before, but with a limit.
create or replace function open_direct(p_id uuid, p_creator uuid, p_peer uuid, p_at timestamptz)
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
    if no_room_for_another(array [p_creator, p_peer]) then
        delete from conversations where id = p_id;
        return next nothing_written('too_many_conversations', null);
        return;
    end if;
    return next append_to_conversation(p_id, 'conversation', p_id, 'created');
    return query select * from enter_conversation(p_id, p_creator, 'member', 'joined', p_at);
    return query select * from enter_conversation(p_id, p_peer, 'member', 'added', p_at);
end;
$$;

-- p_members: without the creator, each once.
create or replace function create_conversation(p_id uuid, p_creator uuid, p_key uuid, p_hash bytea, p_kind text, p_title text,
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
    if no_room_for_another(p_creator || p_members) then
        delete from conversations where id = p_id;
        return next nothing_written('too_many_conversations', null);
        return;
    end if;
    return next append_to_conversation(p_id, 'conversation', p_id, 'created');
    return query select * from enter_conversation(p_id, p_creator, 'owner', 'joined', p_at);
    foreach v_member in array p_members loop
        return query select * from enter_conversation(p_id, v_member, 'member', 'added', p_at);
    end loop;
end;
$$;

create or replace function join_conversation(p_id uuid, p_user uuid, p_at timestamptz)
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
    elsif no_room_for_another(array [p_user]) then
        return next nothing_written('too_many_conversations', null);
    else
        return query select * from enter_conversation(p_id, p_user, 'member', 'joined', p_at);
    end if;
end;
$$;

create or replace function add_member(p_id uuid, p_actor uuid, p_user uuid, p_at timestamptz)
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
    elsif no_room_for_another(array [p_user]) then
        return next nothing_written('too_many_conversations', null);
    else
        return query select * from enter_conversation(p_id, p_user, 'member', 'added', p_at);
    end if;
end;
$$;
