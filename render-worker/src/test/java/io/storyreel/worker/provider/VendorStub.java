package io.storyreel.worker.provider;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;

import java.util.Map;

/** One scripted vendor for the gateways in a running application. */
public final class VendorStub implements QuarkusTestResourceLifecycleManager {
    private static volatile LoopbackVendor vendor;

    public static LoopbackVendor vendor() {
        return vendor;
    }

    /** Without the engine, which would want Postgres and Redis; by the environment's names, as users set them. */
    public static final class VendorsAlone implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.arc.exclude-types", "io.storyreel.worker.run.Worker",
                    "API_REQUEST_TIMEOUT", "5",
                    "API_RETRY_ATTEMPTS", "3",
                    "API_RETRY_DELAY", "0");
        }
    }

    @Override
    public Map<String, String> start() {
        vendor = new LoopbackVendor();
        return Map.of(
                "RUNWAYML_API_URL",
                vendor.url(),
                "RUNWAYML_API_KEY",
                "key_1",
                "CUSTOM_VIDEO_API_URL",
                vendor.url() + "/v1",
                "CUSTOM_VIDEO_API_KEY",
                "token");
    }

    @Override
    public void stop() {
        vendor.close();
    }
}
