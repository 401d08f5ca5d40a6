package io.storyreel.local.simulator.media;

import io.storyreel.local.simulator.task.Product;
import io.storyreel.local.speech.OfflineReader;

import java.nio.file.Files;
import java.util.concurrent.CompletableFuture;

/** Spoken text, really spoken: by the offline voice. */
public final class VoiceMaker implements AutoCloseable {

    private final OfflineReader reader;
    private final MediaStore store;

    VoiceMaker(OfflineReader reader, MediaStore store) {
        this.reader = reader;
        this.store = store;
    }

    /** @param text with a word in it, see {@link OfflineReader#canRead} */
    public CompletableFuture<Product> speak(String text, String voice, double speed, VoiceFormat format) {
        var key = Digest.of(text, voice, Double.toString(speed), format.name());
        return store.get(key, "audio", format.contentType(), target -> {
            var bytes = format.wavRate() > 0
                    ? reader.wav(text, voice, speed, format.wavRate())
                    : reader.encoded(text, voice, speed, format.encoding());
            Files.write(target, bytes);
            return 0;
        });
    }

    @Override
    public void close() {
        reader.close();
    }
}
