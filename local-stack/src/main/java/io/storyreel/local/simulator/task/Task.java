package io.storyreel.local.simulator.task;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * An accepted piece of work. Its state follows from the clock; nothing runs for it until its media is needed. Guarded by
 * its {@link TaskLine}.
 */
public final class Task {

    private final String id;
    private final String model;
    private final String about;
    private final ObjectNode input;
    private final Outcome outcome;
    private final Bill bill;
    private final Supplier<CompletableFuture<List<Product>>> work;

    private long number;
    private Instant createdAt;
    private Instant eligibleAt;
    private Duration runFor;
    private Instant startedAt;
    private Instant endsAt;
    private Instant endedAt;
    private boolean canceled;
    private CompletableFuture<List<Product>> products;
    private int addressGeneration;

    /**
     * @param about the prompt or what else tells tasks apart; rules of faults are matched against it
     * @param input the vendor's own parameters, without large data
     * @param work makes the media; called once, when the task is due
     */
    public Task(
            String id,
            String model,
            String about,
            ObjectNode input,
            Outcome outcome,
            Bill bill,
            Supplier<CompletableFuture<List<Product>>> work) {
        this.id = id;
        this.model = model;
        this.about = about;
        this.input = input;
        this.outcome = outcome;
        this.bill = bill;
        this.work = work;
    }

    void enter(long asNumber, Instant now, Duration queueFor, Duration run) {
        number = asNumber;
        createdAt = now;
        eligibleAt = now.plus(queueFor);
        runFor = outcome instanceof Outcome.Success success ? run.plus(success.later()) : run;
    }

    void begin(Instant at) {
        startedAt = at;
        endsAt = outcome instanceof Outcome.Stuck ? Instant.MAX : at.plus(runFor);
    }

    void cancel(Instant at) {
        canceled = true;
        endedAt = at;
    }

    void end(Instant at) {
        if (endedAt == null) {
            endedAt = at;
        }
    }

    CompletableFuture<List<Product>> products() {
        if (products == null) {
            products = work.get();
        }
        return products;
    }

    boolean isMaking() {
        return products != null;
    }

    /** 0.4 of a stuck task comes as fast as of any other. */
    double progressAt(Instant now) {
        var elapsed = Duration.between(startedAt, now).toNanos();
        var fraction = runFor.isZero() ? 1 : (double) elapsed / runFor.toNanos();
        return Math.min(outcome instanceof Outcome.Stuck ? 0.4 : 0.99, Math.round(fraction * 100) / 100.0);
    }

    void expireAddresses() {
        addressGeneration++;
    }

    int addressGeneration() {
        return addressGeneration;
    }

    long number() {
        return number;
    }

    boolean isCanceled() {
        return canceled;
    }

    Instant eligibleAt() {
        return eligibleAt;
    }

    Instant startedAt() {
        return startedAt;
    }

    Instant endsAt() {
        return endsAt;
    }

    Instant endedAt() {
        return endedAt;
    }

    public String id() {
        return id;
    }

    public String model() {
        return model;
    }

    public String about() {
        return about;
    }

    public ObjectNode input() {
        return input;
    }

    public Outcome outcome() {
        return outcome;
    }

    public Bill bill() {
        return bill;
    }

    public Instant createdAt() {
        return createdAt;
    }
}
