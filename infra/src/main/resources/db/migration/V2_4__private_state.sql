-- What users keep for themselves: preferences, drafts, and how they want each conversation. Each is an item of the user's own
-- log. Whoever writes locks that log first, which a removal from a conversation does too: so nobody writes after it.

alter table user_conversations
    add column notify        text not null default 'all' check (notify in ('all', 'mentions', 'nothing')),
    add column muted_until   timestamptz,
    add column marked_unread boolean not null default false;

-- Names to texts.
create table preferences (
    user_id uuid primary key,
    entries jsonb not null
);

create table drafts (
    user_id         uuid not null,
    conversation_id uuid not null,
    body            text, -- null once it is removed
    updated_at      timestamptz not null,
    primary key (user_id, conversation_id)
);

-- Parallel arrays of names and texts; a null removes the name. In all, bytes are those of names and texts.
create function change_preferences(p_user uuid, p_names text[], p_values text[], p_most_names int, p_most_bytes int)
    returns setof written
    language plpgsql volatile as
$$
declare
    v_before jsonb;
    v_after  jsonb;
begin
    perform lock_user_logs(array [p_user]);
    v_before := coalesce((select entries from preferences where user_id = p_user), '{}');
    v_after := jsonb_strip_nulls(v_before || jsonb_object(p_names, p_values));
    if v_after = v_before then
        return next nothing_written('ok', null);
    elsif (select count(*) > p_most_names or sum(octet_length(e.key) + octet_length(e.value)) > p_most_bytes
            from jsonb_each_text(v_after) e) then
        return next nothing_written('preferences', null);
    else
        insert into preferences values (p_user, v_after)
            on conflict (user_id) do update set entries = excluded.entries;
        return next append_to_user(p_user, null, 'preferences', p_user, 'updated');
    end if;
end;
$$;

-- Without a text it is removed.
create function save_draft(p_conversation uuid, p_user uuid, p_body text, p_at timestamptz)
    returns setof written
    language plpgsql volatile as
$$
begin
    perform lock_user_logs(array [p_user]);
    if role_in(p_conversation, p_user) is null then
        return next nothing_written('unknown_conversation', null);
    elsif p_body is not distinct from (
            select body from drafts where user_id = p_user and conversation_id = p_conversation) then
        return next nothing_written('ok', p_conversation);
    else
        insert into drafts values (p_user, p_conversation, p_body, p_at)
            on conflict (user_id, conversation_id) do update set body = excluded.body, updated_at = excluded.updated_at;
        return next append_to_user(p_user, p_conversation, 'draft', p_conversation,
            case when p_body is null then 'deleted' else 'updated' end);
    end if;
end;
$$;

-- What is null stays as it is; p_muted_until counts only if p_mute says so, where null is the end of being muted.
create function change_personal(p_conversation uuid, p_user uuid, p_notify text, p_mute boolean,
    p_muted_until timestamptz, p_marked_unread boolean)
    returns setof written
    language plpgsql volatile as
$$
declare
    v_mine user_conversations;
begin
    perform lock_user_logs(array [p_user]);
    select * into v_mine from user_conversations
        where conversation_id = p_conversation and user_id = p_user and role is not null;
    if not found then
        return next nothing_written('unknown_conversation', null);
        return;
    end if;
    update user_conversations
        set notify = coalesce(p_notify, notify),
            muted_until = case when p_mute then p_muted_until else muted_until end,
            marked_unread = coalesce(p_marked_unread, marked_unread)
        where conversation_id = p_conversation and user_id = p_user
            and (notify <> coalesce(p_notify, notify)
                or p_mute and muted_until is distinct from p_muted_until
                or marked_unread <> coalesce(p_marked_unread, marked_unread));
    if found then
        return next append_to_user(p_user, p_conversation, 'personal', p_conversation, 'updated');
    else
        return next nothing_written('ok', p_conversation);
    end if;
end;
$$;

drop function move_positions(uuid, uuid, bigint, boolean);

-- As before, but reading takes the user's own mark away, also if there is nothing left to read: then the row has the entry
-- of the user's log too. Who marks it meanwhile marks it after this.
create function move_positions(p_conversation uuid, p_user uuid, p_seq bigint, p_read boolean)
    returns table (last_read bigint, last_delivered bigint, unread bigint, members int, moved boolean,
        log_id uuid, log_offset bigint, kind text, item uuid, reason text)
    language plpgsql volatile as
$$
declare
    v_marked boolean;
    v_moved  boolean;
    v_told   written;
begin
    v_marked := p_read and exists (
        select 1 from user_conversations uc
            where uc.conversation_id = p_conversation and uc.user_id = p_user and uc.role is not null
                and uc.marked_unread);
    if v_marked then
        -- Logs before anything else, as everybody does.
        perform lock_user_logs(array [p_user]);
    end if;
    -- All of it again by the row as it is after a wait: neither position moves back.
    update user_conversations uc
        set last_read_seq = case when p_read then greatest(uc.last_read_seq, m.seq) else uc.last_read_seq end,
            last_read_count = case when p_read and uc.last_read_seq < m.seq then m.count else uc.last_read_count end,
            last_delivered_seq = greatest(uc.last_delivered_seq, m.seq)
        from (select seq, count from messages where conversation_id = p_conversation and seq <= p_seq
                order by seq desc limit 1) m
        where uc.conversation_id = p_conversation and uc.user_id = p_user and uc.role is not null
            and (uc.last_delivered_seq < m.seq or p_read and uc.last_read_seq < m.seq);
    v_moved := found;
    if v_marked then
        update user_conversations uc set marked_unread = false
            from conversations c
            where uc.conversation_id = p_conversation and uc.user_id = p_user and uc.role is not null
                and uc.marked_unread and c.id = uc.conversation_id and (v_moved or p_seq >= c.head_seq);
        if found then
            v_told := append_to_user(p_user, p_conversation, 'personal', p_conversation, 'updated');
        end if;
    end if;
    return query
        select uc.last_read_seq, uc.last_delivered_seq, c.head_count - uc.last_read_count, c.member_count, v_moved,
                v_told.log_id, v_told.log_offset, v_told.kind, v_told.item, v_told.reason
            from user_conversations uc join conversations c on c.id = uc.conversation_id
            where uc.conversation_id = p_conversation and uc.user_id = p_user and uc.role is not null;
end;
$$;
