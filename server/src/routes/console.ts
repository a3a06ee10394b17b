import { ok } from '@gradshot/domain';
import type { HandlersOf } from '../plugins/handler.ts';
import type { ConsoleDashboard } from '../services/console/console-dashboard.ts';
import type { ConsoleOrders } from '../services/orders/console-orders.ts';
import type { WorkYears } from '../services/school-time/work-years.ts';
import type { ConsoleSettings } from '../services/schools/console-settings.ts';
import type { ConsoleStations } from '../services/stations/console-stations.ts';
import type { Stations } from '../services/stations/stations.ts';

type Ids =
  | 'searchOrders'
  | 'getConsoleOrder'
  | 'withdrawOrder'
  | 'getDashboard'
  | 'listBatches'
  | 'saveSchool'
  | 'saveBatch'
  | 'createEnrolmentCode'
  | 'listStations'
  | 'getStationRecord'
  | 'disableStation'
  | 'enableStation'
  | 'grantStationRight'
  | 'getCustomerService'
  | 'saveCustomerService'
  | 'getWorkYear'
  | 'saveWorkYear';

export function consoleRoutes(services: {
  readonly consoleOrders: ConsoleOrders;
  readonly dashboard: ConsoleDashboard;
  readonly settings: ConsoleSettings;
  readonly workYears: WorkYears;
  readonly stations: Stations;
  readonly consoleStations: ConsoleStations;
}): HandlersOf<Ids> {
  const { consoleOrders, dashboard, settings, workYears, stations, consoleStations } = services;
  return {
    searchOrders: async ({ caller, query }) => ok(await consoleOrders.search(caller, query)),
    getConsoleOrder: async ({ order }) => ok(await consoleOrders.detail(order)),
    withdrawOrder: ({ caller, order, body }) => consoleOrders.withdraw(caller, order, body.reason),
    getDashboard: async ({ caller, query }) => ok(await dashboard.read(caller, query.batchId)),
    listBatches: async ({ caller }) => ok(await settings.batches(caller)),
    saveSchool: async ({ params, body }) =>
      ok(await settings.saveSchool(params.schoolCode, body.name)),
    saveBatch: ({ params, body }) => settings.saveBatch(params.batchId, body),
    async createEnrolmentCode({ body }) {
      const issued = await stations.issueCode(body.schoolCode);
      if (!issued.ok) return issued;
      return ok({ code: issued.value.code, expiresAt: issued.value.expiresAt.toISOString() });
    },
    listStations: async ({ caller }) => ok({ stations: await consoleStations.list(caller) }),
    getStationRecord: ({ params }) => consoleStations.record(params.stationId),
    disableStation: ({ caller, params, body }) =>
      consoleStations.change(caller, params.stationId, { enabled: false, reason: body.reason }),
    enableStation: ({ caller, params, body }) =>
      consoleStations.change(caller, params.stationId, { enabled: true, reason: body.reason }),
    grantStationRight: ({ caller, params, body }) =>
      consoleStations.grant(caller, params.stationId, body),
    getCustomerService: ({ query }) => settings.customerService(query.schoolCode),
    saveCustomerService: ({ query, body }) => settings.saveCustomerService(query.schoolCode, body),
    getWorkYear: async ({ params }) => ok(await workYears.year(params.year)),
    saveWorkYear: ({ caller, params, body }) => workYears.save(caller, params.year, body.days),
  };
}
