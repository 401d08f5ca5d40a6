package io.storyreel.api.export;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.export.BuiltInPreset;
import io.storyreel.common.export.ExportCodec;
import io.storyreel.common.export.ExportParameters;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.problem.Violation;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What the names of presets stand for in a workspace: everybody's, then its own. */
@ApplicationScoped
class ExportPresets {
    private static final int LONGEST_SHOWN = 60;

    private final CustomPresets custom;

    ExportPresets(CustomPresets custom) {
        this.custom = custom;
    }

    Uni<Map<String, ExportParameters>> all(UUID workspace) {
        return custom.all(workspace).map(own -> {
            Map<String, ExportParameters> all = builtIn();
            all.putAll(own);
            return all;
        });
    }

    /** Asks nobody if all of them are everybody's. */
    Uni<List<ExportWish>> wishes(UUID workspace, List<ExportChoice> choices) {
        boolean common = choices.stream().allMatch(choice -> BuiltInPreset.named(choice.quality()) != null);
        Uni<Map<String, ExportParameters>> presets = common ? Uni.createFrom().item(builtIn()) : all(workspace);
        return presets.map(known -> wishes(choices, known));
    }

    private static List<ExportWish> wishes(List<ExportChoice> choices, Map<String, ExportParameters> known) {
        List<ExportWish> wishes = new ArrayList<>();
        List<Violation> errors = new ArrayList<>();
        for (int i = 0; i < choices.size(); i++) {
            ExportChoice choice = choices.get(i);
            ExportParameters parameters = known.get(choice.quality());
            String field = choices.size() == 1 ? "quality" : "exports[" + i + "].quality";
            if (parameters == null) {
                errors.add(new Violation(
                        field,
                        "must be one of " + String.join(", ", known.keySet()) + ", is \"" + shown(choice.quality())
                                + "\""));
            } else if (!parameters.fits(choice.format())) {
                errors.add(new Violation(
                        field,
                        "is a preset for " + parameters.codec().wireName() + ", but "
                                + choice.format().extension() + " files hold "
                                + ExportCodec.of(choice.format()).wireName()));
            } else {
                wishes.add(new ExportWish(choice.format(), choice.quality(), parameters));
            }
        }
        if (!errors.isEmpty()) {
            Violation first = errors.get(0);
            throw new ProblemException(
                    ProblemCode.INVALID_REQUEST, first.field() + " " + first.message() + ".", errors);
        }
        return wishes;
    }

    private static Map<String, ExportParameters> builtIn() {
        Map<String, ExportParameters> presets = new LinkedHashMap<>();
        for (BuiltInPreset preset : BuiltInPreset.values()) {
            presets.put(preset.wireName(), preset.parameters());
        }
        return presets;
    }

    private static String shown(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    }
}
