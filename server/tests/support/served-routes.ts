import { createHandlers, type Services } from '../../src/create-server.ts';

/** Ids of the routes that the server registers. */
export const ROUTE_IDS: readonly string[] = Object.keys(createHandlers({} as Services));
