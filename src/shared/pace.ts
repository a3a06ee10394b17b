/**
 * How a station walks through the one flow. `stepwise` (逐步): every page of the manual, for a kiosk
 * that nobody attends. `express` (快速): a staffed lane; what is settled already is passed by.
 */
export const PACES = ['stepwise', 'express'] as const;
export type Pace = (typeof PACES)[number];
