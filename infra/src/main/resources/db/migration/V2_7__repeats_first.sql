-- What holds already is a repeat, also for a sender who is no longer a member: else a batch that was stored, and is run
-- again since its answer was lost, would tell a sender who was removed in between that the message does not exist. But who
-- was removed learns of nothing that came after that, not even of the own messages.

create function holds_already(p_op text, p_actor uuid, p_message messages, p_body text)
    returns boolean
    language plpgsql immutable as
$$
begin
    return coalesce(p_message.sender_id = p_actor and case p_op
        when 'send' then p_message.body_hash = sha256(convert_to(p_body, 'UTF8'))
        when 'edit' then p_message.deleted_at is null and p_message.body = p_body
        else p_message.deleted_at is not null
    end, false);
end;
$$;

-- Whether the last change of a message came before the actor, who is out, had gone.
create function changed_before_going(p_actor uuid, p_message messages)
    returns boolean
    language plpgsql volatile as
$$
begin
    return exists (
        select 1 from log said
            join log went on went.log_id = said.log_id and went.kind = 'member' and went.item = p_actor
            where said.log_id = p_message.conversation_id and said.kind = 'message' and said.item = p_message.id
                and said.log_offset < went.log_offset);
end;
$$;

create or replace function append_decision(p_op text, p_actor uuid, p_member user_conversations, p_message messages,
    p_body text)
    returns text
    language plpgsql volatile as
$$
declare
    v_holds boolean := holds_already(p_op, p_actor, p_message, p_body);
begin
    if p_member.role is null then
        return case when v_holds and changed_before_going(p_actor, p_message)
            then 'repeat' else 'unknown_conversation' end;
    elsif v_holds then
        return 'repeat';
    elsif p_op = 'send' then
        return case when p_message.id is null then 'done' else 'id_reused' end;
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
