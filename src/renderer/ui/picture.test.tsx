// @vitest-environment jsdom
import { fail } from '@gradshot/domain';
import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { forgetPictures } from '../state/picture-store.ts';
import { renderPage, startStation } from '../tests/test-station.tsx';
import { Picture } from './picture.tsx';

afterEach(() => {
  cleanup();
  forgetPictures();
});

it.each([
  ['photo.erased', '按保留期限删除'],
  ['network.unreachable', '暂时无法显示'],
] as const)('after %s it says what became of the photo', async (code, words) => {
  const station = await startStation({ step: 'welcome' });
  station.answer('picture.read', fail(code));
  renderPage(<Picture alt="" kind="standard" photoId="p" />);
  expect(await screen.findByText(new RegExp(words))).toBeDefined();
});
