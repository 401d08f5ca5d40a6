package io.storyreel.local.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.storyreel.local.client.ApiException;
import io.storyreel.local.render.BadInput;
import io.storyreel.local.render.LocalAssets;
import io.storyreel.local.render.PhotoReel;
import io.storyreel.local.render.StoryboardFile;
import io.storyreel.local.stack.Installation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;

@Command(
        name = "render",
        description = "Renders a storyboard, or a folder of pictures, to a video file.",
        footer = {
            "",
            "Uses the stack of './storyreel up' when it runs; starts one for this render otherwise.",
            "Relative paths in a storyboard start from the storyboard's own directory.",
            "",
            "Examples:",
            "  storyreel render samples/teaser/storyboard.json -o teaser.mp4",
            "  storyreel render photos/ -o reel.mp4 --music song.mp3"
        })
final class RenderCommand implements Callable<Integer> {

    private final Terminal terminal;
    private final Installation installation;
    private final Clock clock;

    @Parameters(paramLabel = "STORYBOARD|FOLDER", description = "A storyboard.json, or a folder of pictures.")
    private Path input;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "The video to write, .mp4, .webm or .mov.")
    private Path output;

    @Option(names = "--music", paramLabel = "FILE", description = "Background music, instead of the storyboard's.")
    private Path music;

    @Option(
            names = "--provider",
            paramLabel = "NAME",
            description = "Who animates the scenes: local, mock, runway, pika, replicate or custom"
                    + " (default: the server's choice).")
    private String provider = "";

    @Option(
            names = "--fallback",
            paramLabel = "NAME",
            split = ",",
            description = "Whom scenes go to when the provider is broken, in order, such as pika,local.")
    private List<String> fallback = List.of();

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "Seconds per picture of a folder, 0.5 to 60 (default: 3).")
    private double seconds = PhotoReel.SECONDS_EACH;

    @Option(names = "--server", paramLabel = "URL", description = "Render on this server instead of this machine.")
    private String server;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "Bearer token for --server (default: the variable STORYREEL_TOKEN).",
            defaultValue = "${env:STORYREEL_TOKEN}")
    private String token;

    @Option(
            names = "--simulate",
            description = "Simulates every provider, in the stack that is started for this render.")
    private boolean simulate;

    @Option(names = "--workspace", paramLabel = "ID", description = "Workspace (default: the token's only one).")
    private UUID workspace;

    RenderCommand(Terminal terminal, Installation installation, Clock clock) {
        this.terminal = terminal;
        this.installation = installation;
        this.clock = clock;
    }

    @Override
    public Integer call() throws Failure, IOException, InterruptedException {
        ObjectNode storyboard;
        List<LocalAssets.Reference> references;
        try {
            storyboard = storyboard();
            references = LocalAssets.of(storyboard, Files.isDirectory(input) ? input : directoryOf(input));
            OutputFile.check(output, storyboard);
        } catch (BadInput e) {
            throw Failure.badInput(e.getMessage(), e.problems());
        }
        if (simulate && server != null) {
            throw Failure.badInput("--simulate is for the stack on this machine; leave out --server, or --simulate.");
        }
        var named = server == null ? null : TargetChoice.named(server, token, workspace);
        try (var onExit = new OnExit(terminal)) {
            try {
                var launcher = new StackLauncher(installation, terminal, onExit, clock);
                var target = named == null ? new TargetChoice(launcher).local(workspace, simulate) : named;
                return render(new RenderRun(target, terminal, onExit), storyboard, references, target);
            } catch (Failure | IOException | InterruptedException e) {
                if (onExit.signalled()) {
                    return ExitCode.CANCELLED;
                }
                if (e instanceof InterruptedException) {
                    throw Failure.unreachable("The render was given up: its stack has broken down.", List.of(), e);
                }
                throw e;
            }
        }
    }

    private int render(
            RenderRun run, ObjectNode storyboard, List<LocalAssets.Reference> references, RenderTarget target)
            throws Failure, InterruptedException {
        try {
            run.upload(references);
            var job = run.start(storyboard, provider, fallback);
            run.fetch(run.follow(job, storyboard.path("storyboard").size()), output);
            return ExitCode.OK;
        } catch (ApiException e) {
            throw refused(e, target);
        } catch (IOException e) {
            throw Failure.unreachable(
                    "The server at " + target.api().server() + " does not answer as it should: " + reason(e) + ".",
                    List.of(),
                    e);
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static Failure refused(ApiException refusal, RenderTarget target) {
        var problem = refusal.problem();
        var details = new ArrayList<>(problem.errors());
        return switch (problem.status()) {
            case 401 ->
                Failure.badInput(
                        "The server at " + target.api().server() + " does not accept the token: " + problem.detail(),
                        details);
            case 402 -> Failure.renderFailed("Over budget: " + problem.detail(), details);
            case 404 ->
                Failure.badInput(
                        "The server at " + target.api().server() + " has nothing at this address for workspace "
                                + target.workspace() + " (" + problem.detail() + "). Check --workspace and the token,"
                                + " and that this is a Storyreel server of the same version.",
                        details);
            default ->
                problem.status() >= 500 || problem.status() == 429
                        ? Failure.unreachable("The server cannot render now: " + problem.detail(), details, refusal)
                        : Failure.badInput("The server refuses the storyboard: " + problem.detail(), details);
        };
    }

    private ObjectNode storyboard() throws BadInput {
        if (!Files.exists(input)) {
            throw new BadInput(input + " does not exist; give a storyboard.json or a folder of pictures.");
        }
        if (seconds < 0.5 || seconds > 60) {
            throw new BadInput("--seconds is " + seconds + "; a scene lasts 0.5 to 60 s.");
        }
        var storyboard = Files.isDirectory(input) ? PhotoReel.of(input, seconds) : StoryboardFile.read(input);
        if (music != null) {
            if (!Files.isRegularFile(music)) {
                throw new BadInput("--music " + music + " is no file.");
            }
            storyboard
                    .withObjectProperty("background_music")
                    .put("url", music.toAbsolutePath().toString());
        }
        return storyboard;
    }

    private static Path directoryOf(Path file) {
        return file.toAbsolutePath().getParent();
    }
}
