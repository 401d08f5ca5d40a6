package io.storyreel.common.queue;

import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Request;

import java.util.List;

/**
 * Takes what waits in several streams, in their order and no more than is wanted of all of them together. A script, because
 * the limit of a read counts for each of its streams, and one read after the other would be as many round trips.
 */
final class TakingScript {
    private static final String TEXT =
            """
            local taken = {}
            local left = tonumber(ARGV[3])
            local function take(stream, most)
                local count = math.min(most, left)
                if count < 1 then
                    return 0 -- a read of none would be one of all there are
                end
                local answer = redis.call('XREADGROUP', 'GROUP', ARGV[1], ARGV[2], 'COUNT', count, 'STREAMS', stream, '>')
                if not answer then
                    return 0
                end
                taken[#taken + 1] = answer[1]
                left = left - #answer[1][2]
                return #answer[1][2]
            end
            local fromLowest = tonumber(ARGV[4])
            for i = #KEYS, 1, -1 do
                fromLowest = fromLowest - take(KEYS[i], fromLowest)
            end
            for i = 1, #KEYS do
                take(KEYS[i], left)
            end
            return taken
            """;

    private TakingScript() {}

    /**
     * @param streams in the order in which they are read
     * @param most of all of them together
     * @param lowestFirst so many of them are taken from the last stream that has any, before the others are looked at
     */
    static Request request(List<String> streams, String consumer, int most, int lowestFirst) {
        Request request = Request.cmd(Command.EVAL).arg(TEXT).arg(streams.size());
        streams.forEach(request::arg);
        return request.arg(RedisNames.GROUP).arg(consumer).arg(most).arg(lowestFirst);
    }
}
