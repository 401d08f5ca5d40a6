package io.storyreel.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Calls that take a storyboard to its video, as their author means them. */
final class StoryboardCalls {
    private StoryboardCalls() {}

    static void read(Walker walker, Random random) {
        KnownProject project = walker.any(random);
        WalkAnswer answer = walker.client.get(Walker.job(project));
        walker.expect(answer, 200);
        assertThat(answer.body().get("storyboard_data"))
                .as(walker.client::story)
                .isEqualTo(project.facts.get("storyboard"));
        assertThat(answer.body().get("approved").asBoolean())
                .as(walker.client::story)
                .isEqualTo(project.approved);
        assertThat(answer.body().get("estimated_cost").decimalValue())
                .as(walker.client::story)
                .isEqualByComparingTo(project.shownCost());
        assertThat(answer.body().at("/progress/scenes_total").asInt())
                .isEqualTo(project.scenes().size());
        if (!project.mayBeRendering) {
            WalkAnswer same =
                    walker.client.call("GET", Walker.job(project), null, "If-None-Match", answer.header("ETag"));
            walker.expect(same, 304);
        }
    }

    static void metadata(Walker walker, Random random) {
        KnownProject project = walker.any(random);
        walker.expect(walker.client.call(walker.client.request("GET", Walker.job(project) + "/metadata", null)), 200);
        walker.checkMetadata(project);
    }

    static void approve(Walker walker, Random random) {
        KnownProject project = walker.any(random);
        JsonNode body = Films.JSON.createObjectNode().put("provider", "mock");
        WalkAnswer answer = random.nextInt(4) == 0
                ? walker.client.call("POST", Walker.job(project) + "/approve", body, "If-Match", "\"stale\"")
                : walker.client.post(Walker.job(project) + "/approve", body);
        if (answer.succeeded()) {
            walker.expect(answer, 200);
            assertThat(project.lacksPictures()).as(walker.client::story).isFalse();
            assertThat(answer.body().get("status").asText()).isEqualTo("rendering_started");
            if (!project.approved) {
                project.version++;
                project.approved = true;
            }
            rendering(project, answer.body().get("render_job_id").asText());
        } else if (!"stale_version".equals(answer.code())) {
            requireReason(walker, project, answer);
        }
        walker.check(project);
        walker.checkMetadata(project);
    }

    static void render(Walker walker, Random random) {
        KnownProject project = walker.any(random);
        JsonNode body = Films.JSON.createObjectNode().put("provider", "mock");
        WalkAnswer answer = walker.client.post(walker.base() + "/render/" + project.id, body);
        if (answer.succeeded()) {
            walker.expect(answer, 202);
            assertThat(project.lacksPictures()).as(walker.client::story).isFalse();
            assertThat(project.approved).as(walker.client::story).isTrue();
            rendering(project, answer.body().get("job_id").asText());
            assertThat(answer.header("Location")).endsWith("/render/jobs/" + project.render);
        } else if (!project.approved) {
            walker.expectRefusal(answer, 409, "not_approved");
        } else {
            requireReason(walker, project, answer);
        }
        walker.check(project);
    }

    private static void rendering(KnownProject project, String render) {
        project.render = render;
        project.mayBeRendering = true;
    }

    private static void requireReason(Walker walker, KnownProject project, WalkAnswer answer) {
        if (project.lacksPictures()) {
            walker.expectRefusal(answer, 422, "storyboard_incomplete");
        } else {
            assertThat(project.mayBeRendering).as(walker.client::story).isTrue();
            walker.expectRefusal(answer, 409, "already_rendering");
        }
    }

    static void cancel(Walker walker, Random random) {
        KnownProject project = walker.any(random, one -> one.mayBeRendering);
        if (project.render == null) {
            read(walker, random);
            return;
        }
        WalkAnswer answer =
                walker.client.call("POST", walker.base() + "/render/jobs/" + project.render + "/cancel", null);
        walker.expect(answer, 202, 409);
        walker.check(project);
    }

    static void renders(Walker walker, Random random) {
        KnownProject project = walker.any(random, one -> one.render != null);
        String jobs = walker.base() + "/render/jobs";
        WalkAnswer list = walker.client.get(jobs + "?kind=render&limit=100&project_id=" + project.id);
        walker.expect(list, 200);
        assertThat(list.body().get("items").isEmpty()).as(walker.client::story).isEqualTo(project.render == null);
        if (project.render != null) {
            assertThat(list.body().at("/items/0/job_id").asText())
                    .as(walker.client::story)
                    .isEqualTo(project.render);
            WalkAnswer history = walker.client.get(jobs + "/" + project.render + "/history");
            walker.expect(history, 200);
            int seq = 0;
            for (JsonNode event : history.body().get("events")) {
                assertThat(event.get("seq").asInt()).as(walker.client::story).isEqualTo(++seq);
            }
        }
    }

    /** Twice, for one export. */
    static void export(Walker walker, Random random) {
        KnownProject project = walker.any(random, one -> one.render != null);
        if (project.render == null) {
            read(walker, random);
            return;
        }
        String path = walker.base() + "/render/jobs/" + project.render + "/exports";
        ObjectNode wanted = Films.JSON.createObjectNode();
        wanted.putArray("exports").addObject().put("format", "mov").put("quality", "low");
        WalkAnswer first = walker.client.post(path, wanted);
        walker.expect(first, 202, 409);
        if (first.succeeded()) {
            WalkAnswer second = walker.client.post(path, wanted);
            walker.expect(second, 202);
            assertThat(second.body().at("/exports/0/export_id"))
                    .as(walker.client::story)
                    .isEqualTo(first.body().at("/exports/0/export_id"));
        }
        walker.check(project);
    }

    static void reorder(Walker walker, Random random) {
        KnownProject project = walker.any(random);
        List<Integer> order = new ArrayList<>(project.numbers());
        if (random.nextInt(4) > 0) {
            Collections.shuffle(order, random);
        }
        WalkAnswer answer = walker.client.call("POST", Walker.job(project) + "/reorder?" + parameters(order), null);
        if (answer.succeeded()) {
            ObjectNode former = project.facts.deepCopy();
            project.reorder(order);
            if (!former.equals(project.facts)) {
                project.changed();
            }
            List<Integer> numbers = new ArrayList<>();
            answer.body()
                    .get("storyboard_data")
                    .forEach(scene -> numbers.add(scene.get("scene_index").asInt()));
            assertThat(numbers)
                    .as(walker.client::story)
                    .isEqualTo(IntStream.rangeClosed(1, order.size()).boxed().toList());
        } else {
            assertThat(project.mayBeRendering).as(walker.client::story).isTrue();
            walker.expectRefusal(answer, 409, "already_rendering");
        }
        walker.check(project);
        walker.checkMetadata(project);
    }

    static void reorderWrongly(Walker walker, Random random) {
        KnownProject project = walker.any(random);
        List<String> order =
                new ArrayList<>(project.numbers().stream().map(String::valueOf).toList());
        Collections.shuffle(order, random);
        switch (random.nextInt(3)) {
            case 0 -> order.remove(0);
            case 1 -> order.add(order.get(0));
            default -> order.set(0, WalkWords.one(RefusedCalls.NO_SCENES, random));
        }
        WalkAnswer answer = walker.client.call("POST", Walker.job(project) + "/reorder?" + parameters(order), null);
        walker.expectBlame(answer, "scene_order");
        walker.check(project);
    }

    private static String parameters(List<?> order) {
        return String.join(
                "&",
                order.stream()
                        .map(number -> "scene_order=" + WalkWords.encoded(number.toString()))
                        .toList());
    }
}
