package io.storyreel.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** Calls that nobody should send. All are refused, for their reason, and change nothing. */
final class RefusedCalls {
    /** Where a scene's number should be. */
    static final List<String> NO_SCENES = List.of(
            "0", "-1", "1000000000", "1e3", "", " 1", "+1", "\u0661", "1.0", "99999999999999999999", "null", "\0");

    private static final List<String> NO_IDS = List.of(
            "%00",
            "..%2f..%2fetc", "%2e%2e", "1e3", "0", "-1", "1000000000", "not-an-id", "%ff", "%F0%9F%8E%AC", "%E2%80%AE");

    private RefusedCalls() {}

    static void flawedProject(Walker walker, Random random) {
        ObjectNode project = WalkWords.project(random);
        WalkFlaw flaw = WalkWords.one(WalkFlaw.ALL, random);
        flaw.change().accept(project);
        boolean second = random.nextBoolean();
        WalkAnswer answer = walker.client.post(second ? "/api/v2/jobs" : walker.base() + "/projects", project);
        walker.expectBlame(answer, flaw.field());
    }

    static void flawedChange(Walker walker, Random random) {
        KnownProject known = walker.any(random);
        ObjectNode project = WalkWords.project(random);
        WalkFlaw flaw = WalkWords.one(WalkFlaw.ALL, random);
        flaw.change().accept(project);
        ObjectNode patch = Films.JSON.createObjectNode();
        for (String name : List.of("title", "storyboard", "script")) {
            patch.set(name, project.get(name));
        }
        project.properties().forEach(field -> patch.set(field.getKey(), field.getValue()));
        WalkAnswer answer =
                walker.client.call("PATCH", walker.project(known), patch, "If-Match", "\"" + known.version + "\"");
        walker.expectBlame(answer, flaw.field());
        walker.check(known);
    }

    /** Addresses that lead nowhere, whatever is asked of them. */
    static void nowhere(Walker walker, Random random) {
        String id = random.nextInt(3) == 0
                ? UUID.randomUUID().toString()
                : random.nextInt(4) == 0 && !walker.deleted.isEmpty()
                        ? WalkWords.one(walker.deleted, random)
                        : WalkWords.one(NO_IDS, random);
        List<String> gets = List.of(
                walker.base() + "/projects/" + id,
                walker.base() + "/render/jobs/" + id,
                walker.base() + "/render/jobs/" + id + "/history",
                walker.base() + "/render/jobs/" + id + "/events",
                walker.base() + "/render/jobs/" + id + "/video",
                walker.base() + "/render/jobs/" + id + "/exports",
                walker.base() + "/webhooks/" + id,
                walker.base() + "/presets/x" + id,
                walker.base() + "/assets/" + id,
                "/api/v1/video/workspaces/" + id + "/projects",
                "/api/v2/jobs/" + id,
                "/api/v2/jobs/" + id + "/metadata",
                "/api/v2/jobs/" + id + "/video",
                "/api/v2/jobs/" + id + "/scenes/1/history",
                "/api/v2/jobs/" + id + "/poster",
                "/api/v2/jobs/" + id + "/captions",
                "/api/v2/jobs/" + id + "/export?format=mp4&quality=low",
                "/api/videos/" + id + "/data");
        List<String> posts = List.of(
                walker.base() + "/projects/" + id + "/plan",
                walker.base() + "/render/" + id,
                walker.base() + "/render/jobs/" + id + "/cancel",
                "/api/v2/jobs/" + id + "/approve",
                "/api/v2/jobs/" + id + "/images",
                "/api/v2/jobs/" + id + "/refine?scene_number=1&new_description=ten+letters",
                "/api/v2/jobs/" + id + "/reorder?scene_order=1");
        boolean get = random.nextInt(3) > 0;
        WalkAnswer answer = get
                ? walker.client.get(WalkWords.one(gets, random))
                : walker.client.post(WalkWords.one(posts, random), Films.JSON.createObjectNode());
        // 405: "%2e%2e" leads one step up, to an address that may know another method.
        walker.expect(answer, 400, 404, 405);
    }

    /** Without a token, with a spoilt one, and in a workspace that it does not open. */
    static void stranger(Walker walker, Random random) {
        KnownProject project = walker.any(random);
        List<String> paths = List.of(
                walker.project(project),
                walker.base() + "/projects",
                Walker.job(project),
                Walker.job(project) + "/video",
                walker.base() + "/budget",
                walker.base() + "/webhooks",
                walker.base() + "/events");
        String path = WalkWords.one(paths, random);
        switch (random.nextInt(4)) {
            case 0 ->
                walker.expectRefusal(walker.client.call(walker.client.request("GET", path, null)), 401, "unauthorized");
            case 1 ->
                walker.expectRefusal(
                        walker.client.call(walker.client
                                .request("GET", path, null)
                                .header(
                                        "Authorization",
                                        WalkWords.one(List.of("Bearer x.y.z", "Bearer ", "Basic eDp5"), random))),
                        401,
                        "unauthorized");
            case 2 ->
                walker.expectRefusal(
                        walker.client.call(walker.client.request("DELETE", walker.project(project), null)),
                        401,
                        "unauthorized");
            default ->
                walker.expectRefusal(
                        walker.client.get(walker.project(project)
                                .replace(
                                        walker.workspace.toString(),
                                        UUID.randomUUID().toString())),
                        404,
                        "not_found");
        }
        walker.check(project);
    }

