import { readFileSync } from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { patient } from '../../scripts/test/slowness.ts';
import { applyPatch, findById, type TreeNode, textOf } from './page-tree.ts';
import type { WxStandIn } from './wx-stand-in.ts';

export const DIST = path.resolve(import.meta.dirname, '../../miniprogram/dist/weapp');

type Hook = (this: PageInstance, options?: unknown) => void;
type PageConfig = { readonly data?: Record<string, unknown> } & Readonly<Record<string, unknown>>;
type PageInstance = {
  readonly route: string;
  readonly options: Readonly<Record<string, string>>;
  readonly data: Record<string, unknown>;
  setData(patch: Readonly<Record<string, unknown>>, done?: () => void): void;
} & Record<string, unknown>;

/** A step that did not come in time costs a test this much. */
const PATIENCE_MS = patient(12_000);

/**
 * Runs the built mini-program without WeChat: its own files in a `vm`, a page stack, `setData`
 * applied to the tree, taps given to Taro's handler.
 */
export class WeappRunner {
  readonly #wx: WxStandIn;
  readonly #context: vm.Context;
  readonly #modules = new Map<string, unknown>();
  readonly #configs = new Map<string, PageConfig>();
  readonly #stack: PageInstance[] = [];
  #loading = '';

  constructor(wx: WxStandIn) {
    this.#wx = wx;
    wx.navigation = {
      open: (url, how) => this.#open(url, how),
      back: (delta) => this.#back(delta),
      stackLength: () => this.#stack.length,
    };
    this.#context = vm.createContext({
      wx: wx.api,
      App: (config: Record<string, Hook>) => config.onLaunch?.call(config as never, LAUNCH),
      Page: (config: PageConfig) => void this.#configs.set(this.#loading, config),
      Component: () => undefined,
      getCurrentPages: () => this.#stack,
      getApp: () => ({}),
      console,
      setTimeout,
      clearTimeout,
      setInterval,
      clearInterval,
    });
  }

  /** Starts the program on the first page of app.json. */
  launch(): void {
    this.#require('app.js');
    this.#open('/pages/launch/index', 'reLaunch');
  }

  get page(): string {
    return this.#top().route;
  }

  get text(): string {
    return textOf(this.#top().data.root as TreeNode | undefined);
  }

  find(id: string): TreeNode | undefined {
    return findById(this.#top().data.root as TreeNode | undefined, id);
  }

  /** Waits until the page in front is `page` and, if given, has the element `id`. */
  async at(page: string, id?: string): Promise<void> {
    await this.until(
      () => this.page === `pages/${page}/index` && (!id || !!this.find(id)),
      () => `${page} with ${id}; in front is ${this.page}: ${this.text}`,
    );
  }

  async until(holds: () => boolean, what: () => string): Promise<void> {
    const end = Date.now() + PATIENCE_MS;
    while (!holds()) {
      if (Date.now() > end) throw new Error(`did not come: ${what()}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  async tap(id: string): Promise<void> {
    await this.#fire(id, 'tap', {});
  }

  async type(id: string, value: string): Promise<void> {
    await this.#fire(id, 'input', { value });
  }

  /** The button of the privacy guide; WeChat has an event of its own for it. */
  async agree(id: string): Promise<void> {
    await this.#fire(id, 'agreeprivacyauthorization', {});
  }

  async #fire(id: string, type: string, detail: object): Promise<void> {
    await this.until(
      () => !!this.find(id) && this.find(id)?.disabled !== true,
      () => `${id} on ${this.page}: ${this.text}`,
    );
    const node = this.find(id);
    const target = { id, dataset: { sid: node?.sid } };
    const handler = this.#top().eh as (event: object) => void;
    handler.call(this.#top(), {
      type,
      detail,
      target,
      currentTarget: target,
      timeStamp: Date.now(),
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
  }

  /** Ends the program: what still runs in it must not outlive the test. */
  close(): void {
    while (this.#stack.length > 0) this.#leave();
    this.#wx.closed = true;
  }

  #top(): PageInstance {
    const top = this.#stack.at(-1);
    if (!top) throw new Error('No page is open');
    return top;
  }

  #open(url: string, how: 'navigateTo' | 'redirectTo' | 'reLaunch'): void {
    if (how === 'navigateTo') this.#call(this.#stack.at(-1), 'onHide');
    if (how === 'redirectTo') this.#leave();
    if (how === 'reLaunch') while (this.#stack.length > 0) this.#leave();
    const instance = this.#instance(url);
    this.#stack.push(instance);
    if (this.#stack.length > 10) throw new Error('WeChat keeps ten pages at most');
    this.#call(instance, 'onLoad', instance.options);
    this.#call(instance, 'onShow');
    this.#call(instance, 'onReady');
  }

  #back(delta: number): void {
    for (let i = 0; i < delta && this.#stack.length > 1; i += 1) this.#leave();
    this.#call(this.#top(), 'onShow');
  }

  #leave(): void {
    this.#call(this.#stack.at(-1), 'onUnload');
    this.#stack.pop();
  }

  #call(instance: PageInstance | undefined, hook: string, options?: unknown): void {
    const method = instance?.[hook] as Hook | undefined;
    if (instance) method?.call(instance, options);
  }

  #instance(url: string): PageInstance {
    const [address = '', query = ''] = url.replace(/^\//, '').split('?');
    const config = this.#config(address);
    const data = structuredClone(config.data ?? {});
    const instance: PageInstance = Object.assign(Object.create(config) as object, {
      route: address,
      options: Object.fromEntries(new URLSearchParams(query)),
      data,
      setData: (patch: Readonly<Record<string, unknown>>, done?: () => void) => {
        // WeChat serialises what it is given; nothing may be shared with the program.
        for (const [key, value] of Object.entries(JSON.parse(JSON.stringify(patch)) as object))
          applyPatch(data, key, value);
        setTimeout(() => done?.(), 0);
      },
    });
    return instance;
  }

  #config(address: string): PageConfig {
    this.#loading = address;
    if (!this.#configs.has(address)) this.#require(`${address}.js`);
    const config = this.#configs.get(address);
    if (!config) throw new Error(`${address} is no page`);
    return config;
  }

  #require(file: string): unknown {
    const known = this.#modules.get(file);
    if (known) return known;
    const module = { exports: {} };
    this.#modules.set(file, module.exports);
    const load = (name: string) => this.#require(`${path.join(path.dirname(file), name)}.js`);
    const source = readFileSync(path.join(DIST, file), 'utf8');
    const run = vm.runInContext(
      `(function (require, module, exports) {${source}\n})`,
      this.#context,
      {
        filename: file,
      },
    ) as (...parts: unknown[]) => void;
    run(load, module, module.exports);
    return module.exports;
  }
}

const LAUNCH = { path: 'pages/launch/index', query: {}, scene: 1001, referrerInfo: {} };
