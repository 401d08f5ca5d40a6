package io.storyreel.api.page;

import io.storyreel.common.provider.TextDigest;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The part of a list that is asked for.
 *
 * @param limit most items
 * @param list stands for the list and its filters: a cursor is good for the list it came from
 */
public record Listing(Cursor after, int limit, String list) {
    private static final String LIMIT = "limit";
    private static final String CURSOR = "cursor";
    private static final int NAME_LENGTH = 16;

    /** By path and query, where everything but limit and cursor is a filter. */
    public static Listing of(UriInfo uri) {
        MultivaluedMap<String, String> query = uri.getQueryParameters();
        String list = name(uri.getPath(), query);
        return new Listing(Cursor.parse(query.getFirst(CURSOR), list), Parameters.limit(query.getFirst(LIMIT)), list);
    }

    private static String name(String path, MultivaluedMap<String, String> query) {
        List<String> parts = new ArrayList<>(List.of(path));
        new TreeMap<>(query).forEach((name, values) -> {
            if (!name.equals(LIMIT) && !name.equals(CURSOR)) {
                parts.add(name);
                parts.addAll(values);
            }
        });
        return TextDigest.of(parts.toArray(String[]::new)).substring(0, NAME_LENGTH);
    }
}
