package io.storyreel.local.speech;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Turns sound into a file of the wanted format; everything but wav and pcm goes through ffmpeg. */
record SoundEncoder(Path ffmpeg, Executor writers) {

    private static final Duration AT_MOST = Duration.ofSeconds(30);

    byte[] encode(Sound sound, AudioFormatName format) throws IOException, InterruptedException {
        return switch (format) {
            case WAV -> sound.wav();
            case PCM -> sound.pcm();
            case MP3, OPUS, AAC, FLAC -> encode(sound, format.encoding());
        };
    }

    /** @param encoding what ffmpeg is told of the output */
    byte[] encode(Sound sound, List<String> encoding) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(ffmpeg.toString(), "-nostdin", "-hide_banner", "-loglevel", "error"));
        command.addAll(List.of("-f", "s16le", "-ar", Integer.toString(sound.rate()), "-ac", "1", "-i", "pipe:0"));
        command.addAll(encoding);
        command.add("pipe:1");
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        // The end of a stuck ffmpeg ends both pipes, and with them the reading and the writing.
        var deadline = CompletableFuture.runAsync(
                process::destroyForcibly, CompletableFuture.delayedExecutor(AT_MOST.toSeconds(), TimeUnit.SECONDS));
        try {
            var writing = CompletableFuture.runAsync(() -> write(process, sound.pcm()), writers);
            var encoded = process.getInputStream().readAllBytes();
            writing.exceptionally(broken -> null).join();
            var exitCode = process.waitFor();
            if (exitCode != 0 || encoded.length == 0) {
                throw new IOException("ffmpeg could not encode " + encoding + ", exit code " + exitCode);
            }
            return encoded;
        } finally {
            deadline.cancel(false);
            process.destroyForcibly();
        }
    }

    private static void write(Process process, byte[] bytes) {
        try (var input = process.getOutputStream()) {
            input.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
