/**
 * One small tree per rule, each with exactly one import that the rule must catch. Paths are from
 * the root of the tree; packages that a tree imports are put into its node_modules.
 */
export type PlantedViolation = {
  readonly rule: string;
  readonly from: string;
  readonly imports: string;
  /** The file that is imported, when it is one of the tree. */
  readonly to?: string;
};

const plant = (rule: string, from: string, imports: string, to?: string): PlantedViolation => ({
  rule,
  from,
  imports,
  ...(to ? { to } : {}),
});

const file = (rule: string, from: string, to: string): PlantedViolation => {
  const up = '../'.repeat(from.split('/').length - 1);
  return plant(rule, from, `${up}${to}`, to);
};

export const PLANTED: readonly PlantedViolation[] = [
  plant('resolvable', 'src/shared/commands.ts', './nowhere.ts'),

  plant('domain-imports-nothing', 'packages/domain/src/order.ts', 'node:fs'),
  plant('domain-imports-nothing', 'packages/domain/src/order.ts', 'zod'),
  file('domain-imports-nothing', 'packages/domain/src/order.ts', 'src/shared/commands.ts'),
  plant('contract-imports-domain-and-zod', 'packages/contract/src/orders.ts', 'node:fs'),
  plant('contract-imports-domain-and-zod', 'packages/contract/src/orders.ts', 'fastify'),
  file('imaging-imports-domain', 'packages/imaging/src/api.ts', 'packages/contract/src/orders.ts'),
  plant('storage-imports-node', 'packages/storage/src/seal.ts', 'zod'),
  file('storage-imports-node', 'packages/storage/src/seal.ts', 'packages/domain/src/order.ts'),
  file('testkit-imports-contracts', 'packages/testkit/src/gateway.ts', 'server/src/index.ts'),
  file(
    'testkit-for-tests-and-samples',
    'src/main/station/sync/push.ts',
    'packages/testkit/src/gateway.ts',
  ),
  file('testkit-for-tests-and-samples', 'server/src/index.ts', 'packages/testkit/src/gateway.ts'),

  plant('shared-imports-domain-and-zod', 'src/shared/commands.ts', 'electron'),
  plant('shared-imports-domain-and-zod', 'src/shared/commands.ts', 'node:path'),
  file('preload-imports-shared-and-electron', 'src/preload/index.ts', 'src/main/index.ts'),
  file('preload-imports-shared-and-electron', 'src/preload/index.ts', 'src/renderer/app.ts'),
  plant('preload-imports-shared-and-electron', 'src/preload/index.ts', 'node:fs'),
  file('renderer-stays-in-its-room', 'src/renderer/app.tsx', 'src/main/station/api.ts'),
  file('renderer-stays-in-its-room', 'src/renderer/app.tsx', 'src/preload/index.ts'),
  file('renderer-stays-in-its-room', 'src/renderer/app.tsx', 'packages/contract/src/orders.ts'),
  plant('renderer-without-node', 'src/renderer/app.tsx', 'node:fs'),
  plant('renderer-without-network', 'src/renderer/app.tsx', 'ws'),
  plant('renderer-without-network', 'src/renderer/app.tsx', 'electron'),

  file('main-without-renderer', 'src/main/index.ts', 'src/renderer/app.ts'),
  file('main-without-server', 'src/main/open-station.ts', 'server/src/index.ts'),
  plant('station-without-shells', 'src/main/station/create-station.ts', 'electron'),
  file(
    'station-without-shells',
    'src/main/station/create-station.ts',
    'src/main/electron/key-vault.ts',
  ),
  file('main-without-renderer', 'src/main/station/create-station.ts', 'src/renderer/app.ts'),
  file(
    'ground-lies-below',
    'src/main/station/ground/core.ts',
    'src/main/station/store/open-store.ts',
  ),
  file('ground-lies-below', 'src/main/station/ground/core.ts', 'src/main/station/api.ts'),
  plant('session-knows-ports-alone', 'src/main/station/session/reducer.ts', 'better-sqlite3'),
  file(
    'session-knows-ports-alone',
    'src/main/station/session/reducer.ts',
    'src/main/station/store/open-store.ts',
  ),
  file(
    'electron-imports-station-and-shared',
    'src/main/electron/kiosk-window.ts',
    'src/main/browser-shell/entrance.ts',
  ),
  file('main-without-renderer', 'src/main/electron/kiosk-window.ts', 'src/renderer/app.ts'),
  plant(
    'browser-shell-imports-station-and-shared',
    'src/main/browser-shell/entrance.ts',
    'electron',
  ),
  file(
    'browser-shell-imports-station-and-shared',
    'src/main/browser-shell-main.ts',
    'src/main/electron/key-vault.ts',
  ),
  plant(
    'pages-are-served-alike-behind-both-shells',
    'src/main/tablet-listener/tablet-server.ts',
    'electron',
  ),
  file(
    'pages-are-served-alike-behind-both-shells',
    'src/main/page-server/listening.ts',
    'src/main/browser-shell/entrance.ts',
  ),
  file(
    'shells-know-the-station-by-its-contract',
    'src/main/tablet-listener/tablet-server.ts',
    'src/main/station/store/open-store.ts',
  ),
  file(
    'shells-know-the-station-by-its-contract',
    'src/main/browser-shell/entrance.ts',
    'src/main/station/store/open-store.ts',
  ),

  plant('services-without-http-and-sql', 'server/src/services/orders/orders.ts', 'fastify'),
  plant('services-without-http-and-sql', 'server/src/services/orders/orders.ts', 'kysely'),
  plant('services-without-http-and-sql', 'server/src/services/orders/orders.ts', 'pg'),
  file(
    'services-without-http-and-sql',
    'server/src/services/orders/orders.ts',
    'server/src/routes/orders.ts',
  ),
  file(
    'services-name-what-they-use',
    'server/src/services/orders/orders.ts',
    'server/src/ports/environment.ts',
  ),
  file(
    'services-name-what-they-use',
    'server/src/routes/orders.ts',
    'server/src/ports/repositories.ts',
  ),
  file(
    'services-know-repository-interfaces',
    'server/src/services/orders/orders.ts',
    'server/src/repositories/orders.ts',
  ),
  file('server-without-clients', 'server/src/index.ts', 'src/shared/commands.ts'),
  file('console-is-a-client', 'server/console/src/app.tsx', 'server/src/index.ts'),
  plant('console-without-node', 'server/console/src/app.tsx', 'node:fs'),

  file('miniprogram-stays-in-its-room', 'miniprogram/src/app.ts', 'src/shared/commands.ts'),
  file('miniprogram-stays-in-its-room', 'miniprogram/src/app.ts', 'server/src/index.ts'),
  file(
    'miniprogram-takes-contract-types',
    'miniprogram/src/app.ts',
    'packages/contract/src/orders.ts',
  ),
  plant('miniprogram-without-zod-and-node', 'miniprogram/src/app.ts', 'zod'),
];

/** Imports that the rules must let pass, so that none is merely "everything is forbidden". */
export const ALLOWED: readonly Omit<PlantedViolation, 'rule'>[] = [
  file('', 'packages/contract/src/orders.ts', 'packages/domain/src/order.ts'),
  plant('', 'packages/contract/src/orders.ts', 'zod'),
  plant('', 'packages/storage/src/seal.ts', 'node:crypto'),
  plant('', 'src/preload/index.ts', 'electron'),
  file('', 'src/preload/index.ts', 'src/shared/commands.ts'),
  file('', 'src/renderer/app.tsx', 'packages/domain/src/order.ts'),
  plant('', 'src/renderer/app.tsx', 'antd'),
  plant('', 'src/main/station/store/open-store.ts', 'better-sqlite3'),
  file('', 'src/main/station/store/open-store.ts', 'src/main/station/ground/clock.ts'),
  file('', 'src/main/station/sync/push.test.ts', 'packages/testkit/src/gateway.ts'),
  file('', 'server/src/sample/start.ts', 'packages/testkit/src/gateway.ts'),
  file('', 'scripts/start/sample-services.ts', 'packages/testkit/src/gateway.ts'),
  plant('', 'server/src/routes/orders.ts', 'fastify'),
];
