-- The hour at which a report goes out, where its reader is: it stays that hour through summer time.
alter table intelligence.report_mail
  add column hour smallint not null default 6 check (hour between 0 and 23),
  add column zone text not null default 'UTC' check (char_length(zone) <= 60);
grant insert (hour, zone), update (hour, zone) on intelligence.report_mail to vinculo_app;
