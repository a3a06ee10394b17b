import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventReader } from './live-updates.ts';

const EVENTS = [{ topic: 'chat' }, { topic: 'order', orderId: 'a' }];
const STREAM = `: open\n\n${EVENTS.map((event) => `data: ${JSON.stringify(event)}\r\n\r\n`).join(': beat\n\n')}`;

test('events are read wherever the network cuts the stream', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(STREAM.length), { maxLength: 8 }), (cuts) => {
      const seen: unknown[] = [];
      const read = eventReader((event) => seen.push(event));
      const at = [0, ...cuts.sort((a, b) => a - b), STREAM.length];
      for (const [i, from] of at.entries()) read(STREAM.slice(from, at[i + 1] ?? STREAM.length));
      expect(seen).toEqual(EVENTS);
    }),
  );
});

test('what is no event is passed over', () => {
  const seen: unknown[] = [];
  eventReader((event) => seen.push(event))('data: {broken\n\nevent: x\n\nretry: 3\n\n');
  expect(seen).toEqual([]);
});
