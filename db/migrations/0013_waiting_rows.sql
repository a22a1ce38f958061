-- What a waiting row waits for, so that a load tries again only the rows whose record has come. Null: not known, tried every time.
alter table customers.quarantine add waits_kind text, add waits_key text;
comment on column customers.quarantine.waits_kind is 'kind of the record a waiting row refers to: party or holding';
comment on column customers.quarantine.waits_key is 'key of that record in the source';
