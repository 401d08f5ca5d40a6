package io.storyreel.api.project;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import io.storyreel.api.page.Cursor;
import io.storyreel.common.storyboard.StoryboardJson;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The rows of projects. */
@ApplicationScoped
class VideoProjects implements PanacheRepositoryBase<VideoProject, UUID> {
    private static final String AFTER =
            "workspaceId = :workspace and (createdAt < :time or (createdAt = :time and id < :id))";

    private static final String NEWEST_FIRST = " order by createdAt desc, id desc";

    private static final String KEEP_STORYBOARD =
            "insert into render_spec (digest, storyboard) values (?1, cast(cast(?2 as text) as jsonb)) on conflict do nothing";

    Uni<VideoProject> findIn(UUID workspace, UUID id) {
        return find("workspaceId = ?1 and id = ?2", workspace, id).firstResult();
    }

    /**
     * One more than {@code limit}, if there are as many.
     *
     * @param approved null for both
     */
    Uni<List<VideoProject>> page(UUID workspace, Boolean approved, Cursor after, int limit) {
        Map<String, Object> values = new HashMap<>();
        values.put("workspace", workspace);
        values.put("time", after.createdAt());
        values.put("id", after.id());
        String wanted = AFTER;
        if (approved != null) {
            values.put("approved", approved);
            wanted += " and approved = :approved";
        }
        return find(wanted + NEWEST_FIRST, values).range(0, limit).list();
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
