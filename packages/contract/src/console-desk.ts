import { z } from 'zod';
import { chatMessage, MAX_MESSAGE_LENGTH } from './chat.ts';
import { fen, id, orderState, timestamp } from './primitives.ts';
import { defineRoute } from './route.ts';
import { stationSettings } from './stations.ts';

/** Roles of the console. An administrator may do everything. */
export const STAFF_ROLES = ['reviewer', 'agent', 'administrator'] as const;
export const staffRole = z.enum(STAFF_ROLES);
export type StaffRole = z.infer<typeof staffRole>;

export const staffMember = z.object({
  staffId: id,
  account: z.string(),
  name: z.string(),
  roles: z.array(staffRole),
  enabled: z.boolean(),
  mustChangePassword: z.boolean(),
});
export type StaffMember = z.infer<typeof staffMember>;

const password = z.string().min(10).max(200);

/**
 * Browsers get the token as the cookie `staff_session`, which scripts cannot read; programs send
 * it as `Authorization: Staff <staffToken>`. Five wrong passwords lock the account for a while
 * (`auth.accountLocked`). Until a password given by somebody else is changed, every other route
 * answers `auth.forbidden`.
 */
export const loginStaff = defineRoute({
  id: 'loginStaff',
  method: 'POST',
  path: '/v1/console/login',
  summary: 'Console login',
  callers: ['public'],
  body: z.object({ account: z.string().trim().min(1).max(60), password: z.string().max(200) }),
  response: z.object({ staffToken: z.string(), expiresAt: timestamp, staff: staffMember }),
  errors: ['auth.credentials', 'auth.accountLocked'],
});

export const getStaff = defineRoute({
  id: 'getStaff',
  method: 'GET',
  path: '/v1/console/me',
  summary: 'The logged-in member of staff',
  callers: ['staff'],
  response: staffMember,
  errors: [],
});

export const logoutStaff = defineRoute({
  id: 'logoutStaff',
  method: 'POST',
  path: '/v1/console/logout',
  summary: 'End the console session; leases held are released',
  callers: ['staff'],
  response: z.object({ loggedOutAt: timestamp }),
  errors: [],
});

export const changePassword = defineRoute({
  id: 'changePassword',
  method: 'PUT',
  path: '/v1/console/me/password',
  summary: 'Change one’s own password; ends all other sessions',
  callers: ['staff'],
  body: z.object({ current: z.string().max(200), next: password }),
  response: staffMember,
  errors: ['auth.credentials', 'auth.accountLocked', 'auth.passwordUnchanged'],
});

export const listStaff = defineRoute({
  id: 'listStaff',
  method: 'GET',
  path: '/v1/console/staff',
  summary: 'Members of staff',
  callers: ['staff'],
  roles: ['administrator'],
  response: z.object({ staff: z.array(staffMember) }),
  errors: [],
});

export const saveStaff = defineRoute({
  id: 'saveStaff',
  method: 'PUT',
  path: '/v1/console/staff/:staffId',
  summary: 'Create or change a member of staff; a new password must be changed at first login',
  callers: ['staff'],
  roles: ['administrator'],
  params: z.object({ staffId: id }),
  body: z.object({
    account: z.string().trim().min(2).max(60),
    name: z.string().trim().min(1).max(60),
    roles: z.array(staffRole).min(1),
    enabled: z.boolean(),
    password: password.optional(),
  }),
  response: staffMember,
  errors: ['staff.accountTaken', 'staff.lastAdministrator'],
});

export const getDashboard = defineRoute({
  id: 'getDashboard',
  method: 'GET',
  path: '/v1/console/dashboard',
  summary: 'Funnel by state, age of the review queue, stations, faces stored towards 100,000',
  callers: ['staff'],
  query: z.object({ batchId: id.optional() }),
  response: z.object({
    funnel: z.array(z.object({ state: orderState, count: z.int() })),
    queue: z.object({
      waiting: z.int(),
      oldestSubmittedAt: timestamp.optional(),
      overdue: z.int(),
      decidedToday: z.int(),
    }),
    rejections: z.array(z.object({ code: z.string(), count: z.int() })),
    stations: z.array(
      z.object({
        stationId: id,
        name: z.string(),
        lastSeenAt: timestamp.optional(),
        outboxLength: z.int(),
        parked: z.int(),
        version: z.string(),
      }),
    ),
    faces: z.object({ stored: z.int(), filingLimit: z.int() }),
  }),
  errors: [],
});

export const batch = z.object({
  batchId: id,
  name: z.string(),
  school: z.string(),
  schoolCode: z.string(),
  priceFen: fen,
  profileId: z.string(),
  opensAt: timestamp,
  closesAt: timestamp.optional(),
});
export type Batch = z.infer<typeof batch>;

export const listBatches = defineRoute({
  id: 'listBatches',
  method: 'GET',
  path: '/v1/console/batches',
  summary: 'Batches of every school',
  callers: ['staff'],
  response: z.object({
    batches: z.array(batch),
    schools: z.array(z.object({ code: z.string(), name: z.string() })),
  }),
  errors: [],
});

/** A school comes in by the code that the 学信网 gateway uses for it. */
export const saveSchool = defineRoute({
  id: 'saveSchool',
  method: 'PUT',
  path: '/v1/console/schools/:schoolCode',
  summary: 'Add a school, or change its name',
  callers: ['staff'],
  roles: ['administrator'],
  params: z.object({ schoolCode: z.string().trim().min(1).max(20) }),
  body: z.object({ name: z.string().trim().min(2).max(80) }),
  response: z.object({ code: z.string(), name: z.string() }),
  errors: [],
});

