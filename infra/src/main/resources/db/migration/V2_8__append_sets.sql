-- Many people who each say one thing are most of what is written, and what a statement costs by itself was most of what a
-- message cost: there were six for each. Their conversations are written together now, in one statement.

-- Says what is said in conversations that are locked, and of which the batch holds nothing but sends, each of another
-- message: so no item changes what is decided of another one. The items are the elements of the arrays at p_numbers.
create function append_sends(p_numbers bigint[], p_conversations uuid[], p_actors uuid[], p_ids uuid[],
    p_client_ids uuid[], p_bodies text[], p_ats timestamptz[])
    returns setof append_outcome
    language plpgsql volatile as
$$
begin
    return query
        with item as materialized (
            select i.n, p_conversations[i.n] as conversation, p_actors[i.n] as actor, p_ids[i.n] as id,
                    p_client_ids[i.n] as client_id, p_bodies[i.n] as body, p_ats[i.n] as at
                from unnest(p_numbers) i(n)
        ),
        decided as materialized (
            select i.*, m as message, append_decision('send', i.actor, u, m, i.body) as status
                from item i
                left join user_conversations u on u.conversation_id = i.conversation and u.user_id = i.actor
                left join messages m on m.conversation_id = i.conversation and m.sender_id = i.actor
                    and m.client_message_id = i.client_id
        ),
        said as materialized (
            select d.n, d.conversation, d.actor, d.id, d.client_id, d.body, d.at,
                    c.head_offset + d.place as log_offset, c.head_seq + d.place as seq, c.head_count + d.place as count
                from (select *, row_number() over (partition by conversation order by n) as place
                        from decided where status = 'done') d
                join conversations c on c.id = d.conversation
        ),
        written as (
            insert into messages (conversation_id, seq, count, id, sender_id, client_message_id, body, body_hash,
                    posted_at)
                select conversation, seq, count, id, actor, client_id, body, sha256(convert_to(body, 'UTF8')), at
                    from said order by n
        ),
        logged as (
            insert into log (log_id, kind, item, log_offset, reason)
                select conversation, 'message', id, log_offset, 'created' from said order by n
        ),
        to_publish as (
            insert into outbox (log_id, log_offset, kind, item, reason)
                select conversation, log_offset, 'message', id, 'created' from said order by n
        ),
        -- Who speaks has read what was said before, and has got it. The head only rises, so that this never moves back.
        speakers as (
            update user_conversations u
                set last_read_seq = s.seq, last_read_count = s.count, last_delivered_seq = s.seq
                from (select conversation, actor, max(seq) as seq, max(count) as count
                        from said group by conversation, actor) s
                where u.conversation_id = s.conversation and u.user_id = s.actor
        ),
        heads as (
            update conversations c
                set head_offset = s.log_offset, head_seq = s.seq, head_count = s.count
                from (select conversation, max(log_offset) as log_offset, max(seq) as seq, max(count) as count
                        from said group by conversation) s
                where c.id = s.conversation
        )
        select s.n, 'done', s.conversation, s.log_offset, 'message', s.id, 'created', s.seq, s.actor, s.client_id,
                s.body, s.at, null::timestamptz, null::timestamptz
            from said s
        union all
        select d.n, 'repeat', d.conversation, l.log_offset, 'message', (d.message).id, l.reason, (d.message).seq,
                (d.message).sender_id, (d.message).client_message_id, (d.message).body, (d.message).posted_at,
                (d.message).edited_at, (d.message).deleted_at
            from decided d
            join log l on l.log_id = d.conversation and l.kind = 'message' and l.item = (d.message).id
            where d.status = 'repeat'
        union all
        select d.n, d.status, null, null, 'message', null, null, null, null, null, null, null, null, null
            from decided d
            where d.status not in ('done', 'repeat');
end;
$$;

-- Parallel arrays, one element per item; p_client_ids of sends only, p_bodies of sends and edits. Answers a row per item.
-- VOLATILE: each statement has a snapshot of its own. So all rows are locked first, and whatever is decided after that
-- sees everything that was committed while the locks were awaited. In one statement, or with a repeat looked for before
-- the lock, two nodes would number the same message twice.
--
-- Planned once, and by indexes: arrays would else be planned anew with each call, and what is first run on empty tables
-- would keep a plan that reads them whole.
create or replace function append_messages(p_ops text[], p_conversations uuid[], p_actors uuid[], p_ids uuid[],
    p_client_ids uuid[], p_bodies text[], p_ats timestamptz[])
    returns setof append_outcome
    language plpgsql volatile
    set plan_cache_mode = force_generic_plan
    set enable_hashjoin = off
    set enable_mergejoin = off
    set enable_seqscan = off as
$$
declare
    v_locked       uuid[];
    v_sends        uuid[] := '{}';
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

    -- One statement for all costs as much as three items one by one.
    if cardinality(p_ops) > 3 then
        select coalesce(array_agg(id), '{}') into v_sends
            from (select i.id
                    from unnest(p_ops, p_conversations, p_actors, p_client_ids) i(op, id, actor, client_id)
                    where i.id = any (v_locked)
                    group by i.id
                    having bool_and(i.op = 'send') and count(distinct (i.actor, i.client_id)) = count(*)) sends;
        return query select * from append_sends(
            array(select i.n from unnest(p_conversations) with ordinality i(id, n) where i.id = any (v_sends)),
            p_conversations, p_actors, p_ids, p_client_ids, p_bodies, p_ats);
    end if;

    for v_conversation in
        select c.id, c.head_offset, c.head_seq, c.head_count, i.numbers
            from conversations c
            join (select u.id, array_agg(u.n order by u.n) as numbers
                    from unnest(p_conversations) with ordinality u(id, n) group by u.id) i on i.id = c.id
            where c.id = any (v_locked) and c.id <> all (v_sends)
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
