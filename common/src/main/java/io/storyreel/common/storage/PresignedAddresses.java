package io.storyreel.common.storage;

import io.minio.GetPresignedObjectUrlArgs;
import io.minio.MinioClient;
import io.minio.errors.MinioException;
import io.minio.http.Method;
import io.storyreel.common.storage.ObjectStore.AnswerHeaders;

import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Signs addresses of objects for outsiders. The signature covers the host, so it must be the one that they see. */
final class PresignedAddresses {
    /** SigV4 allows no more. */
    private static final Duration LONGEST_LIFE = Duration.ofDays(7);

    private final StorageSettings settings;
    private final MinioClient client;

    PresignedAddresses(StorageSettings settings) {
        this.settings = settings;
        // With a region given, signing asks no server.
        this.client = MinioClient.builder()
                .endpoint(settings.publicEndpoint().orElse(settings.endpoint()))
                .region(settings.region())
                .credentials(settings.accessKey(), settings.secretKey())
                .build();
    }

    URI of(String key, Duration life, AnswerHeaders answer) {
        return signed(key, life, Method.GET, overrides(answer), Map.of());
    }

    /** With the length signed, the server takes no more and no less. */
    URI forUpload(String key, Duration life, String mediaType, long size) {
        Map<String, String> headers = Map.of("Content-Type", mediaType, "Content-Length", Long.toString(size));
        return signed(key, life, Method.PUT, Map.of(), headers);
    }

    private URI signed(
            String key, Duration life, Method method, Map<String, String> parameters, Map<String, String> headers) {
        if (life.toSeconds() < 1 || life.compareTo(LONGEST_LIFE) > 0) {
            throw new IllegalArgumentException("an address lives 1 s to 7 days, not " + life);
        }
        try {
            return URI.create(client.getPresignedObjectUrl(GetPresignedObjectUrlArgs.builder()
                    .method(method)
                    .bucket(settings.bucket())
                    .region(settings.region())
                    .object(key)
                    .expiry((int) life.toSeconds())
                    .extraQueryParams(parameters)
                    .extraHeaders(headers)
                    .build()));
        } catch (MinioException | IOException | GeneralSecurityException e) {
            throw new IllegalStateException("an address of " + key + " cannot be signed: " + e.getMessage(), e);
        }
    }

    private static Map<String, String> overrides(AnswerHeaders answer) {
        Map<String, String> overrides = new HashMap<>();
        if (answer.mediaType() != null) {
            overrides.put("response-content-type", answer.mediaType());
        }
        if (answer.disposition() != null) {
            overrides.put("response-content-disposition", answer.disposition());
        }
        return overrides;
    }
}
