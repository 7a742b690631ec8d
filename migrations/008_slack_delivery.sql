-- When Hallpass first heard of something that somebody did in Slack, by the sha256 of Slack's name of it. Whoever hears the
-- same again, in this process or another, says the same words with the same time, so that they count once.
create table slack_delivery (
  id bytea primary key check (length(id) = 32),
  first_seen timestamptz not null check (isfinite(first_seen))
);
