import { ROUTES } from '@gradshot/contract';
import { createHandlers, type Services } from '../../src/create-server.ts';

/** Ids of the routes that the server registers. */
export const ROUTE_IDS: readonly string[] = Object.keys(createHandlers({} as Services));

export const UNSERVED = Object.keys(ROUTES).filter((id) => !ROUTE_IDS.includes(id));
