package io.storyreel.common.storage;

import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.core.buffer.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
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
