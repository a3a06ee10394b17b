import { STAFF_ROLES } from '@gradshot/domain';
import { z } from 'zod';
import { chatMessage, MAX_MESSAGE_LENGTH } from './chat.ts';
import { fen, id, orderState, timestamp } from './primitives.ts';
import { defineRoute } from './route.ts';
import { stationSettings } from './stations.ts';

export const staffRole = z.enum(STAFF_ROLES);

/** Codes of the schools that a member of staff is kept to; null: every school. */
const schoolsOfStaff = z.array(z.string().min(1).max(20)).min(1).max(500).nullable();

export const staffMember = z.object({
  staffId: id,
  account: z.string(),
  name: z.string(),
  roles: z.array(staffRole),
  schools: schoolsOfStaff,
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
  school: 'own',
  response: staffMember,
  errors: [],
});

export const logoutStaff = defineRoute({
  id: 'logoutStaff',
  method: 'POST',
  path: '/v1/console/logout',
  summary: 'End the console session; leases held are released',
  callers: ['staff'],
  school: 'own',
  response: z.object({ loggedOutAt: timestamp }),
  errors: [],
});

export const changePassword = defineRoute({
  id: 'changePassword',
  method: 'PUT',
  path: '/v1/console/me/password',
  summary: 'Change one’s own password; ends all other sessions',
  callers: ['staff'],
  school: 'own',
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
  right: 'keepStaff',
  school: 'filtered',
  response: z.object({ staff: z.array(staffMember) }),
  errors: [],
});

export const saveStaff = defineRoute({
  id: 'saveStaff',
  method: 'PUT',
  path: '/v1/console/staff/:staffId',
  summary: 'Create or change a member of staff; a new password must be changed at first login',
  callers: ['staff'],
  right: 'keepStaff',
  school: 'filtered',
  params: z.object({ staffId: id }),
  body: z.object({
    account: z.string().trim().min(2).max(60),
    name: z.string().trim().min(1).max(60),
    roles: z.array(staffRole).min(1),
    /** Absent: as before, and of a new member the caller’s own. */
    schools: schoolsOfStaff.optional(),
    enabled: z.boolean(),
    password: password.optional(),
  }),
  response: staffMember,
  errors: [
    'request.notFound',
    'staff.accountTaken',
    'staff.beyondOwn',
    'staff.lastAdministrator',
    'staff.ownRights',
  ],
});

export const getDashboard = defineRoute({
  id: 'getDashboard',
  method: 'GET',
  path: '/v1/console/dashboard',
  summary: 'Funnel by state, age of the review queue, stations, faces stored towards 100,000',
  callers: ['staff'],
  school: 'filtered',
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
  school: 'filtered',
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
  right: 'keepSchools',
  school: 'global',
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
  right: 'keepBatches',
  school: 'ofBatch',
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
  right: 'keepStations',
  school: 'ofSchool',
  body: z.object({ schoolCode: z.string().min(1).max(20) }),
  response: z.object({ code: z.string(), expiresAt: timestamp }),
  status: 201,
  errors: ['request.notFound'],
});

const ofOneSchool = z.object({ schoolCode: z.string().min(1).max(20).optional() });

/** Of a school, or without one the agency's, which is shown where a school has none of its own. */
export const getCustomerService = defineRoute({
  id: 'getCustomerService',
  method: 'GET',
  path: '/v1/console/customer-service',
  summary: 'FAQ, phone and hours of a school alone, or of the agency, to be edited',
  callers: ['staff'],
  right: 'keepService',
  school: 'ofSchool',
  query: ofOneSchool,
  response: stationSettings.shape.customerService,
  errors: ['request.notFound'],
});

export const saveCustomerService = defineRoute({
  id: 'saveCustomerService',
  method: 'PUT',
  path: '/v1/console/customer-service',
  summary: 'FAQ, phone and hours of a school, or of the agency for all schools without their own',
  callers: ['staff'],
  right: 'keepService',
  school: 'ofSchool',
  query: ofOneSchool,
  body: stationSettings.shape.customerService,
  response: stationSettings.shape.customerService,
  errors: ['request.notFound'],
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
  right: 'chat',
  school: 'filtered',
  response: z.object({ conversations: z.array(conversation) }),
  errors: [],
});

export const listConversation = defineRoute({
  id: 'listConversation',
  method: 'GET',
  path: '/v1/console/conversations/:accountId/messages',
  summary: 'Messages of one conversation after a sequence; marks them read',
  callers: ['staff'],
  right: 'chat',
  school: 'ofAccount',
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
  right: 'chat',
  school: 'ofAccount',
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
  school: 'filtered',
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
  right: 'keepRosters',
  school: 'ofBatch',
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
