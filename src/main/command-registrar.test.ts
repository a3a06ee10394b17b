import { fail, ok } from '@gradshot/domain';
import { describe, expect, test, vi } from 'vitest';
import { COMMANDS, type CommandHandlers, MAX_FRAME_BYTES } from '../shared/index.ts';
import { commandRunners } from './command-registrar.ts';
import { standInStation } from './station-stand-in.ts';

function runnersOf(answers: Partial<CommandHandlers> = {}) {
  const station = standInStation(answers);
  const log = vi.fn();
  return { station, log, runners: commandRunners(station.handlers, log) };
}

describe('commandRunners', () => {
  test('has one runner per command of the table and no other', () => {
    const { runners } = runnersOf();
    expect([...runners.keys()]).toEqual(Object.keys(COMMANDS));
    expect(runners.get('constructor' as never)).toBeUndefined();
  });

  test('hands a checked payload over and the result back', async () => {
    const { runners, station } = runnersOf();
    const result = await runners.get('station.setLanguage')?.({ language: 'en' });
    expect(result).toEqual(ok(null));
    expect(station.calls).toEqual([{ name: 'station.setLanguage', payload: { language: 'en' } }]);
  });

  test.each([
    ['station.setLanguage', { language: 'fr' }, 'language'],
    ['station.setLanguage', { language: 'en', extra: 1 }, 'payload'],
    ['session.enter', undefined, 'payload'],
    ['session.submitCode', { payload: 'x'.repeat(4097), source: 'typed' }, 'payload'],
    ['camera.guide', { frame: new Uint8Array(MAX_FRAME_BYTES + 1) }, 'frame'],
    ['camera.guide', { frame: [1, 2, 3] }, 'frame'],
    [
      'staff.setPortraitSource',
      { source: { kind: 'gphoto2', program: '/usr/bin/reboot' } },
      'source.program',
    ],
    [
      'staff.setPortraitSource',
      { source: { kind: 'watchFolder', folder: '/photos\0' } },
      'source.folder',
    ],
    ['picture.read', { photoId: '../../etc/passwd', kind: 'original' }, 'photoId'],
  ] as const)('%s refuses %j and names the field', async (name, payload, field) => {
    const { runners, station } = runnersOf();
    expect(await runners.get(name)?.(payload)).toEqual(fail('request.invalid', { field }));
    expect(station.calls).toEqual([]);
  });

  test('passes expected failures on as they are', async () => {
    const failure = fail('station.wrongStep');
    const { runners } = runnersOf({ 'session.enter': async () => failure });
    expect(await runners.get('session.enter')?.({})).toEqual(failure);
  });

  test('turns an exception into server.internal and logs it without the payload', async () => {
    const { runners, log } = runnersOf({
      'session.confirmLastFour': async () => {
        throw new Error('broken');
      },
    });
    const result = await runners.get('session.confirmLastFour')?.({ lastFour: '123X' });
    expect(result).toEqual(fail('server.internal'));
    expect(log).toHaveBeenCalledOnce();
    expect(JSON.stringify(log.mock.calls)).not.toContain('123X');
  });

  test('never lets a response of the wrong shape reach the page', async () => {
    const { runners } = runnersOf({
      'staff.outbox': async () => ok([{ id: 1 }] as never),
    });
    expect(await runners.get('staff.outbox')?.({})).toEqual(fail('server.internal'));
  });

  test('strips what the contract does not name', async () => {
    const { runners } = runnersOf({
      'picture.read': async () =>
        ok({ type: 'image/jpeg', data: new Uint8Array([1]), path: '/data' }),
    });
    const payload = { photoId: '5d0b2a3c-6b1f-4f0e-9c39-0d3f1a2b4c5d', kind: 'standard' };
    expect(await runners.get('picture.read')?.(payload)).toEqual(
      ok({ type: 'image/jpeg', data: new Uint8Array([1]) }),
    );
  });
});
