-- How far each member has read, and how far a conversation has reached the member's devices.

-- As before, but what a member says has also reached that member.
create or replace function append_send(p_conversation uuid, p_offset bigint, p_seq bigint, p_count bigint, p_sender uuid,
    p_id uuid, p_client_id uuid, p_body text, p_at timestamptz)
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
    update user_conversations set last_read_seq = p_seq, last_read_count = p_count, last_delivered_seq = p_seq
        where conversation_id = p_conversation and user_id = p_sender;
    return v_message;
end;
$$;

-- What was read has been delivered.
update user_conversations set last_delivered_seq = last_read_seq where last_delivered_seq < last_read_seq;

drop function read_up_to(uuid, uuid, bigint);

-- Moves a member's positions up, never down and never beyond the head, and tells where they stand; no row to who is not a
-- member. With p_read both move, else only what has been delivered. Two statements, since one that waited for another
-- device's move would answer with what it saw before the wait.
create function move_positions(p_conversation uuid, p_user uuid, p_seq bigint, p_read boolean)
    returns table (last_read bigint, last_delivered bigint, unread bigint, members int, moved boolean)
    language plpgsql volatile as
$$
declare
    v_moved boolean;
begin
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
    return query
        select uc.last_read_seq, uc.last_delivered_seq, c.head_count - uc.last_read_count, c.member_count, v_moved
            from user_conversations uc join conversations c on c.id = uc.conversation_id
            where uc.conversation_id = p_conversation and uc.user_id = p_user and uc.role is not null;
end;
$$;
