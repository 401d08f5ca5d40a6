package io.storyreel.system;

import io.storyreel.local.server.ServiceProcess;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a worker counts for each provider, added up over its lives. */
final class Counters {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern SAMPLE =
            Pattern.compile("(?m)^(storyreel_provider_\\w+)\\{provider=\"(\\w+)\"\\} ([0-9.E-]+)$");

    private final ServiceProcess worker;
    private final List<String> pages = new ArrayList<>();

    Counters(ServiceProcess worker) {
        this.worker = worker;
    }

    /** To be called before the worker is killed. */
    void readLast() throws IOException, InterruptedException {
        pages.add(read());
    }

    /** By provider, over all lives of the worker, the present one included. */
    Map<String, Double> total(String metric) throws IOException, InterruptedException {
        Map<String, Double> totals = new TreeMap<>();
        List<String> all = new ArrayList<>(pages);
        all.add(read());
        for (String page : all) {
            Matcher sample = SAMPLE.matcher(page);
            while (sample.find()) {
                if (sample.group(1).equals(metric)) {
                    totals.merge(sample.group(2), Double.valueOf(sample.group(3)), Double::sum);
                }
            }
        }
        return totals;
    }

    private String read() throws IOException, InterruptedException {
        return HTTP.send(
                        HttpRequest.newBuilder(URI.create(worker.url() + "/q/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
