package io.storyreel.local.render;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Names in the order people expect: {@code img2} before {@code img10}, small and capital letters alike. */
final class NaturalOrder implements Comparator<String> {

    private static final Pattern PIECE = Pattern.compile("\\d+|\\D+");

    @Override
    public int compare(String left, String right) {
        var lefts = PIECE.matcher(left).results().map(MatchResult::group).toList();
        var rights = PIECE.matcher(right).results().map(MatchResult::group).toList();
        for (var i = 0; i < Math.min(lefts.size(), rights.size()); i++) {
            var order = comparePieces(lefts.get(i), rights.get(i));
            if (order != 0) {
                return order;
            }
        }
        var byLength = Integer.compare(lefts.size(), rights.size());
        return byLength != 0 ? byLength : left.compareTo(right);
    }

    private static int comparePieces(String left, String right) {
        if (isNumber(left) && isNumber(right)) {
            return new BigInteger(left).compareTo(new BigInteger(right));
        }
        return left.compareToIgnoreCase(right);
    }

    private static boolean isNumber(String piece) {
        return piece.charAt(0) >= '0' && piece.charAt(0) <= '9';
    }
}
