-- Each report that would block the account of somebody else, in the order in which they were judged: `others` is how many
-- other accounts the same person's word had blocked within the hour by then. One person's word blocks only so many.
create table block_turn (
  report_id uuid primary key,
  reporter text not null,
  subject text not null,
  reported_at timestamptz not null,
  others integer not null
);
create index block_turn_reporter on block_turn (reporter, reported_at desc);

-- The projection of cases is written after the block, too late to count by.
alter table case_view drop column blocked_other;
drop index case_view_reporter;

-- Whether a report was heard in a case that is over.
create index case_view_closed on case_view (subject) where status = 'closed';
