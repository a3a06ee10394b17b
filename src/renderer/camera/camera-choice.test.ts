import { expect, it } from 'vitest';
import { type Camera, cameraName, choiceOf, preferredCamera } from './camera-choice.ts';

const cameras = (...labels: string[]): Camera[] =>
  labels.map((label, index) => ({ id: `${label}#${index}`, label }));
/** As another profile's salt makes them. */
const salted = (list: readonly Camera[]): Camera[] =>
  list.map(({ id, label }) => ({ id: `salted ${id}`, label }));
const indexOf = (list: readonly Camera[], camera: Camera | undefined) =>
  camera ? list.indexOf(camera) : undefined;

const TWINS = cameras('Desk', 'Portrait', 'Portrait');
const second = choiceOf(TWINS[2]!, TWINS);

it('finds a camera again by its label, wherever the list has it and whatever its id is', () => {
  const choice = choiceOf(TWINS[0]!, TWINS);
  const now = salted(cameras('Other', 'Desk'));
  expect(indexOf(now, preferredCamera(now, choice))).toBe(1);
});

it('tells cameras of the same label apart by id, in whatever order they come', () => {
  const now = [TWINS[2]!, TWINS[1]!];
  expect(indexOf(now, preferredCamera(now, second))).toBe(0);
});

it('tells cameras of the same label apart by their place, where the ids are others', () => {
  const now = salted(TWINS);
  expect(indexOf(now, preferredCamera(now, second))).toBe(2);
});

it('takes the twin that is left', () => {
  const now = salted(cameras('Desk', 'Portrait'));
  expect(indexOf(now, preferredCamera(now, second))).toBe(1);
});

it('asks for none in particular while the chosen one is not plugged in, or hidden', () => {
  expect(preferredCamera(cameras('Desk'), second)).toBeUndefined();
  expect(preferredCamera([{ id: '', label: '' }], second)).toBeUndefined();
  expect(preferredCamera(TWINS, undefined)).toBeUndefined();
});

it('makes no choice of a camera that has no name yet', () => {
  const hidden = { id: '', label: '' };
  expect(choiceOf(hidden, [hidden])).toBeUndefined();
});

it('numbers cameras of the same label, so that a list shows which is which', () => {
  expect(TWINS.map((camera) => cameraName(camera, TWINS))).toEqual([
    'Desk',
    'Portrait (1)',
    'Portrait (2)',
  ]);
});
