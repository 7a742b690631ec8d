-- Run once by the superuser, at the first start of an empty server: the roles and databases of Temporal and of Hallpass.
-- Passwords come from the secrets that are mounted beside it, so that none stands in this file or in the environment.
do $$
declare
  name text;
  password text;
begin
  foreach name in array array['temporal', 'hallpass_owner', 'hallpass_app', 'hallpass_verify', 'hallpass_codec'] loop
    password := rtrim(pg_read_file('/run/secrets/' || name || '_password'), e'\n');
    execute format('create role %I login password %L', name, password);
  end loop;
  create role hallpass_erasure nologin;
end
$$;

create database temporal owner temporal;
create database temporal_visibility owner temporal;
create database hallpass owner hallpass_owner;
revoke all on database temporal, temporal_visibility, hallpass from public;
grant connect on database hallpass to hallpass_app, hallpass_verify, hallpass_codec;
