package io.storyreel.worker.provider;

import io.smallrye.mutiny.Uni;
import io.storyreel.worker.provider.TaskProgress.Verdict;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What tests of a provider share whose vendor answers word for word as told: one vendor for each class. */
public abstract class OnLoopback {
    protected static final Duration LIMIT = Duration.ofSeconds(10);

    protected static Vertx vertx;
    protected static LoopbackVendor vendor;

    @BeforeAll
    static void startVendor() {
        vertx = Vertx.vertx();
        vendor = new LoopbackVendor();
    }

    @AfterAll
    static void stopVendor() {
        vendor.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    protected static boolean canceled(TaskProgress<?> progress) {
        return progress instanceof TaskProgress.Failed<?> failed && failed.verdict() == Verdict.CANCELED;
    }

    protected static <T> T run(Uni<T> call) {
        return call.await().atMost(LIMIT);
    }

    protected static <E extends Throwable> E failure(Uni<?> call, Class<E> type) {
        E failure = catchThrowableOfType(type, () -> run(call));
        assertThat(failure).isInstanceOf(type);
        return failure;
    }
}
