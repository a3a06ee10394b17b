import { createStore } from 'zustand/vanilla';
import type { PhonePort } from '../platform/ports.ts';

export type PrivacyState = {
  /** WeChat waits for an answer before a feature goes on. */
  readonly asked: boolean;
  answer(agreed: boolean): void;
};

/** Questions that come while one is open get the same answer. */
export const createPrivacyStore = (phone: PhonePort) =>
  createStore<PrivacyState>((set) => {
    let waiting: ((agreed: boolean) => void)[] = [];
    phone.onPrivacyNeeded((answer) => {
      waiting.push(answer);
      set({ asked: true });
    });
    return {
      asked: false,
      answer: (agreed) => {
        const all = waiting;
        waiting = [];
        set({ asked: false });
        for (const answer of all) answer(agreed);
      },
    };
  });
