package io.storyreel.worker.provider;

import io.smallrye.mutiny.Uni;
import io.storyreel.local.simulator.Simulator;
import io.storyreel.local.simulator.task.Pace;
import io.vertx.core.Vertx;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** What tests of a provider share whose vendor has state and faults: a simulator for each class, at rest before each test. */
public abstract class OnSimulator {
    protected static final Duration LIMIT = Duration.ofSeconds(60);
    protected static final Pace SLOW = Pace.exactly(Duration.ZERO, Duration.ofMinutes(5));

    protected static Vertx vertx;
    protected static Simulator simulator;

    private final String vendor;

    protected OnSimulator(String vendor) {
        this.vendor = vendor;
    }

    @BeforeAll
    static void startSimulator() throws IOException {
        vertx = Vertx.vertx();
        simulator = Simulator.start(Pace.instant());
    }

    @AfterAll
    static void stopSimulator() {
        simulator.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @BeforeEach
    void beginAfresh() {
        simulator.reset();
        simulator.pace(vendor, Pace.instant());
    }

    /** @param more fields of the rule, each after a comma */
    protected final void fault(String on, String fault, String more) {
        simulator.faults(
                "{\"" + vendor + "\":{\"script\":[{\"on\":\"" + on + "\",\"fault\":\"" + fault + "\"" + more + "}]}}");
    }

    /** Polls until the task has ended, however it did. */
    protected static <F> TaskProgress<F> ended(Supplier<Uni<TaskProgress<F>>> poll) {
        Callable<TaskProgress<F>> look = () -> run(poll.get());
        return Awaitility.await()
                .atMost(LIMIT)
                .until(
                        look,
                        progress ->
                                progress instanceof TaskProgress.Succeeded || progress instanceof TaskProgress.Failed);
    }

    protected static <T> T run(Uni<T> call) {
        return call.await().atMost(LIMIT);
    }
}
