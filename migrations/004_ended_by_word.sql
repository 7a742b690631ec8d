-- Exceptions that somebody wanted ended: what was asked for to take their place is not minted either.
create table ended_by_word (
  exception_id uuid primary key,
  ended_at timestamptz not null default now()
);
