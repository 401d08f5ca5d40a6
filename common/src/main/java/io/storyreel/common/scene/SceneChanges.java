package io.storyreel.common.scene;

import com.github.f4b6a3.uuid.UuidCreator;
import io.smallrye.mutiny.Uni;
import io.storyreel.common.project.LockedProject;
import io.storyreel.common.project.ProjectStoryboards;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;

import java.math.BigDecimal;
import java.util.UUID;

/**
 * Everything that changes what one scene shows. It happens in the caller's transaction, which has locked the project's
 * row; what the scene showed before is kept, and the storyboard changes with the history. The scene has to be one of the
 * project's, unless it says otherwise.
 */
@ApplicationScoped
public class SceneChanges {
    private final SceneVersions versions;
    private final ProjectStoryboards storyboards;

    public SceneChanges(SceneVersions versions, ProjectStoryboards storyboards) {
        this.versions = versions;
        this.storyboards = storyboards;
    }

    /**
     * Gives the scene this description. That counts as a refinement unless the scene has it already; but one that was
     * wished for before and is under way stays out in any case.
     */
    public Uni<LockedProject> describe(SqlClient transaction, LockedProject project, int scene, String description) {
        return versions.present(transaction, project, scene)
                .chain(present -> versions.nextWish(transaction, project.id())
                        .map(wish -> present.wished().with(WishedContent.ofDescription(description, wish)))
                        .chain(wished -> present.content().saysTheSame(description)
                                ? versions.change(transaction, present.saying(wished), false)
                                        .replaceWith(project)
                                : described(transaction, project, scene, wished)));
    }

    private Uni<LockedProject> described(
            SqlClient transaction, LockedProject project, int scene, WishedContent wished) {
        UUID id = UuidCreator.getTimeOrderedEpochFast();
        SceneVersion next =
                new SceneVersion(id, project.id(), scene, wished, null, null, true, BigDecimal.ZERO, true, true);
        return versions.add(transaction, next).chain(() -> show(transaction, project, next));
    }

    /** Notes that the picture is wanted. The scene shows what it showed until {@link #land}. */
    public Uni<SceneImageOrder> want(SqlClient transaction, LockedProject project, WantedPicture wanted) {
        UUID id = UuidCreator.getTimeOrderedEpochFast();
        return versions.present(transaction, project, wanted.scene())
                .chain(() -> versions.nextVariant(transaction, project.id(), wanted.prompt()))
                .chain(variant -> versions.nextWish(transaction, project.id())
                        .map(wish -> version(id, project, wanted, variant, wish)))
                .call(version -> versions.add(transaction, version))
                .map(version -> new SceneImageOrder(
                        id,
                        wanted.scene(),
                        wanted.prompt(),
                        project.storyboard().aspectRatio(),
                        version.variant()));
    }

    private static SceneVersion version(UUID id, LockedProject project, WantedPicture wanted, int variant, int wish) {
        SceneContent content = new SceneContent(null, wanted.prompt(), wanted.description());
        return new SceneVersion(
                id,
                project.id(),
                wanted.scene(),
                new WishedContent(content, wish, wanted.description() == null ? 0 : wish),
                wanted.jobId(),
                variant,
                wanted.refinement(),
                wanted.cost(),
                false,
                false);
    }

    /**
     * The picture that the version waited for is there. The scene shows it, unless it shows by now what was wished for
     * later, or is no scene of the project any more; the history has it in any case. The item tells whether the scene
     * shows it. A second time nothing happens.
     */
    public Uni<Boolean> land(SqlClient transaction, LockedProject project, SceneVersion version, String imageUrl) {
        if (!version.lacksPicture()) {
            return Uni.createFrom().item(version.taken());
        }
        SceneVersion arrived = version.saying(version.wished().showing(imageUrl));
        return project.scene(version.scene()) == null
                ? versions.change(transaction, arrived, false).replaceWith(false)
                : versions.present(transaction, project, version.scene())
                        .chain(present -> arrive(transaction, project, present, arrived));
    }

    private Uni<Boolean> arrive(
            SqlClient transaction, LockedProject project, SceneVersion present, SceneVersion arrived) {
        WishedContent together = present.wished().with(arrived.wished());
        if (together.imageWish() == arrived.wished().imageWish()) {
            return taken(transaction, project, arrived.saying(together)).replaceWith(true);
        }
        // What the scene shows may all the same have waited for these words.
        SceneVersion past = arrived.saying(arrived.wished().over(present.wished()));
        return versions.change(transaction, past, false)
                .chain(() -> versions.change(transaction, present.saying(together), false))
                .chain(() -> show(transaction, project, present.saying(together)))
                .replaceWith(false);
    }

    /**
     * The scene shows a former version again. Whatever was wished for before and arrives later does not change that. The
     * version must not lack its picture.
     */
    public Uni<LockedProject> takeBack(SqlClient transaction, LockedProject project, SceneVersion version) {
        return versions.present(transaction, project, version.scene())
                .chain(() -> versions.nextWish(transaction, project.id()))
                .chain(wish ->
                        taken(transaction, project, version.saying(WishedContent.whole(version.content(), wish))));
    }

    private Uni<LockedProject> taken(SqlClient transaction, LockedProject project, SceneVersion version) {
        return versions.change(transaction, version, true).chain(() -> show(transaction, project, version));
    }

    private Uni<LockedProject> show(SqlClient transaction, LockedProject project, SceneVersion version) {
        return versions.show(transaction, version)
                .chain(() -> storyboards.save(
                        transaction, project, project.with(version.content().in(project.scene(version.scene())))));
    }
}
