package io.storyreel.worker.provider.runway;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.mutiny.Uni;
import io.storyreel.common.ledger.Purpose;
import io.storyreel.common.storyboard.AspectRatio;
import io.storyreel.worker.provider.ClipRequest;
import io.storyreel.worker.provider.LoopbackVendor;
import io.storyreel.worker.provider.LoopbackVendor.Request;
import io.storyreel.worker.provider.OutcomeUnknownException;
import io.storyreel.worker.provider.ProviderBusyException;
import io.storyreel.worker.provider.ProviderOutageException;
import io.storyreel.worker.provider.ProviderRefusedException;
import io.storyreel.worker.provider.RemoteFile;
import io.storyreel.worker.provider.Submitted;
import io.storyreel.worker.provider.TaskProgress;
import io.storyreel.worker.provider.TestTask;
import io.storyreel.worker.provider.VendorStub;
import io.storyreel.worker.provider.VendorStub.VendorsAlone;
import jakarta.inject.Inject;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import static io.storyreel.worker.provider.LoopbackVendor.HANGS_UP;
import static io.storyreel.worker.provider.LoopbackVendor.SILENCE;
import static io.storyreel.worker.provider.LoopbackVendor.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** What the annotations of {@link RunwayGateway} do, with the numbers of the environment's names. */
@QuarkusTest
@QuarkusTestResource(value = VendorStub.class, restrictToAnnotatedClass = true)
@TestProfile(VendorsAlone.class)
class RunwayFaultToleranceTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int CALLS_THAT_OPEN_THE_BREAKER = 20;
    private static final LoopbackVendor.Answer ACCEPTED = json(200, "{\"id\":\"task-1\"}");
    private static final LoopbackVendor.Answer OVERLOADED = json(503, "{}", "retry-after-ms", "1");

    private final LoopbackVendor vendor = VendorStub.vendor();

    @Inject
    RunwayClipProvider runway;

    @Inject
    CircuitBreakerMaintenance breakers;

    @BeforeEach
    void closeTheBreakers() {
        breakers.resetAll();
    }

    @Test
    void can_be_used_with_what_the_environment_says() {
        assertThat(runway.offer().missing()).isNull();
    }

    @Test
    void hands_a_task_over_again_after_a_definite_error() {
        vendor.willAnswer(OVERLOADED, OVERLOADED, ACCEPTED);

        assertThat(run(submit()).id()).isEqualTo("task-1");
        assertThat(vendor.requests()).hasSize(3);
    }

    @Test
    void waits_as_long_as_the_server_asks_for() {
        vendor.willAnswer(json(503, "{}", "retry-after-ms", "900"), ACCEPTED);

        run(submit());

        List<Request> requests = vendor.requests();
        assertThat(requests.get(1).nanos() - requests.get(0).nanos())
                .isGreaterThanOrEqualTo(Duration.ofMillis(900).toNanos());
    }

    @Test
    void repeats_as_often_as_the_environment_says() {
        vendor.willAnswer(OVERLOADED);

        assertThat(failureOf(submit())).isInstanceOf(ProviderOutageException.class);
        assertThat(vendor.requests()).hasSize(4);
    }

    @Test
    void hands_no_task_over_twice_when_no_answer_came() {
        vendor.willAnswer(HANGS_UP, ACCEPTED);
        assertThat(failureOf(submit())).isInstanceOf(OutcomeUnknownException.class);
        assertThat(vendor.requests()).hasSize(1);

        vendor.willAnswer(SILENCE, ACCEPTED);
        assertThat(failureOf(submit())).isInstanceOf(OutcomeUnknownException.class);
        assertThat(vendor.requests()).hasSize(1);
    }

    @Test
    void does_not_hammer_a_model_whose_day_is_used_up() {
        vendor.willAnswer(json(429, "{}"));

        assertThat(failureOf(submit())).isInstanceOf(ProviderBusyException.class);
        assertThat(vendor.requests()).hasSize(1);
    }

    @Test
    void keeps_nobody_else_waiting_because_of_a_refusal() {
        vendor.willAnswer(json(400, "{}"));

        for (int call = 1; call <= CALLS_THAT_OPEN_THE_BREAKER + 1; call++) {
            assertThat(failureOf(submit())).isInstanceOf(ProviderRefusedException.class);
            assertThat(vendor.requests()).hasSize(call);
        }

        assertThat(breakers.currentState("runway-submit")).isEqualTo(CircuitBreakerState.CLOSED);
    }

    @Test
    void leaves_a_broken_server_alone_and_still_looks_after_running_tasks() {
        vendor.willAnswer(OVERLOADED);
        Stream.generate(() -> failureOf(submit()))
                .limit(CALLS_THAT_OPEN_THE_BREAKER / 4)
                .forEach(failure -> assertThat(failure).isInstanceOf(ProviderOutageException.class));

        assertThat(failureOf(submit())).isInstanceOf(CircuitBreakerOpenException.class);
        assertThat(vendor.requests()).hasSize(CALLS_THAT_OPEN_THE_BREAKER);
        assertThat(breakers.currentState("runway-submit")).isEqualTo(CircuitBreakerState.OPEN);

        vendor.willAnswer(json(200, "{\"status\":\"RUNNING\"}"));
        assertThat(run(poll())).isInstanceOf(TaskProgress.Running.class);
    }

    @Test
    void asks_again_for_a_task_after_a_broken_answer() {
        vendor.willAnswer(HANGS_UP, json(200, "<html>"), json(200, "{\"status\":\"RUNNING\"}"));

        assertThat(run(poll())).isInstanceOf(TaskProgress.Running.class);
    }

    private Uni<Submitted> submit() {
        return runway.submit(
                new ClipRequest(
                        UUID.randomUUID(), "Prompt", "data:image/jpeg;base64,AAAA", AspectRatio.LANDSCAPE, 5, 720),
                "key");
    }

    private Uni<TaskProgress<RemoteFile>> poll() {
        return runway.poll(
                TestTask.running(UUID.randomUUID(), Purpose.CLIP, "runway", "task-1", null, Instant.EPOCH), 0);
    }

    private static Throwable failureOf(Uni<?> call) {
        return catchThrowable(() -> run(call));
    }

    private static <T> T run(Uni<T> call) {
        return call.await().atMost(LIMIT);
    }
}
