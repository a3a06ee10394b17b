/**
 * The words of the operation manual, and every sentence that more than one client shows: kiosk,
 * companion client and console take them from here, in Chinese and in English alike. Where a word
 * belongs to a catalogue of the domain (states of an order, requirements, checks, reasons,
 * failures) it stands there. One word an export, so that a client carries those alone that it
 * uses. A Chinese word stands twice only where English has two words for what it means.
 */
export * from './collection.ts';
export * from './customer-service.ts';
export * from './everywhere.ts';
export * from './orders.ts';
export * from './payment.ts';
export * from './photo.ts';
export * from './publishing.ts';
export * from './record.ts';
export * from './review.ts';
export * from './stations.ts';
