-- Where in a conversation's log a member came in: a client that holds less, and may not see what was said before, begins
-- anew.

alter table user_conversations add column joined_offset bigint not null default 0;

-- Of who is in already, the last change of the member is the best that is known: at worst a client begins anew.
update user_conversations r set joined_offset = l.log_offset
    from log l
    where l.log_id = r.conversation_id and l.kind = 'member' and l.item = r.user_id;

-- As before, and notes the offset of the change that tells of it: the next one, since the conversation is locked.
create or replace function enter_conversation(p_conversation uuid, p_user uuid, p_role text, p_reason text,
    p_at timestamptz)
    returns setof written
    language plpgsql volatile as
$$
begin
    insert into user_conversations (conversation_id, user_id, role, since, visible_from_seq, last_read_seq,
            last_read_count, last_delivered_seq, joined_offset)
        select id, p_user, p_role, p_at, case history when 'all' then 1 else head_seq + 1 end, head_seq, head_count,
            head_seq, head_offset + 1
            from conversations where id = p_conversation
        on conflict (conversation_id, user_id) do update
            set role = excluded.role, since = excluded.since, visible_from_seq = excluded.visible_from_seq,
                last_read_seq = excluded.last_read_seq, last_read_count = excluded.last_read_count,
                last_delivered_seq = excluded.last_delivered_seq, joined_offset = excluded.joined_offset;
    update conversations set member_count = member_count + 1 where id = p_conversation;
    return query select * from append_member(p_conversation, p_user, p_reason);
end;
$$;
