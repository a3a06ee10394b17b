import { fail, type Language } from '@gradshot/domain';
import {
  COMMANDS,
  type CommandHandlers,
  type CommandName,
  type SessionView,
  type StationSnapshot,
} from '../../../shared/index.ts';

/** What the graduate's own screen is told and may do: the visit, and nothing of staff's. */

/** Of everything new somebody must say who may see it. */
const SEEN: { readonly [K in keyof Required<StationSnapshot>]: boolean } = {
  revision: true,
  language: true,
  station: true,
  connection: true,
  imaging: true,
  recovery: false,
  customerService: true,
  queue: false,
  classList: false,
  arrivals: true,
  prints: true,
  printDesk: false,
  offline: false,
  screen: true,
  secondScreen: false,
  tablet: false,
  tablets: false,
  shutter: false,
  shutterPress: true,
  // A scanner belongs where keys go.
  scannerRead: false,
  burst: false,
  cameras: true,
  tethered: true,
  plugged: true,
  session: true,
  busy: true,
  failure: true,
  idleSecondsLeft: true,
  leavesInSeconds: true,
};

type Station = StationSnapshot['station'];

/** In place of what is staff's; undefined where nothing is. */
const STATION_SEEN: { readonly [K in keyof Required<Station>]: (station: Station) => Station[K] } =
  {
    enrolled: ({ enrolled }) => enrolled,
    name: ({ name }) => name,
    school: ({ school }) => school,
    serverUrl: () => undefined,
    sample: ({ sample }) => sample,
    version: ({ version }) => version,
    pace: ({ pace }) => pace,
    voiceVolume: ({ voiceVolume }) => voiceVolume,
    rights: () => [],
    staffUnlocked: () => false,
  };

/** The same moment as the graduate's screen may know it; `language`: of the visit. */
export function seenByGraduate(snapshot: StationSnapshot, language: Language): StationSnapshot {
  const seen = Object.entries(snapshot).filter(([key]) => SEEN[key as keyof StationSnapshot]);
  return {
    ...(Object.fromEntries(seen) as StationSnapshot),
    screen: 'graduate',
    language,
    station: stationSeen(snapshot.station),
    session: withoutStaffs(snapshot.session),
  };
}

function stationSeen(station: Station): Station {
  const facts = Object.entries(STATION_SEEN).map(([key, tell]) => [key, tell(station)]);
  return Object.fromEntries(facts.filter(([, fact]) => fact !== undefined));
}

/** What staff say about somebody is not for whoever stands before the screen. */
export function withoutStaffs(view: SessionView): SessionView {
  if (view.step !== 'judged') return view;
  const { onSite: _hidden, ...seen } = view;
  return seen;
}

/** Everything that may be done from the graduate's screen; the rest is the desk's, even while it is open. */
export function graduateHandlers(
  handlers: CommandHandlers,
  own: Pick<CommandHandlers, `station.${string}` & CommandName>,
): CommandHandlers {
  const names = Object.keys(COMMANDS) as CommandName[];
  const sided = names.map((name) => [name, isStaffs(name) ? refuse : handlers[name]]);
  return {
    ...(Object.fromEntries(sided) as CommandHandlers),
    ...own,
    'scanner.takeCode': refuse,
    // From a file and typed, a code is staff's.
    'session.submitCode': (code) =>
      code.source === 'picture' || code.source === 'typed'
        ? refuse()
        : handlers['session.submitCode'](code),
  };
}

function isStaffs(name: CommandName): boolean {
  return name.startsWith('staff.');
}

const refuse = async () => fail('staff.atDesk');
