package io.storyreel.api.export;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.storyreel.api.provider.ProviderBoard;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.provider.ProviderOffer.Kind;
import io.storyreel.common.provider.ProviderState;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** Waits for the file of an export, holding no thread. */
@ApplicationScoped
class ExportWait {
    /** The worker itself, as far as it has an ffmpeg. */
    private static final String LOCAL = "local";

    private final VideoExports exports;
    private final ProviderBoard board;
    private final ExportWaitSettings settings;

    ExportWait(VideoExports exports, ProviderBoard board, ExportWaitSettings settings) {
        this.exports = exports;
        this.board = board;
        this.settings = settings;
    }

    /** Fails unless some living worker can make exports. */
    Uni<Void> requireFfmpeg() {
        return board.states()
                .invoke(states -> {
                    if (states.stream().noneMatch(ExportWait::hasFfmpeg)) {
                        throw new ProblemException(
                                ProblemCode.NO_FFMPEG,
                                "No render worker that runs has ffmpeg: start one, or set STORYREEL_FFMPEG there.");
                    }
                })
                .replaceWithVoid();
    }

    private static boolean hasFfmpeg(ProviderState state) {
        return state.living()
                && state.offer().kind() == Kind.CLIP
                && state.offer().provider().equals(LOCAL)
                && state.offer().usable();
    }

    /**
     * The export once its file is there; fails if it comes to another end, or takes longer than a request may wait.
     *
     * @param wanted whether somebody still waits; nobody looks any more when it says no
     */
    Uni<VideoExport> finished(UUID export, BooleanSupplier wanted) {
        return Multi.createBy()
                .repeating()
                .uni(() -> exports.find(export))
                .withDelay(settings.waitLook())
                .whilst(found -> wanted.getAsBoolean() && !found.status().isFinal())
                .collect()
                .last()
                .ifNoItem()
                .after(settings.longestWait())
                .failWith(ExportWait::tooLong)
                .invoke(ExportWait::requireFile);
    }

    private static ProblemException tooLong() {
        return new ProblemException(
                ProblemCode.NOT_READY_IN_TIME,
                "The export takes longer than a request may wait. The work goes on: ask again a little later, or send"
                        + " Prefer: respond-async.");
    }

    private static void requireFile(VideoExport export) {
        if (export.status().isFinal() && export.file() == null) {
            String reason = export.errorMessage() == null ? "" : ": " + export.errorMessage();
            throw new ProblemException(
                    ProblemCode.CONFLICT,
                    "The export is " + export.status().wireName() + reason + ". Ask for it again to try it again.",
                    List.of());
        }
    }
}
