package io.storyreel.system;

import io.storyreel.local.simulator.task.Pace;
import io.storyreel.local.stack.Secret;
import io.storyreel.local.stack.StackDirectory;
import io.storyreel.local.stack.Token;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.ActionChainArbitrary;
import net.jqwik.api.state.Transformer;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random calls, good and bad, in random order, through the whole API. After each of them the service is compared with
 * {@link KnownProject a small model}: nothing breaks, every refusal says why and changes nothing, and approval,
 * refinements, costs, numbers of scenes and versions are as they must be.
 *
 * <p>A walk that fails is repeated with fewer steps until none is superfluous; the report has those steps, the last calls
 * and the seed, which {@code @Property(seed = "…")} repeats. The next run in the same directory takes that walk first.
 *
 * <p>The size is that of {@code mvn verify}; {@code -Djqwik.tries.default=50} is the whole thing, over 5,000 calls.
 */
class ApiWalkIT {
    /** As in junit-platform.properties; jqwik itself reads the same property. */
    private static final int WALKS = Integer.getInteger("jqwik.tries.default", 15);

    private static final int STEPS = 100;

    private static Path directory;
    private static RunningPair pair;
    private static Secret secret;
    private static boolean failed;

    @BeforeContainer
    static void start() throws Exception {
        directory = Files.createTempDirectory("storyreel-walk");
        pair = new RunningPair(
                        directory,
                        1,
                        Pace.instant(),
                        Map.of(
                                "STORYREEL_MOCK_DURATION_MIN", "0s",
                                "STORYREEL_MOCK_DURATION_MAX", "0s",
                                "STORYREEL_SCENES_WAIT_LOOK", "20ms",
                                "STORYREEL_REPLICATE_IMAGES_POLL_SHORTEST", "20ms",
                                "STORYREEL_SPEECH_PROVIDER", "none",
                                "STORYREEL_FETCH_ALLOWED_HOSTS", "127.0.0.1"))
                .start();
        secret = Secret.of(new StackDirectory(directory));
    }

    @AfterContainer
    static void stop() throws IOException {
        pair.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        System.out.printf(
                "walked: calls=%d refused=%d looks=%d%n",
                WalkClient.CALLS.get(), WalkClient.REFUSED.get(), WalkClient.LOOKS.get());
        if (!failed) {
            assertThat(WalkClient.CALLS).hasValueGreaterThanOrEqualTo(WALKS * STEPS);
        }
    }

    @Property
    void whatever_is_called_the_service_is_as_it_must_be(@ForAll("walks") ActionChain<Walker> walk) {
        try {
            walk.run();
        } catch (RuntimeException | Error e) {
            failed = true;
            throw e;
        }
    }

    @Provide
    static Arbitrary<ActionChain<Walker>> walks() {
        ActionChainArbitrary<Walker> walks = ActionChain.startWith(ApiWalkIT::walker);
        for (WalkStep step : WalkStep.values()) {
            walks = walks.withAction(step.weight, action(step));
        }
        return walks.withMaxTransformations(STEPS);
    }

    private static Action.Independent<Walker> action(WalkStep step) {
        return () -> Arbitraries.randomValue(Random::nextLong)
                .map(seed -> Transformer.mutate(step + " " + seed, walker -> step.take(walker, seed)));
    }

    private static Walker walker() {
        UUID workspace = UUID.randomUUID();
        String token = Token.issue(secret, "walker", workspace, Duration.ofHours(1), Clock.systemUTC());
        return new Walker(URI.create(pair.api.url()), workspace, token);
    }
}
