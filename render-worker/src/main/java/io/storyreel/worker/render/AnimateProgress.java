package io.storyreel.worker.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.worker.provider.TaskListener;

import java.util.Arrays;

/** How far the scenes of a render have come, together. */
final class AnimateProgress {
    private static final int ALL = 100;

    private final Render render;
    private final int[] percents;

    AnimateProgress(Render render) {
        this.render = render;
        this.percents = new int[render.sceneCount()];
    }

    /** Hears of the scene at {@code position}. */
    TaskListener listener(int position, int sceneIndex) {
        return new TaskListener() {
            @Override
            public Uni<Void> progressed(int percent) {
                at(position, sceneIndex, percent);
                return Uni.createFrom().voidItem();
            }

            @Override
            public Uni<Void> waiting(Wait wait) {
                return render.run().tell(WaitWords.change("Scene " + sceneIndex, sceneIndex, wait));
            }

            @Override
            public Uni<Void> possiblyCharged(ProviderTask attempt) {
                return render.run()
                        .tell(DoubtWords.change(
                                RenderStage.ANIMATE.wireName(), "Scene " + sceneIndex, sceneIndex, attempt));
            }
        };
    }

    Uni<Void> done(int position, int sceneIndex) {
        at(position, sceneIndex, ALL);
        return render.progress().check();
    }

    private void at(int position, int sceneIndex, int percent) {
        double fraction;
        int done;
        synchronized (percents) {
            percents[position] = Math.max(percents[position], percent);
            fraction = Arrays.stream(percents).average().orElse(ALL) / ALL;
            done = (int) Arrays.stream(percents).filter(share -> share == ALL).count();
        }
        render.progress()
                .tellSoon(RenderProgress.at(
                        RenderStage.ANIMATE,
                        fraction,
                        "Rendering scene " + Math.min(done + 1, percents.length) + "/" + percents.length + "...",
                        sceneIndex,
                        done));
    }
}
