import { afterEach, expect, test, vi } from 'vitest';
import { storage } from './storage.h5.ts';

afterEach(() => vi.unstubAllGlobals());

test('a browser that keeps nothing still serves as long as the page is open', () => {
  const refused = () => {
    throw new DOMException('refused', 'SecurityError');
  };
  vi.stubGlobal('localStorage', { getItem: refused, setItem: refused, removeItem: refused });
  expect(storage.get('account-token')).toBeUndefined();
  storage.set('account-token', 'token');
  expect(storage.get('account-token')).toBe('token');
  storage.remove('account-token');
  expect(storage.get('account-token')).toBeUndefined();
});

test('what the browser keeps is read from it, also after another tab changed it', () => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  });
  storage.set('language', 'zh');
  kept.set('language', 'en');
  expect(storage.get('language')).toBe('en');
});
