package io.storyreel.api.project;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.problem.Violation;
import io.storyreel.common.storyboard.AssetReference;
import io.storyreel.common.storyboard.Scene;
import io.storyreel.common.storyboard.Storyboard;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Makes sure that what a storyboard calls an upload is one, in this workspace, and of the right kind. */
@ApplicationScoped
class UploadedFiles {
    private static final String KNOWN =
            "select sha256, extension, media_type from asset where workspace_id = $1 and sha256 = any($2)";

    private final Pool pool;

    /** @param kind first part of the media type that is wanted there: image or audio */
    private record Use(String field, AssetReference file, String kind) {}

    UploadedFiles(Pool pool) {
        this.pool = pool;
    }

    /** Fails naming every scene and field whose file cannot be used. */
    Uni<Void> check(UUID workspace, Storyboard storyboard) {
        List<Use> uses = uses(storyboard);
        if (uses.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        String[] digests =
                uses.stream().map(use -> use.file().sha256()).distinct().toArray(String[]::new);
        return pool.preparedQuery(KNOWN)
                .execute(Tuple.of(workspace, digests))
                .invoke(rows -> {
                    Map<AssetReference, String> known = new HashMap<>();
                    rows.forEach(row -> known.put(
                            new AssetReference(row.getString("sha256"), row.getString("extension")),
                            row.getString("media_type")));
                    refuse(uses, known);
                })
                .replaceWithVoid();
    }

    private static List<Use> uses(Storyboard storyboard) {
        List<Use> uses = new ArrayList<>();
        for (Scene scene : storyboard.scenes()) {
            add(uses, "storyboard[scene_index=" + scene.sceneIndex() + "].image_url", scene.imageUrl(), "image");
        }
        if (storyboard.backgroundMusic() != null) {
            add(uses, "background_music.url", storyboard.backgroundMusic().url(), "audio");
        }
        return uses;
    }

    private static void add(List<Use> uses, String field, String url, String kind) {
        if (AssetReference.isOne(url)) {
            uses.add(new Use(field, AssetReference.parse(url), kind));
        }
    }

    private static void refuse(List<Use> uses, Map<AssetReference, String> known) {
        List<Violation> violations = new ArrayList<>();
        for (Use use : uses) {
            String type = known.get(use.file());
            if (type == null) {
                violations.add(new Violation(
                        use.field(), "names a file that was not uploaded to this workspace: upload it first"));
            } else if (!type.startsWith(use.kind() + "/")) {
                violations.add(new Violation(use.field(), "needs " + use.kind() + ", but the file named is " + type));
            }
        }
        if (!violations.isEmpty()) {
            Violation first = violations.get(0);
            throw new ProblemException(
                    ProblemCode.UNUSABLE_FILE, first.field() + " " + first.message() + ".", violations);
        }
    }
}
