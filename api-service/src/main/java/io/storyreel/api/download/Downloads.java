package io.storyreel.api.download;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.storyreel.common.batch.MicroBatch;
import io.storyreel.common.job.DatabaseOutage;
import io.storyreel.common.job.StatementBatch;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Counts downloads: once every byte of a file has left for a client, in however many answers. Who sends files only says
 * what has left and waits for nothing; what is still to be counted when the process stops is counted before it ends.
 */
@ApplicationScoped
public class Downloads {
    private static final Logger LOG = Logger.getLogger(Downloads.class);

    /** One at a time, so that the parts of two downloads, one after the other, are counted in their order. */
    private static final int LANES = 1;

    private static final int LARGEST_BATCH = 256;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Pool pool;
    private final DownloadSettings settings;
    private final MicroBatch<Transfer, Boolean> writes;
    private final Set<CompletableFuture<Boolean>> waiting = ConcurrentHashMap.newKeySet();

    Downloads(Pool pool, DownloadSettings settings) {
        this.pool = pool;
        this.settings = settings;
        this.writes = new MicroBatch<>(
                "counting downloads",
                LANES,
                LARGEST_BATCH,
                Math.max(LARGEST_BATCH, settings.mostWaiting()),
                failure -> !DatabaseOutage.isOne(failure),
                this::countAll);
    }

    /** Returns at once and never fails; while the database is away it is told later. */
    public void delivered(Transfer transfer) {
        if (waiting.size() >= settings.mostWaiting()) {
            LOG.warnf(
                    "download not counted, too many wait: project=%s waiting=%d", transfer.projectId(), waiting.size());
            return;
        }
        CompletableFuture<Boolean> counted = writes.submit(transfer)
                .onFailure(DatabaseOutage::isOne)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely()
                .subscribeAsCompletionStage();
        waiting.add(counted);
        counted.whenComplete((done, failure) -> {
            waiting.remove(counted);
            if (failure != null) {
                LOG.errorf(failure, "download not counted: project=%s", transfer.projectId());
            }
        });
    }

    /** Blocks the thread that shuts the process down, and no other. */
    void stop(@Observes ShutdownEvent stop) {
        CompletableFuture<?>[] last = waiting.toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(last).get(settings.stopPatience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException late) {
            LOG.warnf("stopped before every download was counted: left=%d", waiting.size());
        }
    }

    /** All of them or none, so that what is tried again was not counted before. */
    private Uni<List<Boolean>> countAll(List<Transfer> transfers) {
        List<List<Transfer>> rounds = rounds(transfers);
        Uni<Void> counted = rounds.size() == 1
                ? count(pool, transfers)
                : pool.withTransaction(database -> Multi.createFrom()
                        .iterable(rounds)
                        .onItem()
                        .transformToUniAndConcatenate(round -> count(database, round))
                        .collect()
                        .last());
        return counted.replaceWith(Collections.nCopies(transfers.size(), true));
    }

    /** A statement changes a row once only: of parts of the same download each waits for the one before. */
    private static List<List<Transfer>> rounds(List<Transfer> transfers) {
        List<List<Transfer>> rounds = new ArrayList<>();
        Map<List<String>, Integer> next = new HashMap<>();
        for (Transfer transfer : transfers) {
            int round = next.merge(List.of(transfer.objectKey(), transfer.client()), 1, Integer::sum) - 1;
            if (round == rounds.size()) {
                rounds.add(new ArrayList<>());
            }
            rounds.get(round).add(transfer);
        }
        return rounds;
    }

    private static Uni<Void> count(SqlClient database, List<Transfer> transfers) {
        return database.preparedQuery(DownloadSql.COUNT)
                .execute(columns(transfers))
                .replaceWithVoid();
    }

    private static Tuple columns(List<Transfer> transfers) {
        return Tuple.tuple()
                .addValue(StatementBatch.column(transfers, Transfer::projectId, UUID[]::new))
                .addValue(StatementBatch.column(transfers, Transfer::objectKey, String[]::new))
                .addValue(StatementBatch.column(transfers, Transfer::client, String[]::new))
                .addValue(StatementBatch.column(transfers, Transfer::first, Long[]::new))
                .addValue(StatementBatch.column(transfers, Transfer::next, Long[]::new))
                .addValue(StatementBatch.column(transfers, Transfer::size, Long[]::new));
    }
}
