package io.storyreel.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

/** Calls about what a workspace has beside its projects. */
final class WorkspaceCalls {
    private static final int MOST_WEBHOOKS = 10;
    private static final Set<String> BUILT_IN = Set.of("low", "medium", "high", "uhd");

    private WorkspaceCalls() {}

    static void preset(Walker walker, Random random) {
        String name = "p" + random.nextInt(6);
        String path = walker.base() + "/presets/" + name;
        ObjectNode known = walker.presets.get(name);
        switch (random.nextInt(3)) {
            case 0 -> {
                walker.expect(walker.client.call("DELETE", path, null), known == null ? 404 : 204);
                walker.presets.remove(name);
            }
            case 1 -> {
                WalkAnswer answer = walker.client.get(path);
                walker.expect(answer, known == null ? 404 : 200);
                if (known != null) {
                    requireFields(walker, known, answer.body());
                }
            }
            default -> {
                ObjectNode wanted = Films.JSON
                        .createObjectNode()
                        .put("width", 64 + 2 * random.nextInt(900))
                        .put("height", 64 + 2 * random.nextInt(900))
                        .put("video_kbps", 100 + random.nextInt(9_000))
                        .put("audio_kbps", 32 + random.nextInt(288));
                WalkAnswer answer = walker.client.call("PUT", path, wanted);
                walker.expect(answer, known == null ? 201 : 200);
                walker.presets.put(name, wanted);
                requireFields(walker, wanted, answer.body());
            }
        }
    }

    static void presets(Walker walker, Random random) {
        WalkAnswer answer = walker.client.get(walker.base() + "/presets");
        walker.expect(answer, 200);
        Set<String> expected = new TreeSet<>(BUILT_IN);
        expected.addAll(walker.presets.keySet());
        assertThat(names(answer.body())).as(walker.client::story).isEqualTo(expected);
    }

    private static Set<String> names(JsonNode page) {
        Set<String> names = new TreeSet<>();
        page.get("items").forEach(item -> names.add(item.get("name").asText()));
        return names;
    }

    static void webhook(Walker walker, Random random) {
        String path = walker.base() + "/webhooks";
        List<String> ids = new ArrayList<>(walker.webhooks.keySet());
        int what = random.nextInt(4);
        if (ids.isEmpty() || what == 0) {
            ObjectNode wanted = Films.JSON
                    .createObjectNode()
                    .put("url", "http://127.0.0.1:9/" + random.nextInt(1_000))
                    .put("enabled", false);
            WalkAnswer answer = walker.client.post(path, wanted);
            walker.expect(answer, ids.size() < MOST_WEBHOOKS ? 201 : 409);
            if (answer.succeeded()) {
                assertThat(answer.body().get("secret").asText()).startsWith("whsec_");
                walker.webhooks.put(answer.body().get("id").asText(), false);
            }
            return;
        }
        String one = path + "/" + WalkWords.one(ids, random);
        String id = one.substring(path.length() + 1);
        if (what == 1) {
            walker.expect(walker.client.call("DELETE", one, null), 204);
            walker.webhooks.remove(id);
            walker.expectRefusal(walker.client.look(one), 404, "not_found");
        } else if (what == 2) {
            WalkAnswer answer = walker.client.post(one + "/test", null);
            walker.expectRefusal(answer, 409, "conflict");
        } else {
            WalkAnswer answer = walker.client.get(path + "?limit=100");
            walker.expect(answer, 200);
            Set<String> found = new TreeSet<>();
            answer.body().get("items").forEach(item -> found.add(item.get("id").asText()));
            assertThat(found).as(walker.client::story).isEqualTo(walker.webhooks.keySet());
            assertThat(answer.body().toString()).doesNotContain("whsec_");
        }
    }

    static void budget(Walker walker, Random random) {
        if (random.nextBoolean()) {
            walker.dailyLimit = WalkWords.one(List.of(-1, 0, 1_000, 1_000_000), random);
            ObjectNode limits = Films.JSON.createObjectNode().putNull("monthly_limit");
            if (walker.dailyLimit < 0) {
                limits.putNull("daily_limit");
            } else {
                limits.put("daily_limit", walker.dailyLimit);
            }
            walker.expect(walker.client.call("PUT", walker.base() + "/budget", limits), 200);
        }
        WalkAnswer answer = walker.client.get(walker.base() + "/budget");
        walker.expect(answer, 200);
        JsonNode limit = answer.body().at("/daily/limit");
        assertThat(limit.isNull() ? -1 : limit.asInt()).as(walker.client::story).isEqualTo(walker.dailyLimit);
        assertThat(answer.body().at("/daily/spent").decimalValue().signum()).isNotNegative();
        assertThat(answer.body().at("/daily/reserved").decimalValue().signum()).isNotNegative();
        walker.expect(walker.client.get(walker.base() + "/costs"), 200);
    }

    private static void requireFields(Walker walker, ObjectNode wanted, JsonNode answer) {
        for (Map.Entry<String, JsonNode> field : wanted.properties()) {
            assertThat(answer.get(field.getKey())).as(walker.client::story).isEqualTo(field.getValue());
        }
    }
}
