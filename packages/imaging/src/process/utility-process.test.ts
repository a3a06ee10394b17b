import { EventEmitter } from 'node:events';
import { afterEach, expect, it, vi } from 'vitest';
import { findHostPort } from './host-port.ts';
import { adoptUtilityProcess } from './imaging-child.ts';

/** Electron's two ends: what one posts, the other emits (wrapped in `data` inside the child). */
class Utility extends EventEmitter {
  readonly pid = 42;
  readonly postMessage = vi.fn();
  readonly kill = vi.fn(() => true);
}

const stage = process as { parentPort?: unknown };
afterEach(() => {
  delete stage.parentPort;
});

it('speaks through Electron to a utility process', () => {
  const utility = new Utility();
  const child = adoptUtilityProcess(utility);
  const replies: unknown[] = [];
  const ends: string[] = [];
  child.onReply((reply) => replies.push(reply));
  child.onExit((how) => ends.push(how));
  child.post({ type: 'close' });
  utility.emit('message', { type: 'trial', provider: 'dml' });
  utility.emit('exit', 3221225477);
  child.kill();
  expect(child.pid).toBe(42);
  expect(utility.postMessage).toHaveBeenCalledWith({ type: 'close' });
  expect(replies).toEqual([{ type: 'trial', provider: 'dml' }]);
  expect(ends).toEqual(['code 3221225477']);
  expect(utility.kill).toHaveBeenCalledOnce();
});

it('finds the parent port inside a utility process', () => {
  const parent = new Utility();
  stage.parentPort = parent;
  const port = findHostPort()!;
  const requests: unknown[] = [];
  port.onRequest((request) => requests.push(request));
  port.post({ type: 'trial', provider: 'dml' });
  parent.emit('message', { data: { type: 'close' } });
  expect(parent.postMessage).toHaveBeenCalledWith({ type: 'trial', provider: 'dml' });
  expect(requests).toEqual([{ type: 'close' }]);
});
