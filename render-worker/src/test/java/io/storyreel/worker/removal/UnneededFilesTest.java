package io.storyreel.worker.removal;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.storyreel.common.storage.ObjectKeys;
import io.storyreel.common.storage.ObjectMissingException;
import io.storyreel.worker.RealPostgres;
import io.storyreel.worker.RealS3;
import io.vertx.mutiny.sqlclient.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** With a real Postgres and a real S3 server. */
class UnneededFilesTest {
    @TempDir
    static Path folder;

    private static RealPostgres postgres;
    private static RealS3 s3;
    private static Remover remover;

    private final String clip = clip();

    @BeforeAll
    static void start() throws Exception {
        postgres = new RealPostgres();
        s3 = new RealS3(folder, Map.of("storyreel.storage.patience", "1s"));
        remover = new Remover(postgres, s3.store, Map.of());
    }

    @AfterAll
    static void stop() throws Exception {
        s3.close();
        postgres.close();
    }

    @BeforeEach
    void clear() {
        postgres.execute("delete from object_removal", Tuple.tuple());
    }

    @Test
    void a_file_that_is_used_again_before_its_turn_stays() {
        UUID job = runningJob();
        s3.put(clip);
        remover.ask(clip);
        remover.use(job, clip);

        remover.fileRound();

        assertThat(s3.has(clip)).isTrue();
        assertThat(remover.waiting()).isZero();
    }

    @Test
    void a_file_that_is_held_stays_until_the_hold_is_over() {
        s3.put(clip);
        postgres.execute(
                "insert into object_use values ($1, gen_random_uuid(), now() + interval '1 minute')", Tuple.of(clip));
        remover.ask(clip);
        remover.fileRound();
        assertThat(s3.has(clip)).isTrue();

        postgres.execute("update object_use set held_until = now() where object_key = $1", Tuple.of(clip));
        remover.ask(clip);
        remover.fileRound();

        assertThat(s3.has(clip)).isFalse();
    }

    @Test
    void whoever_needs_a_file_that_is_being_removed_waits_until_it_has_gone() {
        UUID job = runningJob();
        s3.put(clip);
        remover.ask(clip);
        assertThat(remover.removals.take(10).await().atMost(RealPostgres.LIMIT)).hasSize(1);

        CompletableFuture<Void> user = remover.uses.use(job, List.of(clip)).subscribeAsCompletionStage();
        assertThat(user).isNotDone();
        remover.fileRound();
        user.join();

        assertThat(s3.has(clip)).isFalse();
        s3.put(clip);
        remover.ask(clip);
        remover.fileRound();
        assertThat(s3.has(clip)).isTrue();
    }

    @Test
    void another_worker_goes_on_where_one_was_killed_between_the_file_and_its_row() {
        s3.put(clip);
        remover.ask(clip);
        assertThat(remover.removals.take(10).await().atMost(RealPostgres.LIMIT)).hasSize(1);
        s3.store.delete(clip).await().atMost(RealPostgres.LIMIT);

        Remover patient = new Remover(postgres, s3.store, Map.of());
        patient.fileRound();
        assertThat(patient.waiting()).isEqualTo(1);

        new Remover(postgres, s3.store, Map.of("storyreel.removal.again", "0s")).fileRound();
        assertThat(remover.waiting()).isZero();
    }

    @Test
    void nothing_is_forgotten_while_the_object_store_is_away() throws Exception {
        List<String> clips = IntStream.range(0, 20).mapToObj(i -> clip()).toList();
        clips.forEach(s3::put);
        remover.ask(clips.toArray(String[]::new));
        s3.goAway();

        assertThatThrownBy(remover::fileRound).isInstanceOf(RuntimeException.class);
        assertThat(remover.waiting()).isEqualTo(20);

        s3.comeBack();
        remover.fileRound();
        assertThat(remover.waiting()).isZero();
        assertThat(s3.keys("clips/")).doesNotContainAnyElementsOf(clips);
    }

    /** Of two, one comes first: either the file stays, or its user knows that it is not there and puts it again. */
    @Test
    void whoever_was_told_that_a_file_is_his_finds_it_whatever_is_removed_at_the_same_time() {
        List<String> clips = IntStream.range(0, 60).mapToObj(i -> clip()).toList();
        clips.forEach(s3::put);
        Set<String> found = ConcurrentHashMap.newKeySet();
        Set<String> missing = ConcurrentHashMap.newKeySet();
        Remover other = new Remover(postgres, s3.store, Map.of());
        UUID job = runningJob();

        CompletableFuture<?> users = Multi.createFrom()
                .iterable(clips)
                .onItem()
                .transformToUni(key -> remover.uses
                        .use(job, List.of(key))
                        .chain(() -> s3.store.stat(key))
                        .invoke(() -> found.add(key))
                        .onFailure(ObjectMissingException.class)
                        .recoverWithUni(() -> {
                            missing.add(key);
                            return Uni.createFrom().nullItem();
                        }))
                .merge(4)
                .collect()
                .asList()
                .subscribeAsCompletionStage();
        for (String key : clips) {
            remover.ask(key);
            CompletableFuture.allOf(
                            CompletableFuture.runAsync(remover::fileRound),
                            CompletableFuture.runAsync(other::fileRound))
                    .join();
        }
        users.join();

        assertThat(found.size() + missing.size()).isEqualTo(clips.size());
        assertThat(s3.keys("clips/")).containsAll(found);
    }

    private static UUID runningJob() {
        UUID workspace = UUID.randomUUID();
        return remover.job(workspace, UUID.randomUUID(), "processing");
    }

    private static String clip() {
        return ObjectKeys.bought("clip", (UUID.randomUUID().toString() + UUID.randomUUID()).replace("-", ""));
    }
}
