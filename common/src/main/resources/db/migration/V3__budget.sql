-- What a workspace may spend. Nothing here is counted up and down: what is reserved is what active jobs may still cost,
-- what is spent is what the ledger says. A reservation is therefore made by the statement that inserts the job and
-- released by the one that ends it, exactly once, whatever crashes in between.

create table budget (
    workspace_id   uuid primary key,
    -- USD for each day and each month in UTC; null: no limit. No row: the limits of the configuration.
    daily_limit    numeric(14, 6) check (daily_limit >= 0),
    monthly_limit  numeric(14, 6) check (monthly_limit >= 0),
    updated_at     timestamptz not null default clock_timestamp()
);

-- The indexes leave out what costs nothing: free renders never write to them.
create index provider_task_charges on provider_task (workspace_id, ended_at) include (provider, cost_actual)
    where cost_actual > 0;
create index provider_task_open on provider_task (workspace_id) where look_at is not null and cost_estimated > 0;
create index job_reserving on job (workspace_id, id) include (cost_reserved)
    where status in ('pending', 'processing') and cost_reserved > 0;

-- What a workspace has spent since the present day and month began (UTC), and what its active jobs may still cost.
-- Purchases that were left behind, for a fallback or by a job that has ended, stay reserved until their end is known.
-- An active job keeps what it reserved less what it was charged, but never less than what it has ordered and not paid.
-- A charge counts on the day it was made; what is reserved counts on the present day, however old the job is.
--
-- alone: waits until nobody else may accept jobs of this workspace, and keeps it so until the transaction ends. That is
-- why this is a volatile plpgsql function: its query sees what was committed before the lock was had, while a plain
-- statement would see only what was committed before it began to wait.
create function budget_use(workspace uuid, alone boolean)
    returns table (today date, spent_today numeric, spent_this_month numeric, reserved numeric)
    language plpgsql volatile
as $$
declare
    this_day   timestamptz;
    this_month timestamptz;
begin
    if alone then
        perform pg_advisory_xact_lock(hashtextextended(workspace::text, 20261121));
    end if;
    today := (clock_timestamp() at time zone 'UTC')::date;
    this_day := today::timestamp at time zone 'UTC';
    this_month := date_trunc('month', today::timestamp) at time zone 'UTC';
    -- One query, one snapshot: a charge moves from reserved to spent at one moment.
    select coalesce(sum(t.cost_actual) filter (where t.ended_at >= this_day), 0), coalesce(sum(t.cost_actual), 0),
           (select coalesce(sum(greatest(j.cost_reserved - bought.charged, bought.ordered)), 0)
            from job j cross join lateral (
                select coalesce(sum(c.cost_actual), 0) as charged,
                    coalesce(sum(c.cost_estimated) filter (where c.state in ('begun', 'running')
                        and c.look_at is null), 0) as ordered
                from provider_task c where c.job_id = j.id) bought
            where j.workspace_id = workspace and j.status in ('pending', 'processing') and j.cost_reserved > 0)
           + (select coalesce(sum(o.cost_estimated), 0) from provider_task o
              where o.workspace_id = workspace and o.look_at is not null and o.cost_estimated > 0)
        into spent_today, spent_this_month, reserved
    from provider_task t
    where t.workspace_id = workspace and t.cost_actual > 0 and t.ended_at >= this_month;
    return next;
end
$$;
