import type { Environment } from './ports/environment.ts';
import { createAccountLogin } from './services/account-login.ts';
import { createChat } from './services/chat.ts';
import { createChatDesk } from './services/chat-desk.ts';
import { createCodePictures } from './services/code-pictures.ts';
import { createDownloads } from './services/downloads.ts';
import { createHandovers } from './services/handovers.ts';
import { createNoticeDeliveries } from './services/notice-deliveries.ts';
import { createNotices } from './services/notices.ts';
import { COMPLETION_MEMORY, createPictureMemory } from './services/picture-memory.ts';
import { createSmsCodes } from './services/sms-codes.ts';
import { createStandardization } from './services/standardization.ts';
import { createStandardizationWork } from './services/standardization-work.ts';
import { createUploadCompletion } from './services/upload-completion.ts';
import { createUploadQuota } from './services/upload-quota.ts';
import { createUploads } from './services/uploads.ts';

/** Everything behind the graduates' own clients. */
export function createCompanionServices(environment: Environment) {
  const quota = createUploadQuota(environment);
  const memory = createPictureMemory(COMPLETION_MEMORY);
  return {
    environment,
    accounts: createAccountLogin(environment),
    smsCodes: createSmsCodes(environment),
    handovers: createHandovers(environment),
    codePictures: createCodePictures(environment),
    uploads: createUploads(environment, quota),
    completion: createUploadCompletion(environment, quota, memory),
    standardization: createStandardization(environment),
    work: createStandardizationWork(environment),
    downloads: createDownloads(environment),
    chat: createChat(environment),
    chatDesk: createChatDesk(environment),
    notices: createNotices(environment),
    deliveries: createNoticeDeliveries(environment),
  };
}
