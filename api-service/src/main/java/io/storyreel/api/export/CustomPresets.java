package io.storyreel.api.export;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.export.ExportCodec;
import io.storyreel.common.export.ExportParameters;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** The presets that workspaces have made for themselves. */
@ApplicationScoped
class CustomPresets {
    static final int MOST = 50;

    private static final String COLUMNS = "name, width, height, video_kbps, audio_kbps, fps, codec";
    private static final String ALL = "select " + COLUMNS + " from export_preset where workspace_id = $1 order by name";

    /** Two at once may be one too many together: the number bounds a list, and no more depends on it. */
    private static final String SAVE =
            """
            insert into export_preset (workspace_id, name, width, height, video_kbps, audio_kbps, fps, codec)
            select $1, $2, $3, $4, $5, $6, $7, $8
            where (select count(*) from export_preset where workspace_id = $1 and name <> $2) < $9
            on conflict (workspace_id, name) do update set width = excluded.width, height = excluded.height,
                video_kbps = excluded.video_kbps, audio_kbps = excluded.audio_kbps, fps = excluded.fps,
                codec = excluded.codec, updated_at = clock_timestamp()
            returning (xmax = 0) as created
            """;

    private static final String DELETE = "delete from export_preset where workspace_id = $1 and name = $2";

    private final Pool pool;

    /** What became of a preset that was to be saved. */
    enum Saved {
        CREATED,
        CHANGED,
        TOO_MANY
    }

    CustomPresets(Pool pool) {
        this.pool = pool;
    }

    /** By name, in the order of the names. */
    Uni<Map<String, ExportParameters>> all(UUID workspace) {
        return pool.preparedQuery(ALL).execute(Tuple.of(workspace)).map(rows -> {
            Map<String, ExportParameters> presets = new TreeMap<>();
            rows.forEach(row -> presets.put(row.getString("name"), parameters(row)));
            return presets;
        });
    }

    Uni<Saved> save(UUID workspace, String name, ExportParameters preset) {
        Tuple values = Tuple.from(List.of(
                        workspace, name, preset.width(), preset.height(), preset.videoKbps(), preset.audioKbps()))
                .addValue(preset.fps())
                .addValue(preset.codec() == null ? null : preset.codec().wireName())
                .addValue(MOST);
        return pool.preparedQuery(SAVE).execute(values).map(rows -> {
            if (rows.size() == 0) {
                return Saved.TOO_MANY;
            }
            return rows.iterator().next().getBoolean("created") ? Saved.CREATED : Saved.CHANGED;
        });
    }

    /** False if there was none. */
    Uni<Boolean> delete(UUID workspace, String name) {
        return pool.preparedQuery(DELETE).execute(Tuple.of(workspace, name)).map(rows -> rows.rowCount() > 0);
    }

    private static ExportParameters parameters(Row row) {
        String codec = row.getString("codec");
        return new ExportParameters(
                row.getInteger("width"),
                row.getInteger("height"),
                row.getInteger("video_kbps"),
                row.getInteger("audio_kbps"),
                row.getInteger("fps"),
                codec == null ? null : ExportCodec.valueOf(codec.toUpperCase(Locale.ROOT)));
    }
}
