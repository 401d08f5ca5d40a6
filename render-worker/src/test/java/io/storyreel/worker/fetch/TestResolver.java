package io.storyreel.worker.fetch;

import io.storyreel.common.address.HostResolver;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A name service of the test's own; a name with several answers gives another one each time. */
public final class TestResolver implements HostResolver {
    final AtomicInteger lookups = new AtomicInteger();
    private final Map<String, List<String>> answers = new ConcurrentHashMap<>();

    public static TestResolver ofThisMachine() {
        return new TestResolver();
    }

    TestResolver answering(String name, String... addresses) {
        answers.put(name, List.of(addresses));
        return this;
    }

    @Override
    public List<InetAddress> resolve(String host) throws UnknownHostException {
        int lookup = lookups.getAndIncrement();
        List<String> known = answers.get(host);
        String answer = known == null ? host : known.get(Math.min(lookup, known.size() - 1));
        return List.of(InetAddress.getByName(answer));
    }
}
