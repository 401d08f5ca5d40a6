const CORRECT_AND_RENDER = 'Correct the storyboard, then render it again. Scenes that were already made are used again.';

/** By the beginning of the error's code; the first that fits counts. */
const ADVICE: readonly (readonly [prefix: string, advice: string])[] = [
  ['image', `Replace the picture named above by a JPEG, PNG or WebP file that opens on your computer. ${CORRECT_AND_RENDER}`],
  ['asset', `Check that the file named above exists and can be reached from the server. ${CORRECT_AND_RENDER}`],
  ['music', `Replace the music by an MP3, M4A, OGG or WAV file, or leave it out. ${CORRECT_AND_RENDER}`],
  ['fetch', `Check the address named above: it has to be public and to answer without a sign-in. ${CORRECT_AND_RENDER}`],
  ['speech', 'Check that the speech server runs and is set up (STORYREEL_SPEECH_URL), then render again.'],
  ['ffmpeg', 'Check the worker with ./storyreel doctor: it needs a working ffmpeg. Then render again.'],
  ['scratch', 'Free space on the disk of the worker (STORYREEL_SCRATCH_DIR), then render again.'],
  ['storage', 'Check that the object store runs and has space, then render again.'],
  ['provider', 'The provider refused or did not deliver. Try again later, or render with another provider.'],
  ['content', 'The provider refuses this content. Change the description or the picture of the scene, then render again.'],
  ['budget', 'Raise the budget of the workspace or wait until it is reset, then render again.'],
  ['timeout', 'The render took longer than it may. Render again; if it recurs, make the storyboard shorter.'],
];

/** What a person can do about a failed render. */
export function adviceFor(errorCode: string | null | undefined): string {
  const code = errorCode?.toLowerCase() ?? '';
  const known = ADVICE.find(([prefix]) => code.startsWith(prefix));
  return known?.[1] ?? 'Render it again: scenes that were already made are used again. If it fails once more, the log of the worker tells more.';
}
