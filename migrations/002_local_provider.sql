-- What Hallpass itself issued: a code, of which only a salted HMAC rests, or a let-in, which has none. A row counts only
-- with its MAC, whose key is not in the database.
create table local_credential (
  id uuid primary key,
  exception_id uuid not null,
  subject text not null,
  application text not null,
  user_name text not null,
  form text not null check (form in ('code', 'let-in')),
  salt bytea not null,
  digest bytea not null,
  created_at timestamptz not null check (isfinite(created_at)),
  expires_at timestamptz not null check (isfinite(expires_at)),
  mac bytea not null
);
create index local_credential_asked on local_credential (application, user_name, created_at desc);
create index local_credential_subject on local_credential (subject, created_at desc);

-- One row for each: whoever inserts it first was let in.
create table local_use (
  credential_id uuid primary key references local_credential,
  client text not null,
  used_at timestamptz not null default clock_timestamp()
);

-- Denied from now on, whatever its lifetime.
create table local_end (
  credential_id uuid primary key references local_credential,
  ended_at timestamptz not null default clock_timestamp(),
  mac bytea not null
);

-- Questions that were answered with no. Five that count void whatever is alive for this user and application.
create table local_try (
  id bigint generated always as identity primary key,
  application text not null,
  user_name text not null,
  counts boolean not null,
  tried_at timestamptz not null default clock_timestamp()
);
create index local_try_counted on local_try (application, user_name, tried_at) where counts;

-- Checks and can't issue. An administrator lets it log in, and creates it where the owner may not create roles.
do $$
begin
  if not exists (select from pg_roles where rolname = 'hallpass_verify') then
    create role hallpass_verify nologin;
  end if;
exception
  when insufficient_privilege or duplicate_object or unique_violation then
    null;
end
$$;
