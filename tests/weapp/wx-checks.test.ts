import { beforeAll, expect, test } from 'vitest';
import { BUILD_TIMEOUT_MS, ensureClientBuilt } from '../../scripts/setup/companion-build.ts';
import { patient } from '../../scripts/test/slowness.ts';
import { undeclared } from './app-declarations.ts';
import { typingFaults } from './wx-typings.ts';

beforeAll(() => ensureClientBuilt('weapp'), patient(BUILD_TIMEOUT_MS));

const done = () => undefined;

test('a call that the typings do not allow is found', () => {
  const wrong = [
    { name: 'chooseMedia', args: [{ camera: 'side', success: done }] },
    { name: 'saveImageToPhotosAlbum', args: [{ path: 'a.jpg' }] },
    { name: 'getUserInformation', args: [{}] },
    { name: 'FileSystemManager.copyFile', args: [{ srcPath: 'a' }] },
  ];
  const faults = typingFaults(wrong);
  for (const { name } of wrong)
    expect(faults.some((fault) => fault.includes(name.split('.').at(-1) ?? ''))).toBe(true);
});

test('a call that they allow is not', () => {
  expect(
    typingFaults([{ name: 'scanCode', args: [{ onlyFromCamera: true, success: done }] }]),
  ).toEqual([]);
});

test('a page that app.json does not have, or a function nobody looked up, is found', () => {
  expect(undeclared([{ name: 'navigateTo', args: [{ url: '/pages/none/index?a=1' }] }])).toEqual([
    'navigateTo: page',
  ]);
  expect(undeclared([{ name: 'getLocation', args: [{}] }])).toEqual(['getLocation: not looked up']);
});
