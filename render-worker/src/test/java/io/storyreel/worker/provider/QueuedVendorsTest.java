package io.storyreel.worker.provider;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.RateLimitException;
import io.smallrye.mutiny.Uni;
import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.common.ledger.Purpose;
import io.storyreel.common.storyboard.AspectRatio;
import io.storyreel.local.simulator.Simulator;
import io.storyreel.local.simulator.call.CallKind;
import io.storyreel.local.simulator.task.Pace;
import io.storyreel.worker.provider.QueuedVendorsTest.ProvidersAlone;
import io.storyreel.worker.provider.TaskProgress.Verdict;
import io.storyreel.worker.provider.pika.PikaClipProvider;
import io.storyreel.worker.provider.replicate.ReplicateClipProvider;
import io.storyreel.worker.provider.replicate.ReplicateImageProvider;
import jakarta.inject.Inject;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import javax.imageio.ImageIO;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Pika and Replicate with all their annotations against the simulator: what is repeated, and what is bought. */
@QuarkusTest
@QuarkusTestResource(value = SimulatedVendors.class, restrictToAnnotatedClass = true)
@TestProfile(ProvidersAlone.class)
class QueuedVendorsTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int MOST_ORDERS_A_SECOND = 20;
    private static final UUID JOB = new UUID(0, 1);

    @Inject
    PikaClipProvider pika;

    @Inject
    ReplicateClipProvider replicate;

    @Inject
    ReplicateImageProvider pictures;

    @Inject
    CircuitBreakerMaintenance breakers;

    @Inject
    Clock clock;

    /** Without the engine, which would want Postgres and Redis. */
    public static final class ProvidersAlone implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.arc.exclude-types", "io.storyreel.worker.run.Worker");
        }
    }

    @BeforeEach
    void afresh() {
        Simulator simulator = simulator();
        simulator.reset();
        simulator.clearFaults();
        simulator.pace("fal", Pace.instant());
        simulator.pace("replicate", Pace.instant());
        breakers.resetAll();
    }

    @Test
    void names_circuits_that_exist() {
        assertThat(Stream.of(pika, replicate, pictures).flatMap(provider -> provider.circuits().stream()))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(breakers.currentState(name)).isEqualTo(CircuitBreakerState.CLOSED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fal", "replicate"})
    void buys_a_clip_once_in_spite_of_a_passing_fault_at_every_step(String vendor) {
        faults(
                vendor,
                """
                {"on":"submit","fault":"503"},{"on":"submit","fault":"429","retry_after":"1"},
                {"on":"poll","fault":"html"},{"on":"poll","fault":"reset"}""");

        TaskProgress<RemoteFile> made =
                watched(provider(vendor), submit(provider(vendor)).id());

        assertThat(made).isInstanceOf(TaskProgress.Succeeded.class);
        assertThat(simulator().purchases(vendor)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fal", "replicate"})
    void does_not_order_again_when_the_answer_is_lost(String vendor) {
        faults(vendor, "{\"on\":\"submit\",\"fault\":\"reset_after\"}");

        assertThat(catchThrowable(() -> submit(provider(vendor)))).isInstanceOf(OutcomeUnknownException.class);
        assertThat(simulator().purchases(vendor)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fal", "replicate"})
    void does_not_order_again_when_no_answer_comes_in_time(String vendor) {
        faults(vendor, "{\"on\":\"submit\",\"fault\":\"late\",\"seconds\":3}");

        assertThat(catchThrowable(() -> submit(provider(vendor)))).isInstanceOf(OutcomeUnknownException.class);
        Awaitility.await()
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(simulator().purchases(vendor)).hasSize(1));
    }

    @Test
    void finds_the_order_whose_answer_was_lost() {
        faults("replicate", "{\"on\":\"submit\",\"fault\":\"reset_after\"}");
        ProviderTask attempt = task("replicate", null);
        catchThrowable(() -> replicate.submit(wanted(), attempt.key()).await().atMost(LIMIT));

        Submitted found = replicate.find(wanted(), attempt).await().atMost(LIMIT);

        assertThat(watched(replicate, found.id())).isInstanceOf(TaskProgress.Succeeded.class);
        assertThat(simulator().purchases("replicate")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fal", "replicate"})
    void takes_a_refused_picture_as_final_and_opens_no_circuit(String vendor) {
        faults(vendor, "{\"on\":\"submit\",\"fault\":\"refusal\"}");

        TaskProgress<RemoteFile> refused =
                watched(provider(vendor), submit(provider(vendor)).id());

        assertThat(refused).isInstanceOfSatisfying(TaskProgress.Failed.class, failed -> {
            assertThat(failed.code()).isEqualTo("content_refused");
            assertThat(failed.verdict()).isEqualTo(Verdict.FINAL);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"fal", "replicate"})
    void takes_a_run_that_fails_at_the_end_as_worth_another(String vendor) {
        faults(vendor, "{\"on\":\"submit\",\"fault\":\"fail\"}");

        TaskProgress<RemoteFile> failed =
                watched(provider(vendor), submit(provider(vendor)).id());

        assertThat(((TaskProgress.Failed<?>) failed).verdict()).isEqualTo(Verdict.AGAIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fal", "replicate"})
    void asks_once_only_when_the_credit_is_used_up(String vendor) {
        faults(vendor, "{\"on\":\"submit\",\"fault\":\"quota\"}");

        Throwable failure = catchThrowable(() -> submit(provider(vendor)));

        assertThat(((ProviderException) failure).code()).isEqualTo("provider_credit_used_up");
        assertThat(submits(vendor)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fal", "replicate"})
    void gets_a_turn_although_it_knocks_while_the_limit_is_reached(String vendor) {
        var accepted = new AtomicInteger();

        Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(1)).until(() -> {
            if (!(catchThrowable(() -> submit(provider(vendor))) instanceof RateLimitException)) {
                accepted.incrementAndGet();
            }
            return accepted.get() > MOST_ORDERS_A_SECOND;
        });

        assertThat(simulator().purchases(vendor)).hasSize(accepted.get());
    }

    @Test
    void leaves_a_broken_vendor_alone() {
        faults("fal", "{\"on\":\"submit\",\"fault\":\"500\",\"times\":100}");

        for (int order = 0; order < 10; order++) {
            catchThrowable(() -> submit(pika));
        }

        assertThat(breakers.currentState("pika-submit")).isEqualTo(CircuitBreakerState.OPEN);
        assertThat(submits("fal")).isEqualTo(20);
        assertThat(breakers.currentState("pika-poll")).isEqualTo(CircuitBreakerState.CLOSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fal", "replicate"})
    void cancels_what_waits_and_hears_that_nothing_was_charged_for_it(String vendor) {
        simulator().pace(vendor, Pace.exactly(Duration.ofMinutes(5), Duration.ofMinutes(5)));
        ClipProvider provider = provider(vendor);
        String id = submit(provider).id();

        TaskProgress<RemoteFile> canceled =
                provider.cancel(task(vendor, id)).await().atMost(LIMIT);

        assertThat(canceled).isInstanceOfSatisfying(TaskProgress.Failed.class, failed -> {
            assertThat(failed.verdict()).isEqualTo(Verdict.CANCELED);
            assertThat(failed.cost()).isZero();
        });
    }

    @Test
    void uploads_a_large_first_frame_before_it_orders() {
        ClipRequest large = new ClipRequest(JOB, "waves", picture(1_920, 1_080), AspectRatio.LANDSCAPE, 5, 1_080);
        assertThat(large.image()).hasSizeGreaterThan(8_000);

        Submitted ordered = run(replicate.submit(large, "key"));

        assertThat(watched(replicate, ordered.id())).isInstanceOf(TaskProgress.Succeeded.class);
        assertThat(simulator().calls("replicate"))
                .extracting(call -> call.method() + " " + call.path())
                .anyMatch(call -> call.endsWith("/v1/files"));
    }

    @Test
    void draws_a_picture_in_one_order() {
        ImageRequest wanted = new ImageRequest(JOB, "a lighthouse", AspectRatio.LANDSCAPE);
        Submitted ordered = pictures.submit(wanted, "key").await().atMost(LIMIT);

        TaskProgress<RemoteFile> made =
                pictures.poll(task("replicate", ordered.id()), 0).await().atMost(LIMIT);

        assertThat(made).isInstanceOfSatisfying(TaskProgress.Succeeded.class, drawn -> assertThat(
                        ((RemoteFile) drawn.result()).url())
                .contains(".png"));
        assertThat(simulator().totals("replicate").charged()).isEqualByComparingTo("0.003");
    }

    @Test
    void offers_what_is_set_up_and_checked() {
        assertThat(pika.offer().usable()).isTrue();
        assertThat(replicate.offer().usable()).isTrue();
        assertThat(pictures.offer().usable()).isTrue();
    }

    private static Simulator simulator() {
        return SimulatedVendors.simulator();
    }

    private static void faults(String vendor, String script) {
        simulator().faults("{\"" + vendor + "\":{\"script\":[" + script + "]}}");
    }

    private static long submits(String vendor) {
        return simulator().calls(vendor).stream()
                .filter(call -> call.kind() == CallKind.SUBMIT)
                .count();
    }

    private ClipProvider provider(String vendor) {
        return "fal".equals(vendor) ? pika : replicate;
    }

    private static ClipRequest wanted() {
        return new ClipRequest(JOB, "a slow pan", picture(320, 180), AspectRatio.LANDSCAPE, 5, 720);
    }

    private Submitted submit(ClipProvider provider) {
        return run(provider.submit(wanted(), task(provider.name(), null).key()));
    }

    private TaskProgress<RemoteFile> watched(ClipProvider provider, String id) {
        ProviderTask task = task(provider.name(), id);
        return Awaitility.await()
                .atMost(LIMIT)
                .until(
                        () -> run(provider.poll(task, 0)),
                        progress -> !(progress instanceof TaskProgress.Queued)
                                && !(progress instanceof TaskProgress.Running));
    }

    private ProviderTask task(String vendor, String id) {
        return TestTask.running(JOB, Purpose.CLIP, vendor, id, null, clock.instant());
    }

    private static <T> T run(Uni<T> call) {
        return call.await().atMost(LIMIT);
    }

    private static String picture(int width, int height) {
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "jpg", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
