package io.storyreel.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Calls that refine scenes and take former versions back. Each waits until its pictures are there. */
final class SceneCalls {
    private static final int MOST_REFINEMENTS = 5;
    private static final BigDecimal NEW_PICTURE = new BigDecimal("0.02");

    private SceneCalls() {}

    static void describe(Walker walker, Random random) {
        KnownProject project = walker.any(random);
        ObjectNode scene = WalkWords.one(project.scenes(), random);
        boolean same =
                random.nextInt(4) == 0 && scene.path("description").asText().length() >= 10;
        String text = same ? scene.get("description").asText() : WalkWords.text(random);
        WalkAnswer answer = refine(walker, project, scene, "&new_description=" + WalkWords.encoded("  " + text + " "));
        if (isAccepted(walker, project, answer)
                && !text.equals(scene.path("description").asText())) {
            scene.put("description", text);
            project.refinements++;
            project.changed();
        }
        walker.check(project);
        walker.checkMetadata(project);
    }

    static void redraw(Walker walker, Random random) {
        KnownProject project = walker.any(random);
        ObjectNode scene = WalkWords.one(project.scenes(), random);
        String prompt = WalkWords.text(random);
        String description = random.nextBoolean() ? WalkWords.text(random) : null;
        String wish = "&new_image_prompt=" + WalkWords.encoded(prompt)
                + (description == null ? "" : "&new_description=" + WalkWords.encoded(description));
        boolean patient = random.nextBoolean();
        WalkAnswer answer = patient
                ? refine(walker, project, scene, wish)
                : refine(walker, project, scene, wish, "Prefer", "respond-async");
        if (walker.dailyLimit == 0 && answer.status() == 402) {
            walker.expectRefusal(answer, 402, "over_budget");
        } else if (isAccepted(walker, project, answer)) {
            walker.expect(answer, patient ? 200 : 202);
            if (!patient) {
                finished(walker, answer.body().get("image_job_id").asText());
            }
            String former = scene.path("image_url").asText();
            land(walker, project, scene, prompt);
            assertThat(scene.get("image_url").asText()).as(walker.client::story).isNotEqualTo(former);
            if (description != null) {
                scene.put("description", description);
            }
            project.refinements++;
            project.pictures = project.pictures.add(NEW_PICTURE);
        }
        walker.check(project);
        walker.checkMetadata(project);
    }

    private static WalkAnswer refine(
            Walker walker, KnownProject project, ObjectNode scene, String wish, String... headers) {
        String path = Walker.job(project) + "/refine?scene_number=" + scene.get("scene_index") + wish;
        return walker.client.call("POST", path, null, headers);
    }

    private static boolean isAccepted(Walker walker, KnownProject project, WalkAnswer answer) {
        if (answer.succeeded()) {
            assertThat(project.refinements).as(walker.client::story).isLessThan(MOST_REFINEMENTS);
            return true;
        }
        if ("already_rendering".equals(answer.code())) {
            assertThat(project.mayBeRendering).as(walker.client::story).isTrue();
        } else {
            walker.expectRefusal(answer, 429, "refined_too_often");
            assertThat(project.refinements).as(walker.client::story).isEqualTo(MOST_REFINEMENTS);
        }
        return false;
    }

    /** The scene has a picture made of that prompt; which one, the project says. */
    private static void land(Walker walker, KnownProject project, ObjectNode scene, String prompt) {
        int number = scene.get("scene_index").asInt();
        JsonNode shown = null;
        for (JsonNode one : walker.client.look(walker.project(project)).body().get("storyboard")) {
            shown = one.get("scene_index").asInt() == number ? one : shown;
        }
        assertThat(shown).as(walker.client::story).isNotNull();
        assertThat(shown.path("image_url").asText()).as(walker.client::story).startsWith("asset://sha256/");
        scene.set("image_url", shown.get("image_url"));
        scene.put("image_prompt", prompt);
        project.changed();
    }

    private static void finished(Walker walker, String job) {
        String path = walker.base() + "/render/jobs/" + job;
        await().atMost(RunningPair.LIMIT).until(() -> "completed"
                .equals(walker.client.look(path).body().path("status").asText()));
    }

    static void images(Walker walker, Random random) {
        KnownProject project = walker.any(random, KnownProject::lacksPictures);
        WalkAnswer answer = walker.client.call("POST", Walker.job(project) + "/images", null);
        if (!project.lacksPictures()) {
            walker.expect(answer, 200);
            assertThat(answer.body().get("images")).isEmpty();
        } else if (walker.dailyLimit == 0) {
            walker.expectRefusal(answer, 402, "over_budget");
        } else {
            walker.expect(answer, 202);
            for (JsonNode image : answer.body().get("images")) {
                finished(walker, image.get("image_job_id").asText());
                ObjectNode scene = project.scene(image.get("scene_number").asInt());
                land(walker, project, scene, scene.get("image_prompt").asText());
                project.pictures = project.pictures.add(Walker.PRICE_OF_PICTURE);
            }
            assertThat(project.lacksPictures()).as(walker.client::story).isFalse();
        }
        walker.check(project);
        walker.checkMetadata(project);
    }

    static void takeBack(Walker walker, Random random) {
        KnownProject project = walker.any(random, one -> one.refinements > 0);
        ObjectNode scene = WalkWords.one(project.scenes(), random);
        String path = Walker.job(project) + "/scenes/" + scene.get("scene_index") + "/history";
        WalkAnswer history = walker.client.get(path + "?limit=100");
        walker.expect(history, 200);
        JsonNode versions = history.body().get("items");
        assertThat(versions.findValuesAsText("current").stream().filter("true"::equals))
                .as(walker.client::story)
                .hasSize(1);
        JsonNode version = versions.get(random.nextInt(versions.size()));
        if (!version.hasNonNull("version_id")) {
            return;
        }
        WalkAnswer answer = walker.client.call(
                "POST", path + "/" + version.get("version_id").asText() + "/take", null);
        if (answer.succeeded()) {
            ObjectNode former = scene.deepCopy();
            for (String part : List.of("image_url", "image_prompt", "description")) {
                scene.set(part, version.get(part));
            }
            if (!former.equals(scene)) {
                project.changed();
            }
        } else {
            walker.expect(answer, 409);
            assertThat(project.mayBeRendering || !version.hasNonNull("image_url"))
                    .as(walker.client::story)
                    .isTrue();
        }
        walker.check(project);
        walker.checkMetadata(project);
    }

    static void refineWrongly(Walker walker, Random random) {
        KnownProject project = walker.any(random);
        String good = "scene_number=" + WalkWords.one(project.numbers(), random);
        String text = WalkWords.encoded(WalkWords.text(random));
        List<String> wrong = List.of(
                good,
                "new_description=" + text,
                good + "&new_description=short",
                good + "&new_description=" + "x".repeat(1_001),
                good + "&new_image_prompt=" + "x".repeat(2_001),
                good + "&new_image_prompt=" + WalkWords.encoded("    nine    "),
                good + "&new_description=" + text + "%00",
                good + "&new_description=" + text + "&new_description=" + text,
                good + "&" + good + "&new_description=" + text,
                "scene_number=" + WalkWords.encoded(WalkWords.one(RefusedCalls.NO_SCENES, random)) + "&new_description="
                        + text);
        WalkAnswer answer =
                walker.client.call("POST", Walker.job(project) + "/refine?" + WalkWords.one(wrong, random), null);
        walker.expectRefusal(answer, 400, "invalid_request");
        walker.check(project);
        walker.checkMetadata(project);
    }
}
