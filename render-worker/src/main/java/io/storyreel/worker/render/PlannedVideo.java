package io.storyreel.worker.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.RenderSpecs;
import io.storyreel.common.storyboard.Storyboard;
import io.storyreel.worker.provider.BrokenResultException;
import io.storyreel.worker.provider.VideoCheck;
import jakarta.enterprise.context.ApplicationScoped;

import java.nio.file.Path;
import java.util.List;

/** What is not as planned was not delivered: it is told as the provider's failure, and nobody finds it again. */
@ApplicationScoped
class PlannedVideo implements VideoCheck {
    private final RenderSpecs specs;
    private final Verify verify;

    PlannedVideo(RenderSpecs specs, Verify verify) {
        this.specs = specs;
        this.verify = verify;
    }

    @Override
    public Uni<Void> check(String specDigest, Path file) {
        return specs.read(specDigest).chain(storyboard -> check(storyboard, file));
    }

    Uni<Void> check(Storyboard storyboard, Path file) {
        return verify.verify(file, ScenePlan.unspoken(storyboard), List.of())
                .onFailure(FlawedVideoException.class)
                .transform(flaw -> new BrokenResultException(
                        "The video that was made is not as planned: " + flaw.getMessage(), flaw))
                .replaceWithVoid();
    }
}
