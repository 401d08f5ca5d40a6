package io.storyreel.local.simulator.runway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.storyreel.local.simulator.task.Task;
import io.storyreel.local.simulator.task.TaskLine;

import java.util.List;
import java.util.TreeMap;

/** The account behind every key: tier 5, with a million credits of which only those of living tasks are used. */
record RunwayOrganization(TaskLine line) {

    private static final int CREDIT = 1_000_000;
    private static final List<String> MODELS = List.of("gen4.5", "gen4_turbo", "veo3.1", "veo3.1_fast");

    ObjectNode describe() {
        line.settle();
        var json = JsonNodeFactory.instance.objectNode();
        var used = line.all().stream().mapToInt(RunwayOrganization::charged).sum();
        json.put("creditBalance", CREDIT - used);
        var tier =
                json.putObject("tier").put("maxMonthlyCreditSpend", 10_000_000).putObject("models");
        var usage = json.putObject("usage").putObject("models");
        for (var model : MODELS) {
            tier.putObject(model).put("maxConcurrentGenerations", 20).put("maxDailyGenerations", 30_000);
            usage.putObject(model)
                    .put(
                            "dailyGenerations",
                            line.all().stream()
                                    .filter(task -> task.model().equals(model))
                                    .count());
        }
        return json;
    }

    ObjectNode usage() {
        line.settle();
        var perDay = new TreeMap<String, TreeMap<String, Integer>>();
        for (var task : line.all()) {
            perDay.computeIfAbsent(task.createdAt().toString().substring(0, 10), day -> new TreeMap<>())
                    .merge(task.model(), charged(task), Integer::sum);
        }
        var json = JsonNodeFactory.instance.objectNode();
        var models = json.putArray("models");
        MODELS.forEach(models::add);
        var results = json.putArray("results");
        perDay.forEach((day, used) -> {
            var credits = results.addObject().put("date", day).putArray("usedCredits");
            used.forEach(
                    (model, amount) -> credits.addObject().put("model", model).put("amount", amount));
        });
        return json;
    }

    private static int charged(Task task) {
        return task.bill().charged().movePointRight(2).intValue();
    }
}
