-- Loads are numbered without gaps: people read the numbers as "the one before", and an auditor asks where number 7 is. A sequence also counts
-- starts that were refused or rolled back. The number is taken in the load's first transaction; whoever starts another load waits for its end.
create table customers.load_number (
  only_row boolean primary key default true check (only_row),
  last int not null
);
insert into customers.load_number (last) select coalesce(max(load_no), 0) from customers.load;
alter table customers.load alter column load_no drop identity;
grant select, update on customers.load_number to vinculo_worker;
grant select on customers.load_number to vinculo_backup;

-- Where the files of a delivery lie, so that a load that stopped can go on: [{name, uploadId}] for uploads, [{name, path}] from the command line.
alter table customers.load add column given jsonb not null default '[]';
