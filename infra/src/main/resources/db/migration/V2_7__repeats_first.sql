-- What holds already is a repeat, also for a sender who is no longer a member: else a batch that was stored, and is run
-- again since its answer was lost, would tell a sender who was removed in between that the message does not exist. Of others'
-- messages who is not a member learns nothing.
create or replace function append_decision(p_op text, p_actor uuid, p_member user_conversations, p_message messages,
    p_body text)
    returns text
    language plpgsql immutable as
$$
begin
    if p_op = 'send' and p_message.id is not null then
        return case when p_message.body_hash = sha256(convert_to(p_body, 'UTF8')) then 'repeat' else 'id_reused' end;
    elsif p_message.sender_id = p_actor and (
            p_op = 'delete' and p_message.deleted_at is not null
            or p_op = 'edit' and p_message.deleted_at is null and p_message.body = p_body) then
        return 'repeat';
    elsif p_member.role is null then
        return 'unknown_conversation';
    elsif p_op = 'send' then
        return 'done';
    elsif p_message.id is null or p_message.seq < p_member.visible_from_seq then
        return 'unknown_message';
    elsif p_op = 'edit' then
        return case
            when p_message.sender_id <> p_actor then 'not_yours'
            when p_message.deleted_at is not null then 'deleted'
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
