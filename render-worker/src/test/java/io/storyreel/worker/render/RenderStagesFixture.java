package io.storyreel.worker.render;

import io.storyreel.common.job.RenderSpecs;
import io.storyreel.common.storage.ObjectUses;
import io.storyreel.worker.FolderStore;
import io.storyreel.worker.RealPostgres;
import io.storyreel.worker.TestSettings;
import io.storyreel.worker.fetch.AddressGuard;
import io.storyreel.worker.fetch.AssetFetcher;
import io.storyreel.worker.fetch.FetchSettings;
import io.storyreel.worker.fetch.ResultDownloads;
import io.storyreel.worker.fetch.ResultSettings;
import io.storyreel.worker.fetch.TestResolver;
import io.storyreel.worker.media.Composer;
import io.storyreel.worker.media.Ffmpeg;
import io.storyreel.worker.media.FfmpegConfig;
import io.storyreel.worker.media.FfmpegReadiness;
import io.storyreel.worker.media.MediaProbe;
import io.storyreel.worker.media.ProviderFrames;
import io.storyreel.worker.media.SampleClip;
import io.storyreel.worker.media.TestFfmpeg;
import io.storyreel.worker.provider.ClipProvider;
import io.storyreel.worker.provider.ClipShelf;
import io.storyreel.worker.provider.JobPurchases;
import io.storyreel.worker.provider.LateResults;
import io.storyreel.worker.provider.PaidTasksFixture;
import io.storyreel.worker.provider.Providers;
import io.storyreel.worker.provider.VideoProvider;
import io.storyreel.worker.provider.local.LocalClipProvider;
import io.storyreel.worker.provider.mock.MockSettings;
import io.storyreel.worker.provider.mock.MockVideoProvider;
import io.storyreel.worker.provider.mock.SampleVideo;
import io.storyreel.worker.run.NeededFiles;
import io.storyreel.worker.speech.SpeechProvider;
import io.storyreel.worker.speech.SpeechSettings;
import io.storyreel.worker.speech.Voices;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All stages around a real ffmpeg and a real Postgres; only the object store is a folder. */
final class RenderStagesFixture {
    final FolderStore store;
    final RenderHandler handler;
    final MediaProbe probe;
    final Prepare prepare;
    final Animate animate;
    final Providers providers;
    final LateResults late;

    RenderStagesFixture(RealPostgres postgres, Path folder, FfmpegConfig ffmpegConfig, SpeechProvider speaker) {
        this(postgres, folder, ffmpegConfig, speaker == null ? List.of() : List.of(speaker));
    }

    /** @param speakers the first speaks, the others stand in */
    RenderStagesFixture(
            RealPostgres postgres, Path folder, FfmpegConfig ffmpegConfig, List<? extends SpeechProvider> speakers) {
        this(postgres, folder, ffmpegConfig, speakers, List.of(), List.of());
    }

    /** With these providers besides our own. */
    RenderStagesFixture(
            RealPostgres postgres,
            Path folder,
            List<? extends VideoProvider> videos,
            List<? extends ClipProvider> clips) {
        this(postgres, folder, TestFfmpeg.config(), List.of(), videos, clips);
    }

    private RenderStagesFixture(
            RealPostgres postgres,
            Path folder,
            FfmpegConfig ffmpegConfig,
            List<? extends SpeechProvider> speakers,
            List<? extends VideoProvider> videoMakers,
            List<? extends ClipProvider> clipMakers) {
        store = new FolderStore(folder);
        var vertx = postgres.vertx.getDelegate();
        var ffmpeg = new Ffmpeg(ffmpegConfig);
        probe = new MediaProbe(ffmpeg, ffmpegConfig);
        var composer = new Composer(ffmpeg, ffmpegConfig);
        var paid = new PaidTasksFixture(postgres);
        var settings = paid.settings;
        var ledger = paid.ledger;
        var tasks = paid.tasks;
        var fetch = TestSettings.of(FetchSettings.class, Map.of("storyreel.fetch.allowed-hosts", "127.0.0.1"));
        var guard = new AddressGuard(TestResolver.ofThisMachine(), fetch);
        var fetcher = new AssetFetcher(vertx, guard, fetch);
        var results = TestSettings.of(ResultSettings.class, Map.of());
        var downloads = new ResultDownloads(vertx, guard, fetch, results);
        var needed = new NeededFiles(new ObjectUses(postgres.pool, Clock.systemUTC()), settings);
        var shelf = new ClipShelf(downloads, probe, store, needed);
        var clips = new SceneClips(tasks, shelf, new ProviderFrames(ffmpeg, ffmpegConfig), probe);
        var names = speakers.stream().map(SpeechProvider::name).toList();
        var speech = TestSettings.of(
                SpeechSettings.class,
                Map.of(
                        "storyreel.speech.provider",
                        names.isEmpty() ? "none" : names.get(0),
                        "storyreel.speech.fallback",
                        String.join(",", names)));
        var voices = new Voices(speech, List.copyOf(speakers));
        var mock = TestSettings.of(
                MockSettings.class, Map.of("storyreel.mock.duration-min", "0s", "storyreel.mock.duration-max", "0s"));
        var sample = new SampleVideo(new SampleClip(ffmpeg, ffmpegConfig), composer, probe, store, needed);
        List<VideoProvider> videos = new ArrayList<>(videoMakers);
        videos.add(new MockVideoProvider(mock, sample, Clock.systemUTC()));
        List<ClipProvider> clipProviders = new ArrayList<>(clipMakers);
        clipProviders.add(new LocalClipProvider(new FfmpegReadiness(ffmpeg)));
        providers = new Providers(videos, clipProviders, List.of());
        var verify = new Verify(probe);
        var specs = new RenderSpecs(postgres.pool);
        var planned = new PlannedVideo(specs, verify);
        late = new LateResults(
                ledger, paid.givenUp, providers, shelf, planned, paid.patience, results, paid.watch, Clock.systemUTC());
        var earlier = new EarlierClips(ledger, needed, settings);
        animate = new Animate(clips, earlier, probe, paid.patience);
        prepare = new Prepare(new SourceFiles(fetcher, fetch, probe, needed));
        var storing = new Store(composer);
        handler = new RenderHandler(
                specs,
                providers,
                new JobPurchases(ledger, paid.handOvers, paid.abandoned(providers)),
                new WholeVideo(tasks),
                new RemoteVideo(
                        prepare, new SourceAddresses(store), tasks, earlier, shelf, planned, verify, storing, store),
                new SceneBySceneVideo(
                        store,
                        prepare,
                        new Speak(voices, paid.calls, probe, needed),
                        animate,
                        new Compose(composer),
                        verify,
                        storing),
                new Settle(ledger, settings),
                settings);
    }

    RenderStagesFixture(RealPostgres postgres, Path folder, SpeechProvider speaker) {
        this(postgres, folder, TestFfmpeg.config(), speaker);
    }
}
