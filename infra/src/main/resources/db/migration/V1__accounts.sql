-- People and their sessions: what logs and conversations need of them.
create table users (
    id           uuid primary key,
    handle       text not null,
    handle_key   text not null unique,
    display_name text not null,
    created_at   timestamptz not null,
    deleted_at   timestamptz
);

create table sessions (
    id         uuid primary key,
    user_id    uuid not null,
    revoked_at timestamptz
);
