package io.storyreel.worker.provider.local;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.worker.provider.Capabilities;
import io.storyreel.worker.provider.Clip;
import io.storyreel.worker.provider.ClipProvider;
import io.storyreel.worker.provider.ClipRequest;
import io.storyreel.worker.provider.TaskProgress;
import jakarta.enterprise.context.ApplicationScoped;

import java.math.BigDecimal;

/** Moves the camera over the scene's picture with ffmpeg, in the run that composes the video. Free. */
@ApplicationScoped
public class LocalClipProvider implements ClipProvider {
    private static final Capabilities CAPABILITIES = new Capabilities(true, true);

    @Override
    public String name() {
        return "local";
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public BigDecimal estimate(ClipRequest wanted) {
        return BigDecimal.ZERO;
    }

    @Override
    public Uni<String> submit(ClipRequest wanted, String key) {
        return noTasks();
    }

    @Override
    public Uni<TaskProgress<Clip>> poll(ProviderTask task, int told) {
        return noTasks();
    }

    @Override
    public Uni<BigDecimal> cancel(ProviderTask task) {
        return Uni.createFrom().item(BigDecimal.ZERO);
    }

    private static <T> Uni<T> noTasks() {
        return Uni.createFrom()
                .failure(
                        () -> new UnsupportedOperationException("local clips are made while composing, without tasks"));
    }
}
