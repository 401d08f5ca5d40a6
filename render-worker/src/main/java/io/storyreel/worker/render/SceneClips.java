package io.storyreel.worker.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.common.ledger.Purchase;
import io.storyreel.common.ledger.Purpose;
import io.storyreel.common.provider.ClipOrder;
import io.storyreel.common.provider.ProviderOffer;
import io.storyreel.worker.media.MediaProbe;
import io.storyreel.worker.media.ProviderFrames;
import io.storyreel.worker.provider.Clip;
import io.storyreel.worker.provider.ClipProvider;
import io.storyreel.worker.provider.ClipRequest;
import io.storyreel.worker.provider.ClipShelf;
import io.storyreel.worker.provider.Order;
import io.storyreel.worker.provider.PaidTasks;
import io.storyreel.worker.provider.RemoteFile;
import io.storyreel.worker.provider.TaskListener;
import jakarta.enterprise.context.ApplicationScoped;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Gets the clips of one scene from one provider: what was made before is used again, the rest is bought. */
@ApplicationScoped
class SceneClips {
    private final PaidTasks tasks;
    private final ClipShelf shelf;
    private final ProviderFrames frames;
    private final MediaProbe probe;

    SceneClips(PaidTasks tasks, ClipShelf shelf, ProviderFrames frames, MediaProbe probe) {
        this.probe = probe;
        this.tasks = tasks;
        this.shelf = shelf;
        this.frames = frames;
    }

    /**
     * One clip for each order, in order. They are made one after another, because a later one begins where the one
     * before has ended.
     *
     * @param shared with the other scenes of this run
     */
    Uni<List<Clip>> clips(
            Render render, ClipProvider provider, SceneOrders scene, SharedClips shared, TaskListener listener) {
        Uni<List<Clip>> all = Uni.createFrom().item(List.of());
        for (ClipOrder order : scene.of(provider)) {
            all = all.chain(before -> shared.of(
                            order,
                            first -> bought(render, provider, scene, first, before, new PartListener(order, listener)))
                    .map(clip -> with(before, clip)));
        }
        return all;
    }

    private Uni<Clip> bought(
            Render render,
            ClipProvider provider,
            SceneOrders scene,
            ClipOrder order,
            List<Clip> before,
            TaskListener listener) {
        var purchase = new Purchase(
                render.run().job().lease(),
                Purpose.CLIP,
                order.sceneIndex(),
                order.part(),
                provider.name(),
                order.digest(),
                order.price());
        var wanted = new Order<ClipRequest, RemoteFile, Clip>(
                provider,
                purchase,
                () -> firstFrame(render, scene, before).map(frame -> request(render, order, frame)),
                Clip.class,
                (file, renew) -> kept(render, order, file, renew),
                provider.patience(request(render, order, null)));
        return tasks.complete(wanted, 0, listener).map(bought -> bought.made());
    }

    private Uni<String> firstFrame(Render render, SceneOrders scene, List<Clip> before) {
        if (before.isEmpty()) {
            return render.files()
                    .file(scene.image().key())
                    .chain(file -> frames.ofPicture(
                            scene.image().at(file),
                            render.storyboard().aspectRatio(),
                            render.files().directory()));
        }
        return render.files()
                .file(before.get(before.size() - 1).key())
                .chain(probe::media)
                .chain(clip -> frames.lastOf(
                        clip, render.storyboard().aspectRatio(), render.files().directory()));
    }

    private Uni<Clip> kept(Render render, ClipOrder order, RemoteFile file, Supplier<Uni<RemoteFile>> renew) {
        Path target = render.files().fresh("mp4");
        return shelf.keep(render.run().job().id(), Purpose.CLIP, order.digest(), file, target, renew)
                .invoke(clip -> render.files().has(clip.key(), target));
    }

    private static ClipRequest request(Render render, ClipOrder order, String frame) {
        return new ClipRequest(
                render.run().job().id(),
                order.prompt(),
                frame,
                render.storyboard().aspectRatio(),
                order.seconds(),
                render.storyboard().output().resolution().shortSide());
    }

    private static List<Clip> with(List<Clip> before, Clip clip) {
        List<Clip> all = new ArrayList<>(before);
        all.add(clip);
        return all;
    }

    /** Tells of a part of a scene what it means for the whole of it. */
    private record PartListener(ClipOrder order, TaskListener scene) implements TaskListener {

        @Override
        public Uni<Void> progressed(int percent) {
            return scene.progressed((order.part() * 100 + percent) / order.parts());
        }

        @Override
        public Uni<Void> waiting(Wait wait) {
            return scene.waiting(wait);
        }

        @Override
        public Uni<Void> possiblyCharged(ProviderTask attempt) {
            return scene.possiblyCharged(attempt);
        }
    }

    /** A scene's picture and what each provider would have to be asked for. */
    record SceneOrders(Render render, int position, PreparedImage image) {

        int sceneIndex() {
            return render.storyboard().scenes().get(position).sceneIndex();
        }

        List<ClipOrder> of(ClipProvider provider) {
            ProviderOffer offer = provider.offer();
            return ClipOrder.of(offer, render.storyboard(), position, image.sha256());
        }

        /** The same of all who may come to be asked. */
        Stream<ClipOrder> along(List<ClipProvider> chain) {
            return chain.stream()
                    .filter(provider -> !provider.capabilities().inGraph())
                    .flatMap(provider -> of(provider).stream());
        }
    }
}
