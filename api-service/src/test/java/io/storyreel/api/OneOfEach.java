package io.storyreel.api;

import io.vertx.mutiny.sqlclient.Pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A workspace that has one of everything, so that of a bad call nothing is wrong but what shall be. */
final class OneOfEach {
    /** Bytes of the files. */
    static final int SIZE = 17;

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 0, 0, 0, 0, 0, 7};

    final Workspace workspace = new Workspace();

    private final Pool database;
    private final Map<String, String> ids = new HashMap<>();

    OneOfEach(Pool database, FinishedRender finished) {
        this.database = database;
        String project = workspace.project();
        String job = workspace.render(project);
        finished.complete(job, new byte[SIZE]);
        ids.put("workspace", workspace.id.toString());
        ids.put("project", project);
        ids.put("job_id", project);
        ids.put("job", job);
        ids.put("projects/id", project);
        ids.put("webhooks/id", endpoint());
        ids.put("name", "mine");
        ids.put("scene_number", "1");
        ids.put("sha256", asset());
    }

    private String endpoint() {
        return workspace
                .json("{\"url\": \"https://93.184.215.14/told\"}")
                .post(workspace.path("/webhooks"))
                .path("id");
    }

    private String asset() {
        String address = workspace
                .request()
                .multiPart("file", "a.png", PNG)
                .post(workspace.path("/assets"))
                .path("asset_url");
        return address.substring("asset://sha256/".length(), address.indexOf('.'));
    }

    String token() {
        return workspace.token(Duration.ofHours(1));
    }

    String address(DescribedOperation operation) {
        return address(operation, "", "");
    }

    /** @param part stands where the id of this name would */
    String address(DescribedOperation operation, String name, String part) {
        String address = operation.path();
        for (String one : operation.pathNames()) {
            String kind = operation.path().contains("/webhooks/") ? "webhooks/" : "projects/";
            String id = ids.getOrDefault(
                    one, ids.getOrDefault(kind + one, UUID.randomUUID().toString()));
            address = address.replace("{" + one + "}", one.equals(name) ? part : id);
        }
        return address;
    }

    /** Everything in the database that belongs to the workspace. */
    String state() {
        StringBuilder state = new StringBuilder();
        rows("select table_name from information_schema.columns where column_name = 'workspace_id'"
                        + " and table_schema = 'public' order by 1")
                .forEach(table -> rows("select t::text from " + table + " t where workspace_id = '" + workspace.id
                                + "' order by 1")
                        .forEach(row ->
                                state.append(table).append(' ').append(row).append('\n')));
        return state.toString();
    }

    private List<String> rows(String query) {
        List<String> rows = new ArrayList<>();
        database.query(query).execute().await().atMost(SOON).forEach(row -> rows.add(row.getString(0)));
        return rows;
    }
}
