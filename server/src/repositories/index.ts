import type { Db } from '../database/schema.ts';
import type { Happening, HappeningBus } from '../ports/ground/happenings.ts';
import type { Repositories, Storage } from '../ports/repositories.ts';
import { accountRepository } from './accounts.ts';
import { arrivalRepository } from './arrivals.ts';
import { calendarRepository } from './calendar.ts';
import { consoleRepository } from './console.ts';
import { eligibilityRepository } from './eligibility.ts';
import { imageCheckRepository } from './image-checks.ts';
import { chatRepository, noticeRepository } from './messages.ts';
import { moneyBook } from './money.ts';
import { deliveryRepository } from './notice-deliveries.ts';
import { offlineRepository } from './offline.ts';
import { orderRepository } from './orders.ts';
import { paymentRepository } from './payments.ts';
import { photoRepository } from './photos.ts';
import { printRepository } from './prints.ts';
import { publishingRepository } from './publishing.ts';
import { refundRequestRepository } from './refund-requests.ts';
import { refundRepository } from './refunds.ts';
import { retentionRepository } from './retention.ts';
import { reviewRepository } from './reviews.ts';
import { rosterDraftRepository } from './roster-drafts.ts';
import { rosterImportRepository } from './roster-imports.ts';
import { rosterRepository } from './rosters.ts';
import { schoolRepository } from './schools.ts';
import { staffRepository } from './staff.ts';
import { stationRepository } from './stations.ts';
import { studentRepository } from './students.ts';
import { jobRepository, uploadRepository } from './uploads.ts';
import { withdrawalRepository } from './withdrawals.ts';

function repositoriesOn(db: Db, announce: Repositories['announce']): Repositories {
  return {
    schools: schoolRepository(db),
    calendar: calendarRepository(db),
    students: studentRepository(db),
    eligibility: eligibilityRepository(db),
    orders: orderRepository(db),
    payments: paymentRepository(db),
    photos: photoRepository(db),
    prints: printRepository(db),
    retention: retentionRepository(db),
    stations: stationRepository(db),
    arrivals: arrivalRepository(db),
    accounts: accountRepository(db),
    uploads: uploadRepository(db),
    jobs: jobRepository(db),
    chat: chatRepository(db),
    notices: noticeRepository(db),
    deliveries: deliveryRepository(db),
    staff: staffRepository(db),
    reviews: reviewRepository(db),
    desk: consoleRepository(db),
    refunds: refundRepository(db),
    refundRequests: refundRequestRepository(db),
    money: moneyBook(db),
    rosters: rosterRepository(db),
    rosterDrafts: rosterDraftRepository(db),
    rosterImports: rosterImportRepository(db),
    offline: offlineRepository(db),
    publishing: publishingRepository(db),
    imageChecks: imageCheckRepository(db),
    withdrawals: withdrawalRepository(db),
    announce,
  };
}

export function createStorage(db: Db, bus: Pick<HappeningBus, 'publish'>): Storage {
  return {
    ...repositoriesOn(db, (happening) => bus.publish(happening)),
    async transaction(work) {
      const happened: Happening[] = [];
      const result = await db
        .transaction()
        .execute((transaction) =>
          work(repositoriesOn(transaction, (happening) => void happened.push(happening))),
        );
      // Only what was committed has happened.
      for (const happening of happened) bus.publish(happening);
      return result;
    },
  };
}
