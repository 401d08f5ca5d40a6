package io.storyreel.worker.provider.local;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.common.provider.ProviderOffer;
import io.storyreel.worker.media.FfmpegReadiness;
import io.storyreel.worker.provider.Capabilities;
import io.storyreel.worker.provider.ClipProvider;
import io.storyreel.worker.provider.ClipRequest;
import io.storyreel.worker.provider.RemoteFile;
import io.storyreel.worker.provider.Submitted;
import io.storyreel.worker.provider.TaskProgress;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.Readiness;

import java.math.BigDecimal;

/** Moves the camera over the scene's picture with ffmpeg, in the run that composes the video. Free. */
@ApplicationScoped
public class LocalClipProvider implements ClipProvider {
    private static final Capabilities CAPABILITIES = new Capabilities(true, true);

    private final FfmpegReadiness ffmpeg;

    public LocalClipProvider(@Readiness FfmpegReadiness ffmpeg) {
        this.ffmpeg = ffmpeg;
    }

    @Override
    public String name() {
        return "local";
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public ProviderOffer offer() {
        ProviderOffer offer = ProviderOffer.free(name(), ProviderOffer.Kind.CLIP);
        String trouble = ffmpeg.trouble();
        return trouble == null ? offer : offer.without(trouble);
    }

    @Override
    public BigDecimal estimate(ClipRequest wanted) {
        return BigDecimal.ZERO;
    }

    @Override
    public Uni<Submitted> submit(ClipRequest wanted, String key) {
        return noTasks();
    }

    @Override
    public Uni<TaskProgress<RemoteFile>> poll(ProviderTask task, int told) {
        return noTasks();
    }

    @Override
    public Uni<TaskProgress<RemoteFile>> cancel(ProviderTask task) {
        return noTasks();
    }

    private static <T> Uni<T> noTasks() {
        return Uni.createFrom()
                .failure(
                        () -> new UnsupportedOperationException("local clips are made while composing, without tasks"));
    }
}
