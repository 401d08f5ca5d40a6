package io.storyreel.local.stack;

import io.storyreel.local.media.FfmpegBinary;
import io.storyreel.local.server.EmbeddedPostgres;
import io.storyreel.local.server.RedisServerProcess;
import io.storyreel.local.server.S3Process;
import io.storyreel.local.simulator.Simulator;
import io.storyreel.local.speech.SpeechServer;

import java.util.HashMap;
import java.util.Map;

/** The variables by which the services find the embedded servers. */
public final class ServiceEnvironment {

    private static final String SPEECH_PROVIDER = "STORYREEL_SPEECH_PROVIDER";

    private final Map<String, String> shared;
    private final Simulator simulator; // null when providers are not simulated

    public ServiceEnvironment(EmbeddedPostgres postgres, RedisServerProcess redis, S3Process s3) {
        this(postgres, redis, s3, null);
    }

    /** @param simulator who stands for every provider; null for the real ones */
    public ServiceEnvironment(EmbeddedPostgres postgres, RedisServerProcess redis, S3Process s3, Simulator simulator) {
        this.simulator = simulator;
        shared = Map.of(
                "STORYREEL_DB_URL", postgres.url(),
                "STORYREEL_DB_USER", EmbeddedPostgres.USER,
                "STORYREEL_DB_PASSWORD", postgres.password(),
                "STORYREEL_REDIS_URL", redis.url(),
                "STORYREEL_S3_ENDPOINT", s3.endpoint(),
                "STORYREEL_S3_ACCESS_KEY", S3Process.ACCESS_KEY,
                "STORYREEL_S3_SECRET_KEY", s3.secretKey(),
                "STORYREEL_S3_BUCKET", S3Process.BUCKET);
    }

    public Map<String, String> api(Secret secret) {
        var environment = new HashMap<>(shared);
        environment.put("STORYREEL_JWT_SECRET", secret.text());
        return environment;
    }

    /** Whoever names a speech provider of their own in the environment keeps it, unless every provider is simulated. */
    public Map<String, String> worker(
            FfmpegBinary ffmpeg, SpeechServer speech, String speechKey, String scratch, Map<String, String> users) {
        var environment = new HashMap<>(shared);
        environment.put(FfmpegBinary.VARIABLE, ffmpeg.path().toString());
        environment.put("STORYREEL_SCRATCH_DIR", scratch);
        if (!users.containsKey(SPEECH_PROVIDER)) {
            environment.put(SPEECH_PROVIDER, "openai");
            environment.put("STORYREEL_SPEECH_URL", speech.url());
            environment.put("STORYREEL_SPEECH_API_KEY", speechKey);
        }
        if (simulator != null) {
            environment.putAll(simulator.environment());
            if (users.containsKey(SPEECH_PROVIDER)) {
                environment.put(SPEECH_PROVIDER, users.get(SPEECH_PROVIDER));
            }
        }
        return environment;
    }
}
