-- Which of the jobs that wait for a worker is begun first: 1 low, 2 normal, 3 high.
alter table job add column priority smallint not null default 2 check (priority between 1 and 3);
