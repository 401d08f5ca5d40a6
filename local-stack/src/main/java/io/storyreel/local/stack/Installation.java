package io.storyreel.local.stack;

import java.nio.file.Path;

/** The built project on disk. */
public record Installation(Path home) {

    /** Set by the {@code storyreel} script. */
    public static final String HOME_PROPERTY = "storyreel.home";

    public static Installation current() {
        return new Installation(
                Path.of(System.getProperty(HOME_PROPERTY, ".")).toAbsolutePath().normalize());
    }

    public StackDirectory stackDirectory() {
        return new StackDirectory(home.resolve(".storyreel"));
    }

    public Path apiJar() {
        return home.resolve("api-service/target/quarkus-app/quarkus-run.jar");
    }

    public Path workerJar() {
        return home.resolve("render-worker/target/quarkus-app/quarkus-run.jar");
    }

    public Path s3Jar() {
        return home.resolve("local-stack/target/s3/s3proxy.jar");
    }
}
