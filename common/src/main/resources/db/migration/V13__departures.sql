alter table provider_task
    -- Whose call of the provider it was that set sent_at: of two workers that both take an attempt for theirs, such as
    -- one that was frozen and the one that has taken over, only one calls.
    add column sent_by uuid,
    -- What the attempt may have cost although nobody will ever know: it has ended, and its charge was never told. The
    -- one place of that rule.
    add column cost_possible numeric(14, 6) not null generated always as (
        case when state in ('failed', 'canceled', 'lost') and cost_actual is null then cost_estimated else 0 end) stored;

create index provider_task_possible on provider_task (workspace_id, ended_at) include (provider, cost_possible)
    where cost_possible > 0;

-- As in V3, but what may have been charged counts as spent: a limit that a vendor's bill can exceed is none. A charge
-- that is known while what was made is still being kept counts as ordered until the attempt has ended.
create or replace function budget_use(workspace uuid, alone boolean)
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
    select coalesce(sum(t.cost) filter (where t.ended_at >= this_day), 0), coalesce(sum(t.cost), 0),
           (select coalesce(sum(greatest(j.cost_reserved - bought.charged, bought.ordered)), 0)
            from job j cross join lateral (
                select coalesce(sum(coalesce(c.cost_actual, c.cost_possible)) filter (where c.ended_at is not null), 0)
                        as charged,
                    coalesce(sum(coalesce(c.cost_actual, c.cost_estimated)) filter (where c.state in ('begun', 'running')
                        and c.look_at is null), 0) as ordered
                from provider_task c where c.job_id = j.id) bought
            where j.workspace_id = workspace and j.status in ('pending', 'processing') and j.cost_reserved > 0)
           + (select coalesce(sum(o.cost_estimated), 0) from provider_task o
              where o.workspace_id = workspace and o.look_at is not null and o.cost_estimated > 0)
        into spent_today, spent_this_month, reserved
    from (select p.ended_at, p.cost_actual as cost from provider_task p
          where p.workspace_id = workspace and p.cost_actual > 0 and p.ended_at >= this_month
          union all
          select p.ended_at, p.cost_possible from provider_task p
          where p.workspace_id = workspace and p.cost_possible > 0 and p.ended_at >= this_month) t;
    return next;
end
$$;
