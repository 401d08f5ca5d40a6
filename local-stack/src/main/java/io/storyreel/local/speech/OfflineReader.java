package io.storyreel.local.speech;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Reads texts aloud in the offline English voice, in whatever format; for whoever stands for a speech vendor. Blocks. */
public final class OfflineReader implements AutoCloseable {

    private final OfflineVoice voice = new OfflineVoice();
    private final ExecutorService writers = Executors.newCachedThreadPool(OfflineReader::thread);
    private final SoundEncoder encoder;

    public OfflineReader(Path ffmpeg) {
        encoder = new SoundEncoder(ffmpeg, writers);
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "offline reader");
        thread.setDaemon(true);
        return thread;
    }

    /** Whether the voice finds a word in it. */
    public static boolean canRead(String text) {
        return !SpeakableText.of(text).isEmpty();
    }

    /**
     * A WAV file of 16 bits with true lengths in its header.
     *
     * @param name of a voice: those of OpenAI have characters of their own, any other gets one of theirs
     * @param speed 0.25 to 4
     * @param rate at least 16,000
     */
    public byte[] wav(String text, String name, double speed, int rate) throws IOException, InterruptedException {
        return spoken(text, name, speed).resampled(rate).wav();
    }

    /** @param encoding what ffmpeg is told of the output, its format included */
    public byte[] encoded(String text, String name, double speed, List<String> encoding)
            throws IOException, InterruptedException {
        return encoder.encode(spoken(text, name, speed), encoding);
    }

    private Sound spoken(String text, String name, double speed) throws IOException, InterruptedException {
        try {
            return voice.speak(SpeakableText.of(text), character(name), speed).trimmed();
        } catch (SpeechError tooMany) {
            throw new IOException(tooMany.getMessage(), tooMany);
        }
    }

    private static VoiceCharacter character(String name) {
        var own = VoiceCharacter.named(name);
        var others = new ArrayList<>(VoiceCharacter.names());
        return own == null ? VoiceCharacter.named(others.get(Math.floorMod(name.hashCode(), others.size()))) : own;
    }

    @Override
    public void close() {
        writers.shutdownNow();
    }
}
