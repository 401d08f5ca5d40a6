package io.storyreel.api.project;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import io.storyreel.common.storyboard.StoryboardJson;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.UUID;

/** The rows of projects. */
@ApplicationScoped
class VideoProjects implements PanacheRepositoryBase<VideoProject, UUID> {
    private static final String KEEP_STORYBOARD =
            "insert into render_spec (digest, storyboard) values (?1, cast(cast(?2 as text) as jsonb)) on conflict do nothing";

    Uni<VideoProject> findIn(UUID workspace, UUID id) {
        return find("workspaceId = ?1 and id = ?2", workspace, id).firstResult();
    }

    /** Newest first. */
    Uni<List<VideoProject>> all(UUID workspace, List<UUID> ids) {
        return list("workspaceId = ?1 and id in ?2 order by createdAt desc, id desc", workspace, ids);
    }

    /** Keeps the storyboard for renders to come, in the transaction that saves the project. */
    Uni<VideoProject> save(VideoProject project) {
        return persist(project)
                .chain(this::flush)
                .chain(this::getSession)
                .chain(session -> session.createNativeQuery(KEEP_STORYBOARD)
                        .setParameter(1, project.specDigest)
                        .setParameter(2, StoryboardJson.write(project.storyboard))
                        .executeUpdate())
                .replaceWith(project);
    }
}
