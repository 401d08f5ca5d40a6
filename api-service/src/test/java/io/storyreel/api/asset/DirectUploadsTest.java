package io.storyreel.api.asset;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.storyreel.api.Backends;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.storage.ObjectKeys;
import io.storyreel.common.storage.ObjectStore;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What no client can bring about at will. */
@QuarkusTest
@QuarkusTestResource(Backends.class)
class DirectUploadsTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject
    UploadTickets tickets;

    @Inject
    DirectUploads uploads;

    @Inject
    ObjectStore store;

    @TempDir
    Path folder;

    private final UUID workspace = UUID.randomUUID();
    private final UUID upload = UUID.randomUUID();

    @Test
    void an_upload_that_expired_is_removed_when_it_is_completed() throws Exception {
        sent(1_000);

        ProblemException refused = refusal(ticket(Instant.parse("2026-01-01T00:00:00Z"), 1_000));

        assertThat(refused.problem().status()).isEqualTo(410);
        assertThat(refused.problem().detail()).contains("2026-01-01T00:00:00Z");
        assertThat(store.list("uploads/" + upload, "", 10).await().atMost(SOON)).isEmpty();
    }

    /** As a store would, that does not compare the length with the signed one. */
    @Test
    void a_file_of_another_size_is_removed() throws Exception {
        sent(1_001);

        ProblemException refused = refusal(ticket(Instant.parse("2100-01-01T00:00:00Z"), 1_000));

        assertThat(refused.problem().status()).isEqualTo(422);
        assertThat(refused.problem().errors().get(0).field()).isEqualTo("size");
        assertThat(refused.problem().detail()).contains("1000").contains("1001");
        assertThat(store.list("uploads/" + upload, "", 10).await().atMost(SOON)).isEmpty();
    }

    private ProblemException refusal(UploadTicket ticket) {
        String id = tickets.id(workspace, ticket);
        assertThat(tickets.read(workspace, id)).isEqualTo(ticket);
        return catchThrowableOfType(
                ProblemException.class,
                () -> uploads.complete(workspace, id).await().atMost(SOON));
    }

    private UploadTicket ticket(Instant expiresAt, long size) {
        return new UploadTicket(upload, expiresAt, size, "ab".repeat(32), FileType.WAV);
    }

    private void sent(int size) throws Exception {
        Path file = Files.write(folder.resolve("sent"), new byte[size]);
        store.put(ObjectKeys.sentUpload(upload), file, "audio/wav").await().atMost(SOON);
    }
}
