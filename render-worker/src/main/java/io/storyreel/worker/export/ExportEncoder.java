package io.storyreel.worker.export;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.export.ExportOrder;
import io.storyreel.common.job.JobChange;
import io.storyreel.worker.media.Container;
import io.storyreel.worker.media.MediaFile;
import io.storyreel.worker.media.MediaProbe;
import io.storyreel.worker.media.Transcoder;
import io.storyreel.worker.run.JobRun;
import io.storyreel.worker.run.SteadyProgress;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.nio.file.Path;

/**
 * Makes the file, and makes it again with another aim where the encoder strayed too far from the bitrate. It strays by
 * what the pictures are like, and so by much the same the second time.
 */
@ApplicationScoped
class ExportEncoder {
    private static final Logger LOG = Logger.getLogger(ExportEncoder.class);

    private final Transcoder transcoder;
    private final MediaProbe probe;
    private final ExportSettings settings;

    ExportEncoder(Transcoder transcoder, MediaProbe probe, ExportSettings settings) {
        this.transcoder = transcoder;
        this.probe = probe;
        this.settings = settings;
    }

    Uni<MediaFile> encode(JobRun run, ExportOrder order, MediaFile source, SteadyProgress progress) {
        return encode(
                run,
                order,
                source,
                progress,
                BitrateAim.first(order.parameters().videoKbps()));
    }

    private Uni<MediaFile> encode(
            JobRun run, ExportOrder order, MediaFile source, SteadyProgress progress, BitrateAim aim) {
        Path output = run.scratch()
                .resolve("export-" + aim.attempt() + "." + order.format().extension());
        return transcoder
                .transcode(
                        source,
                        order.parameters(),
                        Container.of(order.format()),
                        aim.kbps(),
                        output,
                        settings.deadline(),
                        fraction -> progress.tellSoon(encoded(aim, fraction)))
                .chain(() -> probe.media(output))
                .chain(made -> {
                    BitrateAim next = aim.after(kbps(made));
                    if (next == null) {
                        return Uni.createFrom().item(made);
                    }
                    LOG.infof(
                            "export is made again: job=%s kbps=%d wanted=%d aim=%d",
                            run.job().id(), Math.round(kbps(made)), aim.wanted(), next.kbps());
                    return encode(run, order, source, progress, next);
                });
    }

    private static double kbps(MediaFile media) {
        return media.video().map(picture -> picture.kilobitsPerSecond()).orElse(0.0);
    }

    private static JobChange encoded(BitrateAim aim, double fraction) {
        return JobChange.progress(aim.percent(fraction), "encode", "Exporting the video");
    }
}
