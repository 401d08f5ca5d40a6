package io.storyreel.common.job;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.storyboard.Storyboard;
import io.storyreel.common.storyboard.StoryboardJson;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.LinkedHashMap;
import java.util.Map;

/** The storyboards that jobs render, by digest. What a digest names never changes, so recent ones are kept in memory. */
@ApplicationScoped
public class RenderSpecs {
    private static final int MOST_KEPT = 256;

    private final Pool pool;
    private final Map<String, Storyboard> recent = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Storyboard> eldest) {
            return size() > MOST_KEPT;
        }
    };

    public RenderSpecs(Pool pool) {
        this.pool = pool;
    }

    /** Fails with {@link IllegalStateException} if there is none, which only a damaged database can cause. */
    public Uni<Storyboard> read(String digest) {
        Storyboard known = kept(digest);
        if (known != null) {
            return Uni.createFrom().item(known);
        }
        return pool.preparedQuery(JobSql.SPEC).execute(Tuple.of(digest)).map(rows -> {
            if (rows.size() == 0) {
                throw new IllegalStateException("no storyboard has the digest " + digest);
            }
            Storyboard read = StoryboardJson.read(rows.iterator().next().getString("storyboard"));
            keep(digest, read);
            return read;
        });
    }

    private Storyboard kept(String digest) {
        synchronized (recent) {
            return recent.get(digest);
        }
    }

    private void keep(String digest, Storyboard storyboard) {
        synchronized (recent) {
            recent.put(digest, storyboard);
        }
    }
}
