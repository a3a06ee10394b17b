import type { Locator, Page } from '@playwright/test';
import { LAST_FOUR, SMS_CODE } from './scripted-world.ts';

/** The graduate's hands on the H5 client; every step waits for the page that it opens. */
export class H5Graduate {
  readonly page: Page;
  /** Called on every page reached, with a name for its picture. */
  readonly #seen: (name: string) => Promise<void>;

  /** Reads the newest login code on the phone with that number. */
  readonly #codeFor: (phone: string) => string | undefined;

  constructor(
    page: Page,
    seen: (name: string) => Promise<void> = async () => undefined,
    codeFor: (phone: string) => string | undefined = () => SMS_CODE,
  ) {
    this.page = page;
    this.#seen = seen;
    this.#codeFor = codeFor;
  }

  /** Pages behind stay in the document, hidden. */
  part(id: string): Locator {
    return this.page.locator(`#${id}`).filter({ visible: true });
  }

  async at(name: string, picture: string = name): Promise<void> {
    await this.part(`page-${name}`).waitFor();
    await this.page.waitForFunction(isAtRest);
    await this.#seen(picture);
  }

  async tap(id: string): Promise<void> {
    await this.part(id).tap();
  }

  async logIn(phone = '13800138000'): Promise<void> {
    await this.at('launch');
    await this.tap('launch-enter');
    await this.fillLogin(phone);
    await this.at('home', 'home-first');
  }

  /** On the page of the login. */
  async fillLogin(phone = '13800138000'): Promise<void> {
    await this.at('login');
    await this.part('login-phone').fill(phone);
    await this.tap('login-agree');
    await this.tap('login-send');
    // The button counts down once the message is on its way.
    await this.part('login-send')
      .and(this.page.locator(':disabled'))
      .filter({ hasText: /\d/ })
      .waitFor();
    await this.part('login-code').fill(this.#codeFor(phone) ?? '');
    await this.at('login', 'login-filled');
    await this.tap('login-submit');
  }

  /** 获取采集资格 with the code that the camera sees. */
  async getQualified(lastFour = LAST_FOUR): Promise<void> {
    await this.tap('home-qualification');
    await this.at('qualification');
    await this.tap('qualification-tutorial');
    await this.at('tutorial');
    await this.tap('tutorial-back');
    await this.tap('qualification-scan');
    await this.at('scan');
    await this.verify(lastFour);
  }

  async verify(lastFour = LAST_FOUR): Promise<void> {
    await this.part('page-verify').waitFor();
    await this.part('verify-last-four').fill(lastFour.toLowerCase());
    await this.at('verify');
    await this.tap('verify-submit');
    await this.at('orders');
  }

  /** `atWechat`: what the payer does on the payment page, where that does not pay by itself. */
  async pay(atWechat: () => Promise<void> = async () => undefined): Promise<void> {
    await this.tap('orders-enter-0');
    await this.at('order');
    await this.tap('order-begin');
    await this.at('service');
    await this.tap('service-agree-service');
    await this.tap('service-agree-faceProcessing');
    await this.at('service', 'service-agreed');
    await this.tap('service-pay');
    await atWechat();
    await this.part('service-next').waitFor();
    await this.at('service', 'service-paid');
    await this.tap('service-next');
    await this.at('requirements');
  }

  async shoot(): Promise<void> {
    await this.tap('requirements-shoot');
    await this.shootAndUpload();
  }

  async shootAndUpload(): Promise<void> {
    await this.part('capture-shoot').and(this.page.locator(':enabled')).waitFor();
    await this.at('capture', 'capture-live');
    await this.tap('capture-shoot');
    await this.part('capture-picture').waitFor();
    await this.at('capture', 'capture-shot');
    await this.tap('capture-upload');
    await this.at('standardize', 'standardize-ready');
  }

  async standardize(picture: string): Promise<void> {
    await this.tap('standardize-start');
    await this.at('standardize', 'standardize-working');
    await this.part('standardize-retake').waitFor();
    await this.part('standardize-picture').waitFor();
    await this.at('standardize', picture);
  }

  async submit(): Promise<void> {
    await this.tap('standardize-submit');
    await this.at('standardize', 'standardize-asked');
    await this.tap('standardize-confirm');
    await this.at('review', 'review-verifying');
  }
}

/** Pages have slid in; what turns for ever does not count. */
function isAtRest(): boolean {
  return document
    .getAnimations()
    .every(
      ({ effect, playState }) =>
        playState !== 'running' || effect?.getComputedTiming().endTime === Infinity,
    );
}
