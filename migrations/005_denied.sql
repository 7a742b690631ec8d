-- Whom nothing that Hallpass itself checks lets in any more, whatever was issued to them, because of a case. A row denies
-- whoever wrote it. What is denied is given back only by an end with its MAC, whose key is not in the database.
create table local_denial (
  id uuid primary key,
  case_id uuid not null,
  subject text not null,
  denied_at timestamptz not null default clock_timestamp(),
  mac bytea not null,
  unique (subject, case_id)
);

-- More than one for a denial, so that a row of somebody else never stands in the way of the true one.
create table local_denial_end (
  denial_id uuid not null references local_denial,
  ended_at timestamptz not null default clock_timestamp(),
  mac bytea not null,
  primary key (denial_id, mac)
);

-- Who reported a fraud without Slack: by the fraud code at a check, or to the provider's own risk engine. Either the
-- subject is known, or the name that was signed in with. A row counts only with its MAC.
create table fraud_signal (
  id uuid primary key,
  source text not null check (source in ('fraud-code', 'risk-detection')),
  external_id text not null unique,
  subject text,
  application text,
  user_name text,
  client text,
  at timestamptz not null check (isfinite(at)),
  mac bytea not null
);

-- What was heard of a signal needs no hearing again; likewise with a MAC, and more than one.
create table fraud_signal_done (
  signal_id uuid not null references fraud_signal,
  done_at timestamptz not null default clock_timestamp(),
  mac bytea not null,
  primary key (signal_id, mac)
);
