-- A later expiry for what Hallpass itself issued. The latest one is in force; a row counts only with its MAC.
create table local_extension (
  credential_id uuid not null references local_credential,
  expires_at timestamptz not null check (isfinite(expires_at)),
  made_at timestamptz not null default clock_timestamp(),
  mac bytea not null,
  primary key (credential_id, expires_at)
);
