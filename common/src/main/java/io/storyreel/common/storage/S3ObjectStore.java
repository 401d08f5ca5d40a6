package io.storyreel.common.storage;

import io.minio.BucketArgs;
import io.minio.CopyObjectArgs;
import io.minio.CopySource;
import io.minio.DownloadObjectArgs;
import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.ObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.StatObjectArgs;
import io.minio.UploadObjectArgs;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Files on any S3-compatible server. */
@ApplicationScoped
public class S3ObjectStore implements ObjectStore {
    private static final int MOST_VAIN_READS = 3;

    private final StorageSettings settings;
    private final S3Calls calls;
    private final PresignedAddresses addresses;

    public S3ObjectStore(StorageSettings settings) {
        this.settings = settings;
        this.calls = new S3Calls(settings);
        this.addresses = new PresignedAddresses(settings);
    }

    @Override
    public Uni<StoredObject> put(String key, Path file, String mediaType) {
        return calls.patiently(() -> upload(key, file, mediaType));
    }

    /** The server may have kept less than it was sent and still have said yes, so its answer alone is not believed. */
    private Uni<StoredObject> upload(String key, Path file, String mediaType) {
        long size = sizeOf(file);
        return calls.inBucket(client -> client.uploadObject(named(UploadObjectArgs.builder(), key)
                        .filename(file.toString())
                        .contentType(mediaType)
                        .build()))
                .chain(() -> look(key))
                .invoke(stored -> {
                    if (stored.size() != size) {
                        throw new UncheckedIOException(new IOException(
                                "sent " + size + " bytes of " + key + ", the store has " + stored.size()));
                    }
                });
    }

    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("there is no file to upload: " + file, e);
        }
    }

    @Override
    public Uni<StoredObject> stat(String key) {
        return calls.patiently(() -> look(key));
    }

    private Uni<StoredObject> look(String key) {
        return calls.once(
                        key,
                        client -> client.statObject(
                                named(StatObjectArgs.builder(), key).build()))
                .map(answer -> new StoredObject(key, answer.size(), answer.contentType(), answer.etag()));
    }

    @Override
    public Multi<Buffer> read(String key, long offset, long length) {
        return read(key, offset, length, null, MOST_VAIN_READS);
    }

    /**
     * A reader may be slower than a call may take, and the server may go away in the middle: what is missing is then asked
     * for again, of the same content.
     *
     * @param etag of the content; null for whatever is there
     * @param tries how often nothing at all may come
     */
    private Multi<Buffer> read(String key, long offset, long length, String etag, int tries) {
        GetObjectArgs.Builder part =
                named(GetObjectArgs.builder(), key).offset(offset).length(length);
        if (etag != null) {
            part.matchETag(etag);
        }
        return calls.patiently(() -> calls.once(key, client -> client.getObject(part.build())))
                .onItem()
                .transformToMulti(answer -> {
                    var body = new ObjectBody(answer, length);
                    String content = etag == null ? answer.headers().get("ETag") : etag;
                    return body.buffers()
                            .onFailure(failure -> StorageOutage.isOne(failure) && (body.left() < length || tries > 1))
                            .recoverWithMulti(failure -> read(
                                    key,
                                    offset + length - body.left(),
                                    body.left(),
                                    content,
                                    body.left() < length ? MOST_VAIN_READS : tries - 1));
                });
    }

    @Override
    public Uni<Void> download(String key, Path target) {
        return calls.patiently(() -> calls.once(
                key,
                client -> client.downloadObject(named(DownloadObjectArgs.builder(), key)
                        .filename(target.toString())
                        .overwrite(true)
                        .build())));
    }

    @Override
    public Uni<Void> copy(String from, String to) {
        CopySource source = new CopySource(named(GetObjectArgs.builder(), from).build());
        return calls.patiently(() -> calls.once(
                        from,
                        client -> client.copyObject(named(CopyObjectArgs.builder(), to)
                                .source(source)
                                .build())))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> delete(String key) {
        return calls.patiently(() -> calls.once(
                        key,
                        client -> client.removeObject(
                                named(RemoveObjectArgs.builder(), key).build()))
                .onFailure(ObjectMissingException.class)
                .recoverWithNull());
    }

    @Override
    public URI presigned(String key, Duration life) {
        return presigned(key, life, AnswerHeaders.ITS_OWN);
    }

    @Override
    public URI presigned(String key, Duration life, AnswerHeaders answer) {
        return addresses.of(key, life, answer);
    }

    @Override
    public URI presignedUpload(String key, Duration life, String mediaType, long size) {
        return addresses.forUpload(key, life, mediaType, size);
    }

    /** A bucket that is not there yet has no files. */
    @Override
    public Uni<List<ListedObject>> list(String prefix, String after, int most) {
        ListObjectsArgs.Builder page = bucket(ListObjectsArgs.builder())
                .prefix(prefix)
                .recursive(true)
                .startAfter(after)
                .maxKeys(most);
        return calls.patiently(() -> calls.once(settings.bucket(), client -> ObjectPage.of(client, page.build(), most))
                .onFailure(ObjectMissingException.class)
                .recoverWithItem(List.of()));
    }

    @Override
    public Uni<Void> ping() {
        return calls.bucketExists()
                .invoke(exists -> {
                    if (!exists) {
                        throw new ObjectMissingException(settings.bucket());
                    }
                })
                .replaceWithVoid();
    }

    private <B extends ObjectArgs.Builder<B, A>, A extends ObjectArgs> B named(B arguments, String key) {
        return bucket(arguments).object(key);
    }

    private <B extends BucketArgs.Builder<B, A>, A extends BucketArgs> B bucket(B arguments) {
        return arguments.bucket(settings.bucket()).region(settings.region());
    }
}
