package io.storyreel.common.scene;

import com.github.f4b6a3.uuid.UuidCreator;
import io.smallrye.mutiny.Uni;
import io.storyreel.common.project.LockedProject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The rows of the history of scenes. Everything here happens in the caller's transaction, which has locked the project's
 * row.
 */
@ApplicationScoped
public class SceneVersions {

    /** Notes what the scenes of these numbers show now, unless that is known: before they change, or it is forgotten. */
    public Uni<Void> notePresent(SqlClient transaction, UUID project, Collection<Integer> scenes) {
        UUID[] ids = scenes.stream()
                .map(scene -> UuidCreator.getTimeOrderedEpochFast())
                .toArray(UUID[]::new);
        return transaction
                .preparedQuery(SceneSql.NOTE_PRESENT)
                .execute(Tuple.of(project, ids, scenes.toArray(Integer[]::new)))
                .replaceWithVoid();
    }

    /** What the scene shows now. */
    Uni<SceneVersion> present(SqlClient transaction, LockedProject project, int scene) {
        return notePresent(transaction, project.id(), List.of(scene))
                .chain(() -> transaction.preparedQuery(SceneSql.CURRENT).execute(Tuple.of(project.id(), scene)))
                .map(rows -> version(rows.iterator().next()));
    }

    /** The item is null if the project has no such version. */
    public Uni<SceneVersion> find(SqlClient transaction, UUID project, UUID version) {
        return transaction
                .preparedQuery(SceneSql.FIND)
                .execute(Tuple.of(project, version))
                .map(SceneVersions::only);
    }

    /** The scenes among these whose picture is being made, with who makes the latest. */
    public Uni<Map<Integer, UUID>> underWay(SqlClient transaction, UUID project, Collection<Integer> scenes) {
        return transaction
                .preparedQuery(SceneSql.UNDER_WAY)
                .execute(Tuple.of(project, scenes.toArray(Integer[]::new)))
                .map(rows -> {
                    Map<Integer, UUID> jobs = new TreeMap<>();
                    rows.forEach(row -> jobs.put(row.getInteger("scene"), row.getUUID("job_id")));
                    return jobs;
                });
    }

    /**
     * Lets the history follow its scenes to their new numbers, what is under way included.
     *
     * @param numbers the new number of each scene, by its former one; those that keep theirs may be left out
     */
    public Uni<Void> renumber(SqlClient transaction, UUID project, Map<Integer, Integer> numbers) {
        Map<Integer, Integer> inOrder = new TreeMap<>(numbers);
        return transaction
                .preparedQuery(SceneSql.RENUMBER)
                .execute(Tuple.of(
                        project,
                        inOrder.keySet().toArray(Integer[]::new),
                        inOrder.values().toArray(Integer[]::new)))
                .replaceWithVoid();
    }

    Uni<Integer> nextWish(SqlClient transaction, UUID project) {
        return transaction
                .preparedQuery(SceneSql.NEXT_WISH)
                .execute(Tuple.of(project))
                .map(rows -> rows.iterator().next().getInteger("wish"));
    }

    /** A number that tells the picture from the others that the project has of the same words. */
    Uni<Integer> nextVariant(SqlClient transaction, UUID project, String prompt) {
        return transaction
                .preparedQuery(SceneSql.NEXT_VARIANT)
                .execute(Tuple.of(project, prompt))
                .map(rows -> rows.iterator().next().getLong("variant").intValue());
    }

    Uni<Void> add(SqlClient transaction, SceneVersion version) {
        Tuple values = Tuple.tuple()
                .addValue(version.id())
                .addValue(version.projectId())
                .addValue(version.scene());
        addContent(values, version.wished())
                .addValue(version.jobId())
                .addValue(version.variant())
                .addValue(version.refinement())
                .addValue(version.cost())
                .addValue(version.taken());
        return transaction.preparedQuery(SceneSql.ADD).execute(values).replaceWithVoid();
    }

    /** Writes what the version says now. */
    Uni<Void> change(SqlClient transaction, SceneVersion version, boolean takenNow) {
        Tuple values = addContent(Tuple.tuple().addValue(version.id()), version.wished())
                .addValue(takenNow);
        return transaction.preparedQuery(SceneSql.CHANGE).execute(values).replaceWithVoid();
    }

    /** From now on its scene shows this version. */
    Uni<Void> show(SqlClient transaction, SceneVersion version) {
        return transaction
                .preparedQuery(SceneSql.SHOW)
                .execute(Tuple.of(version.projectId(), version.scene(), version.id()))
                .replaceWithVoid();
    }

    private static Tuple addContent(Tuple values, WishedContent wished) {
        return values.addValue(wished.content().imageUrl())
                .addValue(wished.content().imagePrompt())
                .addValue(wished.content().description())
                .addValue(wished.imageWish())
                .addValue(wished.descriptionWish());
    }

    private static SceneVersion only(RowSet<Row> rows) {
        return rows.size() == 0 ? null : version(rows.iterator().next());
    }

    private static SceneVersion version(Row row) {
        SceneContent content = new SceneContent(
                row.getString("image_url"), row.getString("image_prompt"), row.getString("description"));
        return new SceneVersion(
                row.getUUID("id"),
                row.getUUID("project_id"),
                row.getInteger("scene"),
                new WishedContent(content, row.getInteger("image_wish"), row.getInteger("description_wish")),
                row.getUUID("job_id"),
                row.getInteger("variant"),
                row.getBoolean("refinement"),
                row.getBigDecimal("cost"),
                row.getBoolean("taken"),
                row.getBoolean("is_current"));
    }
}
