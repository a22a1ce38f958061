-- Customers that staff enter by hand. They come from a source of their own; nothing joins them to anybody but a person's decision: whoever could enter
-- somebody's name, birthday and phone would otherwise be shown, by the join, a customer they may not see.
alter table customers.source add column by_hand boolean not null default false;

alter table customers.match_pair drop constraint match_pair_doubt_check;
alter table customers.match_pair add constraint match_pair_doubt_check check (doubt in ('between thresholds', 'weak', 'conflict', 'split', 'by hand'));

update governance.role set permissions = permissions || '{customer:create}' where role_id in ('relationship_manager', 'branch_manager', 'data_steward', 'operator');
