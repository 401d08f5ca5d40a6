package io.storyreel.worker.speech;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.OpenOptions;

import java.nio.file.Path;

/** What a WAV file says of its own size, so that one is noticed of which the end is missing. */
final class WavHead {
    private static final int LENGTH = 8;
    private static final int SIZE_AT = 4;

    /** Servers that make the sound while they send it write the largest number there is, or one near it. */
    private static final long NO_SIZE = 0x7FFF_0000L;

    private WavHead() {}

    /** Bytes of the whole file; 0 if it does not say, or is none. */
    static Uni<Long> declared(Vertx vertx, Path file) {
        return Uni.createFrom().completionStage(() -> vertx.fileSystem()
                .open(file.toString(), new OpenOptions().setRead(true).setWrite(false))
                .compose(open -> open.read(Buffer.buffer(), 0, 0, LENGTH)
                        .eventually(() -> open.close())
                        .map(WavHead::size))
                .toCompletionStage());
    }

    static long size(Buffer head) {
        if (head.length() < LENGTH || !"RIFF".equals(head.getString(0, SIZE_AT))) {
            return 0;
        }
        long said = head.getUnsignedIntLE(SIZE_AT);
        return said == 0 || said >= NO_SIZE ? 0 : said + LENGTH;
    }
}
