package io.storyreel.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.storyreel.local.client.ApiException;
import io.storyreel.local.client.FileUpload;
import io.storyreel.local.client.JobEvents;
import io.storyreel.local.client.VideoDownload;
import io.storyreel.local.media.MovieLength;
import io.storyreel.local.render.LocalAssets;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** One render from the upload to the finished file. */
final class RenderRun {

    /** Refusals of a file itself; with any other the next upload would fare no better. */
    private static final Set<Integer> FILE_REFUSED = Set.of(400, 413, 415, 422);

    private final RenderTarget target;
    private final Terminal terminal;
    private final OnExit onExit;

    RenderRun(RenderTarget target, Terminal terminal, OnExit onExit) {
        this.target = target;
        this.terminal = terminal;
        this.onExit = onExit;
    }

    /** Sends every file once and puts its address into the storyboard wherever it is named. */
    void upload(List<LocalAssets.Reference> references)
            throws Failure, IOException, InterruptedException, ApiException {
        var addresses = new HashMap<Path, String>();
        var refused = new HashMap<Path, String>();
        var problems = new ArrayList<String>();
        var files =
                references.stream().map(LocalAssets.Reference::file).distinct().count();
        for (var reference : references) {
            var file = reference.file();
            if (!addresses.containsKey(file) && !refused.containsKey(file)) {
                announce(addresses.size() + refused.size() + 1, files, file);
                uploadOne(file, addresses, refused);
            }
            if (refused.containsKey(file)) {
                problems.add(reference.place() + ": " + file + ": " + refused.get(file));
            } else {
                reference.replaceBy(addresses.get(file));
            }
        }
        if (!problems.isEmpty()) {
            throw Failure.badInput("The server refuses some of the files:", problems);
        }
    }

    private void announce(int number, long files, Path file) {
        var line = "Uploading " + number + "/" + files + "  " + file.getFileName();
        if (terminal.interactive()) {
            terminal.status(line);
        } else {
            terminal.say(line);
        }
    }

    private void uploadOne(Path file, Map<Path, String> addresses, Map<Path, String> refused)
            throws IOException, InterruptedException, ApiException {
        try {
            var answer = FileUpload.send(target.api(), target.path(""), file);
            addresses.put(file, answer.path("asset_url").asText());
        } catch (ApiException e) {
            if (!FILE_REFUSED.contains(e.problem().status())) {
                throw e;
            }
            refused.put(file, e.getMessage());
        }
    }

    /** @return the id of the job */
    String start(ObjectNode storyboard, String provider, List<String> fallback)
            throws IOException, InterruptedException, ApiException {
        storyboard.put("approved", true);
        var project = target.api()
                .post(target.path("/projects"), storyboard)
                .path("id")
                .asText();
        var request = JsonNodeFactory.instance.objectNode();
        if (!provider.isEmpty()) {
            request.put("provider", provider);
        }
        if (!fallback.isEmpty()) {
            fallback.forEach(request.putArray("fallback")::add);
        }
        return target.api()
                .postOnce(
                        target.path("/render/" + project),
                        request,
                        UUID.randomUUID().toString())
                .path("job_id")
                .asText();
    }

    /** Shows the progress until the job has ended, and returns what became of it. */
    JsonNode follow(String job, int scenes) throws IOException, InterruptedException, ApiException {
        var cancellation = new Cancellation(target, job, terminal);
        onExit.add(cancellation::run);
        try (var display = new ProgressDisplay(terminal, scenes)) {
            onExit.add(display::close);
            new JobEvents(target.api(), target.path("/render/jobs/" + job + "/events")).follow(display::show);
        }
        cancellation.isPointless();
        return target.api().get(target.path("/render/jobs/" + job));
    }

    /** Fetches the video of a completed job; anything but completed ends the command. */
    void fetch(JsonNode job, Path output) throws Failure, IOException, InterruptedException, ApiException {
        var id = job.path("job_id").asText();
        switch (job.path("status").asText()) {
            case "completed" -> {}
            case "canceled" -> throw Failure.cancelled("The render was cancelled (job " + id + ").");
            default ->
                throw Failure.renderFailed(
                        "The render failed: " + job.path("error_message").asText("the server gives no reason"),
                        failureDetails(job));
        }
        var link = job.path("video_urls").path(0).asText("");
        if (link.isEmpty()) {
            throw Failure.renderFailed(
                    "The render is complete, but the server names no video (job " + id + ").", List.of());
        }
        var download = new VideoDownload(target.api(), output);
        onExit.add(() -> Files.deleteIfExists(download.part()));
        if (terminal.interactive()) {
            terminal.status("Fetching the video …");
        }
        summarize(job, output, download.fetch(URI.create(link)));
    }

    private static List<String> failureDetails(JsonNode job) {
        var details = new ArrayList<String>();
        details.add("job " + job.path("job_id").asText() + ", attempts "
                + job.path("attempts").asText("1"));
        var code = job.path("error_code").asText("");
        if (!code.isEmpty()) {
            details.add("code " + code);
        }
        return details;
    }

    private void summarize(JsonNode job, Path output, long size) throws IOException {
        var length = MovieLength.of(output);
        var cost = job.path("cost");
        terminal.say(output + "  "
                + (length.isPresent() ? String.format(Locale.ROOT, "%.2f s, ", length.getAsDouble()) : "")
                + size(size)
                + String.format(
                        Locale.ROOT,
                        ", cost %.2f %s",
                        cost.path("actual").asDouble(),
                        cost.path("currency").asText("USD")));
    }

    static String size(long bytes) {
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.0f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
