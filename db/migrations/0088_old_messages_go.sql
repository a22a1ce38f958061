-- The run of retention deletes messages that are over their term; what it deletes it locks first, which takes a right to update, too.
grant select, delete, update (read_at) on governance.notification to vinculo_worker;
