package io.storyreel.worker.render;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.common.ledger.ProviderTasks;
import io.storyreel.common.ledger.Purpose;
import io.storyreel.common.provider.ClipOrder;
import io.storyreel.worker.provider.Clip;
import io.storyreel.worker.run.NeededFiles;
import io.storyreel.worker.run.Patience;
import io.storyreel.worker.run.WorkerSettings;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Looks up what was bought before, so that it is not bought again. */
@ApplicationScoped
class EarlierClips {
    private static final int LOOKS_AT_ONCE = 8;

    private final ProviderTasks ledger;
    private final NeededFiles needed;
    private final WorkerSettings settings;

    EarlierClips(ProviderTasks ledger, NeededFiles needed, WorkerSettings settings) {
        this.ledger = ledger;
        this.needed = needed;
        this.settings = settings;
    }

    /** What the render need not begin anew of these orders. */
    Uni<EarlierWork> of(Render render, List<ClipOrder> orders) {
        if (orders.isEmpty()) {
            return Uni.createFrom().item(new EarlierWork(Map.of(), Set.of()));
        }
        Set<String> digests = orders.stream().map(ClipOrder::digest).collect(Collectors.toSet());
        return made(render, digests).chain(made -> underWay(render).map(underWay -> new EarlierWork(made, underWay)));
    }

    /**
     * What the workspace has bought of these digests, in this render or in any other, and what is still in the object
     * store: a file that is gone must be bought again, by whoever is the first to be asked.
     */
    Uni<Map<String, Clip>> made(Render render, Collection<String> digests) {
        UUID workspace = render.run().job().workspaceId();
        return patiently(() -> ledger.made(workspace, digests))
                .map(EarlierClips::clips)
                .call(known -> used(render, known.values()))
                .chain(known -> kept(render, known).call(kept -> forgotten(render, known.keySet(), kept.keySet())));
    }

    private Uni<Void> used(Render render, Collection<Clip> clips) {
        List<String> keys = clips.stream().map(Clip::key).toList();
        return needed.by(render.run().job().id(), keys);
    }

    private static Map<String, Clip> clips(Map<String, String> jsonByDigest) {
        Map<String, Clip> clips = new HashMap<>();
        jsonByDigest.forEach((digest, json) -> clips.put(digest, SceneFilm.clip(json)));
        return clips;
    }

    private static Uni<Map<String, Clip>> kept(Render render, Map<String, Clip> known) {
        return Multi.createFrom()
                .iterable(known.entrySet())
                .onItem()
                .transformToUni(
                        clip -> render.files().isKept(clip.getValue().key()).map(kept -> kept ? clip : null))
                .merge(LOOKS_AT_ONCE)
                .collect()
                .asMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /** What the render has bought of these digests is no better than nothing: it may buy them anew. */
    Uni<Void> forget(Render render, Set<String> digests, String reason) {
        return patiently(() -> ledger.useless(render.run().job().id(), digests, reason));
    }

    /** Or this render would take its own purchase from the ledger, file or no file. */
    private Uni<Void> forgotten(Render render, Set<String> known, Set<String> kept) {
        Set<String> gone = new HashSet<>(known);
        gone.removeAll(kept);
        return gone.isEmpty()
                ? Uni.createFrom().voidItem()
                : forget(render, gone, "its file is gone from the object store");
    }

    private Uni<Set<String>> underWay(Render render) {
        return render.run().job().attempt() == 1
                ? Uni.createFrom().item(Set.of())
                : patiently(() -> ledger.open(render.run().job().id())).map(EarlierClips::digests);
    }

    private static Set<String> digests(List<ProviderTask> open) {
        return open.stream()
                .filter(task -> task.purpose() == Purpose.CLIP)
                .map(ProviderTask::digest)
                .collect(Collectors.toSet());
    }

    private <T> Uni<T> patiently(Supplier<Uni<T>> question) {
        return Patience.whileAway(settings.databasePatience(), question);
    }
}
