package io.storyreel.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;

import static org.assertj.core.api.Assertions.assertThat;

/** One workspace that is walked through, and all that must be in it. */
final class Walker {
    static final BigDecimal PRICE_OF_PICTURE = new BigDecimal("0.003");

    final WalkClient client;
    final UUID workspace;

    /** Newest first, as the API lists them. */
    final List<KnownProject> projects = new ArrayList<>();

    final List<String> deleted = new ArrayList<>();
    final Map<String, ObjectNode> presets = new TreeMap<>();
    final Map<String, Boolean> webhooks = new TreeMap<>();
    final List<String> cursors = new ArrayList<>();

    /** USD a day; negative for none. */
    int dailyLimit = -1;

    Walker(URI server, UUID workspace, String token) {
        this.workspace = workspace;
        this.client = new WalkClient(server, token);
    }

    String base() {
        return "/api/v1/video/workspaces/" + workspace;
    }

    String project(KnownProject project) {
        return base() + "/projects/" + project.id;
    }

    static String job(KnownProject project) {
        return "/api/v2/jobs/" + project.id;
    }

    /** Any of them; makes one if there is none. */
    KnownProject any(Random random) {
        return any(random, project -> true);
    }

    /** One of those if there are any, otherwise any. */
    KnownProject any(Random random, Predicate<KnownProject> wanted) {
        if (projects.isEmpty()) {
            ProjectCalls.create(this, random);
        }
        List<KnownProject> some = projects.stream().filter(wanted).toList();
        return WalkWords.one(some.isEmpty() ? projects : some, random);
    }

    void expect(WalkAnswer answer, Integer... statuses) {
        assertThat(answer.status()).as(client::story).isIn((Object[]) statuses);
    }

    void expectRefusal(WalkAnswer answer, int status, String code) {
        assertThat(answer.status()).as(client::story).isEqualTo(status);
        assertThat(answer.code()).as(client::story).isEqualTo(code);
    }

    /** Refused for this field. */
    void expectBlame(WalkAnswer answer, String field) {
        expectRefusal(answer, 400, "invalid_request");
        assertThat(answer.body().path("errors").findValuesAsText("field"))
                .as(client::story)
                .anyMatch(named -> named.contains(field));
    }

    /** That the project is, to the last word, what it must be. */
    void check(KnownProject project) {
        WalkAnswer answer = client.look(project(project));
        JsonNode body = answer.body();
        assertThat(answer.status()).as(client::story).isEqualTo(200);
        assertThat(KnownProject.factsOf(body)).as(client::story).isEqualTo(project.facts);
        assertThat(body.get("approved").asBoolean())
                .as("approved" + client.story())
                .isEqualTo(project.approved);
        assertThat(body.get("version").asLong()).as("version" + client.story()).isEqualTo(project.version);
        assertThat(answer.header("ETag")).as(client::story).isEqualTo("\"" + project.version + "\"");
        assertThat(body.hasNonNull("approved_at")).as(client::story).isEqualTo(project.approved);
        String status = body.get("status").asText();
        if (project.mayBeRendering) {
            project.mayBeRendering = "rendering".equals(status);
        } else {
            assertThat(status).as(client::story).isNotEqualTo("rendering");
        }
        if (!project.mayBeRendering) {
            assertThat("pending".equals(status)).as(client::story).isEqualTo(project.lacksPictures());
        }
    }

    /** The same as the public see it, who need no token. */
    void checkMetadata(KnownProject project) {
        JsonNode body = client.look(job(project) + "/metadata").body();
        assertThat(body.get("approved").asBoolean()).as(client::story).isEqualTo(project.approved);
        assertThat(body.at("/metrics/refinement_count").asInt())
                .as(client::story)
                .isEqualTo(project.refinements)
                .isLessThanOrEqualTo(5);
        assertThat(body.at("/costs/estimated").decimalValue())
                .as(client::story)
                .isEqualByComparingTo(project.shownCost());
        List<Integer> numbers = new ArrayList<>();
        List<Boolean> pictured = new ArrayList<>();
        body.at("/scenes/details").forEach(scene -> {
            numbers.add(scene.get("scene_number").asInt());
            pictured.add(scene.get("has_image").asBoolean());
        });
        assertThat(numbers).as(client::story).isEqualTo(project.numbers());
        assertThat(pictured)
                .as(client::story)
                .isEqualTo(project.scenes().stream()
                        .map(scene -> scene.hasNonNull("image_url"))
                        .toList());
        assertThat(body.toString()).doesNotContain(project.facts.get("title").asText());
    }

    @Override
    public String toString() {
        return "workspace " + workspace + " with " + projects.size() + " projects";
    }
}
