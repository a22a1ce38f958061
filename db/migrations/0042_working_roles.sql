-- The roles of those who look at many customers at once, and what the others may do beside them.

insert into governance.role (role_id, permissions) values
  ('marketing_manager', '{customer:read,organisation:read,segment:read,segment:write,offer:manage,report:read,report:write}'),
  ('finance_manager', '{customer:read,organisation:read,segment:read,profit:read,profit:manage,report:read,report:write}'),
  ('risk_officer', '{customer:read,organisation:read,segment:read,credit:read,credit:manage,model:read,model:approve,report:read,report:write}'),
  ('fraud_analyst', '{customer:read,organisation:read,fraud:read,fraud:decide,fraud:rules,report:read}'),
  ('data_scientist', '{customer:read,organisation:read,segment:read,segment:write,model:read,model:train,report:read,report:write}');
update governance.role set permissions = permissions || '{segment:read,report:read}'::text[] where role_id = 'relationship_manager';
update governance.role set permissions = permissions || '{segment:read,profit:read,credit:read,report:read,report:write}'::text[] where role_id = 'branch_manager';
update governance.role set permissions = permissions || '{segment:read,segment:write,profit:read,credit:read,model:read,report:read,report:write}'::text[] where role_id = 'analyst';
update governance.role set permissions = permissions || '{key:manage,sign_in:manage,approval:manage}'::text[] where role_id = 'administrator';
update governance.role set permissions = permissions || '{profit:manage,model:train,fraud:rules}'::text[] where role_id = 'operator';

insert into governance.sod_conflict (duty_a, duty_b, reason, built_in) values
  ('model:approve', 'model:train', 'Who trains a model does not put it into force.', true),
  ('audit:read', 'fraud:rules', 'Who audits changes nothing.', true);
