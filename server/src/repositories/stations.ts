import type { Db } from '../database/schema.ts';
import type { StationRepository } from '../ports/stations/station-repository.ts';
import { within } from './school-scope.ts';

export function stationRepository(db: Db): StationRepository {
  return {
    find: (id) => db.selectFrom('stations').selectAll().where('id', '=', id).executeTakeFirst(),
    lock: (id) =>
      db.selectFrom('stations').selectAll().where('id', '=', id).forUpdate().executeTakeFirst(),
    list: (scope) =>
      db
        .selectFrom('stations')
        .where(within('stations.schoolId', scope))
        .innerJoin('schools', 'schools.id', 'stations.schoolId')
        .selectAll('stations')
        .select('schools.name as school')
        .orderBy('schools.name')
        .orderBy('stations.name')
        .orderBy('stations.id')
        .execute(),
    ...actMethods(db),
    findByInstallation: (installationId) =>
      db
        .selectFrom('stations')
        .selectAll()
        .where('installationId', '=', installationId)
        .executeTakeFirst(),
    async save(station) {
      const row = { ...station, rights: JSON.stringify(station.rights) };
      const { id: _id, installationId: _installation, ...changing } = row;
      await db
        .insertInto('stations')
        .values(row)
        .onConflict((conflict) => conflict.column('installationId').doUpdateSet(changing))
        .execute();
    },
    async update(id, { rights, ...patch }) {
      const row = rights ? { ...patch, rights: JSON.stringify(rights) } : patch;
      await db.updateTable('stations').set(row).where('id', '=', id).execute();
    },
    async insertCode(code) {
      await db.insertInto('enrolmentCodes').values(code).execute();
    },
    lockCode: (codeHash) =>
      db
        .selectFrom('enrolmentCodes')
        .selectAll()
        .where('codeHash', '=', codeHash)
        .forUpdate()
        .executeTakeFirst(),
    async useCode(codeHash, stationId, usedAt) {
      await db
        .updateTable('enrolmentCodes')
        .set({ stationId, usedAt })
        .where('codeHash', '=', codeHash)
        .execute();
    },
  };
}

function actMethods(db: Db): Pick<StationRepository, 'addAct' | 'acts' | 'liftsSince'> {
  return {
    async addAct(act) {
      await db.insertInto('stationActs').values(act).execute();
    },
    acts: (stationId) =>
      db
        .selectFrom('stationActs')
        .leftJoin('staffMembers', 'staffMembers.id', 'stationActs.staffId')
        .leftJoin('students', 'students.id', 'stationActs.studentId')
        .select(['stationId', 'at', 'act', 'staffId', 'reason', 'stationRight', 'studentId'])
        .select(['staffMembers.name as staff', 'students.maskedName'])
        .where('stationId', '=', stationId)
        .orderBy('stationActs.id', 'desc')
        .execute(),
    liftsSince: (studentId, since) =>
      db
        .selectFrom('stationActs')
        .select(['stationId', 'at'])
        .where('act', '=', 'lockLifted')
        .where('studentId', '=', studentId)
        .where('at', '>=', since)
        .execute(),
  };
}
