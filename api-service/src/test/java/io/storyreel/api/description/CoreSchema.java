package io.storyreel.api.description;

import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

import java.util.regex.Pattern;

/** Reads plain words as YAML 1.2 does, which OpenAPI is written in: 16:9 is no number and 2026-11-21 no date. */
final class CoreSchema extends Resolver {
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+");

    @Override
    public void addImplicitResolver(Tag tag, Pattern form, String first, int limit) {
        if (tag.equals(Tag.INT)) {
            super.addImplicitResolver(tag, INTEGER, first, limit);
        } else if (!tag.equals(Tag.TIMESTAMP)) {
            super.addImplicitResolver(tag, form, first, limit);
        }
    }
}
