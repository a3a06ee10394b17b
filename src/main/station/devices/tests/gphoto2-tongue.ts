/**
 * Speaks as gphoto2 2.5 does: its tables, what it prints where, and what it ends with. It knows three
 * calls and answers every other as the real one answers an option that it does not know.
 */

export type FakeWorld = {
  readonly plugged: boolean;
  readonly occupied: boolean;
  readonly forbidden: boolean;
  readonly answer:
    | 'well'
    | 'hang'
    | 'stubborn'
    | 'garbage'
    | 'noFocus'
    | 'ioProblem'
    | 'tooMuch'
    | 'crash';
  /** Base64 of what the camera sees. */
  readonly picture: string;
  /** How long the exposure takes, and how long the look for cameras. */
  readonly exposureMs: number;
  readonly lookMs: number;
};

export type FakeAnswer =
  | 'never'
  | 'crash'
  | {
      readonly exitCode: number;
      readonly output: string | Uint8Array;
      readonly complaint: string;
      readonly afterMs: number;
    };

const ended = (exitCode: number, output: string | Uint8Array, complaint = ''): FakeAnswer => ({
  ...{ exitCode, output, complaint },
  afterMs: 0,
});

const CALLS: Readonly<Record<string, (world: FakeWorld) => FakeAnswer>> = {
  '--auto-detect': detect,
  '--summary': (world) =>
    withCamera(world, () => ended(0, 'Camera summary:\nManufacturer: Nikon Corporation\n')),
  '--capture-image-and-download --stdout --keep-raw': (world) =>
    withCamera(world, () => capture(world)),
};

export function answerTo(world: FakeWorld, args: readonly string[]): FakeAnswer {
  const known = CALLS[args.join(' ')];
  return known ? known(world) : ended(1, '', `${args[0]}: unknown option\n`);
}

/** The real one ends so, with half of it on the one side and half on the other. */
function complain(code: number, name: string, before: string): FakeAnswer {
  return ended(
    1,
    'For debugging messages, please use the --debug option.\n' +
      'Debugging messages may help finding a solution to your problem.\n',
    `\n*** Error ***              \n${before}\n*** Error (${code}: '${name}') ***       \n\n`,
  );
}

function detect({ plugged, lookMs }: FakeWorld): FakeAnswer {
  const rows = [
    'Model                          Port            ',
    '-'.repeat(58),
    // A stick with pictures in the same computer.
    'Mass Storage Camera            disk:/media/stick',
    ...(plugged ? ['Nikon DSC D750                 usb:001,005     '] : []),
  ];
  return { exitCode: 0, output: `${rows.join('\n')}\n`, complaint: '', afterMs: lookMs };
}

function withCamera(
  { plugged, occupied, forbidden }: FakeWorld,
  work: () => FakeAnswer,
): FakeAnswer {
  if (!plugged) return complain(-105, 'Unknown model', 'Could not detect any camera');
  const claim = (why: string) =>
    complain(
      -53,
      'Could not claim the USB device',
      `An error occurred in the io-library ('Could not claim the USB device'): Could not claim interface 0 (${why}). Make sure no other program (gvfs-gphoto2-volume-monitor) or kernel module (such as sdc2xx, stv680, spca50x) is using the device and you have read/write access to the device.`,
    );
  if (forbidden) return claim('Permission denied');
  return occupied ? claim('Device or resource busy') : work();
}

const NO_PICTURE = 'ERROR: Could not capture image.\nERROR: Could not capture.\n';

function capture({ answer, picture, exposureMs }: FakeWorld): FakeAnswer {
  switch (answer) {
    case 'hang':
    case 'stubborn':
      return 'never';
    case 'crash':
      return 'crash';
    case 'noFocus':
      // Without a focus it still ends as if all were well.
      return ended(0, '', NO_PICTURE);
    case 'ioProblem':
      return complain(-7, 'I/O problem', NO_PICTURE);
    case 'garbage':
      return ended(0, 'New file is in location /capt0000.jpg on the camera\n');
    case 'tooMuch':
      return ended(0, Buffer.alloc(61 * 1024 * 1024));
    case 'well': {
      const output = Buffer.from(picture, 'base64');
      return { exitCode: 0, output, complaint: '', afterMs: exposureMs };
    }
  }
}
