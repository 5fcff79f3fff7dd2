-- Accounts: a handle belongs to one account for good, also after that was deleted. The unique key decides races.
create table users (
    id           uuid primary key,
    handle       text not null,
    handle_key   text not null unique,
    display_name text not null,
    created_at   timestamptz not null,
    deleted_at   timestamptz
);

create table credentials (
    user_id       uuid primary key references users,
    password_hash text not null
);

-- Of tokens only their hashes are here. The last spent one is kept, to notice when it is used again.
create table sessions (
    id                    uuid primary key,
    user_id               uuid not null references users,
    device                text not null,
    created_at            timestamptz not null,
    refreshed_at          timestamptz not null,
    ends_at               timestamptz not null,
    refresh_hash          bytea not null unique,
    previous_refresh_hash bytea,
    revoked_at            timestamptz
);

create index sessions_of_user on sessions (user_id);
create index sessions_by_spent_token on sessions (previous_refresh_hash) where previous_refresh_hash is not null;

-- The keys that sign access tokens: one that signs, one that will, one that did.
create table signing_keys (
    kid         text primary key,
    private_key bytea not null,
    created_at  timestamptz not null,
    use         text not null unique check (use in ('current', 'next', 'previous'))
);
