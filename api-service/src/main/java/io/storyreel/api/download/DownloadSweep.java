package io.storyreel.api.download;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

import java.time.Duration;

/** Forgets downloads that were broken off and never went on. */
@ApplicationScoped
class DownloadSweep {
    private static final Logger LOG = Logger.getLogger(DownloadSweep.class);
    private static final Duration PAUSE = Duration.ofMinutes(10);
    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final int MOST_ROWS = 1_000;

    private final Pool pool;
    private final DownloadSettings settings;
    private Cancellable rounds = () -> {};

    DownloadSweep(Pool pool, DownloadSettings settings) {
        this.pool = pool;
        this.settings = settings;
    }

    void start(@Observes StartupEvent event) {
        rounds = Multi.createBy()
                .repeating()
                .uni(() -> forget().ifNoItem()
                        .after(WITHIN)
                        .fail()
                        .onFailure()
                        .invoke(failure -> LOG.debugf(
                                "broken off downloads not forgotten, trying on: reason=%s", failure.getMessage()))
                        .onFailure()
                        .recoverWithNull())
                .withDelay(PAUSE)
                .indefinitely()
                .subscribe()
                .with(done -> {}, failure -> LOG.error("broken off downloads are not forgotten any more", failure));
    }

    void stop(@Observes ShutdownEvent event) {
        rounds.cancel();
    }

    /** How many were forgotten; more may be left. */
    Uni<Integer> forget() {
        return pool.preparedQuery(DownloadSql.FORGET)
                .execute(Tuple.of(settings.resumeWithin().toSeconds(), MOST_ROWS))
                .map(rows -> rows.rowCount());
    }
}
