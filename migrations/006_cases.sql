-- The projection: what the facts of a case of fraud come to.
create table case_view (
  case_id uuid primary key,
  letters text collate "C" not null check (length(letters) = 8),
  status text not null check (status in ('open', 'closed')),
  subject text not null,
  reporter text not null,
  -- Whether this report had somebody else's account blocked, which a person's word does only so often.
  blocked_other boolean not null,
  reported_at timestamptz not null,
  state jsonb not null,
  seq integer not null
);
create index case_view_letters on case_view (letters);
create index case_view_open on case_view (reported_at desc) where status = 'open';
create index case_view_subject on case_view (subject) where status = 'open';
create index case_view_reporter on case_view (reporter, reported_at desc);
