import type { Readable } from 'node:stream';
import type { ROUTES, RouteDefinition } from '@gradshot/contract';
import type { Result } from '@gradshot/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type {
  AccountCaller,
  CallerIdentity,
  GraduateCaller,
  PublicCaller,
  StaffCaller,
  StationCaller,
} from '../ports/access/caller.ts';
import type { OrderView } from '../ports/order-life/order-repository.ts';
import type { OwnedPayment } from '../services/access/order-access.ts';

type CallerByName = {
  public: PublicCaller;
  /** An account counts as graduate for the students that it has proven to know. */
  graduate: GraduateCaller | AccountCaller;
  account: AccountCaller;
  station: StationCaller;
  staff: StaffCaller;
};

type CallerOf<R extends RouteDefinition> = CallerByName[R['callers'][number]];

type Parsed<R, Key extends 'params' | 'query' | 'body'> = R extends { [K in Key]: z.core.$ZodType }
  ? { readonly [K in Key]: z.output<R[Key]> }
  : unknown;

type Owned<R> = R extends { params: z.core.$ZodType }
  ? (z.output<R['params']> extends { orderId: string } ? { readonly order: OrderView } : unknown) &
      (z.output<R['params']> extends { paymentId: string }
        ? { readonly owned: OwnedPayment }
        : unknown)
  : unknown;

/** What a handler gets: validated input, the caller, and the order or payment found to be theirs. */
export type Context<R extends RouteDefinition> = Parsed<R, 'params'> &
  Parsed<R, 'query'> &
  Parsed<R, 'body'> &
  Owned<R> & {
    readonly caller: CallerOf<R>;
    readonly request: FastifyRequest;
    /** For streams alone. */
    readonly reply: FastifyReply;
  };

type Output<R extends RouteDefinition> = R extends { file: 'application/octet-stream' }
  ? Readable
  : R extends { file: string }
    ? Uint8Array
    : R extends { stream: true }
      ? undefined
      : z.input<R['response']>;

export type Handler<R extends RouteDefinition> = (
  context: Context<R>,
) => Promise<Result<Output<R>>>;

export type HandlersOf<Ids extends keyof typeof ROUTES> = {
  readonly [Id in Ids]: Handler<(typeof ROUTES)[Id]>;
};

/** A handler with its types forgotten, as the registering plugin calls it. */
export type AnyHandler = (context: {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly order: OrderView | undefined;
  readonly owned: OwnedPayment | undefined;
  readonly caller: CallerIdentity;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}) => Promise<Result<unknown>>;
