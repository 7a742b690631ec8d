-- Which installation this database belongs to; `hallpass migrate` writes the one row.
create table installation (
  one boolean primary key default true check (one),
  kind text not null check (kind in ('production', 'sandbox'))
);

-- The ledger. The rule of bytes and hashes is described in docs/ledger.md.
create table fact (
  chain text not null,
  seq integer not null check (seq >= 1),
  bytes bytea not null,
  hash bytea not null check (length(hash) = 32),
  recorded_at timestamptz not null default now(),
  primary key (chain, seq)
);

-- What is personal in a fact. Deleting a row erases it; the chain stays provable.
create table detail (
  chain text not null,
  seq integer not null,
  salt bytea not null check (length(salt) >= 16),
  body bytea not null,
  primary key (chain, seq),
  foreign key (chain, seq) references fact
);

-- The projection: what the facts of an exception and of its follow-up come to.
create table exception_view (
  exception_id uuid primary key,
  display_id text not null,
  letters text collate "C" not null check (length(letters) = 8),
  kind text not null,
  status text not null,
  subject text not null,
  requester text not null,
  requested_at timestamptz not null,
  follow_up_status text check (follow_up_status in ('open', 'closed')),
  follow_up_reminders integer not null default 0,
  state jsonb not null,
  seq integer not null
);
create index exception_view_letters on exception_view (letters);
create index exception_view_subject on exception_view (subject, requested_at desc);
create index exception_view_requester on exception_view (requester, requested_at desc);
create index exception_view_open on exception_view (requested_at desc)
  where status <> 'ended' or follow_up_status = 'open';

-- One attempt to mint, written before the provider is called. At most three mints per approval.
create table intent (
  exception_id uuid not null,
  attempt integer not null check (attempt between 1 and 3),
  subject text not null,
  claim text not null unique,
  before text[] not null,
  at timestamptz not null,
  deadline timestamptz not null,
  primary key (exception_id, attempt)
);

-- Exceptions for which no code is minted or shown any more, whatever a workflow says.
create table stopped (
  exception_id uuid primary key,
  stopped_at timestamptz not null default now()
);

-- Where cards were posted in Slack.
create table card (
  exception_id uuid not null,
  audience text not null,
  channel text not null,
  ts text not null,
  primary key (exception_id, audience)
);

-- Which person a Slack account is. One account is one person, and a person has one account in a team.
create table slack_binding (
  team text not null,
  user_id text not null,
  person text not null,
  bound_at timestamptz not null default now(),
  primary key (team, user_id),
  unique (team, person)
);

-- Policies by the hash of their canonical text; `json` keeps the text as it was written.
create table policy_version (
  hash text primary key,
  body json not null,
  adopted_at timestamptz not null default now()
);

-- Signed revocations, and what has been done about them. The id is the sha256 of the signature.
create table revocation (
  id text primary key,
  exception_id uuid not null,
  envelope json not null,
  written_at timestamptz not null default now()
);
create table revocation_step (
  revocation_id text not null references revocation,
  step text not null check (step in ('credential-ended', 'closed')),
  done_at timestamptz not null default now(),
  primary key (revocation_id, step)
);

-- The only role that may delete, and only details. Where the owner may not create roles, an administrator does.
do $$
begin
  if not exists (select from pg_roles where rolname = 'hallpass_erasure') then
    create role hallpass_erasure nologin;
  end if;
exception
  when insufficient_privilege or duplicate_object or unique_violation then
    null;
end
$$;