/** A changed price holds for orders that are made after it. */
export const saveBatch = defineRoute({
  id: 'saveBatch',
  method: 'PUT',
  path: '/v1/console/batches/:batchId',
  summary: 'Create or change a batch: name, price, profile, window',
  callers: ['staff'],
  roles: ['administrator'],
  params: z.object({ batchId: id }),
  body: z.object({
    schoolCode: z.string().min(1).max(20),
    name: z.string().trim().min(1).max(80),
    priceFen: fen,
    profileId: z.string(),
    opensAt: timestamp,
    closesAt: timestamp.nullable(),
  }),
  response: batch,
  errors: ['request.notFound'],
});

export const createEnrolmentCode = defineRoute({
  id: 'createEnrolmentCode',
  method: 'POST',
  path: '/v1/console/enrolment-codes',
  summary: 'A one-time code that enrols a station of a school; shown once',
  callers: ['staff'],
  roles: ['administrator'],
  body: z.object({ schoolCode: z.string().min(1).max(20) }),
  response: z.object({ code: z.string(), expiresAt: timestamp }),
  status: 201,
  errors: ['request.notFound'],
});

export const saveCustomerService = defineRoute({
  id: 'saveCustomerService',
  method: 'PUT',
  path: '/v1/console/customer-service',
  summary: 'FAQ, phone and hours that every client shows',
  callers: ['staff'],
  roles: ['agent', 'administrator'],
  body: stationSettings.shape.customerService,
  response: stationSettings.shape.customerService,
  errors: [],
});

export const conversation = z.object({
  accountId: id,
  /** Masked name of the linked student, or the masked phone. */
  who: z.string(),
  lastText: z.string(),
  lastAt: timestamp,
  /** Messages of the graduate that no agent has read. */
  unread: z.int(),
  /** The agent who took it. */
  agentName: z.string().optional(),
});

export const listConversations = defineRoute({
  id: 'listConversations',
  method: 'GET',
  path: '/v1/console/conversations',
  summary: 'Chat desk: conversations, waiting ones first',
  callers: ['staff'],
  roles: ['agent', 'administrator'],
  response: z.object({ conversations: z.array(conversation) }),
  errors: [],
});

export const listConversation = defineRoute({
  id: 'listConversation',
  method: 'GET',
  path: '/v1/console/conversations/:accountId/messages',
  summary: 'Messages of one conversation after a sequence; marks them read',
  callers: ['staff'],
  roles: ['agent', 'administrator'],
  params: z.object({ accountId: id }),
  query: z.object({ after: z.coerce.number().int().min(0).default(0) }),
  response: z.object({ messages: z.array(chatMessage) }),
  errors: ['request.notFound'],
});

export const answerConversation = defineRoute({
  id: 'answerConversation',
  method: 'PUT',
  path: '/v1/console/conversations/:accountId/messages/:messageId',
  summary: 'Answer a graduate; idempotent by messageId',
  callers: ['staff'],
  roles: ['agent', 'administrator'],
  params: z.object({ accountId: id, messageId: id }),
  body: z.object({ text: z.string().trim().min(1).max(MAX_MESSAGE_LENGTH) }),
  response: chatMessage,
  status: 201,
  errors: ['request.notFound', 'request.idempotencyMismatch'],
});

/** A nudge that says what to fetch again, as `streamEvents` for accounts. */
export const streamConsoleEvents = defineRoute({
  id: 'streamConsoleEvents',
  method: 'GET',
  path: '/v1/console/events',
  summary: 'Changes that concern the console, as they happen',
  callers: ['staff'],
  response: z.object({ topic: z.enum(['review', 'chat', 'order']) }),
  stream: true,
  errors: [],
});

export const rosterRowError = z.object({
  /** Absent where the file has one sheet. */
  sheet: z.string().optional(),
  /** Row of the sheet, as the spreadsheet counts. */
  row: z.int(),
  column: z.string(),
  zh: z.string(),
  en: z.string(),
});

export const rosterResult = z.object({
  total: z.int(),
  added: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  /** Rows that are no people: headers, sums, notes, the same people again. */
  aside: z.int(),
  errors: z.array(rosterRowError),
  /** False: a row has an error and nothing was written. */
  imported: z.boolean(),
});
export type RosterResult = z.infer<typeof rosterResult>;

export const MAX_ROSTER_BYTES = 20 * 1024 * 1024;

/**
 * For programs; the console takes a roster in steps (`uploadRoster`). 学籍 fields by their usual column
 * names (KSH, XH, XM, XB, CSRQ, SFZH, ZYDM …) or their Chinese headings. All or nothing; `dryRun` only
 * checks. The body is the file itself (.xlsx, .xls, .xlsb, .ods or .csv).
 */
export const importRoster = defineRoute({
  id: 'importRoster',
  method: 'POST',
  path: '/v1/console/batches/:batchId/roster',
  summary: 'Import a roster from an Excel or CSV file, with the errors of each row',
  callers: ['staff'],
  roles: ['administrator'],
  params: z.object({ batchId: id }),
  query: z.object({ dryRun: z.enum(['true', 'false']).default('true') }),
  upload: 'bytes',
  response: rosterResult,
  errors: [
    'request.notFound',
    'request.tooLarge',
    'roster.unreadable',
    'roster.protected',
    'roster.tooMuch',
    'roster.columnsMissing',
    'roster.busy',
    'roster.cancelled',
  ],
});
