package io.storyreel.common.storage;

import io.minio.ListObjectsArgs;
import io.minio.MinioAsyncClient;
import io.minio.Result;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import io.smallrye.mutiny.infrastructure.Infrastructure;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** One page of a listing. The client only lists blocking, so a worker thread does that. */
final class ObjectPage {
    private ObjectPage() {}

    static CompletableFuture<List<ListedObject>> of(MinioAsyncClient client, ListObjectsArgs page, int most) {
        return CompletableFuture.supplyAsync(() -> read(client, page, most), Infrastructure.getDefaultWorkerPool());
    }

    /** The client would go on with the next page by itself. */
    private static List<ListedObject> read(MinioAsyncClient client, ListObjectsArgs page, int most) {
        List<ListedObject> objects = new ArrayList<>();
        try {
            for (Result<Item> result : client.listObjects(page)) {
                Item item = result.get();
                objects.add(new ListedObject(
                        item.objectName(), item.size(), item.lastModified().toInstant()));
                if (objects.size() == most) {
                    break;
                }
            }
            return objects;
        } catch (MinioException | IOException | GeneralSecurityException e) {
            throw new CompletionException(e);
        }
    }
}
