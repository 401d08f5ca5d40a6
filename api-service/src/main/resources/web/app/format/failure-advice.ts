const CORRECT_AND_RENDER =
  'Correct the storyboard, then render it again. Scenes that were already made are used again.';

/** By what the error's code contains; the first that fits counts. */
const ADVICE: readonly (readonly [part: string, advice: string])[] = [
  ['image', `Replace that picture by a JPEG, PNG or WebP file that opens on your computer. ${CORRECT_AND_RENDER}`],
  ['picture', `Replace that picture by a JPEG, PNG or WebP file that opens on your computer. ${CORRECT_AND_RENDER}`],
  ['music', `Replace the music by an MP3, M4A, OGG or WAV file, or leave it out. ${CORRECT_AND_RENDER}`],
  ['voice_not_found', `Choose another voice for that line of the script. ${CORRECT_AND_RENDER}`],
  ['script', `Shorten the script or give its scenes more time. ${CORRECT_AND_RENDER}`],
  ['unusable', `Replace that file by one that opens on your computer. ${CORRECT_AND_RENDER}`],
  ['fetch', `Check that address: it has to be public and to answer without a sign-in. ${CORRECT_AND_RENDER}`],
  ['address', `Check that address: it has to be public and to answer without a sign-in. ${CORRECT_AND_RENDER}`],
  ['speech', 'Check that the speech server runs and is set up (STORYREEL_SPEECH_URL), then render again.'],
  ['scratch', 'Free space on the disk of the worker (STORYREEL_SCRATCH_DIR), then render again.'],
  ['disk', 'Free space on the disk of the worker (STORYREEL_SCRATCH_DIR), then render again.'],
  ['ffmpeg', 'Check the worker with ./storyreel doctor: it needs a working ffmpeg. Then render again.'],
  ['storage', 'Check that the object store runs and has space, then render again.'],
  ['unknown_provider', 'Render with a provider that is set up on the server.'],
  [
    'content',
    'The provider refuses this content. Change the description or the picture of the scene, then render again.',
  ],
  ['provider', 'The provider did not deliver. Try again later, or render with another provider.'],
  ['budget', 'Raise the budget of the workspace or wait until it is reset, then render again.'],
  ['timed_out', 'The render took longer than it may. Render again; if it recurs, make the storyboard shorter.'],
  ['worker_lost', 'Its worker stopped several times. Check that the workers have enough memory, then render again.'],
];

/** What a person can do about a failed render. */
export function adviceFor(errorCode: string | null | undefined): string {
  const code = errorCode?.toLowerCase() ?? '';
  const known = ADVICE.find(([part]) => code.includes(part));
  return (
    known?.[1] ??
    'Render it again: scenes that were already made are used again. If it fails once more, the log of the worker tells more.'
  );
}
