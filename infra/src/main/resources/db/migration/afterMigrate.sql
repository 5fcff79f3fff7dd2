-- The application's role reads and writes rows, and changes nothing else. Said after each migration, so that new
-- tables are covered; the placeholder is PARLEY_POSTGRES_USER.
revoke create on schema public from public;
grant usage on schema public to "${applicationRole}";
grant select, insert, update, delete on all tables in schema public to "${applicationRole}";
revoke insert, update, delete on flyway_schema_history from "${applicationRole}";
grant usage, select on all sequences in schema public to "${applicationRole}";
grant execute on all functions in schema public to "${applicationRole}";
-- The life of the store is given to it by its operator.
revoke insert, update, delete on store from "${applicationRole}";
