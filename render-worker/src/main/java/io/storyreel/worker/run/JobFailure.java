package io.storyreel.worker.run;

/** A job cannot go on, for a reason that the user can be told. */
public final class JobFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final boolean transientFailure;
    private final Integer scene;

    private JobFailure(String code, String message, boolean transientFailure, Integer scene, Throwable cause) {
        super(message, cause);
        this.code = code;
        this.transientFailure = transientFailure;
        this.scene = scene;
    }

    /** Trying again would not help: the user has to change something, and {@code message} says what. */
    public static JobFailure lasting(String code, String message) {
        return new JobFailure(code, message, false, null, null);
    }

    /** May go away by itself; the engine tries again a little later, a bounded number of times. */
    public static JobFailure passing(String code, String message, Throwable cause) {
        return new JobFailure(code, message, true, null, cause);
    }

    /** The same failure, because of one scene. */
    public JobFailure ofScene(int sceneIndex) {
        return new JobFailure(code, getMessage(), transientFailure, sceneIndex, getCause());
    }

    /** For programs, such as {@code unusable_image}. */
    public String code() {
        return code;
    }

    public boolean isTransient() {
        return transientFailure;
    }

    /** Index of the scene that the job failed because of; null if it was not because of a single one. */
    public Integer scene() {
        return scene;
    }
}
