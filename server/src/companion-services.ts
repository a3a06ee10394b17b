import type { CallerIdentity } from './ports/access/caller.ts';
import type { Environment } from './ports/environment.ts';
import { createAccountLogin, openidOfCaller } from './services/accounts/account-login.ts';
import { createSmsCodes } from './services/accounts/sms-codes.ts';
import { createDownloads } from './services/downloads/downloads.ts';
import { createCodePictures } from './services/eligibility/code-pictures.ts';
import { createHandovers } from './services/eligibility/handovers.ts';
import { createChat } from './services/messages/chat.ts';
import { createChatDesk } from './services/messages/chat-desk.ts';
import { createNoticeDeliveries } from './services/messages/notice-deliveries.ts';
import { createNotices } from './services/messages/notices.ts';
import { COMPLETION_MEMORY, createPictureMemory } from './services/photos/picture-memory.ts';
import { clientSettings } from './services/schools/customer-service.ts';
import { createStandardization } from './services/standardization/standardization.ts';
import { createStandardizationWork } from './services/standardization/standardization-work.ts';
import { createUploadCompletion } from './services/uploads/upload-completion.ts';
import { createUploadQuota } from './services/uploads/upload-quota.ts';
import { createUploads } from './services/uploads/uploads.ts';

/** Everything behind the graduates' own clients. */
export function createCompanionServices(environment: Environment) {
  const quota = createUploadQuota(environment);
  const memory = createPictureMemory(COMPLETION_MEMORY);
  return {
    clientSettings: () => clientSettings(environment),
    openidOf: (caller: CallerIdentity) => openidOfCaller(environment, caller),
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
