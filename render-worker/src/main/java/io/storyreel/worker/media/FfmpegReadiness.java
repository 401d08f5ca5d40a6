package io.storyreel.worker.media;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A worker without a usable ffmpeg takes no jobs. Asked at start-up, and again at each check until it is found; what was
 * found once is kept, so checks stay cheap and pass while ffmpeg is busy.
 */
@Readiness
@ApplicationScoped
public class FfmpegReadiness implements AsyncHealthCheck {

    private static final Logger LOG = Logger.getLogger(FfmpegReadiness.class);
    private static final String NAME = "ffmpeg";
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final List<String> QUESTIONS = List.of("-version", "-filters", "-encoders");

    private final Ffmpeg ffmpeg;
    private volatile FfmpegInventory found;
    private volatile String trouble;

    public FfmpegReadiness(Ffmpeg ffmpeg) {
        this.ffmpeg = ffmpeg;
    }

    void ask(@Observes StartupEvent started) {
        inventory()
                .subscribe()
                .with(
                        inventory -> LOG.infof("ffmpeg found version=%s", inventory.version()),
                        failure -> LOG.errorf("ffmpeg unusable reason=%s", failure.getMessage()));
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return inventory()
                .map(inventory -> {
                    var response = HealthCheckResponse.named(NAME).withData("version", inventory.version());
                    return inventory.complete()
                            ? response.up().build()
                            : response.withData("missing", String.join(", ", inventory.missing()))
                                    .down()
                                    .build();
                })
                .onFailure(FfmpegException.class)
                .recoverWithItem(failure -> HealthCheckResponse.named(NAME)
                        .withData("reason", failure.getMessage())
                        .down()
                        .build());
    }

    /** The program's version, and what of Storyreel's needs it lacks. */
    public Uni<FfmpegInventory> inventory() {
        var known = found;
        return known == null
                ? askAll().invoke(this::remember).onFailure().invoke(failure -> trouble = failure.getMessage())
                : Uni.createFrom().item(known);
    }

    /**
     * What keeps ffmpeg from being used, as far as that is known, else null. While it is missing it is looked for again
     * each time.
     */
    public String trouble() {
        String known = trouble;
        if (known != null && found == null) {
            inventory()
                    .subscribe()
                    .with(
                            inventory -> LOG.infof("ffmpeg found version=%s", inventory.version()),
                            failure -> LOG.debugf("ffmpeg still unusable reason=%s", failure.getMessage()));
        }
        return known;
    }

    private void remember(FfmpegInventory inventory) {
        found = inventory;
        trouble = inventory.complete() ? null : "ffmpeg lacks " + String.join(", ", inventory.missing());
        if (!inventory.complete()) {
            LOG.errorf(
                    "ffmpeg lacks what rendering needs version=%s missing=%s",
                    inventory.version(), inventory.missing());
        }
    }

    private Uni<FfmpegInventory> askAll() {
        var reader = new FfmpegInventory.Reader();
        var answers = Uni.createFrom().<FfmpegResult>nullItem();
        for (var question : QUESTIONS) {
            answers = answers.chain(() -> ffmpeg.run(FfmpegCommand.measure(
                    List.of(question), Path.of("").toAbsolutePath(), DEADLINE, reader::line, line -> {})));
        }
        return answers.map(last -> reader.inventory());
    }
}