    /** Bodies that are none, of a type that is none, and methods that an address does not know. */
    static void malformed(Walker walker, Random random) {
        KnownProject project = walker.any(random);
        String body = WalkWords.one(
                List.of(
                        "{",
                        "[]",
                        "\"text\"",
                        "nul",
                        "{\"title\": \"a\", \"title\": }",
                        "\0",
                        "{\"a\":1}{",
                        "12",
                        "\ud83c\udfac"),
                random);
        switch (random.nextInt(4)) {
            case 0 ->
                walker.expect(walker.client.call(authorized(walker, "POST", walker.base() + "/projects", body)), 400);
            case 1 ->
                walker.expect(
                        walker.client.call(authorized(walker, "POST", Walker.job(project) + "/approve", body)), 400);
            case 2 ->
                walker.expect(
                        walker.client.call(walker.client
                                .request("POST", walker.base() + "/projects", null)
                                .method("POST", BodyPublishers.ofString(body))
                                .header("Authorization", "Bearer " + walker.client.token())
                                .header(
                                        "Content-Type",
                                        WalkWords.one(List.of("text/plain", "application/xml", "junk"), random))),
                        400,
                        415);
            default ->
                walker.expect(
                        walker.client.call(
                                WalkWords.one(List.of("PUT", "TRACE", "FOO"), random), walker.project(project), null),
                        405);
        }
        walker.check(project);
    }

    private static HttpRequest.Builder authorized(Walker walker, String method, String path, String body) {
        return walker.client.request(method, path, body).header("Authorization", "Bearer " + walker.client.token());
    }

    /** Queries that cannot be answered. */
    static void query(Walker walker, Random random) {
        List<String> queries = new ArrayList<>(List.of(
                "/projects?limit=0",
                "/projects?limit=101",
                "/projects?limit=1e3",
                "/projects?limit=1&limit=1",
                "/projects?cursor=junk",
                "/projects?cursor=%00",
                "/projects?cursor=",
                "/projects?approved=maybe",
                "/projects?approved=true&approved=true",
                "/projects?aproved=true",
                "/render/jobs?status=done",
                "/render/jobs?status=failed&status=completed",
                "/render/jobs?kind=%F0%9F%8E%AC",
                "/render/jobs?project_id=1e3",
                "/render/jobs?created_after=yesterday",
                "/render/jobs?created_after=%2B999999999-12-31T23:59:59Z",
                "/render/jobs?limit=-1",
                "/render/jobs?cursor=",
                "/webhooks?limit=1000000000",
                "/budget?currency=EUR",
                "/costs?from=2026-13-01",
                "/costs?from=%00",
                "/costs?from=2026-01-01&from=2026-01-01",
                "/costs?from=2026-01-02&to=2026-01-01"));
        if (!walker.cursors.isEmpty()) {
            String cursor = WalkWords.one(walker.cursors, random);
            queries.add("/render/jobs?cursor=" + cursor);
            queries.add("/projects?status=failed&cursor=" + cursor);
            queries.add("/projects?cursor=" + cursor + "&cursor=" + cursor);
        }
        walker.expect(walker.client.get(walker.base() + WalkWords.one(queries, random)), 400);
    }

    static void otherThings(Walker walker, Random random) {
        ArrayNode list = Films.JSON.createArrayNode();
        JsonNode junk = WalkWords.one(
                List.of(
                        list,
                        Films.JSON.createObjectNode().put("junk", 1),
                        Films.JSON.getNodeFactory().textNode("x")),
                random);
        List<String> puts = List.of("/budget", "/presets/own", "/presets/low", "/presets/UPPER", "/presets/%00");
        walker.expect(walker.client.call("PUT", walker.base() + WalkWords.one(puts, random), junk), 400, 404);
        walker.expect(walker.client.post(walker.base() + "/webhooks", junk), 400);
        walker.expectBlame(
                walker.client.post(
                        walker.base() + "/webhooks",
                        Films.JSON
                                .createObjectNode()
                                .put(
                                        "url",
                                        WalkWords.one(
                                                List.of(
                                                        "http://169.254.169.254/",
                                                        "http://[::1]/",
                                                        "http://10.0.0.1/",
                                                        "ftp://a",
                                                        "\0",
                                                        ""),
                                                random))),
                "url");
        assertThat(walker.client.look(walker.base() + "/presets/own").status()).isEqualTo(404);
    }
}
