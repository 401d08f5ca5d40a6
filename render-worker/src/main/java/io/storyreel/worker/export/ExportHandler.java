package io.storyreel.worker.export;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.storyreel.common.export.ExportOrder;
import io.storyreel.common.job.JobChange;
import io.storyreel.common.job.JobKind;
import io.storyreel.common.storage.ObjectKeys;
import io.storyreel.common.storage.ObjectMissingException;
import io.storyreel.common.storage.ObjectStore;
import io.storyreel.worker.fetch.FileDigest;
import io.storyreel.worker.media.MediaFile;
import io.storyreel.worker.media.MediaProbe;
import io.storyreel.worker.media.Track;
import io.storyreel.worker.render.RenderFailures;
import io.storyreel.worker.run.JobFailure;
import io.storyreel.worker.run.JobHandler;
import io.storyreel.worker.run.JobResult;
import io.storyreel.worker.run.JobRun;
import io.storyreel.worker.run.Patience;
import io.storyreel.worker.run.SteadyProgress;
import io.storyreel.worker.run.WorkerSettings;
import jakarta.enterprise.context.ApplicationScoped;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Makes a file of another size or format of a finished video. Done again after a crash, unless the file is there. */
@ApplicationScoped
class ExportHandler implements JobHandler {
    private static final int ENCODED = 90;

    private final ExportShelf shelf;
    private final ObjectStore store;
    private final MediaProbe probe;
    private final ExportEncoder encoder;
    private final WorkerSettings worker;

    ExportHandler(
            ExportShelf shelf, ObjectStore store, MediaProbe probe, ExportEncoder encoder, WorkerSettings worker) {
        this.shelf = shelf;
        this.store = store;
        this.probe = probe;
        this.encoder = encoder;
        this.worker = worker;
    }

    @Override
    public JobKind kind() {
        return JobKind.EXPORT;
    }

    @Override
    public Uni<JobResult> handle(JobRun run) {
        ExportOrder order = ExportOrder.read(run.job().input());
        return Patience.whileAway(worker.databasePatience(), () -> shelf.made(order.exportId()))
                .chain(made ->
                        made == null ? make(run, order) : Uni.createFrom().item(made))
                .map(ExportHandler::result)
                .onFailure()
                .transform(RenderFailures::told);
    }

    private Uni<MadeExport> make(JobRun run, ExportOrder order) {
        SteadyProgress progress = new SteadyProgress(run);
        return progress.tell(JobChange.progress(1, "fetch", "Fetching the video"))
                .chain(() -> source(run, order))
                .chain(source -> encoder.encode(run, order, source, progress)
                        .invoke(media -> check(order, source, media))
                        .call(() -> progress.check()))
                .call(() -> progress.tell(JobChange.progress(ENCODED, "store", "Storing the export")))
                .chain(file -> stored(run, order, file))
                .call(made -> published(run, order, made));
    }

    private Uni<MediaFile> source(JobRun run, ExportOrder order) {
        Path file = run.scratch().resolve("source");
        return store.download(order.sourceKey(), file)
                .onFailure(ObjectMissingException.class)
                .transform(gone -> JobFailure.lasting(
                        "source_gone", "The video is not in the store any more: render the project again"))
                .chain(() -> probe.media(file))
                .invoke(media -> media.video()
                        .orElseThrow(() -> JobFailure.lasting("broken_source", "The video has no picture")));
    }

    private static void check(ExportOrder order, MediaFile source, MediaFile media) {
        String flaw = ExportCheck.flaw(order, source, media);
        if (flaw != null) {
            throw JobFailure.passing("verification_failed", flaw, null);
        }
    }

    private Uni<MadeExport> stored(JobRun run, ExportOrder order, MediaFile media) {
        return Uni.createFrom()
                .item(() -> described(run, order, media))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .call(made -> store.put(made.key(), media.file(), made.mediaType()));
    }

    private static MadeExport described(JobRun run, ExportOrder order, MediaFile media) {
        Track.Video picture = media.video().orElseThrow();
        try {
            String sha256 = FileDigest.of(media.file());
            return new MadeExport(
                    ObjectKeys.export(run.job().id(), sha256, order.format().extension()),
                    order.format().mediaType(),
                    Files.size(media.file()),
                    sha256,
                    media.length().toMillis() / 1e3,
                    picture.width(),
                    picture.height());
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private Uni<Void> published(JobRun run, ExportOrder order, MadeExport made) {
        return Patience.whileAway(
                        worker.databasePatience(),
                        () -> shelf.ready(order.exportId(), run.job().id(), made))
                .chain(wanted -> wanted
                        ? Uni.createFrom().voidItem()
                        : store.delete(made.key()).chain(() -> Uni.createFrom()
                                .failure(JobFailure.lasting(
                                        "export_gone", "The export was removed while it was made: ask for it again"))));
    }

    private static JobResult result(MadeExport made) {
        String ready = String.format(
                Locale.ROOT, "The export is ready: %d x %d, %.1f MB", made.width(), made.height(), made.size() / 1e6);
        return new JobResult(ready, made.toResultJson(), BigDecimal.ZERO);
    }
}
