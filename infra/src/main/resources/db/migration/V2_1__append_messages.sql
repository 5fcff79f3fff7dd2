-- Sending, editing and deleting messages, a batch at a time.

-- What became of one item of a batch. Status 'done': it took the offset. 'repeat': it held already. Anything else is a
-- refusal, and the rest is null.
create type append_outcome as (
    item_number       bigint,
    status            text,
    log_id            uuid,
    log_offset        bigint,
    kind              text,
    item              uuid,
    reason            text,
    seq               bigint,
    sender_id         uuid,
    client_message_id uuid,
    body              text,
    posted_at         timestamptz,
    edited_at         timestamptz,
    deleted_at        timestamptz
);

-- Says it: at the next seq and offset of the locked conversation, which the caller has incremented for it.
create function append_send(p_conversation uuid, p_offset bigint, p_seq bigint, p_count bigint, p_sender uuid, p_id uuid,
    p_client_id uuid, p_body text, p_at timestamptz)
    returns messages
    language plpgsql volatile as
$$
declare
    v_message messages;
begin
    insert into messages (conversation_id, seq, count, id, sender_id, client_message_id, body, body_hash, posted_at)
        values (p_conversation, p_seq, p_count, p_id, p_sender, p_client_id, p_body,
            sha256(convert_to(p_body, 'UTF8')), p_at)
        returning * into v_message;
    perform write_change(p_conversation, p_offset, 'message', p_id, 'created');
    -- Who speaks has read what was said before. The head only rises, so that this never moves back.
    update user_conversations set last_read_seq = p_seq, last_read_count = p_count
        where conversation_id = p_conversation and user_id = p_sender;
    return v_message;
end;
$$;

-- What must be done for an item of a locked conversation: 'done' if it takes an offset, 'repeat' if it holds already, or
-- why it is refused. p_message is the message that it concerns, null if there is none yet.
create function append_decision(p_op text, p_actor uuid, p_member user_conversations, p_message messages, p_body text)
    returns text
    language plpgsql immutable as
$$
begin
    if p_member.role is null then
        return 'unknown_conversation';
    elsif p_op = 'send' then
        return case
            when p_message.id is null then 'done'
            when p_message.body_hash = sha256(convert_to(p_body, 'UTF8')) then 'repeat'
            else 'id_reused'
        end;
    elsif p_message.id is null or p_message.seq < p_member.visible_from_seq then
        return 'unknown_message';
    elsif p_op = 'edit' then
        return case
            when p_message.sender_id <> p_actor then 'not_yours'
            when p_message.deleted_at is not null then 'deleted'
            when p_message.body = p_body then 'repeat'
            else 'done'
        end;
    else
        return case
            when p_message.sender_id <> p_actor and p_member.role = 'member' then 'not_yours'
            when p_message.deleted_at is not null then 'repeat'
            else 'done'
        end;
    end if;
end;
$$;

-- Parallel arrays, one element per item; p_client_ids of sends only, p_bodies of sends and edits. Answers a row per item.
-- VOLATILE: each statement has a snapshot of its own. So all rows are locked first, and whatever is decided after that
-- sees everything that was committed while the locks were awaited. In one statement, or with a repeat looked for before
-- the lock, two nodes would number the same message twice.
create function append_messages(p_ops text[], p_conversations uuid[], p_actors uuid[], p_ids uuid[],
    p_client_ids uuid[], p_bodies text[], p_ats timestamptz[])
    returns setof append_outcome
    language plpgsql volatile as
$$
declare
    v_locked       uuid[];
    v_conversation record;
    n              bigint;
    v_member       user_conversations;
    v_message      messages;
    v_status       text;
    v_offset       bigint;
    v_reason       text;
begin
    -- Until the end of the transaction: a conversation that somebody holds must not hold up all others of the lane.
    perform set_config('lock_timeout', '250ms', true);

    select coalesce(array_agg(id), '{}') into v_locked
        from (select id from conversations where id = any (p_conversations) order by id for no key update) locked;

    -- What is created from now on is not locked, and so does not exist.
    for n in select i.n from unnest(p_conversations) with ordinality i(id, n) where i.id <> all (v_locked) loop
        return next row (n, 'unknown_conversation', null, null, null, null, null, null, null, null, null, null, null,
            null)::append_outcome;
    end loop;

    for v_conversation in
        select c.id, c.head_offset, c.head_seq, c.head_count, i.numbers
            from conversations c
            join (select u.id, array_agg(u.n order by u.n) as numbers
                    from unnest(p_conversations) with ordinality u(id, n) group by u.id) i on i.id = c.id
            where c.id = any (v_locked)
    loop
        foreach n in array v_conversation.numbers loop
            select * into v_member from user_conversations
                where conversation_id = v_conversation.id and user_id = p_actors[n];
            if p_ops[n] = 'send' then
                select * into v_message from messages where conversation_id = v_conversation.id
                    and sender_id = p_actors[n] and client_message_id = p_client_ids[n];
            else
                select * into v_message from messages where conversation_id = v_conversation.id and id = p_ids[n];
            end if;

            v_status := append_decision(p_ops[n], p_actors[n], v_member, v_message, p_bodies[n]);

            if v_status = 'done' then
                v_conversation.head_offset := v_conversation.head_offset + 1;
                v_offset := v_conversation.head_offset;
                if p_ops[n] = 'send' then
                    v_conversation.head_seq := v_conversation.head_seq + 1;
                    v_conversation.head_count := v_conversation.head_count + 1;
                    v_message := append_send(v_conversation.id, v_offset, v_conversation.head_seq,
                        v_conversation.head_count, p_actors[n], p_ids[n], p_client_ids[n], p_bodies[n], p_ats[n]);
                    v_reason := 'created';
                elsif p_ops[n] = 'edit' then
                    update messages set body = p_bodies[n], edited_at = p_ats[n]
                        where conversation_id = v_conversation.id and seq = v_message.seq
                        returning * into v_message;
                    v_reason := 'edited';
                    perform write_change(v_conversation.id, v_offset, 'message', v_message.id, v_reason);
                else
                    update messages set body = null, deleted_at = p_ats[n]
                        where conversation_id = v_conversation.id and seq = v_message.seq
                        returning * into v_message;
                    v_reason := 'deleted';
                    perform write_change(v_conversation.id, v_offset, 'message', v_message.id, v_reason);
                end if;
            elsif v_status = 'repeat' then
                select log_offset, reason into v_offset, v_reason from log
                    where log_id = v_conversation.id and kind = 'message' and item = v_message.id;
            else
                v_message := null;
                v_offset := null;
                v_reason := null;
            end if;

            return next row (n, v_status, v_message.conversation_id, v_offset, 'message', v_message.id, v_reason,
                v_message.seq, v_message.sender_id, v_message.client_message_id, v_message.body, v_message.posted_at,
                v_message.edited_at, v_message.deleted_at)::append_outcome;
        end loop;

        -- Once, however many items: each version of the row would be walked past by all that follow.
        update conversations
            set head_offset = v_conversation.head_offset,
                head_seq = v_conversation.head_seq,
                head_count = v_conversation.head_count
            where id = v_conversation.id and head_offset <> v_conversation.head_offset;
    end loop;
end;
$$;
