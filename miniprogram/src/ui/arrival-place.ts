import type { Arrival } from '@gradshot/contract';
import type { Text } from '../text/zh.ts';

/** Where somebody stands in the queue of a station, in one line. */
export function placeText({ state, ahead = 0 }: Arrival, text: Text['arrival']): string {
  switch (state) {
    case undefined:
      return text.numbering;
    case 'called':
      return text.called;
    case 'inVisit':
      return text.inVisit;
    case 'absent':
      return text.absent;
    case 'done':
      return text.done;
    case 'waiting':
    case 'handedBack':
      return ahead === 0 ? text.next : text.ahead(ahead);
  }
}
