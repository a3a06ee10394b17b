export { FolderInUseError } from './database/folder-lock.ts';
export { DatabaseNewerError } from './database/migrate.ts';
export { OPEN_SAMPLE_SCHOOLS } from './sample/sample-data.ts';
export { SAMPLE_STAFF } from './sample/sample-staff.ts';
export { createServerLog } from './server-log.ts';
export { type RunningServer, type StartOptions, startServer } from './start-server.ts';
