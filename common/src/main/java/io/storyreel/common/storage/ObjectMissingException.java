package io.storyreel.common.storage;

/** The object store has no file of that name. */
public final class ObjectMissingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ObjectMissingException(String key) {
        super("no object " + key, null, false, false);
    }
}
