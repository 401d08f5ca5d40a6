package io.storyreel.worker;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** Reads from a real S3 server that is slower than a call may take. */
class SlowReaderTest {
    /** More than what lies ready between the server and the reader. */
    private static final int BYTES = 32 << 20;

    @TempDir
    Path folder;

    private RealS3 s3;
    private byte[] content;

    @BeforeEach
    void start() throws Exception {
        s3 = new RealS3(folder, Map.of());
        content = new byte[BYTES];
        new Random(1).nextBytes(content);
        s3.put("renders/large", content);
    }

    @AfterEach
    void stop() {
        s3.close();
    }

    @Test
    void gets_the_whole_of_it_in_several_calls() {
        assertThat(digestOfSlowRead(5, BYTES - 5)).isEqualTo(digest(Arrays.copyOfRange(content, 5, BYTES)));
    }

    private String digestOfSlowRead(long offset, long length) {
        MessageDigest digest = sha256();
        AtomicInteger chunks = new AtomicInteger();
        s3.store(Map.of("storyreel.storage.call-timeout", "700ms"))
                .read("renders/large", offset, length)
                .onItem()
                .call(chunk -> chunks.incrementAndGet() % 20 == 0
                        ? aWhile()
                        : Uni.createFrom().voidItem())
                .invoke(chunk -> digest.update(chunk.getBytes()))
                .collect()
                .last()
                .await()
                .atMost(Duration.ofSeconds(60));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static Uni<Void> aWhile() {
        return Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .onExecutor(Infrastructure.getDefaultWorkerPool())
                .by(Duration.ofMillis(200));
    }

    private static String digest(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
