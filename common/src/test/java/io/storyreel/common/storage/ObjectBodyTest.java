package io.storyreel.common.storage;

import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.core.buffer.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ObjectBodyTest {
    private final List<Throwable> dropped = new CopyOnWriteArrayList<>();

    @BeforeEach
    void watchWhatNobodySees() {
        Infrastructure.setDroppedExceptionHandler(dropped::add);
    }

    @AfterEach
    void watchNoMore() {
        Infrastructure.resetDroppedExceptionHandler();
    }

    @Test
    void a_reader_that_goes_away_closes_the_stream_between_two_reads() {
        SlowStream stream = new SlowStream();
        AssertSubscriber<Buffer> reader = AssertSubscriber.create(2);
        new ObjectBody(stream, 1 << 20).buffers().subscribe().withSubscriber(reader);
        await().until(() -> stream.reading);

        reader.cancel();
        stream.goOn.countDown();

        await().atMost(Duration.ofSeconds(10)).until(() -> stream.closed);
        assertThat(stream.closedUnderItsReader).isFalse();
        assertThat(dropped).isEmpty();
    }

    @Test
    void every_byte_comes_though_the_chunks_are_used_again() {
        byte[] content = new byte[1_000_003];
        new Random(1).nextBytes(content);
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        Set<Object> chunks = Collections.newSetFromMap(new IdentityHashMap<>());

        new ObjectBody(new ByteArrayInputStream(content), content.length)
                .buffers()
                .invoke(chunk -> {
                    read.writeBytes(chunk.getBytes());
                    chunks.add(chunk);
                })
                .collect()
                .last()
                .await()
                .atMost(Duration.ofSeconds(10));

        assertThat(read.toByteArray()).isEqualTo(content);
        // The last one is a part of one of them.
        assertThat(chunks).hasSize(ObjectStore.CHUNKS_AT_ONCE + 1);
    }

    /** Tells whether it was closed by one while another was reading, which no stream of a connection survives. */
    private static final class SlowStream extends InputStream {
        final CountDownLatch goOn = new CountDownLatch(1);
        volatile boolean reading;
        volatile boolean closed;
        volatile boolean closedUnderItsReader;

        @Override
        public int read() throws IOException {
            return read(new byte[1], 0, 1);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (closed) {
                throw new IOException("closed");
            }
            reading = true;
            try {
                goOn.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            reading = false;
            return length;
        }

        @Override
        public void close() {
            closedUnderItsReader = reading;
            closed = true;
        }
    }
}
