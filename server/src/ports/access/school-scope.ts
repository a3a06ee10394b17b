/** The schools, by id, whose things a member of staff may see and change. */
export type SchoolScope = 'everySchool' | readonly string[];

export const isWithin = (scope: SchoolScope, schoolId: string): boolean =>
  scope === 'everySchool' || scope.includes(schoolId);
