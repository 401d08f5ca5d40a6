package io.storyreel.worker.provider.custom;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.mutiny.Uni;
import io.storyreel.common.storyboard.Scene;
import io.storyreel.common.storyboard.Storyboard;
import io.storyreel.worker.provider.LoopbackVendor;
import io.storyreel.worker.provider.OutcomeUnknownException;
import io.storyreel.worker.provider.ProviderBusyException;
import io.storyreel.worker.provider.ProviderOutageException;
import io.storyreel.worker.provider.Submitted;
import io.storyreel.worker.provider.VendorStub;
import io.storyreel.worker.provider.VendorStub.VendorsAlone;
import io.storyreel.worker.provider.VideoRequest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static io.storyreel.worker.provider.LoopbackVendor.HANGS_UP;
import static io.storyreel.worker.provider.LoopbackVendor.SILENCE;
import static io.storyreel.worker.provider.LoopbackVendor.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** What the annotations of {@link CustomGateway} do, with the numbers of the environment's names. */
@QuarkusTest
@QuarkusTestResource(value = VendorStub.class, restrictToAnnotatedClass = true)
@TestProfile(VendorsAlone.class)
class CustomFaultToleranceTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final LoopbackVendor.Answer ACCEPTED = json(202, "{\"id\":\"rnd_1\",\"status\":\"queued\"}");
    private static final LoopbackVendor.Answer OVERLOADED = json(503, "{}", "retry-after-ms", "1");

    private final LoopbackVendor vendor = VendorStub.vendor();

    @Inject
    CustomVideoProvider custom;

    @Inject
    CircuitBreakerMaintenance breakers;

    @BeforeEach
    void closeTheBreakers() {
        breakers.resetAll();
    }

    @Test
    void hands_a_render_over_again_under_the_same_key_when_no_answer_came() {
        vendor.willAnswer(HANGS_UP, SILENCE, ACCEPTED);

        assertThat(run(submit()).id()).isEqualTo("rnd_1");
        assertThat(vendor.requests()).hasSize(3).allSatisfy(request -> assertThat(
                        request.headers().getFirst("Idempotency-Key"))
                .isEqualTo("key-1"));
    }

    @Test
    void is_sure_that_nothing_was_accepted_when_every_answer_said_so() {
        vendor.willAnswer(OVERLOADED);

        assertThat(failureOf(submit()))
                .isInstanceOf(ProviderOutageException.class)
                .isNotInstanceOf(OutcomeUnknownException.class);
        assertThat(vendor.requests()).hasSize(4);
    }

    @Test
    void stays_in_doubt_when_one_try_got_no_answer() {
        vendor.willAnswer(HANGS_UP, OVERLOADED);

        assertThat(failureOf(submit())).isInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    void leaves_long_pauses_to_the_job() {
        vendor.willAnswer(json(429, "{\"error\":{\"code\":\"queue_full\"}}", "Retry-After", "120"));

        assertThat(failureOf(submit()))
                .isInstanceOfSatisfying(ProviderBusyException.class, busy -> assertThat(busy.retryAfter())
                        .isEqualTo(Duration.ofSeconds(120)));
        assertThat(vendor.requests()).hasSize(1);
    }

    private Uni<Submitted> submit() {
        Scene scene = new Scene(1, "asset://1", null, 3.0, null, null, null, null);
        return custom.submit(
                new VideoRequest(
                        UUID.randomUUID(),
                        new Storyboard(List.of(scene), null, null, null, null),
                        Map.of(1, "https://a.example/1"),
                        null),
                "key-1");
    }

    private static Throwable failureOf(Uni<?> call) {
        return catchThrowable(() -> run(call));
    }

    private static <T> T run(Uni<T> call) {
        return call.await().atMost(LIMIT);
    }
}
