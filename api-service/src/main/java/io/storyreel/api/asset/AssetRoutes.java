package io.storyreel.api.asset;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.file.FileDownload;
import io.storyreel.api.file.FileRoute;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.storage.ObjectKeys;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import java.util.UUID;
import java.util.regex.Pattern;

/** Uploaded files, to be shown in pages. */
@ApplicationScoped
class AssetRoutes {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private final FileRoute route;
    private final Assets assets;

    AssetRoutes(FileRoute route, Assets assets) {
        this.route = route;
        this.assets = assets;
    }

    void register(@Observes Router router) {
        route.add(router, "/assets/:sha256", (workspace, context) -> file(workspace, context.pathParam("sha256")));
    }

    private Uni<FileDownload.Wanted> file(UUID workspace, String sha256) {
        if (!DIGEST.matcher(sha256).matches()) {
            throw missing();
        }
        return assets.find(workspace, sha256)
                .onItem()
                .ifNull()
                .failWith(AssetRoutes::missing)
                .map(asset -> new FileDownload.Wanted(
                        ObjectKeys.asset(asset.reference()), asset.mediaType(), sha256, "inline", null));
    }

    private static ProblemException missing() {
        return new ProblemException(ProblemCode.NOT_FOUND, "There is no such file in this workspace.");
    }
}
