package io.storyreel.common.storage;

import io.minio.BucketExistsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioAsyncClient;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.jboss.logging.Logger;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Calls of an S3 server: with a deadline, repeated while it is away, answered on the caller's own Vert.x context. */
final class S3Calls {
    private static final Logger LOG = Logger.getLogger(S3Calls.class);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);

    /** The client's own default is 5 to one host, where a few slow transfers hold up every short question. */
    private static final int MOST_CALLS = 128;

    private static final Set<String> BUCKET_IS_THERE = Set.of("BucketAlreadyOwnedByYou", "BucketAlreadyExists");

    private final StorageSettings settings;
    private final MinioAsyncClient client;

    /** A call of the client, which throws before it begins and completes on a thread of its own. */
    interface Call<T> {
        CompletableFuture<T> on(MinioAsyncClient client) throws MinioException, IOException, GeneralSecurityException;
    }

    S3Calls(StorageSettings settings) {
        this.settings = settings;
        this.client = MinioAsyncClient.builder()
                .endpoint(settings.endpoint())
                .region(settings.region())
                .credentials(settings.accessKey(), settings.secretKey())
                .httpClient(
                        new OkHttpClient.Builder()
                                .dispatcher(dispatcher())
                                .connectTimeout(CONNECT_TIMEOUT)
                                .readTimeout(SILENCE)
                                .writeTimeout(SILENCE)
                                .callTimeout(settings.callTimeout())
                                .build(),
                        true)
                .build();
    }

    private static Dispatcher dispatcher() {
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(MOST_CALLS);
        dispatcher.setMaxRequestsPerHost(MOST_CALLS);
        return dispatcher;
    }

    /** Repeats the call while the server is away, for as long as patience lasts. */
    <T> Uni<T> patiently(Supplier<Uni<T>> call) {
        return Uni.createFrom()
                .deferred(call::get)
                .onFailure(StorageOutage::isOne)
                .invoke(failure -> LOG.debugf("object store call failed, repeating: reason=%s", failure.getMessage()))
                .onFailure(StorageOutage::isOne)
                .transform(failure -> new StorageAwayException(settings.patience(), failure))
                .onFailure(StorageAwayException.class)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .expireIn(settings.patience().toMillis())
                .onFailure(S3Calls::isGivenUp)
                .transform(S3Calls::lastCause);
    }

    /** The call, after which the bucket is made if it was missing, and the call repeated. */
    <T> Uni<T> inBucket(Call<T> call) {
        return once(settings.bucket(), call)
                .onFailure(ObjectMissingException.class)
                .recoverWithUni(() -> makeBucket().chain(() -> once(settings.bucket(), call)));
    }

    /** @param what named in {@link ObjectMissingException} */
    <T> Uni<T> once(String what, Call<T> call) {
        Context caller = Vertx.currentContext();
        Executor back = caller == null ? Runnable::run : task -> caller.runOnContext(ignored -> task.run());
        return Uni.createFrom().deferred(() -> awaited(what, begin(call), back));
    }

    private <T> Uni<T> awaited(String what, CompletableFuture<T> answer, Executor back) {
        // A copy, because a canceled future would forget the answer that still comes, and its connection with it.
        return Uni.createFrom()
                .completionStage(answer.copy())
                .ifNoItem()
                .after(settings.callTimeout())
                .fail()
                .onFailure()
                .transform(failure -> translated(what, failure))
                .emitOn(back)
                .onTermination()
                .invoke((delivered, failure, canceled) -> {
                    if (delivered == null) {
                        answer.thenAccept(S3Calls::discard);
                    }
                });
    }

    private static void discard(Object answer) {
        if (answer instanceof InputStream body) {
            ObjectBody.close(body);
        }
    }

    Uni<Boolean> bucketExists() {
        return once(
                settings.bucket(),
                s3 -> s3.bucketExists(BucketExistsArgs.builder()
                        .bucket(settings.bucket())
                        .region(settings.region())
                        .build()));
    }

    private Uni<Void> makeBucket() {
        return once(
                        settings.bucket(),
                        s3 -> s3.makeBucket(MakeBucketArgs.builder()
                                .bucket(settings.bucket())
                                .region(settings.region())
                                .build()))
                .invoke(() -> LOG.infof("bucket made: bucket=%s", settings.bucket()))
                .onFailure(S3Calls::somebodyElseMadeIt)
                .recoverWithNull();
    }

    private static boolean somebodyElseMadeIt(Throwable failure) {
        return failure instanceof ErrorResponseException answer
                && BUCKET_IS_THERE.contains(answer.errorResponse().code());
    }

    private <T> CompletableFuture<T> begin(Call<T> call) {
        try {
            return call.on(client);
        } catch (MinioException | IOException | GeneralSecurityException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Throwable translated(String what, Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof ErrorResponseException answer
                && answer.response() != null
                && answer.response().code() == 404) {
            return new ObjectMissingException(what);
        }
        return cause;
    }

    private static boolean isGivenUp(Throwable failure) {
        return failure.getCause() instanceof StorageAwayException;
    }

    private static Throwable lastCause(Throwable givenUp) {
        return givenUp.getCause();
    }
}
