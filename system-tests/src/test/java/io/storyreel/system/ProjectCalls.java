package io.storyreel.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Calls about projects, as their owner means them. */
final class ProjectCalls {
    private static final int MOST = 8;

    private ProjectCalls() {}

    static void create(Walker walker, Random random) {
        ObjectNode wanted = WalkWords.project(random);
        boolean second = random.nextBoolean();
        WalkAnswer answer = walker.client.post(second ? "/api/v2/jobs" : walker.base() + "/projects", wanted);
        walker.expect(answer, 201);
        String id = answer.body().get(second ? "job_id" : "id").asText();
        assertThat(answer.header("Location")).as(walker.client::story).endsWith("/" + id);
        KnownProject project = new KnownProject(answer.body());
        requireAsWanted(walker, wanted, answer.body());
        assertThat(project.approved).isEqualTo(wanted.path("approved").asBoolean());
        walker.projects.add(0, project);
        walker.check(project);
        walker.checkMetadata(project);
        if (walker.projects.size() > MOST) {
            delete(walker, random);
        }
    }

    /** Every word of the request is in the answer, its scenes sorted by their numbers. */
    private static void requireAsWanted(Walker walker, ObjectNode wanted, JsonNode answer) {
        wanted.properties().forEach(field -> {
            if (!"storyboard".equals(field.getKey()) && !"script".equals(field.getKey())) {
                assertThat(answer.get(field.getKey())).as(walker.client::story).isEqualTo(field.getValue());
            }
        });
        List<JsonNode> scenes = new ArrayList<>();
        wanted.path("storyboard").forEach(scenes::add);
        scenes.sort(Comparator.comparingInt(scene -> scene.get("scene_index").asInt()));
        for (int i = 0; i < scenes.size(); i++) {
            JsonNode got = answer.at("/storyboard/" + i);
            scenes.get(i).properties().forEach(field -> assertThat(got.get(field.getKey()))
                    .as(walker.client::story)
                    .isEqualTo(field.getValue()));
        }
    }

    static void read(Walker walker, Random random) {
        KnownProject project = walker.any(random);
        WalkAnswer answer = walker.client.get(walker.project(project));
        walker.expect(answer, 200);
        walker.check(project);
    }

    static void change(Walker walker, Random random) {
        KnownProject project = walker.any(random);
        ObjectNode patch = Films.JSON.createObjectNode();
        boolean other = false;
        switch (random.nextInt(5)) {
            case 0 -> patch.put("title", WalkWords.text(random));
            case 1 -> patch.put("approved", random.nextBoolean());
            case 2 -> patch.put("style", WalkWords.text(random)).putNull("mode");
            case 3 -> patch.set("title", project.facts.get("title"));
            default -> {
                ArrayNode scenes = WalkWords.storyboard(random);
                patch.set("storyboard", scenes);
                patch.set("script", Films.JSON.createArrayNode());
                other = true;
                if (random.nextInt(3) == 0) {
                    patch.put("approved", true);
                }
            }
        }
        WalkAnswer answer =
                walker.client.call("PATCH", walker.project(project), patch, "If-Match", "\"" + project.version + "\"");
        walker.expect(answer, 200);
        requireAsWanted(walker, patch, answer.body());
        takeOver(project, patch, answer.body(), other);
        walker.check(project);
    }

    private static void takeOver(KnownProject project, ObjectNode patch, JsonNode answer, boolean other) {
        ObjectNode now = KnownProject.factsOf(answer);
        boolean approved = patch.has("approved") ? patch.get("approved").asBoolean() : project.approved && !other;
        if (!now.equals(project.facts) || approved != project.approved) {
            project.version++;
        }
        project.approved = approved;
        for (String name :
                patch.has("storyboard") ? List.of("storyboard", "spoken") : List.of("title", "style", "mode")) {
            project.facts.set(name, now.get(name));
        }
    }

    static void changeStale(Walker walker, Random random) {
        KnownProject project = walker.any(random);
        ObjectNode patch = Films.JSON.createObjectNode().put("title", "Too late");
        String[] tags = {"\"" + (project.version + 1) + "\"", "\"-1\"", "W/\"" + project.version + "\"", "junk"};
        WalkAnswer answer = random.nextInt(4) == 0
                ? walker.client.call("PATCH", walker.project(project), patch)
                : walker.client.call(
                        "PATCH", walker.project(project), patch, "If-Match", tags[random.nextInt(tags.length)]);
        walker.expect(answer, 412, 428);
        walker.check(project);
    }

    static void delete(Walker walker, Random random) {
        KnownProject project = walker.any(random);
        walker.expect(walker.client.call("DELETE", walker.project(project), null), 204);
        walker.projects.remove(project);
        walker.deleted.add(project.id);
        walker.expectRefusal(walker.client.look(walker.project(project)), 404, "not_found");
        walker.expectRefusal(walker.client.look(Walker.job(project)), 404, "not_found");
    }

    /** Page by page: every project there is, once, the newest first. */
    static void list(Walker walker, Random random) {
        int limit = 1 + random.nextInt(4);
        Boolean approved = random.nextInt(3) == 0 ? random.nextBoolean() : null;
        String path = walker.base() + "/projects?limit=" + limit + (approved == null ? "" : "&approved=" + approved);
        List<String> ids = new ArrayList<>();
        String cursor = null;
        do {
            WalkAnswer page = walker.client.get(cursor == null ? path : path + "&cursor=" + cursor);
            walker.expect(page, 200);
            page.body().get("items").forEach(item -> ids.add(item.get("id").asText()));
            cursor = page.body().path("next_cursor").textValue();
            if (cursor != null) {
                walker.cursors.add(cursor);
            }
        } while (cursor != null);
        assertThat(ids)
                .as(walker.client::story)
                .isEqualTo(walker.projects.stream()
                        .filter(project -> approved == null || project.approved == approved)
                        .map(project -> project.id)
                        .toList());
    }

    static void plan(Walker walker, Random random) {
        KnownProject project = walker.any(random);
        ObjectNode body = Films.JSON.createObjectNode();
        if (random.nextBoolean()) {
            body.put("provider", random.nextBoolean() ? "local" : "mock");
        }
        WalkAnswer answer = walker.client.post(walker.project(project) + "/plan", body);
        walker.expect(answer, project.lacksPictures() ? 422 : 200);
        walker.check(project);
    }
}
