package io.storyreel.api.asset;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.storage.ObjectKeys;
import io.storyreel.common.storage.ObjectMissingException;
import io.storyreel.common.storage.ObjectStore;
import io.storyreel.common.storage.ObjectUses;
import io.storyreel.common.storyboard.AssetReference;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Files of workspaces. The same file is kept once, however often it is sent. */
@ApplicationScoped
class Assets {
    private static final String ADD =
            """
            insert into asset (workspace_id, sha256, extension, media_type, size_bytes) values ($1, $2, $3, $4, $5)
            on conflict (workspace_id, sha256) do update set created_at = clock_timestamp()
            """;

    private static final String FIND =
            "select extension, media_type, size_bytes from asset where workspace_id = $1 and sha256 = $2";

    /** From before the bytes are sent until the row is there. */
    private static final Duration UPLOAD = Duration.ofHours(1);

    private final Pool pool;
    private final ObjectStore objects;
    private final ObjectUses uses;

    record Asset(AssetReference reference, String mediaType, long size) {}

    Assets(Pool pool, ObjectStore objects, ObjectUses uses) {
        this.pool = pool;
        this.objects = objects;
        this.uses = uses;
    }

    Uni<Asset> keep(UUID workspace, ReceivedFile received) {
        return keep(workspace, received.file(), key -> objects.put(
                        key, received.path(), received.file().type().mediaType())
                .replaceWithVoid());
    }

    /** Of a file that is in the object store under another name: copied there, unless it is known already. */
    Uni<Asset> keepCopy(UUID workspace, InspectedFile file, String from) {
        return keep(workspace, file, key -> objects.stat(key)
                .replaceWithVoid()
                .onFailure(ObjectMissingException.class)
                .recoverWithUni(() -> objects.copy(from, key)));
    }

    /** Bytes first: a row without its file would promise what is not there. */
    private Uni<Asset> keep(UUID workspace, InspectedFile file, Function<String, Uni<Void>> bytes) {
        AssetReference reference = file.reference();
        String key = ObjectKeys.asset(reference);
        UUID upload = UUID.randomUUID();
        return uses.hold(upload, List.of(key), UPLOAD)
                .chain(() -> bytes.apply(key))
                .chain(() -> pool.preparedQuery(ADD)
                        .execute(Tuple.of(
                                workspace,
                                reference.sha256(),
                                reference.extension(),
                                file.type().mediaType(),
                                file.size())))
                .chain(() -> uses.release(upload))
                .replaceWith(new Asset(reference, file.type().mediaType(), file.size()));
    }

    /** Null if this workspace has no such file. */
    Uni<Asset> find(UUID workspace, String sha256) {
        return pool.preparedQuery(FIND).execute(Tuple.of(workspace, sha256)).map(rows -> {
            if (rows.size() == 0) {
                return null;
            }
            var row = rows.iterator().next();
            return new Asset(
                    new AssetReference(sha256, row.getString("extension")),
                    row.getString("media_type"),
                    row.getLong("size_bytes"));
        });
    }
}
