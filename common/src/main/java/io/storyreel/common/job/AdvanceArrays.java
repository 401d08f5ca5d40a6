package io.storyreel.common.job;

import io.storyreel.common.job.JobChange.Failure;
import io.storyreel.common.job.JobChange.Outcome;
import io.storyreel.common.job.JobChange.Position;
import io.storyreel.common.job.JobChange.Step;
import io.storyreel.common.job.JobChange.Waiting;
import io.vertx.mutiny.sqlclient.Tuple;

import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Many changes of leased jobs as the columns that {@link JobSql#ADVANCE} takes. */
final class AdvanceArrays<T> {
    private final List<T> advances;
    private final Function<T, JobChange> change;
    private final Tuple columns = Tuple.tuple();

    private AdvanceArrays(List<T> advances, Function<T, JobChange> change) {
        this.advances = advances;
        this.change = change;
    }

    static <T> Tuple of(List<T> advances, Function<T, Lease> lease, Function<T, JobChange> change) {
        var arrays = new AdvanceArrays<>(advances, change);
        arrays.columns.addValue(StatementBatch.column(advances, lease.andThen(Lease::jobId), java.util.UUID[]::new));
        arrays.columns.addValue(StatementBatch.column(advances, lease.andThen(Lease::epoch), Long[]::new));
        arrays.addAll();
        return arrays.columns;
    }

    private void addAll() {
        add(c -> c.status().wireName(), String[]::new);
        add(c -> c.type().wireName(), String[]::new);
        add(of(JobChange::position, Position::progress), Integer[]::new);
        add(of(JobChange::position, Position::stage), String[]::new);
        add(of(JobChange::position, Position::message), String[]::new);
        add(of(JobChange::position, Position::scene), Integer[]::new);
        add(of(JobChange::position, Position::scenesCompleted), Integer[]::new);
        add(of(JobChange::step, Step::name), String[]::new);
        add(of(JobChange::step, Step::resultJson), String[]::new);
        add(of(JobChange::waiting, Waiting::reason), String[]::new);
        add(of(JobChange::waiting, w -> w.delay() == null ? null : w.delay().toMillis()), Long[]::new);
        add(of(JobChange::waiting, Waiting::position), Integer[]::new);
        add(of(JobChange::waiting, Waiting::provider), String[]::new);
        add(of(JobChange::failure, Failure::code), String[]::new);
        add(of(JobChange::failure, Failure::message), String[]::new);
        add(c -> c.failure() != null && c.failure().retry(), Boolean[]::new);
        add(of(JobChange::outcome, Outcome::resultJson), String[]::new);
        add(of(JobChange::outcome, o -> StatementBatch.plain(o.costActual())), String[]::new);
    }

    private <V> void add(Function<JobChange, V> value, IntFunction<V[]> array) {
        columns.addValue(StatementBatch.column(advances, change.andThen(value), array));
    }

    /** The value inside a part of the change that may be absent. */
    private static <P, V> Function<JobChange, V> of(Function<JobChange, P> part, Function<P, V> value) {
        return change -> {
            P present = part.apply(change);
            return present == null ? null : value.apply(present);
        };
    }
}
