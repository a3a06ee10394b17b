/** `attention`: something is to change; `tick`: a second of the countdown; `done`: the picture is taken. */
export type Tone = 'attention' | 'tick' | 'done';

/** Notes one after the other, Hz and seconds. */
const NOTES: Readonly<Record<Tone, readonly (readonly [hertz: number, seconds: number])[]>> = {
  attention: [
    [660, 0.12],
    [520, 0.18],
  ],
  tick: [[880, 0.09]],
  done: [
    [780, 0.1],
    [1040, 0.22],
  ],
};

let context: AudioContext | undefined;

/** Made here rather than loaded: nothing to bundle, and it plays without a network. */
export function playTone(tone: Tone, volume: number): void {
  if (typeof AudioContext === 'undefined') return;
  context ??= new AudioContext();
  let at = context.currentTime;
  for (const [hertz, seconds] of NOTES[tone]) {
    playNote(context, { hertz, seconds, at, volume });
    at += seconds;
  }
}

type Note = {
  readonly hertz: number;
  readonly seconds: number;
  readonly at: number;
  readonly volume: number;
};

function playNote(audio: AudioContext, { hertz, seconds, at, volume }: Note): void {
  const oscillator = audio.createOscillator();
  const gain = audio.createGain();
  oscillator.frequency.value = hertz;
  // Ends softly: a tone that is cut off clicks.
  gain.gain.setValueAtTime(volume * 0.4, at);
  gain.gain.exponentialRampToValueAtTime(0.001, at + seconds);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(at);
  oscillator.stop(at + seconds);
}
