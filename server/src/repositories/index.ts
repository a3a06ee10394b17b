import type { Db } from '../database/schema.ts';
import type { Repositories, Storage } from '../ports/repositories.ts';
import { eligibilityRepository } from './eligibility.ts';
import { orderRepository } from './orders.ts';
import { paymentRepository } from './payments.ts';
import { photoRepository } from './photos.ts';
import { schoolRepository } from './schools.ts';
import { stationRepository } from './stations.ts';
import { studentRepository } from './students.ts';

function repositoriesOn(db: Db): Repositories {
  return {
    schools: schoolRepository(db),
    students: studentRepository(db),
    eligibility: eligibilityRepository(db),
    orders: orderRepository(db),
    payments: paymentRepository(db),
    photos: photoRepository(db),
    stations: stationRepository(db),
  };
}

export function createStorage(db: Db): Storage {
  return {
    ...repositoriesOn(db),
    transaction: (work) =>
      db.transaction().execute((transaction) => work(repositoriesOn(transaction))),
  };
}
